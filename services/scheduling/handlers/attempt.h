/* One attempt to take a time, the same whoever makes it: Book, Hold, a visit of a series, a move,
 * an offer of the waitlist.
 *
 *     look → refusals → grade → a room and a place in it → write
 *
 * attempt_make goes all the way, again while others are quicker, until it is written or somebody
 * is busy. Who writes several at once (a series) goes step by step: attempt_look, attempt_allowed
 * and attempt_take_place for each, then one unit with attempt_add_locks of all, then
 * attempt_add_checks and attempt_add_booking of each in turn; and attempt_conflict for each when
 * that failed.
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
#include "scheduling/rules/refusal.h"
#include "scheduling/rules/timing.h"
#include "scheduling/store/appointment.h"
#include "scheduling/store/booking.h"

#include "soleus/v1/scheduling.pb-c.h"

struct attempt {
	/* Who wants what. attempt_of_call sets it; a worker sets it by hand. */
	struct events *events;
	struct arena *arena;
	const char *organisation_id;
	const char *by;       /* a principal's name */
	bool by_staff;        /* may override, with a reason */
	const char *key;      /* one books once: of the command, or the writer's own */
	const char *moves;    /* the appointment to be moved: not in its own way; "": none */
	const char *stays_in; /* the room it has, taken where it is free; "": none */
	bool late;            /* to be moved, behind its cut-off */
	int64_t cutoff_us;
	const Soleus__V1__BookRequest *wanted;
	/* Earlier visits of the same series, written in the same unit: they count in visit plans.
	 */
	const struct attempt *const *besides;
	size_t beside_count;
	int64_t now_us;

	/* attempt_look has found it. */
	struct booking_asked asked;
	struct booking_look look;
	struct timing_result timing;
	struct refusal_facts facts;
	unsigned refusals; /* a set, as refusal_find has it */
	/* All of the appointment: what is overridden by attempt_allowed, where by
	 * attempt_take_place. The writer adds state, hold_expires_at and series_id, and what the
	 * fast path stores. */
	struct booking booking;

	/* How it ended. */
	bool conflict; /* attempt_written: taken, or changed since the look; nothing is written */
	bool taken;    /* attempt_conflict: somebody is busy */
	bool athlete_is_busy; /* it is the athlete */
};

/* The fields of a request, named with `prefix` ("", "booking.") before them. */
void attempt_check(struct check *check, const char *prefix, const Soleus__V1__BookRequest *wanted,
		   int64_t now_us);

/* The same for the time alone. */
void attempt_check_time(struct check *check, const char *field, int64_t starts_at, int64_t now_us);

struct attempt attempt_of_call(struct call *call, const Soleus__V1__BookRequest *wanted);

/* FIBER. Writes attempt->booking, its events and whatever belongs to them, in one transaction, and
 * returns attempt_written's (or sets attempt->conflict by itself). */
typedef FIBER struct status attempt_write(struct attempt *attempt, void *argument);

/* FIBER. NOT_FOUND; FAILED_PRECONDITION with all that refuses it; ALREADY_EXISTS: who is busy. */
FIBER struct status attempt_make(struct attempt *attempt, attempt_write *write, void *argument);

/* ---- Step by step ---- */

/* FIBER. Reads and grades; NOT_FOUND for what the organisation does not have, FAILED_PRECONDITION
 * for a visit in the past. */
FIBER struct status attempt_look(struct attempt *attempt);

/* All refusals and the warning of T1 at once, but for those that staff override with a reason,
 * which are kept in attempt->booking. */
struct status attempt_allowed(struct attempt *attempt);

/* A free place in a room that suits as well as any; false when there is none. */
bool attempt_take_place(struct attempt *attempt);

/* Nothing is overridden and no limit is to be kept in a unit: booking_insert will do. */
bool attempt_may_go_alone(const struct attempt *attempt);

/* First in a unit that writes attempts: locks practitioners, rooms and athletes, in one order, so
 * that units that want the same wait for each other instead of ending in deadlocks. */
void attempt_add_locks(struct db_unit *unit, struct attempt *const *attempts, size_t count);

/* Before its appointment in the unit that writes it. Where limits hold that no constraint keeps
 * (visit plans, the way between clinics) it locks what they are counted over, and fails the unit
 * when they are reached meanwhile; else it adds nothing. */
void attempt_add_checks(const struct attempt *attempt, struct db_unit *unit);

/* Adds attempt->booking as a new appointment. The unit fails on what is taken. */
void attempt_add_booking(const struct attempt *attempt, struct db_unit *unit);

/* `status` of a unit that wrote; sets attempt->conflict when it failed because something is taken
 * or has changed. */
struct status attempt_written(struct attempt *attempt, const struct db_unit *unit,
			      struct status status);

/* FIBER. After a conflict: ALREADY_EXISTS with who is busy, else OK: nobody is (now), look again.
 * Ends holds whose time is over, so that none stands in the way. */
FIBER struct status attempt_conflict(struct attempt *attempt);

/* The appointment as it is then, for events and replies. */
struct appointment_row attempt_row(const struct attempt *attempt);

/* Names of what refuses it, and is not overridden. */
char **attempt_refusals(const struct attempt *attempt, size_t *ret_count);

void attempt_reply(const struct attempt *attempt, Soleus__V1__BookReply *reply);

#endif
