/* The words of a message, of one step or of several that fall close together.
 *
 *     struct message_fields fields = {.clinic = "Riverside", .when = "Tue 24 Nov 14:00"};
 *     message_text(MESSAGE_REMINDER_48H, &fields, text, sizeof(text));
 */
#ifndef SOLEUS_REMINDERS_RULES_TEXT_H
#define SOLEUS_REMINDERS_RULES_TEXT_H

#include "reminders/rules/programme.h"

#include <stddef.h>

#define MESSAGE_TEXT_BYTES 640

/* In English, as every organisation begins with. Returns the length, or 0 when a field that this
 * purpose needs is missing or `bytes` is too few; `ret_text` is then "". A text is never cut. */
size_t message_text(enum message_purpose purpose, const struct message_fields *fields,
		    char *ret_text, size_t bytes);

struct message_part {
	enum message_purpose purpose;
	struct message_fields fields;
};

/* The same in the words of `programme`, for who reads `language` ("": not known): the parts in this
 * order as one text, each after the first without the clinic's name, and with the first link alone.
 * `when` is written as that language has it. `ret_language` is the first part's. */
size_t message_text_of(const struct programme *programme, const char *language,
		       const struct message_part *parts, size_t count, char *ret_text, size_t bytes,
		       const char **ret_language);

#endif
