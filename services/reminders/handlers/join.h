/* What is due at one moment for one athlete and may be one text (programmes: bundle) becomes one:
 * the first of a visit's life leads, and its id is what the channel knows; the others are sent in
 * its text.
 *
 * A batch that is tried again (a crash between channel and database) makes the same texts of the
 * same messages, and the channel knows the id. Should one of a bundle have been taken back in those
 * seconds, what is left goes out as a text of its own.
 */
#ifndef SOLEUS_REMINDERS_HANDLERS_JOIN_H
#define SOLEUS_REMINDERS_HANDLERS_JOIN_H

#include "reminders/store/queue.h"

/* Writes the texts of all decisions of the batch that are to be sent, and what leads them. One
 * whose step the programme no longer has, or whose text cannot be made, is not sent. `arena` holds
 * the texts. */
void join_texts(const struct queue_batch *batch, struct arena *arena,
		struct queue_decision *decisions);

#endif
