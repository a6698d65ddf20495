/* Commands: a change, its events and its idempotency key in one transaction.
 *
 * A command's unit ends with a claim of its key, which also stores the reply; ids are made by the
 * handler, so the reply is known before the database is asked. When the unit meets a key that is
 * there, all of it is undone and the stored reply is given again; the same key with another payload
 * is refused. A refused command leaves no trace: its key is free.
 *
 * A handler may refuse before it comes to command_commit (what it reads has been changed by the
 * first time): the daemon then asks for the key too (command_recall), so handlers need not.
 *
 * The key belongs to the call's organisation. A command that makes an organisation sets
 * call->organisation_id first, after it has checked that the caller may.
 *
 *     struct command *command = command_begin(call);
 *     DB_ADD(command->unit, &SQL_ROOM_INSERT, …);
 *     command_event(command, room_id, &event.base);
 *     return command_commit(command, &reply->base);
 */
#ifndef SOLEUS_EVENTS_COMMAND_H
#define SOLEUS_EVENTS_COMMAND_H

#include "bus/bus.h"
#include "db/db.h"

struct events;

struct command {
	struct call *call;
	struct db_unit *unit; /* tenant set; for the handler's statements */
	bool too_large;       /* an event that no reader could take was added */
};

/* The database of the daemon that serves `call`. */
struct db *call_db(const struct call *call);

/* A read's unit: tenant of the call, in its arena. */
struct db_unit *call_unit(const struct call *call);

struct command *command_begin(struct call *call);

/* Adds `event` to the outbox in the same transaction. `subject_id` is the record it is about.
 * occurred_at is clock_now_us(). */
void command_event(struct command *command, const char *subject_id, const ProtobufCMessage *event);

/* As command_event, with the clinic that it concerns when it is not the call's. */
void command_event_at(struct command *command, const char *subject_id, const char *clinic_id,
		      const ProtobufCMessage *event);

/* FIBER. Stores `reply` with the key and commits. On a known key `call->stored_reply` is the reply
 * of then. When the outcome is unknown (lost connection) it asks again by the key until the call's
 * deadline, so that an OK means committed and a refusal means undone (UNAVAILABLE,
 * DEADLINE_EXCEEDED and CANCELLED tell neither). A failed constraint comes back as status;
 * db_unit_constraint(command->unit) names it. Without an OK `reply` is emptied: what was not done
 * is not told; a handler may then fill it with what explains the refusal. */
FIBER struct status command_commit(struct command *command, ProtobufCMessage *reply);

/* BLAKE2b with 16 bytes of output over method and payload, in hexadecimal: what an idempotency key
 * stands for. Also used by coalesced statements, which carry claim and reply as their own
 * parameters. */
const char *command_fingerprint(const struct call *call);

/* FIBER. For coalesced statements, whose row says "replayed": loads the stored reply into
 * call->stored_reply, or refuses a key that stands for another payload. */
FIBER struct status command_replay(struct call *call);

/* FIBER. For a command that `status` refused: when its key is stored, this was an earlier success
 * asked for again, and OK with call->stored_reply comes back (or the refusal of a key that stands
 * for another payload); else `status`. The daemon calls it for every refused command. */
FIBER struct status command_recall(struct call *call, struct status status);

/* Tells the publisher that something was committed (command_commit does it itself). */
void command_committed(const struct call *call);

#endif
