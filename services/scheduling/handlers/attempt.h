/* One attempt to take a time, the same whoever makes it: Book, Hold, a visit of a series, a move,
 * an offer of the waitlist.
 *
 *     look → refusals → grade → a room and a place in it → write
 *
 * attempt_make goes all the way: it calls `write` for one free place after the other until it is
 * written or somebody is busy. Who writes several at once (a series) goes step by step:
 * attempt_look and attempt_allowed for each, attempt_take_place, then attempt_add_checks and the
 * statements of all in one unit, and attempt_conflict for each when that unit failed.
 *
 *     struct attempt attempt = attempt_of_call(call, request);
 *     struct status status = attempt_make(&attempt, write, &mine);
 *     attempt_reply(&attempt, reply);        // grade, reasons, reviews, refusals
 *     if (attempt.taken) …                   // ALREADY_EXISTS: alternatives may help
 */
#ifndef SOLEUS_SCHEDULING_HANDLERS_ATTEMPT_H
#define SOLEUS_SCHEDULING_HANDLERS_ATTEMPT_H

#include "events/command.h"
#include "events/events.h"
#include "scheduling/handlers/check.h"
#include "scheduling/rules/timing.h"
#include "scheduling/store/appointment.h"
#include "scheduling/store/booking.h"

#include "soleus/v1/scheduling.pb-c.h"

struct attempt {
	/* Who wants what. attempt_of_call sets it; a worker sets it by hand. */
	struct events *events;
	struct arena *arena;
	const char *organisation_id;
	const char *by;  /* a principal's name */
	bool by_staff;   /* may override, with a reason */
	const char *key; /* one books once: of the command, or the writer's own */
	const char
		*moves; /* the appointment that is moved and so is not in its own way; "": none */
	const Soleus__V1__BookRequest *wanted;
	int64_t now_us;

	/* attempt_look has found it. */
	struct booking_asked asked;
	struct booking_look look;
	struct timing_result timing;
	/* All of the appointment: what is overridden by attempt_allowed, where by
	 * attempt_take_place. The writer adds state, hold_expires_at and series_id, and what the
	 * fast path stores. */
	struct booking booking;

	/* How a write ended: attempt_written sets it. */
	bool conflict; /* something is taken, or has changed since it was looked at: nothing written
			*/
	bool taken;    /* attempt_make or attempt_conflict: the refusal is that somebody is busy */
};

/* The fields of a request, named with `prefix` ("", "booking.") before them. */
void attempt_check(struct check *check, const char *prefix, const Soleus__V1__BookRequest *wanted,
		   int64_t now_us);

struct attempt attempt_of_call(struct call *call, const Soleus__V1__BookRequest *wanted);

/* FIBER. Writes attempt->booking, its events and whatever belongs to them, in one transaction, and
 * returns attempt_written's (or sets attempt->conflict by itself). */
typedef FIBER struct status attempt_write(struct attempt *attempt, void *argument);

/* FIBER. NOT_FOUND, FAILED_PRECONDITION with all that refuses it, ALREADY_EXISTS with who is busy.
 */
FIBER struct status attempt_make(struct attempt *attempt, attempt_write *write, void *argument);

/* ---- Step by step ---- */

/* FIBER. Reads and grades; NOT_FOUND for what the organisation does not have, FAILED_PRECONDITION
 * for a visit in the past. */
FIBER struct status attempt_look(struct attempt *attempt);

/* All refusals and the warning of T1 at once, but for those that staff override with a reason,
 * which are kept in attempt->booking. */
struct status attempt_allowed(struct attempt *attempt);

/* The next free place; false when there is none (any more). */
bool attempt_take_place(struct attempt *attempt);

/* First of a unit that writes: when limits are to be kept that no constraint keeps (visit plans,
 * the way between clinics), locks what they are counted over, and fails the unit when they are not
 * as they were looked at. Else adds nothing. */
void attempt_add_checks(const struct attempt *attempt, struct db_unit *unit);

/* Adds attempt->booking as a new appointment. The unit fails on what is taken. */
void attempt_add_booking(const struct attempt *attempt, struct db_unit *unit);

/* `status` of a unit that wrote; sets attempt->conflict when it failed because something is taken
 * or has changed. */
struct status attempt_written(struct attempt *attempt, const struct db_unit *unit,
			      struct status status);

/* FIBER. After a conflict: ALREADY_EXISTS with who is busy, else OK: nobody (now), try again. Ends
 * the dead holds that it meets. */
FIBER struct status attempt_conflict(struct attempt *attempt);

/* The appointment as it would be now, for events and replies. */
struct appointment_row attempt_row(const struct attempt *attempt);

void attempt_reply(const struct attempt *attempt, Soleus__V1__BookReply *reply);

#endif
