#include "record/record.h"

#include <string.h>

const Soleus__V1__Clinic *record_clinic(const struct record *record, const char *clinic_id)
{
	for (size_t i = 0; i < record->places->n_clinics; i++)
		if (strcmp(record->places->clinics[i]->clinic_id, clinic_id) == 0)
			return record->places->clinics[i];
	return NULL;
}

const Soleus__V1__Practitioner *record_practitioner(const struct record *record,
						    const char *practitioner_id)
{
	for (size_t i = 0; i < record->places->n_clinics; i++) {
		const Soleus__V1__Clinic *clinic = record->places->clinics[i];
		for (size_t p = 0; p < clinic->n_practitioners; p++)
			if (strcmp(clinic->practitioners[p]->practitioner_id, practitioner_id) == 0)
				return clinic->practitioners[p];
	}
	return NULL;
}

const char *record_clinic_name(const struct record *record, const char *clinic_id)
{
	const Soleus__V1__Clinic *clinic = record_clinic(record, clinic_id);
	return clinic ? clinic->name : clinic_id;
}

const char *record_practitioner_name(struct arena *arena, const struct record *record,
				     const char *practitioner_id)
{
	const Soleus__V1__Practitioner *known = record_practitioner(record, practitioner_id);
	return known ? arena_printf(arena, "%s %s", known->given_name, known->family_name)
		     : practitioner_id;
}

const char *record_service_name(const struct record *record, const char *service_id)
{
	for (size_t i = 0; i < record->services->n_services; i++) {
		const Soleus__V1__Service *service = record->services->services[i];
		if (strcmp(service->service_id, service_id) == 0 && service->service)
			return service->service->name;
	}
	return service_id;
}

const char *record_question(const struct record *record, const char *item)
{
	for (size_t i = 0; i < record->questions->n_questions; i++)
		if (strcmp(record->questions->questions[i]->item, item) == 0)
			return record->questions->questions[i]->text;
	return item;
}

int64_t record_treated_at(const Soleus__V1__GetNoteReply *note)
{
	for (size_t i = 0; i < note->n_signatures; i++)
		if (note->signatures[i]->seal && note->signatures[i]->seal->treated_at)
			return note->signatures[i]->seal->treated_at;
	return note->signed_at;
}

bool record_note_holds(const Soleus__V1__GetNoteReply *note)
{
	return !*note->amended_by_note_id;
}
