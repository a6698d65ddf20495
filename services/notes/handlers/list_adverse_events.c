#include "events/audit.h"
#include "events/check.h"
#include "notes/handlers/access.h"
#include "notes/handlers/adverse_message.h"
#include "notes/handlers/service.h"
#include "notes/handlers/trail.h"

#include "base/clock.h"

#define LIMIT_MOST    500
#define LIMIT_DEFAULT 100

/* Events that one call looks at for a reader whom clinics bound: access is asked of each. */
#define LOOKS_BOUNDED 500

static void fill_reply(Soleus__V1__ListAdverseEventsReply *reply, struct arena *arena,
		       const struct db_result *rows, int64_t limit)
{
	size_t count = db_result_rows(rows);
	reply->events = ARENA_ARRAY(arena, count, Soleus__V1__AdverseEvent *);
	for (size_t row = 0; row < count; row++) {
		const struct adverse_row event = adverse_row(rows, row);
		if (event.found)
			reply->events[reply->n_events++] = adverse_message(arena, &event);
		if (!event.found || (int64_t)reply->n_events == limit) {
			reply->next_at = event.recorded_at;
			reply->next_id = (char *)event.adverse_event_id;
		}
	}
}

RPC(Notes, notes, ListAdverseEvents, list_adverse_events)
{
	struct check check = check_begin(call);
	check_id_or_empty(&check, "athlete_id", request->athlete_id);
	check_that(&check, request->limit >= 0 && request->limit <= LIMIT_MOST, "limit",
		   "1 to 500, or 0 for 100");
	check_that(&check, request->before_at >= 0, "before_at", "an instant, or 0");
	check_id_or_empty(&check, "before_id", request->before_id);
	if (check_failed(&check))
		return check_status(&check);

	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_PERMISSION_DENIED,
				    "an athlete lists the own adverse events: athlete_id");
	struct db_unit *unit = call_unit(call);
	if (*request->athlete_id) {
		guard_athlete(call, unit, request->athlete_id);
		leave_trail_of_athlete(call, unit, request->athlete_id, "");
	} else {
		leave_trail(call, unit, "", "");
	}
	const char *trail[AUDIT_VALUES];
	audit_values(call->arena, call, trail);
	int64_t now_us = clock_now_us();
	int64_t limit = request->limit ? request->limit : LIMIT_DEFAULT;
	const char *reader_id = bounded_practitioner(call);
	const struct adverse_asked asked = {
		.athlete_id = request->athlete_id,
		.before_at = request->before_at ? request->before_at : now_us + CLOCK_DAY_US,
		.before_id = request->before_id,
		.limit = limit,
		.looks = reader_id ? LOOKS_BOUNDED : limit,
		.reader_id = reader_id,
		.now_us = now_us,
		.trail = trail,
	};
	size_t events = adverse_events(unit, call->organisation_id, &asked);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return guarded(unit, status);
	fill_reply(reply, call->arena, db_unit_result(unit, events), limit);
	return status_ok();
}
