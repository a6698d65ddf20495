/* O2: what was measured before a treatment is measured again, in each of its windows: 48 h, about
 * 10 days, 4 weeks. A value taken right after treatment misleads, and is not among them. */
#ifndef SOLEUS_NOTES_RULES_DUE_H
#define SOLEUS_NOTES_RULES_DUE_H

#include "knowledge/window.h"

#include <stddef.h>

#define DUE_WINDOWS 3

struct due_date {
	enum outcome_window window;
	int64_t due_at;
};

/* The dates on which a value that was taken before a treatment at `treated_at` is due again, the
 * earliest first. */
void due_dates(int64_t treated_at, struct due_date ret_dates[DUE_WINDOWS]);

#endif
