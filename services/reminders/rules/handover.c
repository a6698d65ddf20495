#include "reminders/rules/handover.h"

#include <string.h>

#define STATES 7

static const char *const names[STATES] = {"asked",     "refused", "taken",   "submitted",
					  "delivered", "failed",  "rejected"};

const char *handover_state_name(enum handover_state state)
{
	return names[state];
}

bool handover_state_find(const char *name, enum handover_state *ret_state)
{
	for (int state = 0; state < STATES; state++)
		if (strcmp(names[state], name) == 0) {
			*ret_state = (enum handover_state)state;
			return true;
		}
	return false;
}

bool handover_outcome_find(const char *name, enum handover_state *ret_outcome)
{
	enum handover_state outcome;
	if (!handover_state_find(name, &outcome) || outcome < HANDOVER_SUBMITTED)
		return false;
	*ret_outcome = outcome;
	return true;
}

bool handover_is_lost(enum handover_state state)
{
	return state == HANDOVER_REFUSED || state == HANDOVER_FAILED || state == HANDOVER_REJECTED;
}

bool handover_was_taken(enum handover_state state)
{
	return state != HANDOVER_ASKED && state != HANDOVER_REFUSED;
}

enum handover_state handover_reported(enum handover_state state, enum handover_state outcome)
{
	if (state == HANDOVER_DELIVERED || outcome == HANDOVER_DELIVERED)
		return HANDOVER_DELIVERED;
	if (state == HANDOVER_FAILED || state == HANDOVER_REJECTED)
		return state;
	if (outcome == HANDOVER_SUBMITTED)
		return HANDOVER_SUBMITTED;
	/* A network that rejects what the provider refused says nothing new. */
	return state == HANDOVER_REFUSED ? state : outcome;
}
