#include "scheduling/handlers/calendar_feed.h"

#include "base/clock.h"

RPC(Scheduling, scheduling, RevokeFeed, revoke_feed)
{
	struct check check = check_begin(call);
	check_id(&check, "feed_id", request->feed_id);
	if (check_failed(&check))
		return check_status(&check);

	Soleus__V1__CalendarFeedRevoked event = SOLEUS__V1__CALENDAR_FEED_REVOKED__INIT;
	event.feed_id = request->feed_id;
	struct command *command = command_begin(call);
	calendar_feed_revoke(command->unit, call->organisation_id, request->feed_id,
			     sees_athlete_alone(call), clock_now_us());
	command_event(command, request->feed_id, &event.base);
	struct status status = command_commit(command, &reply->base);
	if (!status_is_ok(status) && calendar_feed_is_gone(command->unit))
		return status_error(STATUS_NOT_FOUND, "no such calendar");
	return status;
}
