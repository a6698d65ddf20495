/* What came in: who may have sent it, what they were asked, and what is kept of it. */
#ifndef SOLEUS_REMINDERS_STORE_INBOUND_H
#define SOLEUS_REMINDERS_STORE_INBOUND_H

#include "db/db.h"
#include "reminders/rules/understand.h"

struct inbound_sender {
	const char *athlete_id; /* merged: the survivor's */
	const char *clinic_id;
	const char *clinic_name;
};

struct inbound_question {
	const char *message_id;
	const char *clinic_id;
	const char *appointment_id;
	const char *encounter_id;
	int64_t sent_at;
	const char *areas; /* "calf:left,hamstring:right" */
	/* Whose record it was asked for; of a merged athlete one of several. */
	const char *record_id;
	int64_t visit_starts_at; /* 0: of no visit */
	const char *visit_when;  /* by the clinic's clock, for people */
};

/* An alert that staff with this address were told of. */
struct inbound_alert {
	const char *alert_id;
	const char *clinic_id;
	const char *name; /* theirs, in the chain */
};

/* All that is known when a text comes. `facts` has the same senders and questions, in order. */
struct inbound_known {
	bool seen; /* this text came before: the answer of then */
	const char *understood_as;
	const char *reply_text;
	struct inbound_sender *senders;
	struct inbound_question *questions;
	struct understand_facts facts;
	const struct inbound_alert *alerts; /* open, that this address was told of */
	size_t alert_count;
	const char *reply_channel; /* and address: where an answer goes */
	const char *reply_address;
};

/* A text by which it is known again. With message_id (a signed link) the question and who answers
 * it are those of that message, and `address` is not asked: "". */
struct inbound_key {
	const char *organisation_id;
	const char *channel;
	const char *provider_message_id;
	const char *address;
	const char *message_id; /* "": whoever has `address` answers what the words fit */
};

#define INBOUND_QUESTION_OPEN_US (3 * CLOCK_DAY_US) /* how long an answer to one counts */

#define INBOUND_ONCE "inbound_text_once" /* the constraint that a text seen before violates */

/* FIBER. NOT_FOUND when there is no sent message with the key's message_id. */
FIBER struct status inbound_read(struct db *db, struct arena *arena, const struct inbound_key *key,
				 int64_t now, struct inbound_known *ret_known);

struct inbound_text {
	struct inbound_key key;
	const char *address; /* of a link: that its message went to */
	const char *inbound_id;
	const char *athlete_id;
	const char *text;
	int64_t received_at;
	const char *understood_as;
	const char *reply_text;
};
void inbound_add(struct db_unit *unit, const struct inbound_text *text);

/* A reply goes through the queue as every message does, so that it is sent once and not lost. */
struct inbound_reply {
	const char *message_id;
	const char *athlete_id;
	const char *clinic_id;
	enum message_purpose purpose;
	int64_t now;
	const char *channel;
	const char *address;
	const char *text;
};
void inbound_reply_plan(struct db_unit *unit, const char *organisation_id,
			const struct inbound_reply *reply);

/* The address has opted out or in. Out: what is planned for those who have it, and would reach them
 * there alone, is suppressed; in: of that, what still lies ahead is planned again. */
void inbound_opt(struct db_unit *unit, const char *organisation_id, const char *address, bool out,
		 int64_t now);

/* The two were one person until now: what the one's opt-out kept from the other is planned again.
 */
void inbound_parted(struct db_unit *unit, const char *organisation_id, const char *survivor_id,
		    const char *merged_id, int64_t now);

/* Ends the unit with SQLSTATE INBOUND_ANSWERED when another text answered it meanwhile. */
#define INBOUND_ANSWERED "SL001"
void inbound_answer(struct db_unit *unit, const char *organisation_id, const char *message_id,
		    const char *answer, int64_t now);

/* FIBER. The athlete's word to the offer of an appointment: "yes", "no"; untouched when there is
 * none. */
FIBER struct status offer_answer_read(struct db *db, struct arena *arena,
				      const char *organisation_id, const char *athlete_id,
				      const char *appointment_id, int64_t offered_at,
				      const char **ret_answer);

void alert_add(struct db_unit *unit, const char *organisation_id, const char *alert_id,
	       const char *athlete_id, const char *clinic_id, const char *reason, int64_t now,
	       const char *about_id);
void task_add(struct db_unit *unit, const char *organisation_id, const char *task_id,
	      const char *athlete_id, const char *kind, const char *text, int64_t now);

#endif
