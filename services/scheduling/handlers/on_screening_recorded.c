#include "scheduling/handlers/consumed.h"
#include "scheduling/store/copies.h"

#include "soleus/v1/notes.pb-c.h"

/* What the desk reads when it may not check in: "K1 ill; K3 …". */
static const char *why(struct arena *arena, const Soleus__V1__ScreeningRecorded *from)
{
	const char *words = "";
	for (size_t i = 0; words && i < from->n_reasons; i++)
		words = arena_printf(arena, "%s%s%s (%s)", words, *words ? "; " : "",
				     from->reasons[i]->text, from->reasons[i]->rule);
	return words ? words : "";
}

FIBER struct status on_screening_recorded(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__ScreeningRecorded *from = (const Soleus__V1__ScreeningRecorded *)message;
	if (!*from->appointment_id) /* of a walk-in: nothing of ours is about it */
		return status_ok();
	const struct screening_row screening = {
		.appointment_id = from->appointment_id,
		.screening_id = from->screening_id,
		.outcome = from->outcome,
		.why = why(event->arena, from),
		.recorded_at = event->envelope->occurred_at,
	};
	copies_put_screening(event->unit, event->envelope->organisation_id, &screening);
	return status_ok();
}
