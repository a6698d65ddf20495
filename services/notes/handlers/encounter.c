#include "notes/handlers/encounter.h"

#include "base/text.h"
#include "bus/bus.h"

#include "soleus/v1/notes.pb-c.h"

const char *encounter_id_of(struct arena *arena, const char *organisation_id,
			    const char *appointment_id, const char *idempotency_key)
{
	const char *name =
		*appointment_id
			? arena_printf(arena, "%s/appointment/%s", organisation_id, appointment_id)
			: arena_printf(arena, "%s/walk-in/%s", organisation_id, idempotency_key);
	return name ? text_uuid_for(arena, "notes.encounter", name) : NULL;
}

void tell_of_encounter(struct arena *arena, struct db_unit *unit, const char *organisation_id,
		       const struct encounter_row *encounter, const char *traceparent)
{
	Soleus__V1__EncounterOpened message = SOLEUS__V1__ENCOUNTER_OPENED__INIT;
	message.encounter_id = (char *)encounter->encounter_id;
	message.appointment_id = (char *)encounter->appointment_id;
	message.athlete_id = (char *)encounter->athlete_id;
	message.practitioner_id = (char *)encounter->practitioner_id;
	message.clinic_id = (char *)encounter->clinic_id;
	struct encounter_event event = {
		.type = message.base.descriptor->name,
		.traceparent = traceparent ? traceparent : "",
	};
	event.payload = message_encode(&message.base, arena, &event.length);
	encounter_tell(unit, organisation_id, encounter, &event);
}
