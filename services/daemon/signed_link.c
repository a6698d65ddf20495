#include "daemon/signed_link.h"

#include "base/clock.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#define ENDS_BYTES 8
#define MARK_BYTES 16 /* 128 bits: nobody guesses one within the days that a link lives */
#define BODY_MAX   (SIGNED_LINK_IDS_MAX * TEXT_UUID_OCTETS + ENDS_BYTES)
#define TOKEN_MAX  (BODY_MAX + MARK_BYTES)
#define VARIANT    sodium_base64_VARIANT_URLSAFE_NO_PADDING

static_assert(MARK_BYTES >= crypto_generichash_BYTES_MIN, "as libsodium has it");
static_assert(DAEMON_SECRET_BYTES == crypto_generichash_KEYBYTES, "as libsodium has it");

void signed_link_open(const struct daemon *daemon, const char *purpose, unsigned ids,
		      struct signed_link_key *ret_key)
{
	assert(ids > 0 && ids <= SIGNED_LINK_IDS_MAX);
	daemon_secret(daemon, purpose, ret_key->secret);
	ret_key->ids = ids;
}

static size_t body_bytes(const struct signed_link_key *key)
{
	return (size_t)key->ids * TEXT_UUID_OCTETS + ENDS_BYTES;
}

static void mark(const struct signed_link_key *key, const uint8_t *body,
		 uint8_t ret_mark[MARK_BYTES])
{
	crypto_generichash(ret_mark, MARK_BYTES, body, body_bytes(key), key->secret,
			   sizeof(key->secret));
}

const char *signed_link_write(struct arena *arena, const struct signed_link_key *key,
			      const struct signed_link *link)
{
	uint8_t bytes[TOKEN_MAX];
	size_t body = body_bytes(key);
	uint64_t seconds = (uint64_t)(link->ends_at / CLOCK_SECOND_US);
	size_t chars = sodium_base64_encoded_len(body + MARK_BYTES, VARIANT);
	char *token = arena_alloc(arena, chars);
	if (!token)
		return NULL;
	for (unsigned i = 0; i < key->ids; i++) {
		bool is_id =
			text_uuid_to_octets(link->ids[i], bytes + (size_t)i * TEXT_UUID_OCTETS);
		assert(is_id);
	}
	for (size_t i = 0; i < ENDS_BYTES; i++)
		bytes[body - 1 - i] = (uint8_t)(seconds >> (8 * i));
	mark(key, bytes, bytes + body);
	return sodium_bin2base64(token, chars, bytes, body + MARK_BYTES, VARIANT);
}

bool signed_link_read(const struct signed_link_key *key, const char *token, int64_t now_us,
		      struct signed_link *ret_link)
{
	uint8_t bytes[TOKEN_MAX], expected[MARK_BYTES];
	size_t body = body_bytes(key), length = 0;
	size_t chars = sodium_base64_encoded_len(body + MARK_BYTES, VARIANT) - 1;
	uint64_t seconds = 0;
	if (strlen(token) != chars ||
	    sodium_base642bin(bytes, sizeof(bytes), token, chars, NULL, &length, NULL, VARIANT) !=
		    0 ||
	    length != body + MARK_BYTES)
		return false;
	mark(key, bytes, expected);
	if (sodium_memcmp(expected, bytes + body, MARK_BYTES) != 0)
		return false;
	for (size_t i = ENDS_BYTES; i > 0; i--)
		seconds = seconds << 8 | bytes[body - i];
	if (now_us >= (int64_t)seconds * CLOCK_SECOND_US)
		return false;
	for (unsigned i = 0; i < key->ids; i++)
		text_uuid_from_octets(bytes + (size_t)i * TEXT_UUID_OCTETS, ret_link->ids[i]);
	ret_link->ends_at = (int64_t)seconds * CLOCK_SECOND_US;
	return true;
}
