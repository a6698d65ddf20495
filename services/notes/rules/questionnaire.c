#include "notes/rules/questionnaire.h"

#include <string.h>
#include <strings.h>

static const char *const names[QUESTIONNAIRE_LANGUAGES] = {
	[QUESTIONNAIRE_EN] = "en",
	[QUESTIONNAIRE_DE] = "de",
};

bool questionnaire_language_find(const char *tag, enum questionnaire_language *ret_language)
{
	size_t length = strcspn(tag, "-");
	for (int language = 0; language < QUESTIONNAIRE_LANGUAGES; language++)
		if (length == strlen(names[language]) &&
		    strncasecmp(names[language], tag, length) == 0) {
			*ret_language = (enum questionnaire_language)language;
			return true;
		}
	return false;
}

const char *questionnaire_language_name(enum questionnaire_language language)
{
	return names[language];
}

bool questionnaire_answer(struct caution_answers *answers, const char *item, bool yes)
{
	enum caution_item found;
	if (!caution_find(item, &found) || (answers->answered & caution_bit(found)))
		return false;
	answers->answered |= caution_bit(found);
	if (yes)
		answers->yes |= caution_bit(found);
	return true;
}
