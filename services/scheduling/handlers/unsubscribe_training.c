#include "events/audit.h"
#include "scheduling/handlers/check.h"
#include "scheduling/handlers/clash_check.h"
#include "scheduling/store/clash.h"
#include "scheduling/store/feed.h"

#include "base/clock.h"

#include "soleus/v1/scheduling.pb-c.h"

static FIBER struct status find_feed(struct call *call, const char *feed_id,
				     struct feed_row *ret_feed)
{
	struct db_unit *unit = call_unit(call);
	size_t index = feed_list(unit, call->organisation_id, "", feed_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, index);
	if (db_result_rows(rows) == 0)
		return status_error(STATUS_NOT_FOUND, "no such feed");
	*ret_feed = feed_row(rows, 0);
	if (!may_see_athlete(call, ret_feed->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such feed");
	return status;
}

RPC(Scheduling, scheduling, UnsubscribeTraining, unsubscribe_training)
{
	struct check check = check_begin(call);
	struct feed_row feed;
	int64_t now_us = clock_now_us();
	check_id(&check, "feed_id", request->feed_id);
	if (check_failed(&check))
		return check_status(&check);
	struct status status = find_feed(call, request->feed_id, &feed);
	if (!status_is_ok(status))
		return status;

	struct command *command = command_begin(call);
	audit_of_athlete(command->unit, call, feed.athlete_id, request->feed_id);
	feed_end(command->unit, call->organisation_id, request->feed_id, now_us);
	if (!request->keep_sessions) {
		Soleus__V1__TrainingChanged event = SOLEUS__V1__TRAINING_CHANGED__INIT;
		feed_clear(command->unit, call->organisation_id, &feed, now_us);
		clash_ask(command->unit, call->organisation_id, feed.athlete_id, now_us);
		event.athlete_id = (char *)feed.athlete_id;
		command_event(command, feed.athlete_id, &event.base);
	}
	status = command_commit(command, &reply->base);
	if (status_is_ok(status))
		clash_check_wake();
	return status;
}
