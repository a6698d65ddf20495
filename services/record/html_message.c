/* Any message in words, by its descriptor: a field that is added to a note is in the file too. */
#include "record/html_inside.h"

#include <stdio.h>
#include <string.h>

static bool is_instant(const ProtobufCFieldDescriptor *field)
{
	size_t length = strlen(field->name);
	return length > 3 && strcmp(field->name + length - 3, "_at") == 0;
}

/* "needles_in" as "needles in", "gauge_um" as "gauge (µm)". */
static const char *heading(struct html *html, const ProtobufCFieldDescriptor *field)
{
	static const struct {
		const char *suffix;
		const char *unit;
	} units[] = {{"_um", " (µm)"}, {"_mm", " (mm)"}, {"_s", " (s)"}, {"_at", ""}};
	char *name = arena_strdup(html->arena, field->name);
	const char *unit = "";
	size_t length = strlen(name);
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		size_t suffix = strlen(units[i].suffix);
		if (length > suffix && strcmp(name + length - suffix, units[i].suffix) == 0) {
			name[length - suffix] = '\0';
			unit = units[i].unit;
			break;
		}
	}
	for (char *at = name; *at; at++)
		if (*at == '_')
			*at = ' ';
	return arena_printf(html->arena, "%s%s", name, unit);
}

static const char *hexadecimal(struct html *html, const ProtobufCBinaryData *bytes)
{
	char *text = arena_alloc(html->arena, bytes->len * 2 + 1);
	for (size_t i = 0; text && i < bytes->len; i++)
		snprintf(text + 2 * i, 3, "%02x", bytes->data[i]);
	return text ? text : "";
}

/* A message inside a message: the words of its fields, parted by blanks. */
static const char *words_of(struct html *html, const struct zone *zone,
			    const ProtobufCFieldDescriptor *field, const void *value);

static const char *words_of_fields(struct html *html, const struct zone *zone,
				   const ProtobufCMessage *message)
{
	const char *words = "";
	for (unsigned i = 0; message && i < message->descriptor->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
		if (field->label == PROTOBUF_C_LABEL_REPEATED)
			continue;
		const char *more =
			words_of(html, zone, field, (const char *)message + field->offset);
		words = arena_printf(html->arena, "%s%s%s", words, *words && *more ? " " : "",
				     more);
	}
	return words;
}

static const char *words_of(struct html *html, const struct zone *zone,
			    const ProtobufCFieldDescriptor *field, const void *value)
{
	switch (field->type) {
	case PROTOBUF_C_TYPE_STRING:
		return *(char *const *)value ? *(char *const *)value : "";
	case PROTOBUF_C_TYPE_MESSAGE:
		return words_of_fields(html, zone, *(ProtobufCMessage *const *)value);
	case PROTOBUF_C_TYPE_BYTES:
		return hexadecimal(html, value);
	case PROTOBUF_C_TYPE_BOOL:
		return *(const protobuf_c_boolean *)value ? "yes" : "";
	case PROTOBUF_C_TYPE_DOUBLE:
		return html_number(html, *(const double *)value);
	case PROTOBUF_C_TYPE_INT32:
		return *(const int32_t *)value
			       ? arena_printf(html->arena, "%d", *(const int32_t *)value)
			       : "";
	default:
		return is_instant(field) ? html_time(html, zone, *(const int64_t *)value) : "";
	}
}

/* All items of a list, parted by semicolons. */
static const char *words_in(struct html *html, const struct zone *zone,
			    const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
	const char *value = (const char *)message + field->offset;
	if (field->label != PROTOBUF_C_LABEL_REPEATED)
		return words_of(html, zone, field, value);
	size_t count = *(const size_t *)((const char *)message + field->quantifier_offset);
	const char *words = "";
	for (size_t i = 0; i < count; i++)
		words = arena_printf(
			html->arena, "%s%s%s", words, i ? "; " : "",
			words_of(html, zone, field, *(char *const *)value + i * sizeof(void *)));
	return words;
}

static bool is_among(const char *name, const char *const *names)
{
	for (; names && *names; names++)
		if (strcmp(name, *names) == 0)
			return true;
	return false;
}

void html_table(struct html *html, const struct zone *zone, const char *caption,
		ProtobufCMessage *const *messages, size_t count, const char *const *without)
{
	if (count == 0)
		return;
	const ProtobufCMessageDescriptor *type = messages[0]->descriptor;
	bool *told = arena_array(html->arena, type->n_fields, sizeof(*told));
	for (unsigned f = 0; told && f < type->n_fields; f++)
		for (size_t i = 0; i < count && !is_among(type->fields[f].name, without); i++)
			told[f] |= *words_in(html, zone, messages[i], &type->fields[f]) != '\0';
	if (!told)
		return;
	html_put(html, "<table><caption>%</caption><thead><tr>", caption);
	for (unsigned f = 0; f < type->n_fields; f++)
		if (told[f])
			html_put(html, "<th scope=\"col\">%</th>", heading(html, &type->fields[f]));
	html_add(html, "</tr></thead><tbody>\n");
	for (size_t i = 0; i < count; i++) {
		html_add(html, "<tr>");
		for (unsigned f = 0; f < type->n_fields; f++)
			if (told[f])
				html_put(html, "<td>%</td>",
					 words_in(html, zone, messages[i], &type->fields[f]));
		html_add(html, "</tr>\n");
	}
	html_add(html, "</tbody></table>\n");
}

void html_terms(struct html *html, const struct zone *zone, const ProtobufCMessage *message,
		const char *const *without)
{
	const ProtobufCMessageDescriptor *type = message->descriptor;
	bool begun = false;
	for (unsigned f = 0; f < type->n_fields; f++) {
		const char *words = words_in(html, zone, message, &type->fields[f]);
		if (!*words || is_among(type->fields[f].name, without))
			continue;
		if (!begun)
			html_add(html, "<dl>\n");
		begun = true;
		html_put(html, "<dt>%</dt><dd>%</dd>\n", heading(html, &type->fields[f]), words);
	}
	if (begun)
		html_add(html, "</dl>\n");
}
