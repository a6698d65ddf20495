/* Planning: messages with ids that follow from what they are about, so that planning twice makes
 * one. */
#ifndef SOLEUS_REMINDERS_STORE_PLAN_H
#define SOLEUS_REMINDERS_STORE_PLAN_H

#include "db/db.h"
#include "reminders/rules/arrange.h"

struct plan_about {
	const char *athlete_id;
	const char *clinic_id;
	const char *appointment_id;
	const char *encounter_id;          /* "": of a coming visit */
	int32_t visit_version;             /* of the time of a coming visit; a move plans anew */
	const struct programme *programme; /* that planned it */
	const char *occasion; /* tells it from one of the same purpose before; NULL: comes once */
};

/* Asks when the athlete of `about` gets other messages that count for a day (rules/arrange.h),
 * from a day before `from` to a week behind `until`; the moments live in `arena`. */
size_t messages_taken_ask(struct db_unit *unit, const char *organisation_id,
			  const struct plan_about *about, int64_t from, int64_t until);
struct status messages_taken_take(struct db_unit *unit, size_t asked, struct arena *arena,
				  int64_t **ret_taken, size_t *ret_count);

/* Adds `count` messages (at most FOLLOW_UP_MAX) to be sent when due, moved into the send window;
 * those that are over the day's cap are written down as not to be sent. */
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
