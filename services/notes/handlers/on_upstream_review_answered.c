#include "notes/handlers/review_copy.h"
#include "notes/handlers/service.h"

/* O5: no longer shows in the next note. */
FIBER struct status on_upstream_review_answered(struct event *event,
						const ProtobufCMessage *message)
{
	const Soleus__V1__UpstreamReviewAnswered *told = (const void *)message;
	keep_review(event, told->review);
	return status_ok();
}
