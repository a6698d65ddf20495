#include "reminders/store/queue.h"

#include "base/text.h"
#include "reminders/store/programme.h"
#include "reminders/store/zone.h"
#include "reminders_sql.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static struct status out_of_memory(void)
{
	return status_error(STATUS_RESOURCE_EXHAUSTED, "a batch of messages takes too much memory");
}

FIBER struct status queue_outlook(struct db *db, struct arena *arena, bool safety,
				  struct queue_waiting **ret_waiting, size_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, NULL);
	DB_ADD(unit, &SQL_LANES_OUTLOOK, db_from_bool(safety));
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
		waiting[i].safety = safety;
		waiting[i].due_at = db_instant(result, i, 1);
	}
	*ret_waiting = waiting;
	*ret_count = count;
	return status_ok();
}

enum whether_visit queue_visit_from_state(const char *state)
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
	CLAIM_PLACE,
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
	CLAIM_LANGUAGE,
};

static bool decode_message(const struct db_result *result, size_t row, int64_t now,
			   struct queue_message *message)
{
	*message = (struct queue_message){
		.place = db_text(result, row, CLAIM_PLACE),
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
		.language = db_text(result, row, CLAIM_LANGUAGE),
	};
	message->facts = (struct whether_facts){
		.now = now,
		.planned_at = db_instant(result, row, CLAIM_PLANNED_AT),
		.stale_at = db_instant(result, row, CLAIM_STALE_AT),
		.visit = queue_visit_from_state(db_text(result, row, CLAIM_VISIT_STATE)),
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

FIBER struct status queue_claim(struct db *db, struct arena *arena,
				const struct queue_waiting *waiting, int64_t now,
				const struct queue_limits *limits, struct queue_batch *ret_batch)
{
	const char *at = db_from_instant(arena, now);
	struct queue_batch batch = {
		.organisation_id = waiting->organisation_id,
		.lease_id = text_uuid7_new(arena),
	};
	struct db_unit *unit = db_unit_new(arena, batch.organisation_id);
	size_t lease = DB_ADD(unit, &SQL_LANES_LEASE, batch.organisation_id, at, batch.lease_id,
			      db_from_int(arena, limits->lease_us), db_from_bool(waiting->safety));
	size_t claim = DB_ADD(unit, &SQL_MESSAGES_CLAIM, batch.organisation_id, at,
			      db_from_int(arena, (int64_t)limits->most), batch.lease_id);
	size_t programme = programme_ask(unit, batch.organisation_id, now, 0);
	struct status status = db_run(db, unit);
	if (status_is_ok(status))
		status = programme_take(unit, programme, arena, &batch.programme, NULL);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, claim);
	size_t rows = db_result_rows(result);
	batch.lanes = db_result_affected(db_unit_result(unit, lease));
	batch.messages = ARENA_ARRAY(arena, rows + 1, struct queue_message);
	if (!batch.messages)
		return out_of_memory();
	for (size_t i = 0; i < rows; i++)
		batch.count += decode_message(result, i, now, &batch.messages[batch.count]);
	*ret_batch = batch;
	return status_ok();
}

/* The values of one parameter, in the arena. */
struct column {
	const char **values;
	size_t count;
};

/* Asserted by db_run where there is no room: the arena has refused. */
static struct column column_new(struct arena *arena, size_t most)
{
	return (struct column){ARENA_ARRAY(arena, most + 1, const char *), 0};
}

static void put(struct column *column, const char *value)
{
	if (column->values)
		column->values[column->count++] = value;
}

static const char *as_array(struct arena *arena, const struct column *column)
{
	return db_from_texts(arena, column->values, column->count);
}

enum { PLACE, ID, STATE, WHY, CHANNEL, ADDRESS, TEXT, DECIDED };
enum { WAIT_PLACE, WAIT_ID, WAIT_UNTIL, WAIT_WHY, WAITING };

static void fill(struct arena *arena, const struct queue_decision *decision,
		 struct column decided[DECIDED], struct column waits[WAITING])
{
	const struct queue_message *message = decision->message;
	bool sent = decision->kind == WHETHER_SEND;
	if (decision->kind == WHETHER_WAIT) {
		put(&waits[WAIT_PLACE], message->place);
		put(&waits[WAIT_ID], message->message_id);
		put(&waits[WAIT_UNTIL], db_from_instant(arena, decision->until));
		put(&waits[WAIT_WHY], decision->why);
		return;
	}
	put(&decided[PLACE], message->place);
	put(&decided[ID], message->message_id);
	put(&decided[STATE], sent ? "sent" : "suppressed");
	put(&decided[WHY], decision->why);
	put(&decided[CHANNEL], message->channel);
	put(&decided[ADDRESS], message->address);
	put(&decided[TEXT], sent ? decision->text : "");
}

void queue_decide(struct db_unit *unit, const struct queue_batch *batch,
		  const struct queue_decision *decisions, int64_t now)
{
	struct arena *arena = db_unit_arena(unit);
	const char *at = db_from_instant(arena, now), *arrays[DECIDED];
	struct column decided[DECIDED], waits[WAITING];
	for (size_t i = 0; i < DECIDED; i++)
		decided[i] = column_new(arena, batch->count);
	for (size_t i = 0; i < WAITING; i++)
		waits[i] = column_new(arena, batch->count);
	for (size_t i = 0; i < batch->count; i++)
		fill(arena, &decisions[i], decided, waits);
	DB_ADD(unit, &SQL_LANES_RELEASE, batch->organisation_id, batch->lease_id,
	       db_from_int(arena, (int64_t)batch->lanes));
	for (size_t i = 0; i < DECIDED; i++)
		arrays[i] = as_array(arena, &decided[i]);
	if (decided[ID].count > 0)
		DB_ADD(unit, &SQL_MESSAGES_DECIDE, batch->organisation_id, at, arrays[PLACE],
		       arrays[ID], arrays[STATE], arrays[WHY], arrays[CHANNEL], arrays[ADDRESS],
		       arrays[TEXT]);
	for (size_t i = 0; i < WAITING; i++)
		arrays[i] = as_array(arena, &waits[i]);
	if (waits[WAIT_ID].count > 0)
		DB_ADD(unit, &SQL_MESSAGES_DEFER, batch->organisation_id, at, arrays[WAIT_PLACE],
		       arrays[WAIT_ID], arrays[WAIT_UNTIL], arrays[WAIT_WHY]);
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
