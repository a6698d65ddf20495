#include "reminders/store/queue.h"

#include "reminders/store/zone.h"
#include "reminders_sql.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static struct status out_of_memory(void)
{
	return status_error(STATUS_RESOURCE_EXHAUSTED, "a batch of messages takes too much memory");
}

FIBER struct status queue_outlook(struct db *db, struct arena *arena,
				  struct queue_waiting **ret_waiting, size_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, NULL);
	DB_ADD0(unit, &SQL_MESSAGES_OUTLOOK);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, 0);
	size_t count = db_result_rows(result);
	struct queue_waiting *waiting = ARENA_ARRAY(arena, count + 1, struct queue_waiting);
	if (!waiting)
		return out_of_memory();
	for (size_t i = 0; i < count; i++) {
		waiting[i].organisation_id = db_text(result, i, 0);
		waiting[i].due_at = db_instant(result, i, 1);
	}
	*ret_waiting = waiting;
	*ret_count = count;
	return status_ok();
}

static enum whether_visit visit_from_state(const char *state)
{
	if (strcmp(state, "booked") == 0)
		return WHETHER_VISIT_BOOKED;
	if (strcmp(state, "offered") == 0)
		return WHETHER_VISIT_OFFERED;
	if (strcmp(state, "cancelled") == 0)
		return WHETHER_VISIT_CANCELLED;
	if (strcmp(state, "moved") == 0)
		return WHETHER_VISIT_MOVED;
	if (strcmp(state, "no_show") == 0)
		return WHETHER_VISIT_MISSED;
	return *state ? WHETHER_VISIT_BEGUN : WHETHER_VISIT_UNKNOWN;
}

/* The columns of messages_claim.sql, in their order. */
enum claim_column {
	CLAIM_MESSAGE,
	CLAIM_ATHLETE,
	CLAIM_CLINIC,
	CLAIM_PURPOSE,
	CLAIM_CONSENT,
	CLAIM_RULE,
	CLAIM_STEP,
	CLAIM_STEPS,
	CLAIM_PLANNED_AT,
	CLAIM_DUE_AT,
	CLAIM_STALE_AT,
	CLAIM_TEXT,
	CLAIM_VISIT_STATE,
	CLAIM_VISIT_WHEN,
	CLAIM_STALE_WHEN,
	CLAIM_CLINIC_NAME,
	CLAIM_HAS_GUARDIAN,
	CLAIM_HAS_CONSENT,
	CLAIM_CHANNEL,
	CLAIM_ADDRESS,
	CLAIM_OPTED_OUT,
	CLAIM_OFFSET_SECONDS,
};

static bool decode_message(const struct db_result *result, size_t row, int64_t now,
			   struct queue_message *message)
{
	*message = (struct queue_message){
		.message_id = db_text(result, row, CLAIM_MESSAGE),
		.athlete_id = db_text(result, row, CLAIM_ATHLETE),
		.clinic_id = db_text(result, row, CLAIM_CLINIC),
		.rule = db_text(result, row, CLAIM_RULE),
		.step = (int32_t)db_int(result, row, CLAIM_STEP),
		.steps = (int32_t)db_int(result, row, CLAIM_STEPS),
		.due_at = db_instant(result, row, CLAIM_DUE_AT),
		.text = db_text(result, row, CLAIM_TEXT),
		.visit_when = db_text(result, row, CLAIM_VISIT_WHEN),
		.stale_when = db_text(result, row, CLAIM_STALE_WHEN),
		.clinic_name = db_text(result, row, CLAIM_CLINIC_NAME),
		.consent = db_text(result, row, CLAIM_CONSENT),
		.has_guardian = db_bool(result, row, CLAIM_HAS_GUARDIAN),
		.channel = db_text(result, row, CLAIM_CHANNEL),
		.address = db_text(result, row, CLAIM_ADDRESS),
		.offset_seconds = (int32_t)db_int(result, row, CLAIM_OFFSET_SECONDS),
	};
	message->facts = (struct whether_facts){
		.now = now,
		.planned_at = db_instant(result, row, CLAIM_PLANNED_AT),
		.stale_at = db_instant(result, row, CLAIM_STALE_AT),
		.visit = visit_from_state(db_text(result, row, CLAIM_VISIT_STATE)),
		.is_reply = strcmp(message->consent, "reply") == 0,
		.has_consent = db_bool(result, row, CLAIM_HAS_CONSENT),
		.has_address = *message->address != '\0',
		.opted_out = db_bool(result, row, CLAIM_OPTED_OUT),
		.zone = zone_fixed(&message->offset_seconds),
	};
	if (!message_purpose_find(db_text(result, row, CLAIM_PURPOSE), &message->purpose))
		return false;
	message->facts.purpose = message->purpose;
	return true;
}

FIBER struct status queue_claim(struct db *db, struct arena *arena, const char *organisation_id,
				int64_t now, const char *lease_id,
				struct queue_message **ret_messages, size_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	DB_ADD(unit, &SQL_MESSAGES_CLAIM, organisation_id, db_from_instant(arena, now),
	       db_from_int(arena, QUEUE_BATCH), lease_id, db_from_int(arena, QUEUE_LEASE_US));
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, 0);
	size_t rows = db_result_rows(result), count = 0;
	struct queue_message *messages = ARENA_ARRAY(arena, rows + 1, struct queue_message);
	if (!messages)
		return out_of_memory();
	for (size_t i = 0; i < rows; i++)
		count += decode_message(result, i, now, &messages[count]);
	*ret_messages = messages;
	*ret_count = count;
	return status_ok();
}

void queue_decide(struct db_unit *unit, const char *organisation_id, const char *lease_id,
		  const struct queue_decision *decisions, size_t count, int64_t now)
{
	struct arena *arena = db_unit_arena(unit);
	const char *at = db_from_instant(arena, now);
	const char *ids[QUEUE_BATCH], *states[QUEUE_BATCH], *whys[QUEUE_BATCH];
	const char *channels[QUEUE_BATCH], *addresses[QUEUE_BATCH], *texts[QUEUE_BATCH];
	const char *waiting[QUEUE_BATCH], *untils[QUEUE_BATCH], *reasons[QUEUE_BATCH];
	size_t decided = 0, waits = 0;
	assert(count <= QUEUE_BATCH);
	for (size_t i = 0; i < count; i++) {
		const struct queue_decision *decision = &decisions[i];
		bool sent = decision->kind == WHETHER_SEND;
		if (decision->kind == WHETHER_WAIT) {
			waiting[waits] = decision->message->message_id;
			untils[waits] = db_from_instant(arena, decision->until);
			reasons[waits++] = decision->why;
			continue;
		}
		ids[decided] = decision->message->message_id;
		states[decided] = sent ? "sent" : "suppressed";
		whys[decided] = decision->why;
		channels[decided] = decision->message->channel;
		addresses[decided] = decision->message->address;
		texts[decided++] = sent ? decision->text : "";
	}
	if (decided > 0)
		DB_ADD(unit, &SQL_MESSAGES_DECIDE, organisation_id, lease_id, at,
		       db_from_texts(arena, ids, decided), db_from_texts(arena, states, decided),
		       db_from_texts(arena, whys, decided), db_from_texts(arena, channels, decided),
		       db_from_texts(arena, addresses, decided),
		       db_from_texts(arena, texts, decided));
	if (waits > 0)
		DB_ADD(unit, &SQL_MESSAGES_DEFER, organisation_id, lease_id, at,
		       db_from_texts(arena, waiting, waits), db_from_texts(arena, untils, waits),
		       db_from_texts(arena, reasons, waits));
}

FIBER struct status queue_cursors(struct db *db, struct arena *arena,
				  struct queue_cursor **ret_cursors, size_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, NULL);
	DB_ADD0(unit, &SQL_CURSORS);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, 0);
	size_t count = db_result_rows(result);
	struct queue_cursor *cursors = ARENA_ARRAY(arena, count + 1, struct queue_cursor);
	if (!cursors)
		return out_of_memory();
	for (size_t i = 0; i < count; i++)
		cursors[i] = (struct queue_cursor){
			.source = db_text(result, i, 0),
			.xid = strtoull(db_text(result, i, 1), NULL, 10),
			.id = db_int(result, i, 2),
		};
	*ret_cursors = cursors;
	*ret_count = count;
	return status_ok();
}
