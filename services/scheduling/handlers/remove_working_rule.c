#include "scheduling/handlers/check.h"
#include "scheduling/handlers/messages.h"
#include "scheduling/handlers/working_rule.h"

#include "base/clock.h"

RPC(Scheduling, scheduling, RemoveWorkingRule, remove_working_rule)
{
	struct check check = check_begin(call);
	const struct openings none = {0};
	const char *tenant = call->organisation_id;
	int64_t now_us = clock_now_us();
	check_id(&check, "rule_id", request->rule_id);
	if (check_failed(&check))
		return check_status(&check);

	struct db_unit *look = call_unit(call);
	size_t found = hours_find_rules(look, tenant, "", "", request->rule_id);
	struct status status = db_run(call_db(call), look);
	if (!status_is_ok(status))
		return status;
	if (db_result_rows(db_unit_result(look, found)) == 0)
		return status_error(STATUS_NOT_FOUND, "no such rule");
	const struct hours_rule rule = hours_rule(call->arena, db_unit_result(look, found), 0);
	struct db_unit *unit = call_unit(call);
	size_t visits = hours_find_visits(unit, tenant, &rule, &none, now_us);
	status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;

	struct command *command = command_begin(call);
	hours_lock(command->unit, tenant, rule.practitioner_id, rule.clinic_id, now_us);
	hours_remove_rule(command->unit, tenant, request->rule_id);
	reply->outside_hours = appointment_messages(call->arena, db_unit_result(unit, visits),
						    &reply->n_outside_hours);
	return command_commit(command, &reply->base);
}
