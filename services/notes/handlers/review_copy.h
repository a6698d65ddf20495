/* What analytics' events of an upstream review have in common. */
#ifndef SOLEUS_NOTES_HANDLERS_REVIEW_COPY_H
#define SOLEUS_NOTES_HANDLERS_REVIEW_COPY_H

#include "events/events.h"

#include "soleus/v1/analytics.pb-c.h"

void keep_review(struct event *event, const Soleus__V1__UpstreamReview *review);

#endif
