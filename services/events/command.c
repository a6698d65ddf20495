#include "events/command.h"

#include "events/backoff.h"
#include "events/events_inside.h"
#include "events/outbox.h"

#include "base/clock.h"
#include "base/metrics.h"
#include "events_sql.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define FINGERPRINT_BYTES 16
#define FINGERPRINT_CHARS (2 * FINGERPRINT_BYTES + 1)
#define ASK_FIRST_US      INT64_C(10000)
#define ASK_LONGEST_US    INT64_C(500000)

static struct metric replays = METRIC_COUNTER(
	"soleus_command_replays_total", "Commands answered with the stored reply of their key.");
static struct metric refused_keys = METRIC_COUNTER("soleus_command_refused_keys_total",
						   "Keys that came again with another request.");
static struct metric unknown_outcomes =
	METRIC_COUNTER("soleus_command_unknown_outcomes_total",
		       "Commits whose answer was lost; each was asked for again.");
METRICS_FROM_THE_START(&replays, &refused_keys, &unknown_outcomes)

struct db *call_db(const struct call *call)
{
	return events_db(call->context);
}

struct db_unit *call_unit(const struct call *call)
{
	return db_unit_new(call->arena, call->organisation_id);
}

/* Not from the arena: a request that filled it must not make this NULL. */
struct command *command_begin(struct call *call)
{
	struct command *command = calloc(1, sizeof(*command));
	arena_defer(call->arena, free, command);
	if (!command)
		abort(); /* as arena_defer does */
	command->call = call;
	command->unit = call_unit(call);
	return command;
}

void command_event_at(struct command *command, const char *subject_id, const char *clinic_id,
		      const ProtobufCMessage *event)
{
	const struct call *call = command->call;
	if (protobuf_c_message_get_packed_size(event) > OUTBOX_EVENT_BYTES)
		command->too_large = true;
	outbox_add(command->unit, call->organisation_id, clinic_id, subject_id, call->traceparent,
		   event);
}

void command_event(struct command *command, const char *subject_id, const ProtobufCMessage *event)
{
	command_event_at(command, subject_id, command->call->clinic_id, event);
}

void command_committed(const struct call *call)
{
	events_kick(call->context);
}

static void fingerprint(const struct call *call, char ret_text[FINGERPRINT_CHARS])
{
	unsigned char hash[FINGERPRINT_BYTES];
	crypto_generichash_state state;
	crypto_generichash_init(&state, NULL, 0, sizeof(hash));
	crypto_generichash_update(&state, (const unsigned char *)call->method,
				  strlen(call->method) + 1);
	crypto_generichash_update(&state, call->request_bytes, call->request_length);
	crypto_generichash_final(&state, hash, sizeof(hash));
	sodium_bin2hex(ret_text, FINGERPRINT_CHARS, hash, sizeof(hash));
}

const char *command_fingerprint(const struct call *call)
{
	char text[FINGERPRINT_CHARS];
	fingerprint(call, text);
	return arena_strdup(call->arena, text);
}

/* ---- What a key stands for ---- */

enum found {
	FOUND_NOTHING, /* the key is free */
	FOUND_REPLY,   /* call->stored_reply is set */
	FOUND_OTHER,   /* the key stands for another request */
};

static struct status take_stored(struct call *call, const struct db_result *rows,
				 enum found *ret_found)
{
	*ret_found = FOUND_NOTHING;
	if (db_result_rows(rows) == 0)
		return status_ok();
	char own[FINGERPRINT_CHARS];
	fingerprint(call, own);
	if (strcmp(db_text(rows, 0, db_result_column(rows, "fingerprint")), own) != 0) {
		metric_add(&refused_keys, 1);
		*ret_found = FOUND_OTHER;
		return status_ok();
	}
	size_t length = 0;
	const uint8_t *reply =
		db_bytes(rows, 0, db_result_column(rows, "reply"), call->arena, &length);
	if (!reply)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the stored reply");
	call->stored_reply = reply;
	call->stored_reply_length = length;
	metric_add(&replays, 1);
	*ret_found = FOUND_REPLY;
	return status_ok();
}

static bool is_draining(const struct call *call)
{
	const struct events *events = call->context;
	return loop_is_stopping(events->loop);
}

/* Asks until the database answers, the call's deadline passes or the daemon drains, which must not
 * wait for a database that is away: the client asks again. */
static FIBER struct status find_key(struct call *call, enum found *ret_found)
{
	struct backoff backoff = {ASK_FIRST_US, ASK_LONGEST_US, 0};
	for (;;) {
		struct db_unit *unit = call_unit(call);
		DB_ADD(unit, &SQL_IDEMPOTENCY_FIND, call->organisation_id, call->idempotency_key);
		struct status status = db_run(call_db(call), unit);
		if (status_is_ok(status))
			return take_stored(call, db_unit_result(unit, 0), ret_found);
		int64_t wait_us = backoff_next(&backoff);
		if (status.code != STATUS_UNAVAILABLE || is_draining(call) ||
		    clock_monotonic_us() + wait_us >= call->deadline_us)
			return status;
		fiber_sleep_us(wait_us);
	}
}

/* What the handler wrote for a success must not go out with a refusal. */
static void forget(ProtobufCMessage *reply)
{
	if (reply)
		protobuf_c_message_init(reply->descriptor, reply);
}

static struct status refuse_key(struct call *call)
{
	forget(call->reply);
	struct faults faults = {0};
	faults_add(&faults, call->arena, "idempotency_key",
		   "a key that was not used for another request");
	return faults_status(&faults);
}

/* `otherwise` when the key is free. */
static FIBER struct status answer_by_key(struct call *call, struct status otherwise)
{
	enum found found;
	struct status status = find_key(call, &found);
	if (!status_is_ok(status) || found == FOUND_REPLY)
		return status;
	return found == FOUND_OTHER ? refuse_key(call) : otherwise;
}

static bool has_key(const struct call *call)
{
	return call->organisation_id[0] && call->idempotency_key[0];
}

struct status command_replay(struct call *call)
{
	return answer_by_key(call, status_error(STATUS_ABORTED, "the key was freed meanwhile"));
}

/* The client asks again after these with the same key, or no first time could have got past. */
static bool is_final(enum status_code code)
{
	switch (code) {
	case STATUS_OK:
	case STATUS_CANCELLED:
	case STATUS_DEADLINE_EXCEEDED:
	case STATUS_PERMISSION_DENIED:
	case STATUS_RESOURCE_EXHAUSTED:
	case STATUS_UNAVAILABLE:
	case STATUS_UNAUTHENTICATED:
		return false;
	default:
		return true;
	}
}

struct status command_recall(struct call *call, struct status status)
{
	if (!has_key(call) || !is_final(status.code) || call->stored_reply)
		return status;
	return answer_by_key(call, status);
}

/* ---- Commit ---- */

static struct status check(struct command *command)
{
	struct call *call = command->call;
	struct faults faults = {0};
	if (!call->organisation_id[0])
		faults_add(&faults, call->arena, "organisation_id",
			   "the organisation's id: the caller belongs to none");
	if (!call->idempotency_key[0])
		faults_add(&faults, call->arena, "idempotency_key", "1 to 64 characters");
	if (command->too_large)
		faults_add(&faults, call->arena, "", "a request of at most 512 KiB");
	return faults_status(&faults);
}

static struct status add_claim(struct command *command, const ProtobufCMessage *reply)
{
	struct call *call = command->call;
	size_t length = 0;
	const char *own = command_fingerprint(call);
	const uint8_t *bytes = message_encode(reply, call->arena, &length);
	const char *value = bytes ? db_from_bytes(call->arena, bytes, length) : NULL;
	if (!own || !value)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the reply");
	DB_ADD(command->unit, &SQL_IDEMPOTENCY_CLAIM, call->organisation_id, call->idempotency_key,
	       own, value, db_from_instant(call->arena, clock_now_us()));
	return status_ok();
}

/* After a lost answer. The key decides: stored, it was done. Not stored, it was undone, or the
 * server has not come to it yet; to run the unit again is safe either way, for only one claim of
 * the key can commit. True when it is to be run again. */
static FIBER bool is_to_run_again(struct call *call, struct status *status)
{
	enum found found;
	metric_add(&unknown_outcomes, 1);
	struct status asked = find_key(call, &found);
	if (status_is_ok(asked) && found == FOUND_NOTHING)
		return clock_monotonic_us() < call->deadline_us;
	if (status_is_ok(asked))
		*status = found == FOUND_REPLY ? asked : refuse_key(call);
	return false;
}

static FIBER struct status commit(struct command *command, const ProtobufCMessage *reply)
{
	struct call *call = command->call;
	struct status status = check(command);
	if (status_is_ok(status))
		status = add_claim(command, reply);
	if (!status_is_ok(status))
		return status;
	do {
		status = db_run(call_db(call), command->unit);
	} while (!status_is_ok(status) && db_unit_outcome_unknown(command->unit) &&
		 is_to_run_again(call, &status));
	if (status_is_ok(status))
		command_committed(call);
	else if (db_unit_sqlstate(command->unit)[0])
		status = answer_by_key(call, status);
	return status;
}

struct status command_commit(struct command *command, ProtobufCMessage *reply)
{
	struct status status = commit(command, reply);
	if (!status_is_ok(status))
		forget(reply);
	return status;
}
