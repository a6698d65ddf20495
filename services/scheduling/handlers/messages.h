/* Rows and results of rules as messages; all in the arena. */
#ifndef SOLEUS_SCHEDULING_HANDLERS_MESSAGES_H
#define SOLEUS_SCHEDULING_HANDLERS_MESSAGES_H

#include "base/arena.h"
#include "bus/bus.h"
#include "scheduling/rules/timing.h"
#include "scheduling/store/appointment.h"
#include "scheduling/store/around.h"
#include "scheduling/store/feed.h"
#include "scheduling/store/training.h"

#include "soleus/v1/scheduling.pb-c.h"

Soleus__V1__Appointment *appointment_message(struct arena *arena,
					     const struct appointment_row *row);

/* Of rows as appointment_row reads them. */
Soleus__V1__Appointment **appointment_messages(struct arena *arena, const struct db_result *rows,
					       size_t *ret_count);

Soleus__V1__AppointmentVersion *version_message(struct arena *arena,
						const struct appointment_version *row);

/* by_practitioner_id of an event: the practitioner whose own word a booking or a move is, whom
 * clinics bound; "": another's. No right to read a record follows from it. */
char *own_word(const struct call *call);

/* A list as protobuf-c has it; `*ret_count` is its length. */
Soleus__V1__TimingReason **reason_messages(struct arena *arena, const struct timing_result *timing,
					   size_t *ret_count);
Soleus__V1__OpenReview **review_messages(struct arena *arena, const struct around *around,
					 size_t *ret_count);

Soleus__V1__TrainingFeed *feed_message(struct arena *arena, const struct feed_row *row);
Soleus__V1__TrainingSession *session_message(struct arena *arena, const struct session_row *row);

#endif
