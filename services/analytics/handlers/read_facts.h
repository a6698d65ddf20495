/* Facts out of results. */
#ifndef SOLEUS_ANALYTICS_HANDLERS_READ_FACTS_H
#define SOLEUS_ANALYTICS_HANDLERS_READ_FACTS_H

#include "analytics/store/fact.h"

/* With room for facts that are added behind them. Unsorted. */
struct facts read_facts(struct arena *arena, const struct db_result *treatments,
			const struct db_result *measures, size_t more_treatments,
			size_t more_measures);

#endif
