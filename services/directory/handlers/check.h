/* What directory checks besides: zones, and constraints in words. */
#ifndef SOLEUS_DIRECTORY_HANDLERS_CHECK_H
#define SOLEUS_DIRECTORY_HANDLERS_CHECK_H

#include "events/check.h"

/* A zone that this machine's tzdata knows. */
void check_zone(struct check *check, const char *field, const char *zone);

/* What a failed constraint means to the caller. */
struct refusal {
	const char *constraint; /* NULL ends a list */
	enum status_code code;
	const char *message;
};

/* command_commit; a constraint of the list gives its words instead of the database's, and a refusal
 * leaves `reply` empty: what it named was not made. */
FIBER struct status commit_or_refuse(struct command *command, ProtobufCMessage *reply,
				     const struct refusal *refusals);

#endif
