#include "scheduling/handlers/calendar_feed.h"
#include "scheduling/handlers/feed_token.h"

#include <sodium.h>
#include <string.h>
#include <strings.h>

#define ETAG_BYTES 16

static struct status no_such_calendar(void)
{
	return status_error(STATUS_NOT_FOUND, "no such calendar");
}

/* The same words, whether the token is none, unknown, revoked or of an organisation that is not the
 * caller's. The call is the token's organisation's from then on. */
static FIBER struct status open_by_token(struct call *call, const char *text,
					 struct feed_subject *ret_subject)
{
	struct feed_token token;
	const char *bound = call->principal->organisation_id;
	if (!feed_token_read(text, &token) ||
	    (*bound && strcasecmp(bound, token.organisation_id) != 0))
		return no_such_calendar();
	call->organisation_id = arena_strdup(call->arena, token.organisation_id);
	if (!call->organisation_id)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the call");
	struct db_unit *unit = call_unit(call);
	size_t index = calendar_feed_find(unit, call->organisation_id, token.hash);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	return calendar_feed_found(unit, index, ret_subject) ? status : no_such_calendar();
}

static FIBER struct status open_by_subject(struct call *call, const struct feed_subject *subject)
{
	struct check check = check_begin(call);
	check_feed_subject(&check, subject);
	check_that(&check, call->principal->roles != ROLE_SERVICE, "token",
		   "the token: a service has no other way");
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_feeds_of(call, subject))
		return status_error(STATUS_NOT_FOUND, "no such practitioner, room or athlete");
	struct db_unit *unit = call_unit(call);
	size_t index = calendar_feed_find_subject(unit, call->organisation_id, subject);
	struct status status = db_run(call_db(call), unit);
	if (status_is_ok(status) && !calendar_feed_subject_known(unit, index))
		return status_error(STATUS_NOT_FOUND, "no such practitioner, room or athlete");
	return status;
}

static const char *etag_of(struct arena *arena, const char *text, size_t length)
{
	unsigned char hash[ETAG_BYTES];
	char etag[2 * ETAG_BYTES + 1];
	crypto_generichash(hash, sizeof(hash), (const unsigned char *)text, length, NULL, 0);
	return arena_strdup(arena, sodium_bin2hex(etag, sizeof(etag), hash, sizeof(hash)));
}

RPC(Scheduling, scheduling, ReadFeed, read_feed)
{
	struct feed_subject subject = {request->practitioner_id, request->room_id,
				       request->athlete_id};
	struct status status = *request->token ? open_by_token(call, request->token, &subject)
					       : open_by_subject(call, &subject);
	const char *text = NULL;
	size_t length = 0;
	if (status_is_ok(status))
		status = calendar_feed_text(call, &subject, &text, &length);
	if (!status_is_ok(status))
		return status;
	reply->etag = (char *)etag_of(call->arena, text, length);
	if (!reply->etag)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the call");
	if (strcmp(request->etag, reply->etag) != 0)
		reply->ics = (char *)text;
	return status;
}
