/* O2: when after a treatment a value is asked for, and which window a value falls into.
 *
 *     outcome_window_of(treated_at, taken_at)   // OUTCOME_WINDOW_10D
 */
#ifndef SOLEUS_KNOWLEDGE_WINDOW_H
#define SOLEUS_KNOWLEDGE_WINDOW_H

#include <stdint.h>

/* Kept apart, never pooled. */
enum outcome_window {
	OUTCOME_WINDOW_NONE, /* between windows, or before treatment: kept, not judged */
	OUTCOME_WINDOW_IMMEDIATE,
	OUTCOME_WINDOW_48H,
	OUTCOME_WINDOW_10D,
	OUTCOME_WINDOW_4W,
};
#define OUTCOME_WINDOWS 5

/* Hours after treatment, [from, to). The targets are O2's; the tolerance is ours. */
struct outcome_window_bounds {
	const char *name; /* "48h" */
	int32_t target_hours;
	int32_t from_hours;
	int32_t to_hours;
};

extern const struct outcome_window_bounds outcome_windows[OUTCOME_WINDOWS]; /* [0] is NONE */

/* Instants in microseconds. */
enum outcome_window outcome_window_of(int64_t treated_at, int64_t measured_at);

/* When a value is to be taken again for `window` after a treatment at `treated_at`. */
int64_t outcome_window_target(enum outcome_window window, int64_t treated_at);

#endif
