/* Soreness and readiness from a text (A1): "3", "3 8", "3/8", "sore 3 ready 8", "three and eight".
 *
 * Whole numbers from 0 to 10. What can be read in two ways is not read: "3-4", "3,5" and "3.5" are
 * free text, and "3/10" is three out of ten, not a pair.
 */
#ifndef SOLEUS_REMINDERS_RULES_NUMBERS_H
#define SOLEUS_REMINDERS_RULES_NUMBERS_H

#include "reminders/rules/keyword.h"

#include <stdbool.h>

/* False, with the outputs untouched, when the text holds anything else. A lone number without a
 * label is soreness. */
bool numbers_read(const char *text, struct keyword_number *ret_soreness,
		  struct keyword_number *ret_readiness);

#endif
