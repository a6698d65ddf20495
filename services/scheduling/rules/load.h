/* Training load: session RPE × minutes (Foster 2001), by local day. Shown, never gating (O6): the
 * ratio of acute to chronic load predicts nothing that a clinic may act on by itself (Impellizzeri
 * 2020).
 *
 *     const struct load load = load_of(&days);
 */
#ifndef SOLEUS_SCHEDULING_RULES_LOAD_H
#define SOLEUS_SCHEDULING_RULES_LOAD_H

#include <stdbool.h>
#include <stdint.h>

#define LOAD_DAYS       28
#define LOAD_ACUTE_DAYS 7

/* Consecutive local days, the last one is today. */
struct load_days {
	const char *day[LOAD_DAYS]; /* "2026-11-23" */
	double load[LOAD_DAYS];
	int32_t sessions[LOAD_DAYS];   /* that have a load */
	int32_t sessions_without_load; /* over, and nobody said what they were like */
	bool has_earlier;              /* a load from before the first day is known */
};

struct load {
	double acute;   /* sum of the last 7 days */
	double chronic; /* weekly mean of all 28 */
	double ratio;   /* 0 while it is unknown */
};

/* The ratio is unknown until four weeks have been recorded (a load in the first of the 28 days'
 * weeks, or before): the mean of fewer would be a guess. */
struct load load_of(const struct load_days *days);

#endif
