/* What an organisation may change of a step: its moments, its words, whether it is sent at all.
 *
 *     fault = programme_check_moments(MESSAGE_REMINDER_48H, &step);
 *     if (!programme_check_words(MESSAGE_REMINDER_48H, false, text, &faults)) …
 */
#ifndef SOLEUS_REMINDERS_RULES_PROGRAMME_CHECK_H
#define SOLEUS_REMINDERS_RULES_PROGRAMME_CHECK_H

#include "reminders/rules/programme.h"
#include "reminders/rules/segments.h"

#define PROGRAMME_SEGMENTS_MOST 4

/* What is expected of the moments that `step` has in place of ours; NULL: they may be so. Those of
 * safety, of answers and of news are not the organisation's; of the others due stays of a kind
 * (before or after the visit, of the plan) and ahead of stale. Static. */
const char *programme_check_moments(enum message_purpose purpose,
				    const struct programme_step *step);

/* Fields that a text of that step may have beside those that it needs. */
unsigned programme_fields(enum message_purpose purpose);

/* Whether `text` may be that step's words: its fields, STOP where it must be said, what the visit
 * is for only when `clinical`, whom to call where it is about safety, and not too long with a link
 * like `link` (NULL: texts have none). */
bool programme_check_words(enum message_purpose purpose, bool clinical, const char *text,
			   const char *link, struct template_faults *ret_faults);

/* What it costs as SMS with fields of usual length; all links are as long as `link`. */
struct segments programme_cost(const char *text, const char *link);

#endif
