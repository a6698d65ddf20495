#include "scheduling/handlers/consumed.h"
#include "scheduling/store/copies.h"

#include "soleus/v1/analytics.pb-c.h"

FIBER struct status on_upstream_review_raised(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__UpstreamReviewRaised *from =
		(const Soleus__V1__UpstreamReviewRaised *)message;
	if (!from->review)
		return status_ok();
	const struct review_row review = {
		.athlete_id = from->review->athlete_id,
		.review_id = from->review->review_id,
		.area = from->review->area,
		.side = from->review->side,
		.advice = from->review->advice,
		.raised_at = from->review->raised_at,
	};
	copies_put_review(event->unit, event->envelope->organisation_id, &review);
	return status_ok();
}
