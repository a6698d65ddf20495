#include "events/audit.h"
#include "scheduling/handlers/check.h"
#include "scheduling/handlers/feed_refresh.h"
#include "scheduling/rules/feed.h"
#include "scheduling/store/feed.h"

#include "base/clock.h"
#include "base/text.h"

#include "soleus/v1/scheduling.pb-c.h"

#define FEEDS_MAX 5 /* of an athlete */

/* An address that the athlete has already is the same feed. */
RPC(Scheduling, scheduling, SubscribeTraining, subscribe_training)
{
	struct check check = check_begin(call);
	char url[FEED_URL_BYTES + 1];
	check_id(&check, "athlete_id", request->athlete_id);
	check_that(&check, feed_url(request->url, url), "url",
		   "an address of http:, https: or webcal:, at most 2000 bytes");
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	struct db_unit *unit = call_unit(call);
	size_t index = feed_find(unit, call->organisation_id, request->athlete_id, url);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct feed_look look = feed_look(unit, index);
	if (!look.athlete_known)
		return status_error(STATUS_NOT_FOUND, "no such athlete");
	if (!*look.feed_id && look.feeds >= FEEDS_MAX)
		return status_error(STATUS_RESOURCE_EXHAUSTED,
				    "an athlete has at most five subscribed calendars");

	const struct feed_row feed = {
		.feed_id = *look.feed_id ? look.feed_id : text_uuid7_new(call->arena),
		.athlete_id = request->athlete_id,
		.url = url,
		.next_at = clock_now_us(),
	};
	struct command *command = command_begin(call);
	audit_of_athlete(command->unit, call, request->athlete_id, feed.feed_id);
	if (!*look.feed_id)
		feed_put(command->unit, call->organisation_id, &feed);
	reply->feed_id = (char *)feed.feed_id;
	status = command_commit(command, &reply->base);
	if (status_is_ok(status))
		feed_refresh_wake();
	return status;
}
