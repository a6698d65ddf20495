/* What a message's link needs to know of the message. */
#ifndef SOLEUS_REMINDERS_STORE_LINK_H
#define SOLEUS_REMINDERS_STORE_LINK_H

#include "db/db.h"
#include "reminders/rules/link_action.h"

struct linked_message {
	enum message_purpose purpose;
	int64_t due_at;
	bool answered;
	bool open; /* an answer still counts */
	const char *clinic_name;
	const char *visit_local; /* "2026-03-04 15:00"; "": of no visit */
	const char *until_local;
};

/* FIBER. NOT_FOUND for a message that is not there, or answers a text. */
FIBER struct status linked_message_read(struct db *db, struct arena *arena,
					const char *organisation_id, const char *message_id,
					int64_t now, struct linked_message *ret_message);

#endif
