#include "scheduling/rules/life.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	unsigned actions; /* a set, as 1u << enum life_action */
} states[APPOINTMENT_STATES] = {
	[APPOINTMENT_HELD] = {"held", 1u << LIFE_CONFIRM | 1u << LIFE_RELEASE},
	[APPOINTMENT_BOOKED] = {"booked", 1u << LIFE_MOVE | 1u << LIFE_CHECK_IN |
						  1u << LIFE_COMPLETE | 1u << LIFE_CANCEL |
						  1u << LIFE_NO_SHOW},
	[APPOINTMENT_CHECKED_IN] = {"checked_in", 1u << LIFE_COMPLETE | 1u << LIFE_CANCEL},
	[APPOINTMENT_COMPLETED] = {"completed", 0},
	[APPOINTMENT_CANCELLED] = {"cancelled", 0},
	[APPOINTMENT_NO_SHOW] = {"no_show", 0},
	[APPOINTMENT_EXPIRED] = {"expired", 0},
};

static const char *const done[LIFE_ACTIONS] = {
	[LIFE_CONFIRM] = "confirmed",
	[LIFE_RELEASE] = "released",
	[LIFE_MOVE] = "moved",
	[LIFE_CHECK_IN] = "checked in",
	[LIFE_COMPLETE] = "completed",
	[LIFE_CANCEL] = "cancelled",
	[LIFE_NO_SHOW] = "marked as a no-show",
};

const char *appointment_state_name(enum appointment_state state)
{
	return states[state].name;
}

bool appointment_state_find(const char *name, enum appointment_state *ret_state)
{
	for (int i = 0; i < APPOINTMENT_STATES; i++)
		if (strcmp(states[i].name, name) == 0) {
			*ret_state = (enum appointment_state)i;
			return true;
		}
	return false;
}

bool life_allows(enum appointment_state state, enum life_action action)
{
	return states[state].actions & 1u << action;
}

/* What is left of the set after `action`. */
static unsigned left_after(unsigned actions, int action)
{
	return actions >> action >> 1;
}

void life_text(enum appointment_state state, char *ret_text, size_t bytes)
{
	char list[LIFE_TEXT_BYTES] = "";
	size_t length = 0;
	unsigned actions = states[state].actions;
	for (int i = 0; i < LIFE_ACTIONS; i++) {
		if (!(actions & 1u << i))
			continue;
		const char *before = length == 0 ? "" : left_after(actions, i) ? ", " : " or ";
		length += (size_t)snprintf(list + length, sizeof(list) - length, "%s%s", before,
					   done[i]);
	}
	snprintf(ret_text, bytes, "the appointment is %s: %s%s", states[state].name,
		 actions ? "it can be " : "it is over", list);
}

bool life_is_late(int64_t starts_at, int64_t cutoff_us, int64_t now_us)
{
	return now_us > starts_at - cutoff_us;
}
