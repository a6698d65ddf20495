#include "record/fhir_inside.h"

#include <string.h>

/* Our word, FHIR's. */
static const char *const telecoms[][2] = {
	{"sms", "sms"},
	{"email", "email"},
	{"file", "other"},
};

static void add_telecom(struct json_object *patient, const Soleus__V1__ContactPoint *point)
{
	struct json_object *telecom = fhir_item(patient, "telecom");
	const char *system = "other";
	for (size_t i = 0; i < sizeof(telecoms) / sizeof(telecoms[0]); i++)
		if (strcmp(telecoms[i][0], point->channel) == 0)
			system = telecoms[i][1];
	fhir_text(telecom, "system", system);
	fhir_text(telecom, "value", point->value);
}

static void add_name(struct json_object *resource, const char *given, const char *family)
{
	struct json_object *name = fhir_item(resource, "name");
	fhir_text(name, "family", family);
	if (*given) {
		struct json_object *list = json_object_new_array();
		json_object_array_add(list, json_object_new_string(given));
		json_object_object_add(name, "given", list);
	}
}

static struct json_object *add_patient(struct fhir *fhir, const Soleus__V1__Athlete *athlete)
{
	struct json_object *patient = fhir_resource(fhir, "Patient", athlete->athlete_id);
	for (size_t i = 0; i < athlete->n_identifiers; i++) {
		struct json_object *identifier = fhir_item(patient, "identifier");
		fhir_text(identifier, "system", athlete->identifiers[i]->system);
		fhir_text(identifier, "value", athlete->identifiers[i]->value);
	}
	add_name(patient, athlete->given_name, athlete->family_name);
	for (size_t i = 0; i < athlete->n_contact_points; i++)
		add_telecom(patient, athlete->contact_points[i]);
	fhir_text(patient, "birthDate", athlete->birth_date);
	if (*athlete->guardian_name) {
		struct json_object *contact = fhir_item(patient, "contact");
		fhir_fill_concept(fhir_item(contact, "relationship"), NULL, NULL, "guardian");
		fhir_text(fhir_object(contact, "name"), "text", athlete->guardian_name);
	}
	/* Sport, zone and home clinic have no place of their own there. */
	fhir_extension(fhir, patient, "athlete", &athlete->base);
	return patient;
}

static void link_patients(struct fhir *fhir, struct json_object *patient, const char *other,
			  const char *kind)
{
	struct json_object *link = fhir_item(patient, "link");
	fhir_reference(fhir, link, "other", "Patient", other);
	fhir_text(link, "type", kind);
}

/* The newest word of each purpose and channel is in force; consents are newest first. */
static bool is_newest(const Soleus__V1__GetAthleteReply *athlete, size_t at)
{
	const Soleus__V1__Consent *consent = athlete->consents[at];
	for (size_t i = 0; i < at; i++)
		if (strcmp(athlete->consents[i]->purpose, consent->purpose) == 0 &&
		    strcmp(athlete->consents[i]->channel, consent->channel) == 0)
			return false;
	return true;
}

static void add_consent(struct fhir *fhir, size_t at)
{
	const Soleus__V1__GetAthleteReply *athlete = fhir->record->athlete;
	const Soleus__V1__Consent *word = athlete->consents[at];
	bool treatment = strcmp(word->purpose, "treatment") == 0;
	struct json_object *consent = fhir_resource(fhir, "Consent", word->consent_id);
	fhir_extension(fhir, consent, "consent", &word->base);
	fhir_text(consent, "status",
		  !is_newest(athlete, at) ? "inactive"
		  : word->granted         ? "active"
					  : "rejected");
	fhir_concept(consent, "scope", "http://terminology.hl7.org/CodeSystem/consentscope",
		     treatment ? "treatment" : "patient-privacy", NULL);
	fhir_fill_concept(fhir_item(consent, "category"), "http://loinc.org", "59284-0",
			  word->purpose);
	fhir_subject(fhir, consent, "patient");
	fhir_at(consent, "dateTime", word->recorded_at);
	fhir_concept(consent, "policyRule", NULL, NULL,
		     *word->text_version ? word->text_version : "the wording is not recorded");
	fhir_text(fhir_object(consent, "provision"), "type", word->granted ? "permit" : "deny");
}

void fhir_people(struct fhir *fhir)
{
	const Soleus__V1__GetAthleteReply *athlete = fhir->record->athlete;
	struct json_object *survivor = add_patient(fhir, athlete->athlete);
	if (athlete->erasure)
		fhir_extension(fhir, survivor, "erasure", &athlete->erasure->base);
	if (athlete->retention)
		fhir_extension(fhir, survivor, "retention", &athlete->retention->base);
	for (size_t i = 0; i < athlete->n_merged; i++) {
		const Soleus__V1__Athlete *merged = athlete->merged[i]->athlete;
		struct json_object *patient = add_patient(fhir, merged);
		link_patients(fhir, patient, fhir->patient_id, "replaced-by");
		link_patients(fhir, survivor, merged->athlete_id, "replaces");
	}
	for (size_t i = 0; i < athlete->n_consents; i++)
		add_consent(fhir, i);
}

void fhir_practitioner(struct fhir *fhir, const char *id)
{
	const Soleus__V1__Practitioner *known = record_practitioner(fhir->record, id);
	struct json_object *practitioner = fhir_resource(fhir, "Practitioner", id);
	if (known)
		add_name(practitioner, known->given_name, known->family_name);
}

void fhir_place(struct fhir *fhir, const char *id)
{
	const Soleus__V1__Clinic *known = record_clinic(fhir->record, id);
	struct json_object *place = fhir_resource(fhir, "Location", id);
	if (known)
		fhir_text(place, "name", known->name);
}
