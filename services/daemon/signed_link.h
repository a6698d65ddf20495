/* A right as a token for a link: ids and an end, under a keyed BLAKE2b, as base64url. Nothing of it
 * is kept: who has it has the right until it ends. The key follows from the daemon's own and the
 * purpose, so all instances make and read the same, a token of one purpose is none of another, and
 * a new key of the daemon ends the links of the old one.
 */
#ifndef SOLEUS_DAEMON_SIGNED_LINK_H
#define SOLEUS_DAEMON_SIGNED_LINK_H

#include "base/text.h"
#include "daemon/daemon.h"

#define SIGNED_LINK_IDS_MAX 3

struct signed_link_key {
	uint8_t secret[DAEMON_SECRET_BYTES];
	unsigned ids; /* in each token */
};

struct signed_link {
	char ids[SIGNED_LINK_IDS_MAX][TEXT_UUID_BYTES];
	int64_t ends_at; /* whole seconds count */
};

/* `purpose` is static, such as "screening links". */
void signed_link_open(const struct daemon *daemon, const char *purpose, unsigned ids,
		      struct signed_link_key *ret_key);

/* The token in the arena, NULL beyond its budget: 54 letters with one id, 75 with two, 96 with
 * three. The ids are UUIDs. */
const char *signed_link_write(struct arena *arena, const struct signed_link_key *key,
			      const struct signed_link *link);

/* False for what signed_link_write has not made with this key, or what has ended by `now_us`; how
 * long it takes tells nothing of the token. */
bool signed_link_read(const struct signed_link_key *key, const char *token, int64_t now_us,
		      struct signed_link *ret_link);

#endif
