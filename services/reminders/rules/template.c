#include "reminders/rules/template.h"

#include "base/text.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define OPENING "{clinic}: "

static const struct {
	const char *name;
	enum template_field field;
} fields_by_name[] = {
	{"clinic", TEMPLATE_CLINIC}, {"when", TEMPLATE_WHEN},   {"until", TEMPLATE_UNTIL},
	{"step", TEMPLATE_STEP},     {"steps", TEMPLATE_STEPS}, {"words", TEMPLATE_WORDS},
	{"link", TEMPLATE_LINK},
};
#define FIELDS (sizeof(fields_by_name) / sizeof(fields_by_name[0]))

/* 0: there is no such field. */
static unsigned field_of(const char *name, size_t length)
{
	for (size_t i = 0; i < FIELDS; i++)
		if (strlen(fields_by_name[i].name) == length &&
		    memcmp(fields_by_name[i].name, name, length) == 0)
			return fields_by_name[i].field;
	return 0;
}

__attribute__((format(printf, 3, 4))) static void fault(struct template_faults *faults,
							size_t column, const char *format, ...)
{
	va_list arguments;
	if (faults->count == TEMPLATE_FAULTS_MAX)
		return;
	struct template_fault *next = &faults->faults[faults->count++];
	next->column = column;
	va_start(arguments, format);
	vsnprintf(next->expected, sizeof(next->expected), format, arguments);
	va_end(arguments);
}

static void check_bytes(const char *text, struct template_faults *faults)
{
	size_t length = strlen(text);
	if (length >= TEMPLATE_BYTES)
		fault(faults, 0, "at most %d bytes", TEMPLATE_BYTES - 1);
	if (!text_is_utf8(text, length))
		fault(faults, 0, "UTF-8");
	for (const char *at = text; *at; at++)
		if ((unsigned char)*at < ' ' || *at == 0x7f) {
			fault(faults, (size_t)(at - text) + 1, "no control characters");
			return;
		}
}

/* Adds a fault for each brace that is no field; returns the fields. */
static unsigned check_fields(const char *text, unsigned known, struct template_faults *faults)
{
	unsigned found = 0;
	for (const char *at = text; (at = strpbrk(at, "{}")) != NULL; at++) {
		size_t column = (size_t)(at - text) + 1;
		size_t length = *at == '{' ? strcspn(at + 1, "{}") : 0;
		if (*at == '}' || at[1 + length] != '}') {
			fault(faults, column,
			      "a field such as {clinic}; braces stand for nothing else");
			continue;
		}
		unsigned field = field_of(at + 1, length);
		if (!field)
			fault(faults, column, "a field that is known, not {%.*s}",
			      length > 40 ? 40 : (int)length, at + 1);
		else if (!(known & field))
			fault(faults, column, "a field that this step has, not {%.*s}", (int)length,
			      at + 1);
		found |= field;
		at += length + 1;
	}
	return found;
}

bool template_check(const char *text, unsigned needed, unsigned known,
		    struct template_faults *ret_faults)
{
	ret_faults->count = 0;
	check_bytes(text, ret_faults);
	unsigned found = check_fields(text, known | needed | TEMPLATE_CLINIC, ret_faults);
	if (strncmp(text, OPENING, strlen(OPENING)) != 0)
		fault(ret_faults, 1, "\"" OPENING "\" at the beginning: who writes");
	for (size_t i = 0; i < FIELDS; i++)
		if (needed & ~found & fields_by_name[i].field)
			fault(ret_faults, 0, "the field {%s}", fields_by_name[i].name);
	return ret_faults->count == 0;
}

unsigned template_fields(const char *text)
{
	unsigned found = 0;
	for (const char *at = text; (at = strchr(at, '{')) != NULL; at++)
		found |= field_of(at + 1, strcspn(at + 1, "}"));
	return found;
}

/* NULL: not known. `number` is room for one. */
static const char *value_of(const struct message_fields *fields, unsigned field, char number[16])
{
	int32_t count = 0;
	switch (field) {
	case TEMPLATE_CLINIC:
		return fields->clinic;
	case TEMPLATE_WHEN:
		return fields->when;
	case TEMPLATE_UNTIL:
		return fields->until;
	case TEMPLATE_WORDS:
		return fields->words;
	case TEMPLATE_LINK:
		return fields->link;
	case TEMPLATE_STEP:
		count = fields->step;
		break;
	case TEMPLATE_STEPS:
		count = fields->steps;
		break;
	default:
		assert(!"a field that no checked text has");
	}
	snprintf(number, 16, "%d", count);
	return count > 0 ? number : NULL;
}

static bool append(char *ret_text, size_t bytes, size_t *length, const char *more, size_t count)
{
	if (*length + count >= bytes)
		return false;
	memcpy(ret_text + *length, more, count);
	*length += count;
	ret_text[*length] = '\0';
	return true;
}

static void drop_space(char *text, size_t *length)
{
	*length -= *length > 0 && text[*length - 1] == ' ';
	text[*length] = '\0';
}

/* A sentence begins: its first letter becomes a capital where GSM-7 has one (ä, é, ö, ü; no À). */
static void capitalise(char *text)
{
	unsigned char second = (unsigned char)text[1];
	if (*text >= 'a' && *text <= 'z')
		*text = (char)(*text - 32);
	else if ((unsigned char)*text == 0xc3 &&
		 (second == 0xa4 || second == 0xa9 || second == 0xb6 || second == 0xbc))
		text[1] = (char)(second - 32);
}

size_t template_fill(const char *text, const struct message_fields *fields, bool continued,
		     char *ret_text, size_t bytes)
{
	size_t length = 0;
	if (bytes > 0)
		ret_text[0] = '\0';
	for (const char *at = text + (continued ? strlen(OPENING) : 0); *at;) {
		char number[16];
		const char *more = at;
		size_t count = strcspn(at, "{");
		if (count > 0) {
			at += count;
		} else {
			size_t name = strcspn(at + 1, "}");
			unsigned field = field_of(at + 1, name);
			more = value_of(fields, field, number);
			count = more ? strlen(more) : 0;
			at += name + 2;
			if (field == TEMPLATE_LINK && !more && bytes > 0) {
				drop_space(ret_text, &length);
				continue;
			}
		}
		if (count == 0 || !append(ret_text, bytes, &length, more, count)) {
			if (bytes > 0)
				ret_text[0] = '\0';
			return 0;
		}
	}
	if (continued && length > 0)
		capitalise(ret_text);
	return length;
}

/* Beginnings of words, in small letters: en, de, fr. */
static const char *const clinical[] = {
	"needl",        "nadel",    "aiguille", "physio",   "kinésith",   "osteopath", "ostéopath",
	"chiropract",   "massage",  "therap",   "thérap",   "orthop",     "acupunct",  "akupunkt",
	"doctor",       "dr.",      "arzt",     "ärzt",     "médecin",    "diagnos",   "injur",
	"verletz",      "blessure", "treat",    "behandl",  "traitement", "trigger",   "muscle",
	"muskel",       "tendon",   "sehne",    "calf",     "wade",       "mollet",    "hamstring",
	"oberschenkel", "ischio",   "shoulder", "schulter", "épaule",     "trapez",    "glute",
	"gesäß",        "fessier",  "adductor", "adduktor", "hip ",       "hüft",      "hanche",
	"knee",         "knie",     "genou",    "spine",    "wirbel",     "thorax",    "lung",
	"poumon",       "patient",  "rehab",    "réédu",    "pregnan",    "schwanger",
};

static bool is_inside_word(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	       (unsigned char)byte >= 0x80;
}

const char *template_clinical_word(const char *text)
{
	for (const char *at = text; *at; at++) {
		if (at > text && is_inside_word(at[-1]))
			continue;
		for (size_t i = 0; i < sizeof(clinical) / sizeof(clinical[0]); i++)
			if (strncasecmp(at, clinical[i], strlen(clinical[i])) == 0)
				return clinical[i];
	}
	return NULL;
}
