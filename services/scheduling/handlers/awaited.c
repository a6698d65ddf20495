#include "scheduling/handlers/awaited.h"

#include "scheduling/store/copies.h"

#include <stdio.h>

void awaited_event(struct awaited *awaited, const Soleus__V1__EventEnvelope *envelope)
{
	awaited->waits = true;
	awaited->event = position_of(envelope);
	snprintf(awaited->source, sizeof(awaited->source), "%s", envelope->source);
}

FIBER struct status awaited_ask(struct awaited *awaited, struct events *events, struct arena *arena)
{
	struct position event = awaited->event;
	bool applied = false;
	if (!awaited->waits)
		return status_ok();
	struct status status = copies_applied(events_db(events), arena, awaited->source,
					      position_xid_value(arena, event),
					      position_id_value(arena, event), &applied);
	if (applied && event.xid == awaited->event.xid && event.id == awaited->event.id)
		awaited->waits = false;
	return status;
}
