#include "scheduling/handlers/series.h"

#include "base/text.h"

#include <stdlib.h>
#include <strings.h>

#define TRIES 12 /* while others are quicker */

static int by_time(const void *one, const void *other)
{
	const struct series_visit *a = one, *b = other;
	int64_t a_at = a->attempt.wanted->starts_at, b_at = b->attempt.wanted->starts_at;
	if (a_at != b_at)
		return a_at < b_at ? -1 : 1;
	return a->index < b->index ? -1 : 1;
}

struct series *series_of_call(struct call *call, Soleus__V1__BookRequest *const *visits,
			      size_t count)
{
	struct series *series = ARENA_NEW(call->arena, struct series);
	if (!series)
		return NULL;
	series->series_id = text_uuid7_new(call->arena);
	series->count = count;
	for (size_t i = 0; i < count; i++) {
		struct series_visit *visit = &series->visits[i];
		visit->index = i;
		visit->attempt = attempt_of_call(call, visits[i]);
		visit->attempt.key =
			arena_printf(call->arena, "%s#%zu", call->idempotency_key, i + 1);
	}
	qsort(series->visits, count, sizeof(series->visits[0]), by_time);
	for (size_t i = 0; i < count; i++) {
		struct attempt *attempt = &series->visits[i].attempt;
		attempt->besides = (const struct attempt *const *)series->attempts;
		attempt->beside_count = i;
		series->attempts[i] = attempt;
	}
	return series;
}

/* ---- In each other's way ---- */

static bool overlap(int64_t from, int64_t until, int64_t other_from, int64_t other_until)
{
	return from < other_until && other_from < until;
}

/* Without rooms: attempt_take_place sees to them. */
static const char *in_the_way(const struct attempt *attempt)
{
	const struct booking *own = &attempt->booking;
	for (size_t i = 0; i < attempt->beside_count; i++) {
		const struct attempt *other = attempt->besides[i];
		const struct booking *booking = &other->booking;
		if (!booking->appointment_id)
			continue;
		if (overlap(attempt->wanted->starts_at, own->ends_at, other->wanted->starts_at,
			    booking->ends_at))
			return "the athlete has another visit of the series then";
		if (strcasecmp(attempt->wanted->practitioner_id, other->wanted->practitioner_id) ==
			    0 &&
		    overlap(own->blocked_from, own->blocked_until, booking->blocked_from,
			    booking->blocked_until))
			return "taken: the practitioner is busy then with another visit of the "
			       "series";
	}
	return NULL;
}

bool series_has_room(const struct series *series, const struct series_visit *visit,
		     const Soleus__V1__Slot *slot)
{
	const struct booking_look *look = &visit->attempt.look;
	for (size_t i = 0; i < series->count; i++) {
		const struct attempt *other = series->attempts[i];
		const struct booking *booking = &other->booking;
		if (other == &visit->attempt || !booking->appointment_id)
			continue;
		if (overlap(slot->starts_at, slot->ends_at, other->wanted->starts_at,
			    booking->ends_at))
			return false;
		if (strcasecmp(slot->practitioner_id, other->wanted->practitioner_id) == 0 &&
		    overlap(slot->starts_at - look->buffer_before_us,
			    slot->ends_at + look->buffer_after_us, booking->blocked_from,
			    booking->blocked_until))
			return false;
	}
	return true;
}

/* ---- Making ---- */

/* A fault of the visit; anything else ends the call. */
static bool is_of_visit(struct status status)
{
	return status.code == STATUS_NOT_FOUND || status.code == STATUS_FAILED_PRECONDITION ||
	       status.code == STATUS_ALREADY_EXISTS;
}

/* OK with a conflict: somebody was quicker, look again. */
static FIBER struct status look(struct attempt *attempt)
{
	attempt->booking = (struct booking){0};
	attempt->conflict = false;
	struct status status = attempt_look(attempt);
	if (status_is_ok(status))
		status = attempt_allowed(attempt);
	if (!status_is_ok(status))
		return status;
	const char *why = in_the_way(attempt);
	attempt->taken = why != NULL;
	if (why)
		return status_error(STATUS_ALREADY_EXISTS, why);
	attempt->conflict = !attempt_take_place(attempt);
	return attempt->conflict ? attempt_conflict(attempt) : status;
}

typedef FIBER struct status asked_of_each(struct attempt *attempt);

/* What `ask` says of each visit that has no fault becomes its fault; other failures end it. */
static FIBER struct status ask_each(struct series *series, asked_of_each *ask, bool *ret_faulty,
				    bool *ret_conflict)
{
	bool faulty = false, conflict = false;
	for (size_t i = 0; i < series->count; i++) {
		struct series_visit *visit = &series->visits[i];
		if (status_is_ok(visit->fault))
			visit->fault = ask(&visit->attempt);
		if (!status_is_ok(visit->fault) && !is_of_visit(visit->fault))
			return visit->fault;
		faulty |= !status_is_ok(visit->fault);
		conflict |= visit->attempt.conflict;
	}
	*ret_faulty = faulty;
	*ret_conflict = conflict;
	return status_ok();
}

/* One round; OK without conflict: written, or visits are faulty. */
static FIBER struct status try_once(struct series *series, series_write *write, void *argument,
				    bool *ret_faulty, bool *ret_conflict)
{
	const struct db_unit *unit = NULL;
	struct status status = ask_each(series, look, ret_faulty, ret_conflict);
	/* Who is busy is seen by writing alone: of the others it is asked, so that all is told. */
	if (status_is_ok(status) && *ret_faulty)
		return ask_each(series, attempt_conflict, ret_faulty, ret_conflict);
	if (!status_is_ok(status) || *ret_conflict)
		return status;
	for (size_t i = 0; i < series->count; i++)
		series->attempts[i]->booking.series_id = series->series_id;
	status = write(series, argument, &unit);
	for (size_t i = 0; i < series->count; i++)
		attempt_written(series->attempts[i], unit, status);
	if (!series->attempts[0]->conflict)
		return status;
	status = ask_each(series, attempt_conflict, ret_faulty, ret_conflict);
	*ret_conflict = true;
	return status;
}

/* The faults as one; the code that comes first here counts. */
static struct status fault_of(const struct series *series)
{
	static const enum status_code codes[] = {STATUS_NOT_FOUND, STATUS_ALREADY_EXISTS,
						 STATUS_FAILED_PRECONDITION};
	struct arena *arena = series->attempts[0]->arena;
	const char *all = "";
	size_t first = 2;
	for (size_t i = 0; i < series->count; i++) {
		const struct series_visit *visit = &series->visits[i];
		if (status_is_ok(visit->fault))
			continue;
		for (size_t code = 0; code < first; code++)
			if (visit->fault.code == codes[code])
				first = code;
		all = arena_printf(arena, "%s; visits[%zu]: %s", all, visit->index,
				   visit->fault.message);
	}
	return status_errorf(arena, codes[first], "none was booked%s", all);
}

FIBER struct status series_make(struct series *series, series_write *write, void *argument)
{
	bool faulty = false, conflict = true;
	struct status status = status_ok();
	for (unsigned tries = 0; status_is_ok(status) && !faulty && conflict && tries < TRIES;
	     tries++)
		status = try_once(series, write, argument, &faulty, &conflict);
	if (!status_is_ok(status))
		return status;
	if (faulty)
		return fault_of(series);
	return conflict ? status_error(STATUS_ABORTED, "many others book at the same time: repeat")
			: status;
}
