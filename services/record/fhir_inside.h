/* What the writers of FHIR resources share: one file for each group of resources.
 *
 * Ids are those of the services, with a suffix where one thing becomes several; `fullUrl` is a
 * urn:uuid made of type and id, so both stay the same from export to export. References are by
 * fullUrl, and every one of them resolves inside the bundle: what is referred to is written first,
 * practitioners and places when they are first referred to, and what is not in the record is named
 * by its identifier instead.
 *
 * Codes are those that are confirmed (CPT, LOINC, HL7's own); all others are of the project's own
 * systems, urn:soleus:…, and no code is invented.
 */
#ifndef SOLEUS_RECORD_FHIR_INSIDE_H
#define SOLEUS_RECORD_FHIR_INSIDE_H

#include "record/record.h"

#include <json-c/json.h>

#define FHIR_OWN "urn:soleus:"

struct fhir {
	struct arena *arena;
	const struct record *record;
	struct json_object *entries;
	void *known; /* a tree of "Type/id" that are written */
	const char *patient_id;
};

/* ---- A resource and its fields. What is empty or 0 is left out. ---- */

struct json_object *fhir_resource(struct fhir *fhir, const char *type, const char *id);
void fhir_text(struct json_object *object, const char *name, const char *text);
void fhir_at(struct json_object *object, const char *name, int64_t at_us);
void fhir_number(struct json_object *object, const char *name, double number);
void fhir_base64(struct fhir *fhir, struct json_object *object, const char *name,
		 const ProtobufCBinaryData *bytes);
/* A new object: as the field, or at the end of the list of that name. */
struct json_object *fhir_object(struct json_object *object, const char *name);
struct json_object *fhir_item(struct json_object *object, const char *name);
/* A CodeableConcept; without a code only its text. */
void fhir_fill_concept(struct json_object *concept, const char *system, const char *code,
		       const char *text);
void fhir_concept(struct json_object *object, const char *name, const char *system,
		  const char *code, const char *text);
void fhir_coding(struct json_object *object, const char *name, const char *system,
		 const char *code);

/* ---- References ---- */

void fhir_fill_reference(struct fhir *fhir, struct json_object *reference, const char *type,
			 const char *id);
void fhir_reference(struct fhir *fhir, struct json_object *object, const char *name,
		    const char *type, const char *id);
void fhir_subject(struct fhir *fhir, struct json_object *object, const char *name);
bool fhir_knows(struct fhir *fhir, const char *type, const char *id);

/* Every field of a message, as an extension FHIR_OWN `name` with one inside for each: what FHIR has
 * no place for. */
void fhir_extension(struct fhir *fhir, struct json_object *object, const char *name,
		    const ProtobufCMessage *message);

/* The narrative of a resource, from whole XHTML elements. */
void fhir_narrative(struct fhir *fhir, struct json_object *object, const char *xhtml);

/* ---- The groups, in the order in which they are written ---- */

void fhir_people(struct fhir *fhir); /* Patient, Consent */
void fhir_practitioner(struct fhir *fhir, const char *id);
void fhir_place(struct fhir *fhir, const char *id);
void fhir_visits(struct fhir *fhir);     /* Appointment, Encounter, QuestionnaireResponse */
void fhir_notes(struct fhir *fhir);      /* Procedure, CarePlan, Observation of findings,
					    DocumentReference, Composition */
void fhir_signatures(struct fhir *fhir); /* Provenance */
void fhir_outcomes(
	struct fhir *fhir); /* Observation of measures and training, AdverseEvent, Flag */
void fhir_messages(struct fhir *fhir); /* Communication */

/* Ids of what a note becomes. */
const char *fhir_part_id(struct fhir *fhir, const char *id, const char *part, size_t number);

#endif
