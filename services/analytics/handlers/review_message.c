#include "analytics/handlers/review_message.h"

Soleus__V1__UpstreamReview *review_message(struct arena *arena, const struct review_row *row)
{
	Soleus__V1__UpstreamReview *message = ARENA_NEW(arena, Soleus__V1__UpstreamReview);
	soleus__v1__upstream_review__init(message);
	message->review_id = (char *)row->review_id;
	message->athlete_id = (char *)row->athlete_id;
	message->clinic_id = (char *)row->clinic_id;
	message->area = (char *)row->area;
	message->side = (char *)row->side;
	message->visits = row->visits;
	message->raised_at = row->raised_at;
	message->advice = (char *)row->advice;
	message->answer = (char *)row->answer;
	message->answered_at = row->answered_at;
	return message;
}
