#include "record/fhir_inside.h"

#include <string.h>

#define PURPOSES "urn:iso-astm:E1762-95:2013"

/* Our meaning of a signature, and its purpose by ASTM E1762, as FHIR has them. */
static const struct {
	const char *meaning;
	const char *purpose;
	const char *participant;
} meanings[] = {
	{"author", "1.2.840.10065.1.12.1.1", "author"},
	{"cosigner", "1.2.840.10065.1.12.1.2", "verifier"},
	{"addendum", "1.2.840.10065.1.12.1.15", "author"},
};
#define MEANINGS (sizeof(meanings) / sizeof(meanings[0]))

static void add_agent(struct fhir *fhir, struct json_object *agent,
		      const Soleus__V1__NoteSeal *seal)
{
	if (*seal->signer_id)
		fhir_reference(fhir, agent, "who", "Practitioner", seal->signer_id);
	else
		fhir_text(fhir_object(agent, "who"), "display", seal->signer);
}

/* The signature, the key to check it with, and what it is of, as bytes and in words: who has these
 * needs nobody's word for it (proto/soleus/v1/notes_signature.proto says how it is checked). */
static void add_signature(struct fhir *fhir, const Soleus__V1__GetNoteReply *note, size_t at)
{
	const Soleus__V1__Signature *given = note->signatures[at];
	const Soleus__V1__NoteSeal *seal = given->seal;
	size_t meaning = 0;
	while (meaning + 1 < MEANINGS && strcmp(meanings[meaning].meaning, seal->meaning) != 0)
		meaning++;
	struct json_object *provenance = fhir_resource(
		fhir, "Provenance", fhir_part_id(fhir, note->note_id, "signature", at + 1));
	fhir_extension(fhir, provenance, "signature", &given->base);
	fhir_fill_reference(fhir, fhir_item(provenance, "target"), "DocumentReference",
			    note->note_id);
	fhir_fill_reference(fhir, fhir_item(provenance, "target"), "Composition", note->note_id);
	fhir_at(provenance, "recorded", seal->signed_at);
	if (*seal->reason)
		fhir_fill_concept(fhir_item(provenance, "reason"), NULL, NULL, seal->reason);
	struct json_object *agent = fhir_item(provenance, "agent");
	fhir_concept(agent, "type",
		     "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
		     meanings[meaning].participant, NULL);
	add_agent(fhir, agent, seal);
	if (*seal->amends_note_id) {
		struct json_object *entity = fhir_item(provenance, "entity");
		fhir_text(entity, "role", "revision");
		fhir_reference(fhir, entity, "what", "DocumentReference", seal->amends_note_id);
	}
	struct json_object *signature = fhir_item(provenance, "signature");
	struct json_object *type = fhir_item(signature, "type");
	fhir_text(type, "system", PURPOSES);
	fhir_text(type, "code", meanings[meaning].purpose);
	fhir_at(signature, "when", seal->signed_at);
	add_agent(fhir, signature, seal);
	fhir_text(signature, "targetFormat", "application/x-protobuf");
	fhir_text(signature, "sigFormat", "application/octet-stream");
	fhir_base64(fhir, signature, "data", &given->signature);
}

void fhir_signatures(struct fhir *fhir)
{
	const struct record_list *notes = &fhir->record->notes;
	for (size_t n = 0; n < notes->count; n++) {
		const Soleus__V1__GetNoteReply *note = notes->items[n];
		for (size_t i = 0; i < note->n_signatures; i++)
			if (note->signatures[i]->seal)
				add_signature(fhir, note, i);
	}
}
