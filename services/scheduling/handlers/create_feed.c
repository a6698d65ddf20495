#include "events/audit.h"
#include "scheduling/handlers/calendar_feed.h"
#include "scheduling/handlers/feed_token.h"

#include "base/clock.h"
#include "base/text.h"
#include "bus/bus.h"

#include <string.h>

#define FEEDS_MAX 20 /* open ones of a subject */

/* A stored reply is that of an earlier call, or this call's own, when the answer to its commit was
 * lost on the way. */
static bool is_of_earlier_call(const struct call *call, const Soleus__V1__CreateFeedReply *reply)
{
	size_t length = 0;
	const uint8_t *own = message_encode(&reply->base, call->arena, &length);
	return call->stored_reply && !(own && length == call->stored_reply_length &&
				       memcmp(own, call->stored_reply, length) == 0);
}

static FIBER struct status look(struct call *call, const struct feed_subject *subject)
{
	struct db_unit *unit = call_unit(call);
	size_t index = calendar_feed_find_subject(unit, call->organisation_id, subject);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	if (!calendar_feed_subject_known(unit, index))
		return status_error(STATUS_NOT_FOUND, "no such practitioner, room or athlete");
	if (calendar_feed_open_count(unit, index) >= FEEDS_MAX)
		return status_error(STATUS_RESOURCE_EXHAUSTED,
				    "at most 20 calendars of one subject: revoke one first");
	return status;
}

/* The reply is stored with the key as it is committed, so the token comes into it afterwards. */
RPC(Scheduling, scheduling, CreateFeed, create_feed)
{
	struct check check = check_begin(call);
	const struct feed_subject subject = {request->practitioner_id, request->room_id,
					     request->athlete_id};
	check_feed_subject(&check, &subject);
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_feeds_of(call, &subject))
		return status_error(STATUS_NOT_FOUND, "no such practitioner, room or athlete");
	struct status status = look(call, &subject);
	if (!status_is_ok(status))
		return status;

	struct feed_token token;
	const char *text = feed_token_new(call->arena, call->organisation_id, &token);
	const struct calendar_feed_row feed = {
		.feed_id = text_uuid7_new(call->arena),
		.subject_kind = feed_subject_kind(&subject),
		.subject_id = feed_subject_id(&subject),
		.made_at = clock_now_us(),
		.made_by = call->principal->name,
	};
	Soleus__V1__CalendarFeedCreated event = SOLEUS__V1__CALENDAR_FEED_CREATED__INIT;
	event.feed = calendar_feed_message(call->arena, &feed);
	if (!text || !event.feed)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the call");
	struct command *command = command_begin(call);
	audit_of_athlete(command->unit, call, request->athlete_id, feed.feed_id);
	calendar_feed_add(command->unit, call->organisation_id, &feed, token.hash);
	command_event(command, feed.feed_id, &event.base);
	reply->feed_id = (char *)feed.feed_id;
	status = command_commit(command, &reply->base);
	if (!status_is_ok(status) || is_of_earlier_call(call, reply))
		return status;
	call->stored_reply = NULL;
	reply->token = (char *)text;
	return status;
}
