#include "directory/handlers/athlete_message.h"
#include "directory/handlers/check.h"
#include "directory/store/athlete.h"
#include "events/audit.h"

#define LIMIT_USUAL 100
#define LIMIT_MAX   500

RPC(Directory, directory, ListAthletes, list_athletes)
{
	struct check check = check_begin(call);
	check_id_or_empty(&check, "after_athlete_id", request->after_athlete_id);
	check_that(&check, request->limit >= 0 && request->limit <= LIMIT_MAX, "limit", "1 to 500");
	if (check_failed(&check))
		return check_status(&check);

	const char *tenant = call->organisation_id;
	struct db_unit *unit = call_unit(call);
	audit_add(unit, call, &(struct audit_entry){0});
	size_t page = athlete_page(unit, tenant, request->after_athlete_id,
				   request->limit ? request->limit : LIMIT_USUAL);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;

	const struct db_result *rows = db_unit_result(unit, page);
	size_t count = db_result_rows(rows);
	const char **ids = ARENA_ARRAY(call->arena, count, const char *);
	reply->athletes = ARENA_ARRAY(call->arena, count, Soleus__V1__Athlete *);
	for (size_t row = 0; row < count; row++) {
		reply->athletes[row] = athlete_message(call->arena, rows, row);
		ids[row] = reply->athletes[row]->athlete_id;
	}
	unit = call_unit(call);
	size_t points = athlete_contact_points(unit, tenant, ids, count);
	size_t identifiers = athlete_identifiers(unit, tenant, ids, count);
	status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	athlete_message_lists(call->arena, reply->athletes, count, db_unit_result(unit, points),
			      db_unit_result(unit, identifiers));
	reply->n_athletes = count;
	return status_ok();
}
