/* Values on their way into the store: which instrument, which place, which id. */
#ifndef SOLEUS_ANALYTICS_HANDLERS_MEASURES_H
#define SOLEUS_ANALYTICS_HANDLERS_MEASURES_H

#include "analytics/store/fact.h"

/* Values of one origin; there is room for as many as were asked for. */
struct measures {
	struct arena *arena;
	const char *origin; /* what told of them, by an id of ours: makes their ids */
	struct measure *rows;
	size_t count;
};

struct measures measures_new(struct arena *arena, const char *origin, size_t room);

/* Adds a value. One that is no number, or of a side that does not exist, is left out: an event must
 * not stop those behind it. Of the same origin the nth value has the same id whenever it is told.
 */
void measures_add_value(struct measures *measures, const char *instrument, const char *area,
			const char *side, const char *moment, double value);

#endif
