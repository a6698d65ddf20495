#include "reminders/handlers/dispatcher.h"
#include "reminders/handlers/events.h"
#include "reminders/store/erasure.h"

#include "base/clock.h"

#include "soleus/v1/directory.pb-c.h"

FIBER struct status on_athlete_erased(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AthleteErased *told = (const void *)message;
	const char *tenant = event->envelope->organisation_id;
	const char *const *ids;
	size_t count;
	if (!EVENT_IDS(event, told->athlete_id))
		return status_ok();
	struct status status = athlete_sent_messages(event->db, event->arena, tenant,
						     told->athlete_id, &ids, &count);
	if (!status_is_ok(status))
		return status;
	/* Before the database forgets which they were; the event comes again until it is done. */
	if (!dispatcher_forget(ids, count))
		return status_error(STATUS_UNAVAILABLE, "the channel cannot forget its messages");
	athlete_erase(event->unit, tenant, told->athlete_id, clock_now_us(),
		      "the athlete's contact data was erased");
	return status;
}
