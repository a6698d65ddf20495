/* The functions that SOLEUS__V1__ANALYTICS__INIT(analytics__) names, defined by RPC(), and those
 * that events of other services call. */
#ifndef SOLEUS_ANALYTICS_HANDLERS_SERVICE_H
#define SOLEUS_ANALYTICS_HANDLERS_SERVICE_H

#include "events/events.h"

#include "soleus/v1/analytics.pb-c.h"

#define SERVED(Method, method)                                                 \
	void analytics__##method(Soleus__V1__Analytics_Service *service,       \
				 const Soleus__V1__##Method##Request *request, \
				 Soleus__V1__##Method##Reply##_Closure answer, void *data)

SERVED(RecordMeasure, record_measure);
SERVED(GetOutcome, get_outcome);
SERVED(ListUpstreamReviews, list_upstream_reviews);
SERVED(AnswerUpstreamReview, answer_upstream_review);
SERVED(ClinicSummary, clinic_summary);
SERVED(ListMeasures, list_measures);

#undef SERVED

/* From directory. */
event_apply on_athlete_registered;
event_apply on_clinic_created;

/* From scheduling. */
event_apply on_appointment_completed;
event_apply on_appointment_no_show;
event_apply on_appointment_cancelled;

/* From notes. */
event_apply on_note_signed;

/* From reminders. */
event_apply on_check_in_answered;

#endif
