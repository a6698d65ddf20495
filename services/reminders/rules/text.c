#include "reminders/rules/text.h"

#include "reminders/rules/language.h"

size_t message_text(enum message_purpose purpose, const struct message_fields *fields,
		    char *ret_text, size_t bytes)
{
	return template_fill(programme_texts[purpose][0], fields, false, ret_text, bytes);
}

static size_t nothing(char *ret_text, size_t bytes)
{
	if (bytes > 0)
		*ret_text = '\0';
	return 0;
}

size_t message_text_of(const struct programme *programme, const char *language,
		       const struct message_part *parts, size_t count, char *ret_text, size_t bytes,
		       const char **ret_language)
{
	size_t length = 0;
	bool linked = false;
	for (size_t i = 0; i < count; i++) {
		char when[LANGUAGE_MOMENT_BYTES];
		const char *of;
		const char *words = programme_words(programme, parts[i].purpose, language,
						    i ? &of : ret_language);
		struct message_fields fields = parts[i].fields;
		if (fields.when) {
			language_moment(fields.when, i ? of : *ret_language, when);
			fields.when = when;
		}
		if (linked)
			fields.link = NULL;
		linked |= fields.link && template_fields(words) & TEMPLATE_LINK;
		if (length + 1 >= bytes)
			return nothing(ret_text, bytes);
		if (i > 0)
			ret_text[length++] = ' ';
		size_t more =
			template_fill(words, &fields, i > 0, ret_text + length, bytes - length);
		if (more == 0)
			return nothing(ret_text, bytes);
		length += more;
	}
	return length;
}
