#include "record/fhir_inside.h"
#include "record/html_inside.h"

#include "base/text.h"
#include "knowledge/instrument.h"

#include <inttypes.h>
#include <string.h>

#define CPT "http://www.ama-assn.org/go/cpt"

/* What is of one version of a note: who, of whom, at which visit. */
static void add_context(struct fhir *fhir, struct json_object *resource,
			const Soleus__V1__GetNoteReply *note)
{
	fhir_subject(fhir, resource, "subject");
	fhir_reference(fhir, resource, "encounter", "Encounter", note->encounter_id);
}

static void add_performer(struct fhir *fhir, struct json_object *procedure,
			  const Soleus__V1__GetNoteReply *note)
{
	fhir_reference(fhir, fhir_item(procedure, "performer"), "actor", "Practitioner",
		       note->practitioner_id);
	fhir_reference(fhir, procedure, "location", "Location", note->clinic_id);
}

/* R1 rows as they are, with the code of R2. */
static void add_needling(struct fhir *fhir, const Soleus__V1__GetNoteReply *reply)
{
	const Soleus__V1__Note *note = reply->note;
	if (note->n_sites == 0)
		return;
	struct json_object *procedure =
		fhir_resource(fhir, "Procedure", fhir_part_id(fhir, reply->note_id, "needling", 1));
	for (size_t i = 0; i < note->n_sites; i++)
		fhir_extension(fhir, procedure, "needle-site", &note->sites[i]->base);
	fhir_text(procedure, "status", "completed");
	fhir_concept(procedure, "code", CPT, reply->procedure_code, "Dry needling");
	add_context(fhir, procedure, reply);
	fhir_at(procedure, "performedDateTime", record_treated_at(reply));
	add_performer(fhir, procedure, reply);
	fhir_fill_concept(fhir_item(procedure, "reasonCode"), NULL, NULL, note->complaint);
	for (size_t i = 0; i < note->n_sites; i++)
		fhir_fill_concept(fhir_item(procedure, "bodySite"), FHIR_OWN "muscle",
				  note->sites[i]->muscle,
				  arena_printf(fhir->arena, "%s %s", note->sites[i]->side,
					       note->sites[i]->muscle));
	fhir_concept(procedure, "outcome", NULL, NULL, note->outcome);
	if (*note->tolerance)
		fhir_text(fhir_item(procedure, "note"), "text", note->tolerance);
}

static void add_modality(struct fhir *fhir, const Soleus__V1__GetNoteReply *reply, size_t at)
{
	const Soleus__V1__Modality *modality = reply->note->modalities[at];
	struct json_object *procedure = fhir_resource(
		fhir, "Procedure", fhir_part_id(fhir, reply->note_id, "modality", at + 1));
	fhir_extension(fhir, procedure, "modality", &modality->base);
	fhir_text(procedure, "status", "completed");
	fhir_concept(procedure, "code", FHIR_OWN "modality", modality->kind, modality->text);
	add_context(fhir, procedure, reply);
	fhir_at(procedure, "performedDateTime", record_treated_at(reply));
	add_performer(fhir, procedure, reply);
}

/* P1–P3: a step of day n is of the nth day after the treatment. */
static void add_step(struct fhir *fhir, struct json_object *plan, const Soleus__V1__PlanStep *step,
		     int64_t treated_at)
{
	char day[TEXT_INSTANT_BYTES];
	const int64_t day_us = INT64_C(86400000000);
	int32_t last = step->last_day > step->day ? step->last_day : step->day;
	struct json_object *detail = fhir_object(fhir_item(plan, "activity"), "detail");
	fhir_extension(fhir, detail, "plan-step", &step->base);
	fhir_concept(detail, "code", FHIR_OWN "plan-step", step->kind, step->text);
	fhir_text(detail, "status", "unknown");
	struct json_object *period = fhir_object(detail, "scheduledPeriod");
	text_from_date((int32_t)(treated_at / day_us) + step->day, day);
	fhir_text(period, "start", day);
	text_from_date((int32_t)(treated_at / day_us) + last, day);
	fhir_text(period, "end", day);
	fhir_text(detail, "description", step->dose);
}

static void add_plan(struct fhir *fhir, const Soleus__V1__GetNoteReply *reply)
{
	const Soleus__V1__Note *note = reply->note;
	if (note->n_plan == 0)
		return;
	struct json_object *plan =
		fhir_resource(fhir, "CarePlan", fhir_part_id(fhir, reply->note_id, "plan", 1));
	fhir_text(plan, "status", "unknown");
	fhir_text(plan, "intent", "plan");
	add_context(fhir, plan, reply);
	fhir_at(plan, "created", reply->signed_at);
	fhir_reference(fhir, plan, "author", "Practitioner", reply->practitioner_id);
	for (size_t i = 0; i < note->n_plan; i++)
		add_step(fhir, plan, note->plan[i], record_treated_at(reply));
}

static void add_finding(struct fhir *fhir, const Soleus__V1__GetNoteReply *reply, size_t at)
{
	const Soleus__V1__Finding *finding = reply->note->findings[at];
	const struct instrument *instrument = instrument_find(finding->instrument);
	struct json_object *observation = fhir_resource(
		fhir, "Observation", fhir_part_id(fhir, reply->note_id, "finding", at + 1));
	fhir_extension(fhir, observation, "finding", &finding->base);
	fhir_text(observation, "status", reply->version > 1 ? "amended" : "final");
	fhir_fill_concept(fhir_item(observation, "category"),
			  "http://terminology.hl7.org/CodeSystem/observation-category", "exam",
			  NULL);
	fhir_concept(observation, "code", FHIR_OWN "instrument", finding->instrument,
		     finding->movement);
	add_context(fhir, observation, reply);
	fhir_at(observation, "effectiveDateTime", record_treated_at(reply));
	if (finding->value) {
		struct json_object *quantity = fhir_object(observation, "valueQuantity");
		fhir_number(quantity, "value", finding->value->value);
		fhir_text(quantity, "unit", instrument ? instrument->unit : "");
	} else {
		fhir_text(observation, "valueString", finding->text);
	}
	fhir_concept(observation, "bodySite", NULL, NULL, finding->side);
}

/* The content as it was signed: what the hash and the signatures are of. */
static void add_document(struct fhir *fhir, const Soleus__V1__GetNoteReply *note)
{
	struct json_object *document = fhir_resource(fhir, "DocumentReference", note->note_id);
	if (note->pack)
		fhir_extension(fhir, document, "rule-pack", &note->pack->base);
	fhir_text(fhir_item(document, "identifier"), "value",
		  arena_printf(fhir->arena, "blake2b-256:%s", note->content_hash));
	fhir_text(document, "status", record_note_holds(note) ? "current" : "superseded");
	fhir_text(document, "docStatus", note->version > 1 ? "amended" : "final");
	fhir_concept(document, "type", NULL, NULL, "Treatment note, canonical encoding");
	fhir_subject(fhir, document, "subject");
	fhir_at(document, "date", note->signed_at);
	fhir_fill_reference(fhir, fhir_item(document, "author"), "Practitioner",
			    note->practitioner_id);
	if (*note->amends_note_id) {
		struct json_object *relates = fhir_item(document, "relatesTo");
		fhir_text(relates, "code", "replaces");
		fhir_reference(fhir, relates, "target", "DocumentReference", note->amends_note_id);
	}
	fhir_text(document, "description", note->reason);
	struct json_object *attachment = fhir_object(fhir_item(document, "content"), "attachment");
	fhir_text(attachment, "contentType", "application/x-protobuf");
	fhir_base64(fhir, attachment, "data", &note->content);
	fhir_text(attachment, "title", "soleus.v1.Note");
	fhir_fill_reference(fhir, fhir_item(fhir_object(document, "context"), "encounter"),
			    "Encounter", note->encounter_id);
}

static void add_section(struct fhir *fhir, struct json_object *composition, const char *title,
			const char *xhtml)
{
	struct json_object *section = fhir_item(composition, "section");
	fhir_text(section, "title", title);
	fhir_narrative(fhir, section, xhtml);
}

/* The note in words, for a reader of the bundle; addenda are sections of their own. */
static void add_composition(struct fhir *fhir, const Soleus__V1__GetNoteReply *note)
{
	struct json_object *composition = fhir_resource(fhir, "Composition", note->note_id);
	fhir_text(composition, "status", note->version > 1 ? "amended" : "final");
	fhir_concept(composition, "type", "http://loinc.org", "11506-3", "Progress note");
	add_context(fhir, composition, note);
	fhir_at(composition, "date", note->signed_at);
	fhir_fill_reference(fhir, fhir_item(composition, "author"), "Practitioner",
			    note->practitioner_id);
	fhir_text(composition, "title",
		  arena_printf(fhir->arena, "Treatment note, version %" PRId32, note->version));
	if (*note->amends_note_id) {
		struct json_object *relates = fhir_item(composition, "relatesTo");
		fhir_text(relates, "code", "replaces");
		fhir_reference(fhir, relates, "targetReference", "Composition",
			       note->amends_note_id);
	}
	struct html html = {.arena = fhir->arena};
	html_note(&html, note->note);
	add_section(fhir, composition, "Note", html_done(&html));
	for (size_t i = 0; i < note->n_signatures; i++) {
		const Soleus__V1__NoteSeal *seal = note->signatures[i]->seal;
		struct html words = {.arena = fhir->arena};
		if (!seal || !*seal->text)
			continue;
		html_put(&words, "<p>%</p>", seal->text);
		add_section(fhir, composition,
			    arena_printf(fhir->arena, "%s by %s", seal->meaning, seal->signer),
			    html_done(&words));
	}
}

/* What was done is told once, by the version that holds; the others stay readable as documents. */
void fhir_notes(struct fhir *fhir)
{
	const struct record_list *notes = &fhir->record->notes;
	for (size_t n = 0; n < notes->count; n++) {
		const Soleus__V1__GetNoteReply *note = notes->items[n];
		add_document(fhir, note);
		add_composition(fhir, note);
		if (!record_note_holds(note))
			continue;
		add_needling(fhir, note);
		add_plan(fhir, note);
		for (size_t i = 0; i < note->note->n_modalities; i++)
			add_modality(fhir, note, i);
		for (size_t i = 0; i < note->note->n_findings; i++)
			add_finding(fhir, note, i);
	}
}
