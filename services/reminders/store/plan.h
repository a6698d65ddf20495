/* Planning: messages with ids that follow from what they are about, so that planning twice makes
 * one. */
#ifndef SOLEUS_REMINDERS_STORE_PLAN_H
#define SOLEUS_REMINDERS_STORE_PLAN_H

#include "db/db.h"
#include "reminders/rules/follow_up.h"

struct plan_about {
	const char *athlete_id;
	const char *clinic_id;
	const char *appointment_id;
	const char *encounter_id; /* "": of a coming visit */
	int32_t visit_version;    /* of the time of a coming visit; a move plans anew */
	const char *occasion; /* tells it from one of the same purpose before; NULL: comes once */
};

/* Adds `count` messages (at most FOLLOW_UP_MAX) to be sent when due, moved into the send window. */
void messages_plan(struct db_unit *unit, const char *organisation_id,
		   const struct plan_about *about, const struct planned_message *messages,
		   size_t count, const struct local_zone *zone, int64_t now);

/* What is planned after that treatment and is none of `messages` will not be sent: the note was
 * amended. */
void messages_suppress_amended(struct db_unit *unit, const char *organisation_id,
			       const struct plan_about *about,
			       const struct planned_message *messages, size_t count, int64_t now);

/* What is planned before that visit will not be sent. */
void messages_suppress_visit(struct db_unit *unit, const char *organisation_id,
			     const char *appointment_id, const char *why, int64_t now);

/* The same for what was planned of one purpose. */
void messages_suppress_purpose(struct db_unit *unit, const char *organisation_id,
			       const char *appointment_id, enum message_purpose purpose,
			       const char *why, int64_t now);

/* The same for what was planned for a time before that of `visit_version`. */
void messages_suppress_moved(struct db_unit *unit, const char *organisation_id,
			     const char *appointment_id, int32_t visit_version, int64_t now);

#endif
