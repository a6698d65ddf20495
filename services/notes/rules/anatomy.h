/* The muscles that a site can name, the area each belongs to, and which of them lie over the lung.
 *
 * Areas and muscles are those of the table "Areas" in domain.md; the thorax flag is R4's list. What
 * to measure and where to look upstream of an area is analytics' knowledge. Codes are the project's
 * own and have no mapping to a public code system.
 */
#ifndef SOLEUS_NOTES_RULES_ANATOMY_H
#define SOLEUS_NOTES_RULES_ANATOMY_H

#include <stdbool.h>
#include <stddef.h>

struct anatomy_muscle {
	const char *code; /* "gastrocnemius" */
	const char *name;
	const char *area; /* "calf"; NULL when domain.md puts it in none */
	bool thorax;      /* R4: needling it can reach the pleura */
};

extern const struct anatomy_muscle anatomy_muscles[];
extern const size_t anatomy_muscle_count;

/* NULL when there is no such muscle; `code` may be NULL. */
const struct anatomy_muscle *anatomy_find(const char *code);

/* Whether a muscle belongs to it. */
bool anatomy_is_area(const char *area);

#endif
