#include "notes/handlers/draft_fields.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* By what two lists know that a row is the same. */
#define IDENTITY_FIELDS 4
static const struct {
	const ProtobufCMessageDescriptor *row;
	const char *fields[IDENTITY_FIELDS];
} identities[] = {
	{&soleus__v1__finding__descriptor, {"key"}},
	{&soleus__v1__needle_site__descriptor, {"muscle", "side"}},
	{&soleus__v1__modality__descriptor, {"kind", "area", "side"}},
	{&soleus__v1__note_measure__descriptor, {"instrument", "area", "side", "moment"}},
	{&soleus__v1__plan_step__descriptor, {"kind", "day"}},
};

struct list {
	struct arena *arena;
	struct draft_field *each;
	size_t count;
	size_t capacity;
};

static void add(struct list *list, const char *path, const char *value, enum draft_kind kind)
{
	if (!path || !value || (kind != DRAFT_ROW && !*value))
		return;
	if (list->count == list->capacity) {
		size_t capacity = list->capacity ? 2 * list->capacity : 64;
		struct draft_field *each = ARENA_ARRAY(list->arena, capacity, struct draft_field);
		if (!each)
			return;
		if (list->count > 0)
			memcpy(each, list->each, list->count * sizeof(*each));
		list->each = each;
		list->capacity = capacity;
	}
	list->each[list->count++] = (struct draft_field){path, value, kind};
}

/* ---- One value ---- */

static const void *member_of(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
	return (const char *)message + field->offset;
}

static size_t count_of(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
	size_t count;
	memcpy(&count, (const char *)message + field->quantifier_offset, sizeof(count));
	return count;
}

static const char *joined(struct arena *arena, char *const *texts, size_t count)
{
	const char *all = "";
	for (size_t i = 0; i < count && all; i++)
		all = i == 0 ? texts[i] : arena_printf(arena, "%s\n%s", all, texts[i]);
	return all;
}

/* "" is the default, and a reading that is missing. */
static const char *value_of(struct arena *arena, const ProtobufCMessage *message,
			    const ProtobufCFieldDescriptor *field)
{
	const void *member = member_of(message, field);
	if (field->label == PROTOBUF_C_LABEL_REPEATED)
		return joined(arena, *(char *const *const *)member, count_of(message, field));
	switch (field->type) {
	case PROTOBUF_C_TYPE_STRING:
		return *(const char *const *)member;
	case PROTOBUF_C_TYPE_INT32:
		return *(const int32_t *)member
			       ? arena_printf(arena, "%d", *(const int32_t *)member)
			       : "";
	case PROTOBUF_C_TYPE_BOOL:
		return *(const protobuf_c_boolean *)member ? "true" : "";
	default:
		assert(field->descriptor == &soleus__v1__reading__descriptor);
		const Soleus__V1__Reading *reading = *(Soleus__V1__Reading *const *)member;
		return reading ? arena_printf(arena, "%.17g", reading->value) : "";
	}
}

/* The lines of a list that `joined` made. */
static void put_lines(struct arena *arena, ProtobufCMessage *message,
		      const ProtobufCFieldDescriptor *field, const char *value)
{
	size_t lines = 1;
	for (const char *at = value; *at; at++)
		lines += *at == '\n';
	char **texts = ARENA_ARRAY(arena, lines, char *);
	char *rest = arena_strdup(arena, value);
	size_t count = 0;
	for (char *line; texts && (line = strsep(&rest, "\n"));)
		texts[count++] = line;
	memcpy((char *)message + field->offset, &texts, sizeof(texts));
	memcpy((char *)message + field->quantifier_offset, &count, sizeof(count));
}

static void put_value(struct arena *arena, ProtobufCMessage *message,
		      const ProtobufCFieldDescriptor *field, const char *value)
{
	void *member = (char *)message + field->offset;
	if (field->label == PROTOBUF_C_LABEL_REPEATED) {
		put_lines(arena, message, field, value);
	} else if (field->type == PROTOBUF_C_TYPE_STRING) {
		*(const char **)member = value;
	} else if (field->type == PROTOBUF_C_TYPE_INT32) {
		*(int32_t *)member = (int32_t)strtol(value, NULL, 10);
	} else if (field->type == PROTOBUF_C_TYPE_BOOL) {
		*(protobuf_c_boolean *)member = true;
	} else {
		Soleus__V1__Reading *reading = ARENA_NEW(arena, Soleus__V1__Reading);
		if (!reading)
			return;
		soleus__v1__reading__init(reading);
		reading->value = strtod(value, NULL);
		*(Soleus__V1__Reading **)member = reading;
	}
}

/* ---- Rows ---- */

static const char *identity_of(struct arena *arena, const ProtobufCMessage *row)
{
	const char *identity = NULL;
	for (size_t i = 0; i < sizeof(identities) / sizeof(identities[0]); i++)
		for (size_t f = 0; identities[i].row == row->descriptor && f < IDENTITY_FIELDS &&
				   identities[i].fields[f];
		     f++) {
			const char *value =
				value_of(arena, row,
					 protobuf_c_message_descriptor_get_field_by_name(
						 row->descriptor, identities[i].fields[f]));
			identity = identity ? arena_printf(arena, "%s %s", identity, value) : value;
		}
	assert(identity || arena_has_refused(arena));
	return identity;
}

/* A twin has a number behind its identity. Its lists are short: note_form_check_sizes. */
static const char *row_path(struct list *list, const char *field, const char *identity)
{
	const struct draft_fields fields = {list->each, list->count};
	const char *path = arena_printf(list->arena, "%s[%s]", field, identity);
	for (int twin = 2; path && draft_field_find(&fields, path); twin++)
		path = arena_printf(list->arena, "%s[%s#%d]", field, identity, twin);
	return path;
}

static void add_row(struct list *list, const char *field, const ProtobufCMessage *row)
{
	const char *path = row_path(list, field, identity_of(list->arena, row));
	add(list, path, "", DRAFT_ROW);
	for (unsigned i = 0; path && i < row->descriptor->n_fields; i++) {
		const ProtobufCFieldDescriptor *part = &row->descriptor->fields[i];
		const char *value = value_of(list->arena, row, part);
		if (value && *value)
			add(list, arena_printf(list->arena, "%s.%s", path, part->name), value,
			    strcmp(part->name, "text") == 0 ? DRAFT_TEXT : DRAFT_VALUE);
	}
}

/* Words that stand in a list are rows of their own; the same words twice say nothing more. */
static void add_words(struct list *list, const char *field, const char *words)
{
	const struct draft_fields fields = {list->each, list->count};
	const char *path = arena_printf(list->arena, "%s[%s]", field, words);
	if (path && !draft_field_find(&fields, path))
		add(list, path, "", DRAFT_ROW);
}

struct draft_fields draft_fields_of(struct arena *arena, const Soleus__V1__Note *note)
{
	struct list list = {.arena = arena};
	const ProtobufCMessageDescriptor *type = &soleus__v1__note__descriptor;
	for (unsigned i = 0; note && i < type->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &type->fields[i];
		if (field->label != PROTOBUF_C_LABEL_REPEATED) {
			add(&list, field->name, value_of(arena, &note->base, field), DRAFT_TEXT);
			continue;
		}
		void *const *rows = *(void *const *const *)member_of(&note->base, field);
		for (size_t row = 0; row < count_of(&note->base, field); row++)
			if (field->type == PROTOBUF_C_TYPE_STRING)
				add_words(&list, field->name, rows[row]);
			else
				add_row(&list, field->name, rows[row]);
	}
	return (struct draft_fields){list.each, list.count};
}

/* ---- And back ---- */

static void *row_of(struct arena *arena, const ProtobufCFieldDescriptor *field, const char *path,
		    const struct draft_fields *fields)
{
	const char *words = path + strlen(field->name) + 1;
	size_t length = strlen(path);
	if (field->type == PROTOBUF_C_TYPE_STRING)
		return arena_strndup(arena, words, strlen(words) - 1);
	const ProtobufCMessageDescriptor *type = field->descriptor;
	ProtobufCMessage *row = arena_alloc(arena, type->sizeof_message);
	if (!row)
		return NULL;
	protobuf_c_message_init(type, row);
	for (size_t i = 0; i < fields->count; i++) {
		const char *part = fields->each[i].path;
		if (strncmp(part, path, length) != 0 || part[length] != '.')
			continue;
		const ProtobufCFieldDescriptor *found =
			protobuf_c_message_descriptor_get_field_by_name(type, part + length + 1);
		if (found)
			put_value(arena, row, found, fields->each[i].value);
	}
	return row;
}

static void put_rows(struct arena *arena, Soleus__V1__Note *note,
		     const ProtobufCFieldDescriptor *field, const struct draft_fields *fields)
{
	size_t name = strlen(field->name);
	size_t count = 0;
	void **rows = ARENA_ARRAY(arena, fields->count, void *);
	for (size_t i = 0; rows && i < fields->count; i++)
		if (fields->each[i].kind == DRAFT_ROW &&
		    strncmp(fields->each[i].path, field->name, name) == 0 &&
		    fields->each[i].path[name] == '[')
			rows[count++] = row_of(arena, field, fields->each[i].path, fields);
	if (count == 0)
		return;
	memcpy((char *)note + field->offset, &rows, sizeof(rows));
	memcpy((char *)note + field->quantifier_offset, &count, sizeof(count));
}

Soleus__V1__Note *draft_note_of(struct arena *arena, const struct draft_fields *fields)
{
	const ProtobufCMessageDescriptor *type = &soleus__v1__note__descriptor;
	Soleus__V1__Note *note = ARENA_NEW(arena, Soleus__V1__Note);
	if (!note)
		return NULL;
	soleus__v1__note__init(note);
	for (unsigned i = 0; i < type->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &type->fields[i];
		const struct draft_field *found = draft_field_find(fields, field->name);
		if (field->label == PROTOBUF_C_LABEL_REPEATED)
			put_rows(arena, note, field, fields);
		else if (found)
			put_value(arena, &note->base, field, found->value);
	}
	return arena_has_refused(arena) ? NULL : note;
}
