#include "notes/handlers/review_copy.h"
#include "notes/handlers/service.h"

/* O5: shows in the next note until it is answered. */
FIBER struct status on_upstream_review_raised(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__UpstreamReviewRaised *told = (const void *)message;
	keep_review(event, told->review);
	return status_ok();
}
