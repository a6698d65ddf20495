#include "base/clock.h"
#include "events/audit.h"
#include "reminders/handlers/dispatcher.h"
#include "reminders/handlers/rpcs.h"
#include "reminders/store/lapse.h"
#include "reminders/store/plan.h"
#include "reminders/store/programme.h"
#include "reminders/store/zone.h"

#include <strings.h>

#define ATHLETES_MOST 100
#define RECALL_LASTS  (7 * CLOCK_DAY_US)

static const struct recall_row *row_of(const struct recall_row *rows, size_t count,
				       const char *athlete_id)
{
	for (size_t i = 0; i < count; i++)
		if (strcasecmp(rows[i].athlete_id, athlete_id) == 0)
			return &rows[i];
	return NULL;
}

/* Adds one athlete's message; the same absence again is the same message. */
static FIBER struct status add_message(struct call *call, struct command *command,
				       const struct programme *programme,
				       const struct recall_row *row, int64_t now)
{
	struct planned_message message = {
		.purpose = MESSAGE_RECALL,
		.rule = message_purpose_rule(MESSAGE_RECALL),
		.priority = message_purpose_priority(MESSAGE_RECALL),
		.due_at = now,
		.stale_at = now + RECALL_LASTS,
	};
	const struct plan_about about = {
		.athlete_id = row->athlete_id,
		.clinic_id = row->home_clinic_id,
		.appointment_id = "",
		.encounter_id = "",
		.programme = programme,
		.occasion = arena_printf(call->arena, "%s/%lld", row->athlete_id,
					 (long long)row->seen_at),
	};
	struct local_zone zone;
	struct status status = zone_read(call_db(call), call->arena, call->organisation_id,
					 row->athlete_id, row->home_clinic_id, now, now, &zone);
	if (!status_is_ok(status))
		return status;
	arrange(programme, &zone, NULL, 0, &message, 1);
	messages_plan(command->unit, call->organisation_id, &about, &message, 1, &zone, now);
	audit_of_athlete(command->unit, call, row->athlete_id, "");
	return status;
}

static FIBER struct status commit(struct command *command, Soleus__V1__SendRecallReply *reply)
{
	dispatcher_expect_command();
	struct status status = command_commit(command, &reply->base);
	dispatcher_command_done();
	return status;
}

RPC(Reminders, reminders, SendRecall, send_recall)
{
	const struct programme *programme;
	struct recall_row *rows;
	size_t count;
	int64_t now = clock_now_us();
	struct check check = check_begin(call);
	check_that(&check, request->n_athlete_ids >= 1 && request->n_athlete_ids <= ATHLETES_MOST,
		   "athlete_ids", "1 to 100");
	for (size_t i = 0; i < request->n_athlete_ids; i++)
		check_id(&check, arena_printf(call->arena, "athlete_ids[%zu]", i),
			 request->athlete_ids[i]);
	check_that(&check, request->not_seen_weeks >= 1 && request->not_seen_weeks <= 520,
		   "not_seen_weeks", "1 to 520");
	if (check_failed(&check))
		return check_status(&check);

	const struct recall_asked asked = {
		.before_at = now - request->not_seen_weeks * 7 * CLOCK_DAY_US,
		.now = now,
		.clinic_id = "",
		.after_id = "",
		.limit = ATHLETES_MOST,
		.athlete_ids = (const char *const *)request->athlete_ids,
		.athlete_count = request->n_athlete_ids,
	};
	struct db_unit *unit = call_unit(call);
	size_t in_force = programme_ask(unit, call->organisation_id, now, 0);
	struct status status =
		recall_list(call_db(call), unit, call->organisation_id, &asked, &rows, &count);
	if (status_is_ok(status))
		status = programme_take(unit, in_force, call->arena, &programme, NULL);
	if (!status_is_ok(status))
		return status;
	if (programme->steps[MESSAGE_RECALL].off)
		return status_error(STATUS_FAILED_PRECONDITION,
				    "the programme has switched this step off: recall");
	struct command *command = command_begin(call);
	reply->planned = ARENA_ARRAY(call->arena, request->n_athlete_ids, char *);
	reply->left_out = ARENA_ARRAY(call->arena, request->n_athlete_ids, char *);
	for (size_t i = 0; status_is_ok(status) && i < request->n_athlete_ids; i++) {
		const struct recall_row *row = row_of(rows, count, request->athlete_ids[i]);
		if (row) {
			status = add_message(call, command, programme, row, now);
			reply->planned[reply->n_planned++] = request->athlete_ids[i];
		} else {
			reply->left_out[reply->n_left_out++] = request->athlete_ids[i];
		}
	}
	return status_is_ok(status) ? commit(command, reply) : status;
}
