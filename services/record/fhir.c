#include "record/fhir_inside.h"

#include "base/text.h"

#include <math.h>
#include <search.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Fields ---- */

void fhir_text(struct json_object *object, const char *name, const char *text)
{
	if (text && *text)
		json_object_object_add(object, name, json_object_new_string(text));
}

void fhir_at(struct json_object *object, const char *name, int64_t at_us)
{
	char text[TEXT_INSTANT_BYTES];
	if (!at_us)
		return;
	text_from_instant(at_us, text);
	json_object_object_add(object, name, json_object_new_string(text));
}

/* Fifteen digits, so that 7.2 is written as 7.2. */
void fhir_number(struct json_object *object, const char *name, double number)
{
	char text[32];
	if (!isfinite(number))
		return;
	snprintf(text, sizeof(text), "%.15g", number);
	json_object_object_add(object, name, json_object_new_double_s(number, text));
}

void fhir_base64(struct fhir *fhir, struct json_object *object, const char *name,
		 const ProtobufCBinaryData *bytes)
{
	size_t size = sodium_base64_ENCODED_LEN(bytes->len, sodium_base64_VARIANT_ORIGINAL);
	char *text = arena_alloc(fhir->arena, size);
	if (!text || bytes->len == 0)
		return;
	sodium_bin2base64(text, size, bytes->data, bytes->len, sodium_base64_VARIANT_ORIGINAL);
	fhir_text(object, name, text);
}

struct json_object *fhir_object(struct json_object *object, const char *name)
{
	struct json_object *made = json_object_new_object();
	json_object_object_add(object, name, made);
	return made;
}

struct json_object *fhir_item(struct json_object *object, const char *name)
{
	struct json_object *list, *made = json_object_new_object();
	if (!json_object_object_get_ex(object, name, &list)) {
		list = json_object_new_array();
		json_object_object_add(object, name, list);
	}
	json_object_array_add(list, made);
	return made;
}

void fhir_coding(struct json_object *object, const char *name, const char *system, const char *code)
{
	struct json_object *coding = fhir_object(object, name);
	fhir_text(coding, "system", system);
	fhir_text(coding, "code", code);
}

void fhir_fill_concept(struct json_object *concept, const char *system, const char *code,
		       const char *text)
{
	if (code && *code) {
		struct json_object *coding = fhir_item(concept, "coding");
		fhir_text(coding, "system", system);
		fhir_text(coding, "code", code);
	}
	fhir_text(concept, "text", text);
}

void fhir_concept(struct json_object *object, const char *name, const char *system,
		  const char *code, const char *text)
{
	if ((code && *code) || (text && *text))
		fhir_fill_concept(fhir_object(object, name), system, code, text);
}

void fhir_narrative(struct fhir *fhir, struct json_object *object, const char *xhtml)
{
	struct json_object *text = fhir_object(object, "text");
	fhir_text(text, "status", "generated");
	fhir_text(text, "div",
		  arena_printf(fhir->arena, "<div xmlns=\"http://www.w3.org/1999/xhtml\">%s</div>",
			       xhtml));
}

/* ---- Resources and references ---- */

static int compare_names(const void *a, const void *b)
{
	return strcmp(a, b);
}

static const char *full_url(struct fhir *fhir, const char *name)
{
	return arena_printf(fhir->arena, "urn:uuid:%s",
			    text_uuid_for(fhir->arena, "soleus record", name));
}

static const char *name_of(struct fhir *fhir, const char *type, const char *id)
{
	return arena_printf(fhir->arena, "%s/%s", type, id);
}

bool fhir_knows(struct fhir *fhir, const char *type, const char *id)
{
	return tfind(name_of(fhir, type, id), &fhir->known, compare_names) != NULL;
}

struct json_object *fhir_resource(struct fhir *fhir, const char *type, const char *id)
{
	const char *name = name_of(fhir, type, id);
	struct json_object *entry = json_object_new_object();
	json_object_array_add(fhir->entries, entry);
	fhir_text(entry, "fullUrl", full_url(fhir, name));
	struct json_object *resource = fhir_object(entry, "resource");
	fhir_text(resource, "resourceType", type);
	fhir_text(resource, "id", id);
	tsearch(name, &fhir->known, compare_names);
	return resource;
}

const char *fhir_part_id(struct fhir *fhir, const char *id, const char *part, size_t number)
{
	return arena_printf(fhir->arena, "%s-%s-%zu", id, part, number);
}

/* What is written when it is first referred to. */
static const struct {
	const char *type;
	void (*write)(struct fhir *fhir, const char *id);
} on_demand[] = {
	{"Practitioner", fhir_practitioner},
	{"Location", fhir_place},
};

void fhir_fill_reference(struct fhir *fhir, struct json_object *reference, const char *type,
			 const char *id)
{
	for (size_t i = 0; i < sizeof(on_demand) / sizeof(on_demand[0]); i++)
		if (strcmp(on_demand[i].type, type) == 0 && !fhir_knows(fhir, type, id))
			on_demand[i].write(fhir, id);
	fhir_text(reference, "type", type);
	if (fhir_knows(fhir, type, id)) {
		fhir_text(reference, "reference", full_url(fhir, name_of(fhir, type, id)));
		return;
	}
	struct json_object *identifier = fhir_object(reference, "identifier");
	fhir_text(identifier, "system", FHIR_OWN "id");
	fhir_text(identifier, "value", id);
}

void fhir_reference(struct fhir *fhir, struct json_object *object, const char *name,
		    const char *type, const char *id)
{
	if (id && *id)
		fhir_fill_reference(fhir, fhir_object(object, name), type, id);
}

void fhir_subject(struct fhir *fhir, struct json_object *object, const char *name)
{
	fhir_reference(fhir, object, name, "Patient", fhir->patient_id);
}

/* ---- Messages as extensions ---- */

static bool is_instant(const ProtobufCFieldDescriptor *field)
{
	size_t length = strlen(field->name);
	return length > 3 && strcmp(field->name + length - 3, "_at") == 0;
}

static void add_value(struct fhir *fhir, struct json_object *into,
		      const ProtobufCFieldDescriptor *field, const void *value);

/* Whether FHIR, which knows no empty values, has something to say. */
static bool is_said(const ProtobufCFieldDescriptor *field, const void *value)
{
	if (field->type == PROTOBUF_C_TYPE_STRING)
		return *(char *const *)value && **(char *const *)value;
	if (field->type == PROTOBUF_C_TYPE_MESSAGE)
		return *(ProtobufCMessage *const *)value != NULL;
	if (field->type == PROTOBUF_C_TYPE_BYTES)
		return ((const ProtobufCBinaryData *)value)->len > 0;
	return !is_instant(field) || *(const int64_t *)value != 0;
}

static void add_fields(struct fhir *fhir, struct json_object *extension,
		       const ProtobufCMessage *message)
{
	const ProtobufCMessageDescriptor *type = message->descriptor;
	for (unsigned i = 0; i < type->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &type->fields[i];
		const char *value = (const char *)message + field->offset;
		size_t count = 1, size = 0;
		if (field->label == PROTOBUF_C_LABEL_REPEATED) {
			count = *(const size_t *)((const char *)message + field->quantifier_offset);
			value = *(char *const *)value;
			size = sizeof(void *); /* lists are of texts and messages */
			if (field->type != PROTOBUF_C_TYPE_STRING &&
			    field->type != PROTOBUF_C_TYPE_MESSAGE)
				continue;
		}
		for (size_t n = 0; n < count; n++)
			if (is_said(field, value + n * size))
				add_value(fhir, fhir_item(extension, "extension"), field,
					  value + n * size);
	}
}

static void add_value(struct fhir *fhir, struct json_object *into,
		      const ProtobufCFieldDescriptor *field, const void *value)
{
	fhir_text(into, "url", field->name);
	switch (field->type) {
	case PROTOBUF_C_TYPE_STRING:
		fhir_text(into, "valueString", *(char *const *)value);
		break;
	case PROTOBUF_C_TYPE_MESSAGE:
		add_fields(fhir, into, *(ProtobufCMessage *const *)value);
		break;
	case PROTOBUF_C_TYPE_BYTES:
		fhir_base64(fhir, into, "valueBase64Binary", value);
		break;
	case PROTOBUF_C_TYPE_BOOL:
		json_object_object_add(into, "valueBoolean",
				       json_object_new_boolean(*(const protobuf_c_boolean *)value));
		break;
	case PROTOBUF_C_TYPE_DOUBLE:
		fhir_number(into, "valueDecimal", *(const double *)value);
		break;
	case PROTOBUF_C_TYPE_INT32:
		json_object_object_add(into, "valueInteger",
				       json_object_new_int(*(const int32_t *)value));
		break;
	default:
		fhir_at(into, "valueInstant", *(const int64_t *)value);
	}
}

void fhir_extension(struct fhir *fhir, struct json_object *object, const char *name,
		    const ProtobufCMessage *message)
{
	struct json_object *extension = fhir_item(object, "extension");
	fhir_text(extension, "url", arena_printf(fhir->arena, FHIR_OWN "%s", name));
	add_fields(fhir, extension, message);
}

/* ---- The bundle ---- */

static void nothing(void *node)
{
	(void)node;
}

const char *record_write_fhir(struct arena *arena, const struct record *record)
{
	struct json_object *bundle = json_object_new_object();
	struct fhir fhir = {.arena = arena,
			    .record = record,
			    .entries = json_object_new_array(),
			    .patient_id = record->athlete->athlete->athlete_id};
	fhir_text(bundle, "resourceType", "Bundle");
	fhir_text(bundle, "id", text_uuid_for(arena, "soleus record bundle", fhir.patient_id));
	fhir_text(bundle, "type", "collection");
	json_object_object_add(bundle, "entry", fhir.entries);
	fhir_people(&fhir);
	fhir_visits(&fhir);
	fhir_notes(&fhir);
	fhir_signatures(&fhir);
	fhir_outcomes(&fhir);
	fhir_messages(&fhir);
	tdestroy(fhir.known, nothing);
	const char *text = arena_strdup(
		arena, json_object_to_json_string_ext(
			       bundle, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED |
					       JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(bundle);
	return arena_has_refused(arena) ? NULL : text;
}
