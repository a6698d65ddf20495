#include "notes/handlers/review_copy.h"

#include "notes/store/copy.h"

void keep_review(struct event *event, const Soleus__V1__UpstreamReview *review)
{
	if (!review)
		return;
	const struct copied_review copied = {
		.athlete_id = review->athlete_id,
		.review_id = review->review_id,
		.area = review->area,
		.side = review->side,
		.advice = review->advice,
		.raised_at = review->raised_at,
		.answered_at = review->answered_at,
	};
	copy_review(event->unit, event->envelope->organisation_id, &copied);
}
