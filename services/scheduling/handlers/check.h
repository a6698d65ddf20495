/* The checks that every daemon shares, and scheduling's own. */
#ifndef SOLEUS_SCHEDULING_HANDLERS_CHECK_H
#define SOLEUS_SCHEDULING_HANDLERS_CHECK_H

#include "events/check.h"

/* Of a window of T1 to T3: from `least` hours to two weeks. */
void check_window(struct check *check, const char *field, int32_t hours, int32_t least);

#endif
