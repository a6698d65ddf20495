#include "notes/handlers/adverse_message.h"

Soleus__V1__AdverseEvent *adverse_message(struct arena *arena, const struct adverse_row *row)
{
	Soleus__V1__AdverseEvent *message = ARENA_NEW(arena, Soleus__V1__AdverseEvent);
	if (!message)
		return NULL;
	soleus__v1__adverse_event__init(message);
	message->adverse_event_id = (char *)row->adverse_event_id;
	message->note_id = (char *)row->note_id;
	message->athlete_id = (char *)row->athlete_id;
	message->practitioner_id = (char *)row->practitioner_id;
	message->clinic_id = (char *)row->clinic_id;
	message->kind = (char *)row->kind;
	message->grade = (char *)row->grade;
	message->muscle = (char *)row->muscle;
	message->text = (char *)row->text;
	message->treated_at = row->treated_at;
	message->occurred_at = row->occurred_at;
	message->recorded_at = row->recorded_at;
	message->recorded_by = (char *)row->recorded_by;
	message->medical_care = row->facts.medical_care;
	message->interfered_with_activities = row->facts.interfered_with_activities;
	message->admission = row->facts.admission;
	message->lasting_disability = row->facts.lasting_disability;
	message->death = row->facts.death;
	return message;
}
