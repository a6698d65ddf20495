#include "base/clock.h"
#include "events/alias.h"
#include "reminders/handlers/dispatcher.h"
#include "reminders/handlers/events.h"
#include "reminders/store/inbound.h"

#include "soleus/v1/directory.pb-c.h"

/* Each goes by its own contact points and consents again: the rows have kept their ids. */
FIBER struct status on_athletes_unmerged(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AthletesUnmerged *told = (const void *)message;
	struct status status = alias_drop(event, message);
	inbound_parted(event->unit, event->envelope->organisation_id, told->survivor_id,
		       told->merged_id, clock_now_us());
	dispatcher_expect_event(event->envelope);
	return status;
}
