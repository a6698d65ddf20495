#include "reminders/handlers/visit.h"

/* Each clash is told once, however often its reasons change. */
FIBER struct status on_timing_clash_found(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__TimingClash *clash =
		((const Soleus__V1__TimingClashFound *)message)->clash;
	struct visit visit;
	if (!clash || !visit_from_appointment(event, clash->appointment, 0, &visit))
		return status_ok();
	visit.version = clash->appointment->version;
	return visit_tell(event, &visit, MESSAGE_TIMING_CLASH, visit.starts_at,
			  arena_printf(event->arena, "%lld", (long long)clash->found_at));
}
