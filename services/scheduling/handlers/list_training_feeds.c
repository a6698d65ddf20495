#include "events/audit.h"
#include "scheduling/handlers/check.h"
#include "scheduling/handlers/messages.h"
#include "scheduling/store/feed.h"

RPC(Scheduling, scheduling, ListTrainingFeeds, list_training_feeds)
{
	struct check check = check_begin(call);
	check_id(&check, "athlete_id", request->athlete_id);
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	struct db_unit *unit = call_unit(call);
	audit_of_athlete(unit, call, request->athlete_id, "");
	size_t index = feed_list(unit, call->organisation_id, request->athlete_id, "");
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, index);
	reply->feeds = ARENA_ARRAY(call->arena, db_result_rows(rows), Soleus__V1__TrainingFeed *);
	for (size_t row = 0; row < db_result_rows(rows); row++) {
		const struct feed_row feed = feed_row(rows, row);
		reply->feeds[reply->n_feeds++] = feed_message(call->arena, &feed);
	}
	return status;
}
