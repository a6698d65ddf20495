#include "scheduling/handlers/skipped.h"

#define SKIPPED_TOLD 200

Soleus__V1__SkippedEvent **skipped_messages(struct arena *arena, const struct ical_skipped *skipped,
					    size_t count, size_t *ret_count)
{
	if (count > SKIPPED_TOLD)
		count = SKIPPED_TOLD;
	Soleus__V1__SkippedEvent **list = ARENA_ARRAY(arena, count, Soleus__V1__SkippedEvent *);
	for (size_t i = 0; list && i < count; i++) {
		list[i] = ARENA_NEW(arena, Soleus__V1__SkippedEvent);
		if (!list[i])
			break;
		soleus__v1__skipped_event__init(list[i]);
		list[i]->line = skipped[i].line;
		list[i]->uid = (char *)skipped[i].uid;
		list[i]->why = (char *)skipped[i].why;
		*ret_count = i + 1;
	}
	return list;
}
