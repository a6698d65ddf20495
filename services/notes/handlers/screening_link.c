#include "notes/handlers/screening_link.h"

#include "notes/handlers/settings.h"

#include "daemon/signed_link.h"

#include <string.h>

enum { ORGANISATION, APPOINTMENT, ATHLETE, IDS };

static struct signed_link_key key;

void screening_link_open(const struct daemon *daemon)
{
	signed_link_open(daemon, "screening links", IDS, &key);
}

const char *screening_link_write(struct arena *arena, const struct screening_link *link)
{
	struct signed_link token = {.ends_at = link->ends_at};
	memcpy(token.ids[ORGANISATION], link->organisation_id, TEXT_UUID_BYTES);
	memcpy(token.ids[APPOINTMENT], link->appointment_id, TEXT_UUID_BYTES);
	memcpy(token.ids[ATHLETE], link->athlete_id, TEXT_UUID_BYTES);
	return signed_link_write(arena, &key, &token);
}

const char *screening_link_url(struct arena *arena, const char *token)
{
	const char *url = *settings.public_url
				  ? arena_printf(arena, "%s/q/%s", settings.public_url, token)
				  : "";
	return url ? url : "";
}

bool screening_link_read(const char *token, int64_t now_us, struct screening_link *ret_link)
{
	struct signed_link link;
	if (!signed_link_read(&key, token, now_us, &link))
		return false;
	memcpy(ret_link->organisation_id, link.ids[ORGANISATION], TEXT_UUID_BYTES);
	memcpy(ret_link->appointment_id, link.ids[APPOINTMENT], TEXT_UUID_BYTES);
	memcpy(ret_link->athlete_id, link.ids[ATHLETE], TEXT_UUID_BYTES);
	ret_link->ends_at = link.ends_at;
	return true;
}
