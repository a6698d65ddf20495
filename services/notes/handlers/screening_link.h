/* The right to answer the screening of one visit, as a token for a link: organisation, visit,
 * athlete and end, under a keyed BLAKE2b, as base64url (96 letters). Nothing of it is kept: who has
 * it has the right until it ends. The key follows from the daemon's own, so all instances make and
 * read the same, and a new key of the daemon ends the links of the old one.
 */
#ifndef SOLEUS_NOTES_HANDLERS_SCREENING_LINK_H
#define SOLEUS_NOTES_HANDLERS_SCREENING_LINK_H

#include "base/text.h"
#include "daemon/daemon.h"

struct screening_link {
	char organisation_id[TEXT_UUID_BYTES];
	char appointment_id[TEXT_UUID_BYTES];
	char athlete_id[TEXT_UUID_BYTES];
	int64_t ends_at; /* whole seconds count */
};

/* Before the first token. */
void screening_link_open(const struct daemon *daemon);

/* The token in the arena, NULL beyond its budget. The ids are UUIDs. */
const char *screening_link_write(struct arena *arena, const struct screening_link *link);

/* The page of the questions on the gateway, /q/TOKEN; "" while the public address is not known. */
const char *screening_link_url(struct arena *arena, const char *token);

/* False for what screening_link_write has not made, or what has ended by `now_us`. */
bool screening_link_read(const char *token, int64_t now_us, struct screening_link *ret_link);

#endif
