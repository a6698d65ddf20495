/* What of an .ics file cannot be used, as messages. */
#ifndef SOLEUS_SCHEDULING_HANDLERS_SKIPPED_H
#define SOLEUS_SCHEDULING_HANDLERS_SKIPPED_H

#include "ical/read.h"

#include "soleus/v1/scheduling.pb-c.h"

/* At most 200 of them; `*ret_count` is how many. */
Soleus__V1__SkippedEvent **skipped_messages(struct arena *arena, const struct ical_skipped *skipped,
					    size_t count, size_t *ret_count);

#endif
