#include "reminders/store/inbound.h"

#include "base/clock.h"
#include "reminders/rules/whether.h"
#include "reminders_sql.h"

#define INBOUND_REPLY_STALE_US CLOCK_HOUR_US

static bool decode_senders(struct arena *arena, const struct db_result *result,
			   struct inbound_known *known)
{
	size_t count = db_result_rows(result);
	struct inbound_sender *senders = ARENA_ARRAY(arena, count + 1, struct inbound_sender);
	struct understand_sender *facts = ARENA_ARRAY(arena, count + 1, struct understand_sender);
	if (!senders || !facts)
		return false;
	for (size_t i = 0; i < count; i++) {
		senders[i] = (struct inbound_sender){
			.athlete_id = db_text(result, i, 0),
			.clinic_id = db_text(result, i, 1),
			.clinic_name = db_text(result, i, 2),
		};
		facts[i] = (struct understand_sender){
			.athlete_id = senders[i].athlete_id,
			.has_coming_visit = db_bool(result, i, 3),
		};
	}
	known->senders = senders;
	known->facts.senders = facts;
	known->facts.sender_count = count;
	return true;
}

static bool decode_questions(struct arena *arena, const struct db_result *result,
			     struct inbound_known *known)
{
	size_t rows = db_result_rows(result), count = 0;
	struct inbound_question *questions = ARENA_ARRAY(arena, rows + 1, struct inbound_question);
	struct understand_question *facts =
		ARENA_ARRAY(arena, rows + 1, struct understand_question);
	if (!questions || !facts)
		return false;
	for (size_t i = 0; i < rows; i++) {
		if (!message_purpose_find(db_text(result, i, 5), &facts[count].purpose))
			continue;
		facts[count].athlete_id = db_text(result, i, 1);
		facts[count].has_ended = !db_bool(result, i, 8);
		facts[count].has_answer = db_bool(result, i, 10);
		facts[count].appointment_id = db_text(result, i, 3);
		facts[count].sent_at = db_instant(result, i, 6);
		questions[count++] = (struct inbound_question){
			.message_id = db_text(result, i, 0),
			.clinic_id = db_text(result, i, 2),
			.appointment_id = db_text(result, i, 3),
			.encounter_id = db_text(result, i, 4),
			.sent_at = db_instant(result, i, 6),
			.areas = db_text(result, i, 7),
			.record_id = db_text(result, i, 9),
			.visit_starts_at =
				db_is_null(result, i, 11) ? 0 : db_instant(result, i, 11),
			.visit_when = db_text(result, i, 12),
		};
	}
	known->questions = questions;
	known->facts.questions = facts;
	known->facts.question_count = count;
	return true;
}

static bool decode_alerts(struct arena *arena, const struct db_result *result,
			  struct inbound_known *known)
{
	size_t count = db_result_rows(result);
	struct inbound_alert *alerts = ARENA_ARRAY(arena, count + 1, struct inbound_alert);
	for (size_t i = 0; alerts && i < count; i++)
		alerts[i] = (struct inbound_alert){db_text(result, i, 0), db_text(result, i, 1),
						   db_text(result, i, 2)};
	known->alerts = alerts;
	known->alert_count = count;
	known->facts.has_alert = count > 0;
	return alerts != NULL;
}

static void read_seen(const struct db_result *seen, struct inbound_known *known)
{
	if (db_result_rows(seen) == 0)
		return;
	known->seen = true;
	known->understood_as = db_text(seen, 0, 0);
	known->reply_text = db_text(seen, 0, 1);
}

static bool read_opted_out(const struct db_result *out)
{
	return db_result_rows(out) > 0 && db_bool(out, 0, 0);
}

static struct status out_of_memory(void)
{
	return status_error(STATUS_RESOURCE_EXHAUSTED, "the text takes too much memory");
}

/* Whoever has the address, and all that they were asked. */
static FIBER struct status read_by_address(struct db *db, struct arena *arena,
					   const struct inbound_key *key, int64_t now,
					   struct inbound_known *known)
{
	const char *organisation_id = key->organisation_id;
	const char *at = db_from_instant(arena, now);
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	size_t found = DB_ADD(unit, &SQL_INBOUND_FIND, organisation_id, key->channel,
			      key->provider_message_id);
	size_t opted = DB_ADD(unit, &SQL_OPT_OUT_FIND, organisation_id, key->address);
	size_t senders = DB_ADD(unit, &SQL_SENDERS_FIND, organisation_id, key->address, at);
	size_t questions = DB_ADD(unit, &SQL_QUESTIONS_OPEN, organisation_id, key->address, at,
				  db_from_instant(arena, now - INBOUND_QUESTION_OPEN_US));
	size_t alerts = DB_ADD(unit, &SQL_ALERTS_TOLD_TO, organisation_id, key->address);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	read_seen(db_unit_result(unit, found), known);
	known->facts.opted_out = read_opted_out(db_unit_result(unit, opted));
	known->reply_channel = key->channel;
	known->reply_address = key->address;
	if (!decode_senders(arena, db_unit_result(unit, senders), known) ||
	    !decode_questions(arena, db_unit_result(unit, questions), known) ||
	    !decode_alerts(arena, db_unit_result(unit, alerts), known))
		return out_of_memory();
	return status;
}

/* One message, whose it is, and where it went. */
static FIBER struct status read_by_message(struct db *db, struct arena *arena,
					   const struct inbound_key *key, int64_t now,
					   struct inbound_known *known)
{
	const char *organisation_id = key->organisation_id;
	const char *at = db_from_instant(arena, now);
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	size_t found = DB_ADD(unit, &SQL_INBOUND_FIND, organisation_id, key->channel,
			      key->provider_message_id);
	size_t sender = DB_ADD(unit, &SQL_SENDER_OF_MESSAGE, organisation_id, key->message_id, at);
	size_t question = DB_ADD(unit, &SQL_QUESTION_OF_MESSAGE, organisation_id, key->message_id,
				 at, db_from_instant(arena, now - INBOUND_QUESTION_OPEN_US));
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *who = db_unit_result(unit, sender);
	if (db_result_rows(who) == 0)
		return status_error(STATUS_NOT_FOUND, "there is no such message");
	read_seen(db_unit_result(unit, found), known);
	known->reply_channel = db_text(who, 0, 4);
	known->reply_address = db_text(who, 0, 5);
	known->facts.opted_out = db_bool(who, 0, 6);
	if (!decode_senders(arena, who, known) ||
	    !decode_questions(arena, db_unit_result(unit, question), known))
		return out_of_memory();
	return status;
}

FIBER struct status inbound_read(struct db *db, struct arena *arena, const struct inbound_key *key,
				 int64_t now, struct inbound_known *ret_known)
{
	struct inbound_known known = {0};
	struct status status = *key->message_id ? read_by_message(db, arena, key, now, &known)
						: read_by_address(db, arena, key, now, &known);
	if (status_is_ok(status))
		*ret_known = known;
	return status;
}

void inbound_add(struct db_unit *unit, const struct inbound_text *text)
{
	DB_ADD(unit, &SQL_INBOUND_ADD, text->key.organisation_id, text->key.channel,
	       text->key.provider_message_id, text->inbound_id, text->address,
	       db_id(text->athlete_id), text->text,
	       db_from_instant(db_unit_arena(unit), text->received_at), text->understood_as,
	       text->reply_text);
}

void inbound_reply_plan(struct db_unit *unit, const char *organisation_id,
			const struct inbound_reply *reply)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_REPLY_PLAN, organisation_id, reply->message_id, db_id(reply->athlete_id),
	       db_id(reply->clinic_id), message_purpose_name(reply->purpose),
	       message_purpose_rule(reply->purpose),
	       db_from_int(arena, message_purpose_priority(reply->purpose)),
	       db_from_instant(arena, reply->now),
	       db_from_instant(arena, reply->now + INBOUND_REPLY_STALE_US), reply->channel,
	       reply->address, reply->text);
}

void inbound_opt(struct db_unit *unit, const char *organisation_id, const char *address, bool out,
		 int64_t now)
{
	const char *at = db_from_instant(db_unit_arena(unit), now);
	DB_ADD(unit, &SQL_OPT_OUT_PUT, organisation_id, address, db_from_bool(out), at);
	if (!out) {
		DB_ADD(unit, &SQL_MESSAGES_RESTORE, organisation_id, address, at, WHETHER_OPTED_OUT,
		       NULL, "the number has opted in");
		return;
	}
	const char *purposes[MESSAGE_PURPOSES], *tasks[MESSAGE_PURPOSES];
	size_t count = 0;
	for (int purpose = 0; purpose < MESSAGE_PURPOSES; purpose++) {
		tasks[count] = whether_task((enum message_purpose)purpose, false);
		if (tasks[count])
			purposes[count++] = message_purpose_name((enum message_purpose)purpose);
	}
	DB_ADD(unit, &SQL_MESSAGES_SUPPRESS_ADDRESS, organisation_id, address, at,
	       WHETHER_OPTED_OUT, db_from_texts(db_unit_arena(unit), tasks, count),
	       db_from_texts(db_unit_arena(unit), purposes, count));
}

void inbound_parted(struct db_unit *unit, const char *organisation_id, const char *survivor_id,
		    const char *merged_id, int64_t now)
{
	struct arena *arena = db_unit_arena(unit);
	const char *const ids[] = {survivor_id, merged_id};
	DB_ADD(unit, &SQL_MESSAGES_RESTORE, organisation_id, NULL, db_from_instant(arena, now),
	       WHETHER_OPTED_OUT, db_from_texts(arena, ids, 2), "the records were parted");
}

void inbound_answer(struct db_unit *unit, const char *organisation_id, const char *message_id,
		    const char *answer, int64_t now)
{
	DB_ADD(unit, &SQL_MESSAGE_ANSWER, organisation_id, message_id, answer,
	       db_from_instant(db_unit_arena(unit), now));
}

FIBER struct status offer_answer_read(struct db *db, struct arena *arena,
				      const char *organisation_id, const char *athlete_id,
				      const char *appointment_id, int64_t offered_at,
				      const char **ret_answer)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	size_t index = DB_ADD(unit, &SQL_OFFER_ANSWER, organisation_id, athlete_id, appointment_id,
			      db_from_instant(arena, offered_at));
	struct status status = db_run(db, unit);
	if (status_is_ok(status) && db_result_rows(db_unit_result(unit, index)) > 0)
		*ret_answer = db_text(db_unit_result(unit, index), 0, 0);
	return status;
}

void alert_add(struct db_unit *unit, const char *organisation_id, const char *alert_id,
	       const char *athlete_id, const char *clinic_id, const char *reason, int64_t now,
	       const char *about_id)
{
	DB_ADD(unit, &SQL_ALERT_ADD, organisation_id, alert_id, db_id(athlete_id), db_id(clinic_id),
	       reason, db_from_instant(db_unit_arena(unit), now), db_id(about_id));
}

void task_add(struct db_unit *unit, const char *organisation_id, const char *task_id,
	      const char *athlete_id, const char *kind, const char *text, int64_t now)
{
	DB_ADD(unit, &SQL_TASK_ADD, organisation_id, task_id, db_id(athlete_id), kind, text,
	       db_from_instant(db_unit_arena(unit), now));
}
