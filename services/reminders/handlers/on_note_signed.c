#include "reminders/handlers/events.h"

#include "base/text.h"

#include "soleus/v1/notes.pb-c.h"

static void take_areas(struct arena *arena, const Soleus__V1__NoteSigned *note,
		       struct treatment *treatment)
{
	const char **areas = ARENA_ARRAY(arena, TREATMENT_AREAS_MAX, const char *);
	for (size_t i = 0; areas && i < note->n_areas && i < TREATMENT_AREAS_MAX; i++)
		areas[treatment->area_count++] =
			arena_printf(arena, "%s:%s", note->areas[i]->area, note->areas[i]->side);
	treatment->areas = areas;
}

FIBER struct status on_note_signed(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__NoteSigned *note = (const Soleus__V1__NoteSigned *)message;
	const char *organisation_id = event->envelope->organisation_id;
	if (!EVENT_IDS(event, note->encounter_id, note->athlete_id))
		return status_ok();
	struct treatment treatment = {
		.encounter_id = note->encounter_id,
		.appointment_id = text_is_uuid(note->appointment_id) ? note->appointment_id : "",
		.athlete_id = note->athlete_id,
		.clinic_id = text_is_uuid(note->clinic_id) ? note->clinic_id : "",
		.treated_at = note->treated_at,
		.ends_at = note->treated_at,
		.thorax = note->thorax,
	};
	take_areas(event->arena, note, &treatment);
	for (size_t i = 0; i < note->n_plan && i < PLAN_STEPS_MOST; i++)
		treatment.plan_days[treatment.plan_day_count++] = note->plan[i]->day;
	struct status status = visit_ends_at_read(event->db, event->arena, organisation_id,
						  treatment.appointment_id, &treatment.ends_at);
	if (!status_is_ok(status))
		return status;
	treatment_put(event->unit, organisation_id, &treatment);
	return plan_for_treatment(event, &treatment, note->version > 1);
}
