/* The screening questionnaire: each item of caution.h as a question for the athlete, answered with
 * yes or no. The texts are data (questions.conf), checked when the programs are built. */
#ifndef SOLEUS_NOTES_RULES_QUESTIONNAIRE_H
#define SOLEUS_NOTES_RULES_QUESTIONNAIRE_H

#include "notes/rules/caution.h"

enum questionnaire_language { QUESTIONNAIRE_EN, QUESTIONNAIRE_DE };
#define QUESTIONNAIRE_LANGUAGES 2

extern const char *const questionnaire[CAUTION_ITEMS][QUESTIONNAIRE_LANGUAGES];

/* "de", or "de-AT": what stands before the hyphen decides. False for one that there is not. */
bool questionnaire_language_find(const char *tag, enum questionnaire_language *ret_language);
const char *questionnaire_language_name(enum questionnaire_language language); /* "de" */

/* One answer; false, and nothing done, for an item that there is not, or that was answered. */
bool questionnaire_answer(struct caution_answers *answers, const char *item, bool yes);

#endif
