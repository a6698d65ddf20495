/* What becomes of a message that a provider did not take, or of which no report came: the same
 * channel again, the next one that the athlete's consent is for, or nobody any more.
 *
 * Tries come after 30 s, doubling to an hour, with up to a quarter more; the last one a minute
 * before the message's last time. What can never arrive by a channel, and what one has had for
 * `fallback_us`, goes to the next at once.
 */
#ifndef SOLEUS_REMINDERS_RULES_NEXT_STEP_H
#define SOLEUS_REMINDERS_RULES_NEXT_STEP_H

#include "reminders/rules/provider_fault.h"

#include <stdbool.h>
#include <stdint.h>

enum next_step {
	NEXT_STEP_AGAIN,   /* the same channel, at `at` */
	NEXT_STEP_CHANNEL, /* the next channel, now */
	NEXT_STEP_GIVE_UP, /* none is left in time: staff are told */
};

struct next_step_facts {
	int64_t now;
	int64_t stale_at;
	int64_t failing_since; /* of this channel: its first try, or the provider's first failure */
	int64_t fallback_us;   /* how long a channel is given; 0: for ever */
	int64_t not_before;    /* when the provider may be asked again; 0: it does not say */
	unsigned tries;        /* on this channel, at least 1 */
	unsigned dice;         /* below NEXT_STEP_DICE */
	enum provider_fault fault;
	bool has_next; /* there is another channel that was not tried */
};
#define NEXT_STEP_DICE 1000

struct next_step_answer {
	enum next_step step;
	int64_t at; /* NEXT_STEP_AGAIN */
};

struct next_step_answer next_step(const struct next_step_facts *facts);

#endif
