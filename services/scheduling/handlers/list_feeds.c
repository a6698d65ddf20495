#include "scheduling/handlers/calendar_feed.h"

RPC(Scheduling, scheduling, ListFeeds, list_feeds)
{
	struct check check = check_begin(call);
	check_id(&check, "subject_id", request->subject_id);
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->subject_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	struct db_unit *unit = call_unit(call);
	size_t list = calendar_feed_list(unit, call->organisation_id, request->subject_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, list);
	size_t count = db_result_rows(rows);
	reply->feeds = ARENA_ARRAY(call->arena, count, Soleus__V1__CalendarFeed *);
	for (size_t row = 0; reply->feeds && row < count; row++) {
		const struct calendar_feed_row feed = calendar_feed_row(rows, row);
		reply->feeds[reply->n_feeds++] = calendar_feed_message(call->arena, &feed);
	}
	return status;
}
