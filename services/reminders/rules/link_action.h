/* What the link of a message offers: actions by the message's purpose, and the text that each
 * stands for, so that a link is understood as that text is.
 */
#ifndef SOLEUS_REMINDERS_RULES_LINK_ACTION_H
#define SOLEUS_REMINDERS_RULES_LINK_ACTION_H

#include "reminders/rules/follow_up.h"

/* What a message asks. The names are in messages: never rename. */
enum link_asks {
	LINK_ASKS_NOTHING,
	LINK_ASKS_VISIT,
	LINK_ASKS_OFFER,
	LINK_ASKS_CHECK_IN,
	LINK_ASKS_MEASURE,
	LINK_ASKS_RED_FLAG,
	LINK_ASKS_PLAN_STEP,
};

enum link_asks link_asks(enum message_purpose purpose);
const char *link_asks_name(enum link_asks asks); /* "check_in" */

struct link_action {
	const char *name;    /* NULL ends the table */
	enum link_asks asks; /* of which it is an answer; LINK_ASKS_NOTHING: of any */
	const char *text;    /* NULL: its value */
};

extern const struct link_action link_actions[];

/* NULL for one that a message that asks this does not offer. */
const struct link_action *link_action_find(enum link_asks asks, const char *name);

/* Whether it counts now, for a message that is open and was answered or not: what is said of a
 * visit counts until it begins, every other answer once, and stop always. */
bool link_action_counts(const struct link_action *action, enum link_asks asks, bool open,
			bool answered);

#define LINK_TEXT_BYTES 16

/* The text of an action with its value: "C", "3 8". False when the value is not what is asked:
 * numbers from 0 to 10, two for a check-in, one for a measure, none for what is no answer. */
bool link_action_text(const struct link_action *action, const char *value,
		      char ret_text[LINK_TEXT_BYTES]);

#endif
