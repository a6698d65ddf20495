/* Of the judges of what athletes are owed: what holds in a phase, and reasons (owed_reasons.c). */
#ifndef SOLEUS_TESTS_OWED_INSIDE_H
#define SOLEUS_TESTS_OWED_INSIDE_H

#include "owed.h"

#define DAILY_CAP 4

/* Faults `why` unless it is a reason that is so; of a message that goes on waiting others are. */
void owed_judge_reason(struct owed_world *world, const struct owed *owed, const char *why,
		       bool for_waiting);

/* A provider of theirs fails, or did so short ago that a try may still be put off. */
bool owed_failed_lately(const struct owed_world *world, const struct owed *owed);

/* Not sent because of an opt-out: an opt-in brings it back. */
bool owed_may_be_restored(const struct owed *owed);

bool owed_visit_was(const struct owed_world *world, const struct owed *owed,
		    enum owed_state_of_visit state);
bool owed_is_of_now(const struct owed_world *world, const struct owed *owed);
bool owed_waits_for_consent(const struct owed_world *world, const struct owed *owed);
bool owed_is_quiet(const struct owed_world *world, const struct owed *owed);
bool owed_is_quiet_until_over(const struct owed_world *world, const struct owed *owed);

/* Texts that may count for the day of `at`, but for `about`: an upper bound, for what was not to be
 * sent when the cap was reckoned may be unknown by now. */
unsigned owed_texts_of_day(const struct owed_world *world, const struct owed *about, int64_t at);

#endif
