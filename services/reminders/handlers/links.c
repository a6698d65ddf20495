#include "reminders/handlers/links.h"

#include "base/clock.h"
#include "daemon/public_url.h"
#include "daemon/signed_link.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const char *const providers[] = {"kannel", "twilio", "webhook"};
#define PROVIDERS (sizeof(providers) / sizeof(providers[0]))

#define TOKEN_LETTERS 75 /* with two ids (daemon/signed_link.h) */
#define SAMPLE_BYTES  (PUBLIC_URL_MOST + TOKEN_LETTERS + 8)

/* A provider's token does not end: it is taken back with the daemon's key. */
#define NEVER_US INT64_C(253402300799000000)

enum { ORGANISATION, MESSAGE, IDS };

static struct signed_link_key message_key;
static struct signed_link_key provider_keys[PROVIDERS];
static uint8_t signing_secret[DAEMON_SECRET_BYTES];
static const char *base_url = "";
static char sample_url[SAMPLE_BYTES];

void links_open(const struct daemon *daemon, const char *public_url)
{
	static const char *const purposes[PROVIDERS] = {"webhooks of kannel", "webhooks of twilio",
							"webhooks"};
	base_url = public_url;
	sample_url[0] = '\0';
	if (*public_url)
		snprintf(sample_url, sizeof(sample_url), "%s/l/%0*d", public_url, TOKEN_LETTERS, 0);
	signed_link_open(daemon, "message links", IDS, &message_key);
	for (size_t i = 0; i < PROVIDERS; i++)
		signed_link_open(daemon, purposes[i], 1, &provider_keys[i]);
	daemon_secret(daemon, "signatures of webhooks", signing_secret);
}

static const char *url(struct arena *arena, const char *path, const char *token)
{
	const char *whole = base_url[0] ? arena_printf(arena, "%s%s%s", base_url, path, token) : "";
	return whole ? whole : "";
}

/* ---- Messages ---- */

const char *message_link_write(struct arena *arena, const struct message_link *link)
{
	struct signed_link token = {.ends_at = link->ends_at};
	memcpy(token.ids[ORGANISATION], link->organisation_id, TEXT_UUID_BYTES);
	memcpy(token.ids[MESSAGE], link->message_id, TEXT_UUID_BYTES);
	return signed_link_write(arena, &message_key, &token);
}

bool message_link_read(const char *token, int64_t now_us, struct message_link *ret_link)
{
	struct signed_link link;
	if (!signed_link_read(&message_key, token, now_us, &link))
		return false;
	memcpy(ret_link->organisation_id, link.ids[ORGANISATION], TEXT_UUID_BYTES);
	memcpy(ret_link->message_id, link.ids[MESSAGE], TEXT_UUID_BYTES);
	ret_link->ends_at = link.ends_at;
	return true;
}

struct status message_link_unknown(void)
{
	return status_error(STATUS_NOT_FOUND, "this link is not valid, or has ended");
}

struct status message_link_open(struct call *call, const char *token, struct message_link *ret_link)
{
	const char *bound = call->principal->organisation_id;
	if (!message_link_read(token, clock_now_us(), ret_link) ||
	    (*bound && strcasecmp(bound, ret_link->organisation_id) != 0))
		return message_link_unknown();
	call->organisation_id = arena_strdup(call->arena, ret_link->organisation_id);
	return call->organisation_id
		       ? status_ok()
		       : status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the call");
}

const char *message_link_url(struct arena *arena, const char *token)
{
	return url(arena, "/l/", token);
}

const char *message_link_in_text(struct arena *arena, const char *organisation_id,
				 const char *message_id, int64_t stale_at)
{
	struct message_link link = {.ends_at = stale_at + MESSAGE_LINK_LIFE_US};
	if (!base_url[0])
		return NULL;
	memcpy(link.organisation_id, organisation_id, TEXT_UUID_BYTES);
	memcpy(link.message_id, message_id, TEXT_UUID_BYTES);
	const char *token = message_link_write(arena, &link);
	return token ? message_link_url(arena, token) : NULL;
}

const char *message_link_sample(void)
{
	return sample_url[0] ? sample_url : NULL;
}

const char *message_unsubscribe_url(struct arena *arena, const char *token)
{
	return url(arena, "/u/", token);
}

/* ---- Providers ---- */

static const struct signed_link_key *key_of(const char *provider)
{
	for (size_t i = 0; i < PROVIDERS; i++)
		if (strcmp(providers[i], provider) == 0)
			return &provider_keys[i];
	return NULL;
}

bool webhook_is_known(const char *provider)
{
	return key_of(provider) != NULL;
}

const char *webhook_token(struct arena *arena, const char *provider, const char *organisation_id)
{
	struct signed_link token = {.ends_at = NEVER_US};
	memcpy(token.ids[ORGANISATION], organisation_id, TEXT_UUID_BYTES);
	return signed_link_write(arena, key_of(provider), &token);
}

bool webhook_read(const char *provider, const char *token,
		  char ret_organisation_id[TEXT_UUID_BYTES])
{
	struct signed_link link;
	const struct signed_link_key *key = key_of(provider);
	if (!key || !signed_link_read(key, token, clock_now_us(), &link))
		return false;
	memcpy(ret_organisation_id, link.ids[ORGANISATION], TEXT_UUID_BYTES);
	return true;
}

const char *webhook_url(struct arena *arena, const char *provider, const char *token)
{
	return url(arena, arena_printf(arena, "/hooks/%s/", provider) ?: "", token);
}

const char *webhook_secret(struct arena *arena, const char *organisation_id)
{
	uint8_t octets[TEXT_UUID_OCTETS], hash[DAEMON_SECRET_BYTES];
	char *text = arena_alloc(arena, 2 * sizeof(hash) + 1);
	if (!text || !text_uuid_to_octets(organisation_id, octets))
		return NULL;
	crypto_generichash(hash, sizeof(hash), octets, sizeof(octets), signing_secret,
			   sizeof(signing_secret));
	return sodium_bin2hex(text, 2 * sizeof(hash) + 1, hash, sizeof(hash));
}
