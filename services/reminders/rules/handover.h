/* A handover: one time that a message was given to a provider, and what became of it.
 *
 *     asked ──▶ taken ──▶ submitted ──▶ delivered
 *       └─▶ refused  └───────┴─▶ failed, rejected ──▶ delivered, when that comes after all
 *
 * Reports come late, twice, and in any order: the best news counts, and none goes back.
 */
#ifndef SOLEUS_REMINDERS_RULES_HANDOVER_H
#define SOLEUS_REMINDERS_RULES_HANDOVER_H

#include <stdbool.h>

/* The names are stored: never rename. */
enum handover_state {
	HANDOVER_ASKED,     /* the provider is asked; its answer is not known */
	HANDOVER_REFUSED,   /* it did not take the message */
	HANDOVER_TAKEN,     /* it did; of what comes now it reports */
	HANDOVER_SUBMITTED, /* the network has it */
	HANDOVER_DELIVERED, /* the phone has it: the end */
	HANDOVER_FAILED,    /* it will not arrive */
	HANDOVER_REJECTED,  /* the network did not take it */
};

const char *handover_state_name(enum handover_state state);

/* False for a name that no report has (asked, refused, taken have none). */
bool handover_outcome_find(const char *name, enum handover_state *ret_outcome);
bool handover_state_find(const char *name, enum handover_state *ret_state);

/* The state after a report of `outcome`; the same when the report is late or came before. */
enum handover_state handover_reported(enum handover_state state, enum handover_state outcome);

/* It will not arrive by this handover. */
bool handover_is_lost(enum handover_state state);

/* The provider has it, or had it. */
bool handover_was_taken(enum handover_state state);

#endif
