#include "scheduling/handlers/feed_token.h"

#include "base/random.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#define ID_BYTES     TEXT_UUID_OCTETS
#define SECRET_BYTES 24
#define TOKEN_BYTES  (ID_BYTES + SECRET_BYTES)
#define VARIANT      sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define TOKEN_CHARS  sodium_base64_ENCODED_LEN(TOKEN_BYTES, VARIANT) /* with the NUL */

static_assert(FEED_TOKEN_HASH_BYTES == crypto_hash_sha256_BYTES, "SHA-256");

static void describe(const uint8_t bytes[TOKEN_BYTES], struct feed_token *ret_token)
{
	text_uuid_from_octets(bytes, ret_token->organisation_id);
	crypto_hash_sha256(ret_token->hash, bytes, TOKEN_BYTES);
}

const char *feed_token_new(struct arena *arena, const char *organisation_id,
			   struct feed_token *ret_token)
{
	uint8_t bytes[TOKEN_BYTES];
	char *text = arena_alloc(arena, TOKEN_CHARS);
	if (!text || !text_uuid_to_octets(organisation_id, bytes))
		return NULL;
	random_bytes(bytes + ID_BYTES, SECRET_BYTES);
	describe(bytes, ret_token);
	sodium_bin2base64(text, TOKEN_CHARS, bytes, TOKEN_BYTES, VARIANT);
	sodium_memzero(bytes, sizeof(bytes));
	return text;
}

bool feed_token_read(const char *text, struct feed_token *ret_token)
{
	uint8_t bytes[TOKEN_BYTES];
	size_t length = 0;
	if (strlen(text) != TOKEN_CHARS - 1 ||
	    sodium_base642bin(bytes, sizeof(bytes), text, TOKEN_CHARS - 1, NULL, &length, NULL,
			      VARIANT) != 0 ||
	    length != TOKEN_BYTES)
		return false;
	describe(bytes, ret_token);
	return true;
}
