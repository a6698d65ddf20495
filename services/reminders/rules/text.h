/* The words of every message, without clinical detail: no specialty, diagnosis, muscle or
 * clinician. ASCII only, so that each fits GSM-7; with a clinic's name of up to 24 letters each
 * fits one segment of 160 except the emergency advice.
 *
 *     struct message_fields fields = {.clinic = "Riverside", .when = "Tue 24 Nov 14:00"};
 *     message_text(MESSAGE_REMINDER_48H, &fields, text, sizeof(text));
 */
#ifndef SOLEUS_REMINDERS_RULES_TEXT_H
#define SOLEUS_REMINDERS_RULES_TEXT_H

#include "reminders/rules/follow_up.h"

#include <stddef.h>
#include <stdint.h>

struct message_fields {
	const char *clinic; /* name as athletes know it */
	const char *when;   /* local time of the visit, for people */
	int32_t step;       /* of the plan, 1-based */
	int32_t steps;
	const char *until; /* local time by which an answer counts */
};

#define MESSAGE_TEXT_BYTES 480

/* Returns the length, or 0 when a field that this purpose needs is missing or `bytes` is too few;
 * `ret_text` is then "". A text is never cut. */
size_t message_text(enum message_purpose purpose, const struct message_fields *fields,
		    char *ret_text, size_t bytes);

#endif
