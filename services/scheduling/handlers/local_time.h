/* Local time as people read it. */
#ifndef SOLEUS_SCHEDULING_HANDLERS_LOCAL_TIME_H
#define SOLEUS_SCHEDULING_HANDLERS_LOCAL_TIME_H

#include "base/arena.h"

#include <stdint.h>

/* "Thu 26 Nov 2026 09:00": `at_us` in a zone that is `offset_s` seconds ahead of UTC then. */
char *local_time_text(struct arena *arena, int64_t at_us, int64_t offset_s);

#endif
