/* The secret of a calendar's address: the organisation's id and 192 random bits, as base64url
 * (54 letters). The id in it lets a reader who knows no organisation set the tenant before anything
 * is looked up, so that row-level security holds for the look-up too; it opens nothing by itself.
 */
#ifndef SOLEUS_SCHEDULING_HANDLERS_FEED_TOKEN_H
#define SOLEUS_SCHEDULING_HANDLERS_FEED_TOKEN_H

#include "base/arena.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

#define FEED_TOKEN_HASH_BYTES 32

struct feed_token {
	char organisation_id[TEXT_UUID_BYTES];
	uint8_t hash[FEED_TOKEN_HASH_BYTES]; /* SHA-256: all that is kept of it */
};

/* A new token in the arena, NULL beyond its budget. */
const char *feed_token_new(struct arena *arena, const char *organisation_id,
			   struct feed_token *ret_token);

/* False for what feed_token_new cannot have made. */
bool feed_token_read(const char *text, struct feed_token *ret_token);

#endif
