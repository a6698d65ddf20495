#include "record/fhir_inside.h"

#include <string.h>

/* Our state of a visit, FHIR's. */
static const char *const states[][2] = {
	{"held", "pending"},        {"booked", "booked"},       {"checked_in", "checked-in"},
	{"completed", "fulfilled"}, {"cancelled", "cancelled"}, {"no_show", "noshow"},
	{"expired", "cancelled"},
};

static const char *fhir_state(const char *state)
{
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (strcmp(states[i][0], state) == 0)
			return states[i][1];
	return "entered-in-error";
}

static void add_participant(struct fhir *fhir, struct json_object *appointment, const char *type,
			    const char *id)
{
	if (!*id)
		return;
	struct json_object *participant = fhir_item(appointment, "participant");
	fhir_reference(fhir, participant, "actor", type, id);
	fhir_text(participant, "status", "accepted");
}

/* The reason of the last change, when that ended the visit. */
static const char *end_reason(const Soleus__V1__GetAppointmentReply *visit)
{
	if (visit->n_history == 0 ||
	    strcmp(fhir_state(visit->appointment->state), "cancelled") != 0)
		return "";
	return visit->history[visit->n_history - 1]->reason;
}

static void add_appointment(struct fhir *fhir, const Soleus__V1__GetAppointmentReply *visit)
{
	const Soleus__V1__Appointment *row = visit->appointment;
	struct json_object *appointment = fhir_resource(fhir, "Appointment", row->appointment_id);
	for (size_t i = 0; i < visit->n_history; i++)
		fhir_extension(fhir, appointment, "appointment-version", &visit->history[i]->base);
	fhir_text(appointment, "status", fhir_state(row->state));
	fhir_concept(appointment, "cancelationReason", NULL, NULL, end_reason(visit));
	fhir_fill_concept(fhir_item(appointment, "serviceType"), FHIR_OWN "service",
			  row->service_id, record_service_name(fhir->record, row->service_id));
	fhir_at(appointment, "start", row->starts_at);
	fhir_at(appointment, "end", row->ends_at);
	add_participant(fhir, appointment, "Patient", fhir->patient_id);
	add_participant(fhir, appointment, "Practitioner", row->practitioner_id);
	add_participant(fhir, appointment, "Location", row->clinic_id);
}

static bool is_signed(const struct record *record, const char *encounter_id)
{
	for (size_t i = 0; i < record->notes.count; i++) {
		const Soleus__V1__GetNoteReply *note = record->notes.items[i];
		if (strcmp(note->encounter_id, encounter_id) == 0)
			return true;
	}
	return false;
}

static void add_encounter(struct fhir *fhir, const Soleus__V1__RecordPart *part)
{
	struct json_object *encounter = fhir_resource(fhir, "Encounter", part->part_id);
	fhir_text(encounter, "status",
		  is_signed(fhir->record, part->part_id) ? "finished" : "in-progress");
	fhir_coding(encounter, "class", "http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB");
	fhir_subject(fhir, encounter, "subject");
	fhir_reference(fhir, fhir_item(encounter, "participant"), "individual", "Practitioner",
		       part->practitioner_id);
	if (strcmp(part->visit_id, part->part_id) != 0)
		fhir_fill_reference(fhir, fhir_item(encounter, "appointment"), "Appointment",
				    part->visit_id);
	fhir_at(fhir_object(encounter, "period"), "start", part->at);
	fhir_reference(fhir, fhir_item(encounter, "location"), "location", "Location",
		       part->clinic_id);
}

static void add_answer(struct fhir *fhir, struct json_object *response, const char *item, bool yes)
{
	struct json_object *answered = fhir_item(response, "item");
	fhir_text(answered, "linkId", item);
	fhir_text(answered, "text", record_question(fhir->record, item));
	if (yes)
		json_object_object_add(fhir_item(answered, "answer"), "valueBoolean",
				       json_object_new_boolean(true));
}

static const char *encounter_of(const struct record *record, const char *visit_id)
{
	for (size_t i = 0; i < record->parts.count; i++) {
		const Soleus__V1__RecordPart *part = record->parts.items[i];
		if (strcmp(part->kind, "encounter") == 0 && strcmp(part->visit_id, visit_id) == 0)
			return part->part_id;
	}
	return "";
}

static void add_screening(struct fhir *fhir, const Soleus__V1__RecordPart *part)
{
	const Soleus__V1__Screened *screening = part->screening;
	struct json_object *response = fhir_resource(fhir, "QuestionnaireResponse", part->part_id);
	fhir_extension(fhir, response, "screening", &screening->base);
	fhir_text(response, "questionnaire", FHIR_OWN "questionnaire:screening");
	fhir_text(response, "status", screening->n_open_items ? "in-progress" : "completed");
	fhir_subject(fhir, response, "subject");
	fhir_reference(fhir, response, "encounter", "Encounter",
		       encounter_of(fhir->record, part->visit_id));
	fhir_at(response, "authored", part->at);
	if (!screening->by_staff)
		fhir_subject(fhir, response, "source");
	for (size_t i = 0; i < screening->n_items; i++)
		add_answer(fhir, response, screening->items[i], true);
	for (size_t i = 0; i < screening->n_open_items; i++)
		add_answer(fhir, response, screening->open_items[i], false);
	struct json_object *outcome = fhir_item(response, "item");
	fhir_text(outcome, "linkId", "outcome");
	fhir_text(outcome, "text", "Outcome by the caution rules K1 to K5");
	fhir_coding(fhir_item(outcome, "answer"), "valueCoding", FHIR_OWN "screening-outcome",
		    screening->outcome);
}

void fhir_visits(struct fhir *fhir)
{
	const struct record *record = fhir->record;
	for (size_t i = 0; i < record->appointments.count; i++)
		add_appointment(fhir, record->appointments.items[i]);
	for (size_t i = 0; i < record->parts.count; i++) {
		const Soleus__V1__RecordPart *part = record->parts.items[i];
		if (strcmp(part->kind, "encounter") == 0)
			add_encounter(fhir, part);
	}
	for (size_t i = 0; i < record->parts.count; i++) {
		const Soleus__V1__RecordPart *part = record->parts.items[i];
		if (part->screening)
			add_screening(fhir, part);
	}
}
