#include "notes/handlers/screening_link.h"

#include "base/clock.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#define IDS         3
#define ENDS_AT     (IDS * TEXT_UUID_OCTETS)
#define ENDS_BYTES  8
#define BODY_BYTES  (ENDS_AT + ENDS_BYTES)
#define MARK_BYTES  16 /* 128 bits: nobody guesses one within the days that a link lives */
#define TOKEN_BYTES (BODY_BYTES + MARK_BYTES)
#define VARIANT     sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define TOKEN_CHARS sodium_base64_ENCODED_LEN(TOKEN_BYTES, VARIANT) /* with the NUL */

static_assert(MARK_BYTES >= crypto_generichash_BYTES_MIN, "as libsodium has it");
static_assert(DAEMON_SECRET_BYTES == crypto_generichash_KEYBYTES, "as libsodium has it");

static uint8_t secret[DAEMON_SECRET_BYTES];

void screening_link_open(const struct daemon *daemon)
{
	daemon_secret(daemon, "screening links", secret);
}

static void mark(const uint8_t body[BODY_BYTES], uint8_t ret_mark[MARK_BYTES])
{
	crypto_generichash(ret_mark, MARK_BYTES, body, BODY_BYTES, secret, sizeof(secret));
}

const char *screening_link_write(struct arena *arena, const struct screening_link *link)
{
	const char *const ids[IDS] = {link->organisation_id, link->appointment_id,
				      link->athlete_id};
	uint8_t bytes[TOKEN_BYTES];
	uint64_t seconds = (uint64_t)(link->ends_at / CLOCK_SECOND_US);
	char *token = arena_alloc(arena, TOKEN_CHARS);
	if (!token)
		return NULL;
	for (int i = 0; i < IDS; i++) {
		bool is_id = text_uuid_to_octets(ids[i], bytes + (size_t)i * TEXT_UUID_OCTETS);
		assert(is_id);
	}
	for (int i = 0; i < ENDS_BYTES; i++)
		bytes[ENDS_AT + i] = (uint8_t)(seconds >> (8 * (ENDS_BYTES - 1 - i)));
	mark(bytes, bytes + BODY_BYTES);
	return sodium_bin2base64(token, TOKEN_CHARS, bytes, TOKEN_BYTES, VARIANT);
}

bool screening_link_read(const char *token, int64_t now_us, struct screening_link *ret_link)
{
	uint8_t bytes[TOKEN_BYTES], expected[MARK_BYTES];
	size_t length = 0;
	uint64_t seconds = 0;
	if (strlen(token) != TOKEN_CHARS - 1 ||
	    sodium_base642bin(bytes, sizeof(bytes), token, TOKEN_CHARS - 1, NULL, &length, NULL,
			      VARIANT) != 0 ||
	    length != TOKEN_BYTES)
		return false;
	mark(bytes, expected);
	if (sodium_memcmp(expected, bytes + BODY_BYTES, MARK_BYTES) != 0)
		return false;
	for (int i = 0; i < ENDS_BYTES; i++)
		seconds = seconds << 8 | bytes[ENDS_AT + i];
	if (now_us >= (int64_t)seconds * CLOCK_SECOND_US)
		return false;
	char *const ids[IDS] = {ret_link->organisation_id, ret_link->appointment_id,
				ret_link->athlete_id};
	for (int i = 0; i < IDS; i++)
		text_uuid_from_octets(bytes + (size_t)i * TEXT_UUID_OCTETS, ids[i]);
	ret_link->ends_at = (int64_t)seconds * CLOCK_SECOND_US;
	return true;
}
