#include "reminders/rules/next_step.h"

#define SECOND_US     INT64_C(1000000)
#define WAIT_FIRST_US (30 * SECOND_US)
#define WAIT_MOST_US  (3600 * SECOND_US)
#define LAST_US       (60 * SECOND_US) /* before the last time */

static int64_t wait_us(const struct next_step_facts *facts)
{
	int64_t wait = WAIT_FIRST_US;
	for (unsigned i = 1; i < facts->tries && wait < WAIT_MOST_US; i++)
		wait *= 2;
	if (wait > WAIT_MOST_US)
		wait = WAIT_MOST_US;
	return wait + wait / 4 * (int64_t)facts->dice / NEXT_STEP_DICE;
}

struct next_step_answer next_step(const struct next_step_facts *facts)
{
	bool never = facts->fault == PROVIDER_FAULT_PERMANENT ||
		     facts->fault == PROVIDER_FAULT_OPTED_OUT;
	bool had_its_time =
		facts->fallback_us > 0 && facts->now - facts->failing_since >= facts->fallback_us;
	int64_t last_at = facts->stale_at - LAST_US;
	int64_t at = facts->now + wait_us(facts);
	if (facts->has_next && (never || had_its_time))
		return (struct next_step_answer){NEXT_STEP_CHANNEL, 0};
	if (at < facts->not_before)
		at = facts->not_before;
	if (facts->has_next && facts->fallback_us > 0 &&
	    at > facts->failing_since + facts->fallback_us)
		at = facts->failing_since + facts->fallback_us; /* then the next channel's turn */
	if (!never && at > last_at && facts->now + SECOND_US < last_at)
		at = last_at;
	if (!never && at <= last_at)
		return (struct next_step_answer){NEXT_STEP_AGAIN, at};
	if (facts->has_next)
		return (struct next_step_answer){NEXT_STEP_CHANNEL, 0};
	return (struct next_step_answer){NEXT_STEP_GIVE_UP, 0};
}
