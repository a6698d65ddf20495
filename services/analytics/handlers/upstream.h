/* O5: whether new treatments make it time to look upstream. */
#ifndef SOLEUS_ANALYTICS_HANDLERS_UPSTREAM_H
#define SOLEUS_ANALYTICS_HANDLERS_UPSTREAM_H

#include "analytics/rules/episode.h"
#include "events/events.h"

/* Raises a review for each area and side of `news` (the facts of one note, at least one treatment,
 * being added by the same unit) that has had enough visits without lasting improvement, unless one
 * is open. An answer begins the count anew. The review's id follows from the note, so that the
 * same event raises the same one. */
FIBER struct status upstream_look(struct event *event, const struct facts *news);

#endif
