#include "notes/rules/wording.h"

#include <string.h>

const struct phrase *phrase_find(const char *code)
{
	for (size_t i = 0; i < phrase_count; i++)
		if (strcmp(phrases[i].code, code) == 0)
			return &phrases[i];
	return NULL;
}

const struct note_template *note_template_find(const char *code)
{
	for (size_t i = 0; i < note_template_count; i++)
		if (strcmp(note_templates[i].code, code) == 0)
			return &note_templates[i];
	return NULL;
}
