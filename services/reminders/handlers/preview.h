/* One visit as the preview tells it: who would get what, when, where, in which words, and what
 * would not be sent and why. Nothing is planned. */
#ifndef SOLEUS_REMINDERS_HANDLERS_PREVIEW_H
#define SOLEUS_REMINDERS_HANDLERS_PREVIEW_H

#include "reminders/rules/arrange.h"
#include "reminders/store/preview.h"

#include "soleus/v1/reminders.pb-c.h"

struct preview {
	struct arena *arena;
	const struct programme *programme;
	const struct visit *visit;
	const struct preview_reach *reach;
	struct local_zone zone;
	const int64_t *taken;
	size_t taken_count;
	int64_t since; /* what is due before is over and left out */
};

#define PREVIEW_MOST (2 * MESSAGE_PURPOSES + 2 * FOLLOW_UP_MAX) /* messages of one visit */

/* Adds what follows the booking, or (`note` not NULL) the note; returns how many. */
size_t preview_booking(const struct preview *preview, Soleus__V1__PreviewedMessage **ret_messages);
size_t preview_note(const struct preview *preview, const struct follow_up_note *note,
		    Soleus__V1__PreviewedMessage **ret_messages);

#endif
