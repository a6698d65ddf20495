/* An upstream review as a message, in the arena. */
#ifndef SOLEUS_ANALYTICS_HANDLERS_REVIEW_MESSAGE_H
#define SOLEUS_ANALYTICS_HANDLERS_REVIEW_MESSAGE_H

#include "analytics/store/review.h"

#include "soleus/v1/analytics.pb-c.h"

Soleus__V1__UpstreamReview *review_message(struct arena *arena, const struct review_row *row);

#endif
