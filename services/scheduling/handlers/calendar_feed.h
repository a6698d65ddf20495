/* What the RPCs of calendar feeds share. */
#ifndef SOLEUS_SCHEDULING_HANDLERS_CALENDAR_FEED_H
#define SOLEUS_SCHEDULING_HANDLERS_CALENDAR_FEED_H

#include "scheduling/handlers/check.h"
#include "scheduling/store/calendar_feed.h"

#include "soleus/v1/scheduling.pb-c.h"

/* That exactly one is named, by an id. */
void check_feed_subject(struct check *check, const struct feed_subject *subject);

/* Staff see those of all; an athlete the athlete's own, and none of a practitioner or a room. */
bool may_see_feeds_of(const struct call *call, const struct feed_subject *subject);

Soleus__V1__CalendarFeed *calendar_feed_message(struct arena *arena,
						const struct calendar_feed_row *row);

/* FIBER. The text of a subject's calendar. */
FIBER struct status calendar_feed_text(struct call *call, const struct feed_subject *subject,
				       const char **ret_text, size_t *ret_length);

#endif
