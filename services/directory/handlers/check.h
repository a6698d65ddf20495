/* What comes from outside, checked: all faults of a form are collected, then refused at once.
 *
 *     struct check check = check_begin(call);
 *     check_name(&check, "name", request->name);
 *     if (check_failed(&check))
 *             return check_status(&check);
 */
#ifndef SOLEUS_DIRECTORY_HANDLERS_CHECK_H
#define SOLEUS_DIRECTORY_HANDLERS_CHECK_H

#include "base/status.h"
#include "events/command.h"

struct check {
	struct arena *arena;
	struct faults faults;
};

/* Without an organisation in the call there is a fault already. */
struct check check_begin(const struct call *call);
bool check_failed(const struct check *check);
struct status check_status(const struct check *check);

/* `field` is static or in the arena, as is `expected`. */
void check_that(struct check *check, bool holds, const char *field, const char *expected);
void check_id(struct check *check, const char *field, const char *id);
void check_id_or_empty(struct check *check, const char *field, const char *id);
/* Not blank, at most 200 bytes, no control characters. */
void check_name(struct check *check, const char *field, const char *name);
/* As check_name, but may be empty. */
void check_words(struct check *check, const char *field, const char *words);
/* A zone that this machine's tzdata knows. */
void check_zone(struct check *check, const char *field, const char *zone);

/* Staff see every athlete of their organisation, athletes themselves alone. */
bool may_see_athlete(const struct call *call, const char *athlete_id);

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
