/* A share with its uncertainty (O6). */
#ifndef SOLEUS_ANALYTICS_HANDLERS_INTERVAL_H
#define SOLEUS_ANALYTICS_HANDLERS_INTERVAL_H

#include <stdint.h>

struct interval {
	double low;
	double high;
};

/* Wilson's score interval of 95 % for `part` of `whole` (E. B. Wilson, JASA 22:209, 1927, without
 * continuity correction). Of nothing: 0 to 1. */
struct interval interval_wilson(int32_t part, int32_t whole);

#endif
