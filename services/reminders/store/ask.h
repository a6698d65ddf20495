/* A reminder that somebody asks for: the hot way into the queue. Calls that come together are one
 * statement (db_call), so that a commit serves all of them.
 */
#ifndef SOLEUS_REMINDERS_STORE_ASK_H
#define SOLEUS_REMINDERS_STORE_ASK_H

#include "db/db.h"

struct asked_reminder {
	const char *message_id;
	const char *appointment_id;
	int64_t due_at;
	int64_t now;
	const char *asked_by;
	const char *key; /* of idempotency, with what it stands for and what was answered */
	const char *fingerprint;
	const void *reply;
	size_t reply_length;
};

/* FIBER. `ret_planned` false: the visit is not booked, or begins before `due_at`. */
FIBER struct status reminder_ask(struct db *db, struct arena *arena, const char *organisation_id,
				 const struct asked_reminder *asked, bool *ret_planned);

#endif
