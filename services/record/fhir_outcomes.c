#include "record/fhir_inside.h"

#include "base/text.h"
#include "knowledge/instrument.h"

#include <string.h>

static void add_measure(struct fhir *fhir, const Soleus__V1__Measure *measure)
{
	const struct instrument *instrument = instrument_find(measure->instrument);
	struct json_object *observation = fhir_resource(fhir, "Observation", measure->measure_id);
	fhir_extension(fhir, observation, "measure", &measure->base);
	fhir_text(observation, "status", "final");
	fhir_fill_concept(fhir_item(observation, "category"),
			  "http://terminology.hl7.org/CodeSystem/observation-category", "survey",
			  NULL);
	struct json_object *code = fhir_object(observation, "code");
	if (instrument && instrument->loinc) {
		struct json_object *coding = fhir_item(code, "coding");
		fhir_text(coding, "system", "http://loinc.org");
		fhir_text(coding, "code", instrument->loinc);
	}
	fhir_fill_concept(code, FHIR_OWN "instrument", measure->instrument,
			  instrument ? instrument->name : measure->instrument);
	fhir_subject(fhir, observation, "subject");
	fhir_at(observation, "effectiveDateTime", measure->taken_at);
	struct json_object *quantity = fhir_object(observation, "valueQuantity");
	fhir_number(quantity, "value", measure->value);
	fhir_text(quantity, "unit", instrument ? instrument->unit : "");
	fhir_concept(observation, "bodySite", FHIR_OWN "area", measure->area,
		     *measure->side ? measure->side : NULL);
}

/* What the athlete trains, and how hard it was: RPE by minutes (Foster 2001). */
static void add_session(struct fhir *fhir, const Soleus__V1__TrainingSession *session)
{
	const char *name = arena_printf(fhir->arena, "%s %s", session->source, session->uid);
	struct json_object *observation =
		fhir_resource(fhir, "Observation", text_uuid_for(fhir->arena, "training", name));
	fhir_extension(fhir, observation, "training-session", &session->base);
	fhir_text(observation, "status", "final");
	fhir_fill_concept(fhir_item(observation, "category"),
			  "http://terminology.hl7.org/CodeSystem/observation-category", "activity",
			  NULL);
	fhir_concept(observation, "code", FHIR_OWN "training", session->kind,
		     *session->title ? session->title : session->kind);
	fhir_subject(fhir, observation, "subject");
	struct json_object *period = fhir_object(observation, "effectivePeriod");
	fhir_at(period, "start", session->starts_at);
	fhir_at(period, "end", session->ends_at);
	if (session->minutes == 0)
		return;
	struct json_object *component = fhir_item(observation, "component");
	fhir_concept(component, "code", "http://loinc.org", "82289-0", "session RPE");
	fhir_number(fhir_object(component, "valueQuantity"), "value", session->rpe);
}

/* R3, in FHIR's words. */
static const struct {
	const char *grade;
	const char *severity;
	const char *seriousness;
} grades[] = {
	{"minor", "mild", "Non-serious"},
	{"significant", "moderate", "Non-serious"},
	{"serious", "severe", "Serious"},
};

#define ADVERSE "http://terminology.hl7.org/CodeSystem/adverse-event-"

/* The needling of the version that holds, when `note_id` names an earlier one. */
static const char *needling_of(struct fhir *fhir, const char *note_id)
{
	const struct record_list *notes = &fhir->record->notes;
	for (size_t i = 0; i < notes->count; i++) {
		const Soleus__V1__GetNoteReply *note = notes->items[i];
		if (strcmp(note->note_id, note_id) == 0 && *note->amended_by_note_id)
			return needling_of(fhir, note->amended_by_note_id);
	}
	const char *id = fhir_part_id(fhir, note_id, "needling", 1);
	return fhir_knows(fhir, "Procedure", id) ? id : "";
}

static void add_adverse_event(struct fhir *fhir, const Soleus__V1__AdverseEvent *event)
{
	struct json_object *adverse = fhir_resource(fhir, "AdverseEvent", event->adverse_event_id);
	fhir_extension(fhir, adverse, "adverse-event", &event->base);
	fhir_text(adverse, "actuality", "actual");
	fhir_concept(adverse, "event", FHIR_OWN "adverse-event", event->kind,
		     *event->text ? event->text : event->kind);
	fhir_subject(fhir, adverse, "subject");
	fhir_at(adverse, "date", event->occurred_at);
	fhir_at(adverse, "recordedDate", event->recorded_at);
	fhir_reference(fhir, adverse, "location", "Location", event->clinic_id);
	for (size_t i = 0; i < sizeof(grades) / sizeof(grades[0]); i++) {
		if (strcmp(grades[i].grade, event->grade) != 0)
			continue;
		fhir_concept(adverse, "seriousness", ADVERSE "seriousness", grades[i].seriousness,
			     event->grade);
		fhir_concept(adverse, "severity", ADVERSE "severity", grades[i].severity, NULL);
	}
	const char *needling = needling_of(fhir, event->note_id);
	if (*needling)
		fhir_reference(fhir, fhir_item(adverse, "suspectEntity"), "instance", "Procedure",
			       needling);
	fhir_fill_reference(fhir, fhir_item(adverse, "referenceDocument"), "DocumentReference",
			    event->note_id);
}

/* O5: look upstream. */
static void add_review(struct fhir *fhir, const Soleus__V1__UpstreamReview *review)
{
	struct json_object *flag = fhir_resource(fhir, "Flag", review->review_id);
	fhir_extension(fhir, flag, "upstream-review", &review->base);
	fhir_text(flag, "status", review->answered_at ? "inactive" : "active");
	fhir_concept(flag, "code", FHIR_OWN "flag", "upstream-review", review->advice);
	fhir_subject(fhir, flag, "subject");
	struct json_object *period = fhir_object(flag, "period");
	fhir_at(period, "start", review->raised_at);
	fhir_at(period, "end", review->answered_at);
}

void fhir_outcomes(struct fhir *fhir)
{
	const struct record *record = fhir->record;
	for (size_t i = 0; i < record->measures.count; i++)
		add_measure(fhir, record->measures.items[i]);
	for (size_t i = 0; i < record->training.count; i++)
		add_session(fhir, record->training.items[i]);
	for (size_t i = 0; i < record->adverse_events.count; i++)
		add_adverse_event(fhir, record->adverse_events.items[i]);
	for (size_t i = 0; i < record->reviews.count; i++)
		add_review(fhir, record->reviews.items[i]);
}
