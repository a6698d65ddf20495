#include "scheduling/handlers/waitlist_offer.h"

#include "scheduling/handlers/attempt.h"
#include "scheduling/handlers/hold_expiry.h"
#include "scheduling/handlers/messages.h"
#include "scheduling/handlers/waitlist.h"
#include "scheduling/handlers/waitlist_messages.h"

#include "base/text.h"

#include <stdio.h>

/* Of staff who set an entry to least_grade warn; kept with the visit. */
#define WARNED_REASON "the waitlist entry takes times that the timing warns of"

#define PAGE_BYTES ((size_t)16 << 20)
#define ID_BYTES   37

struct search {
	struct events *events;
	struct arena *arena; /* of one page of candidates, so that any number may wait */
	const char *organisation_id;
	const struct freed_slot *slot;
	int64_t now_us;
	struct waitlist_asked asked;
	/* The first end of an offer to somebody whom this time would fit too; INT64_MAX: none. */
	int64_t busy_until;
};

/* ---- One candidate ---- */

enum trial {
	TRIAL_OFFERED,
	TRIAL_NEXT,  /* not this athlete */
	TRIAL_BUSY,  /* not this athlete now: another time was offered meanwhile */
	TRIAL_TAKEN, /* nobody: the time is another's, or cannot be booked any more */
	TRIAL_LOST,  /* another worker has the time */
};

static bool is_next(enum trial trial)
{
	return trial == TRIAL_NEXT || trial == TRIAL_BUSY;
}

struct offering {
	const struct search *search;
	struct freed_offer offer;
	enum trial trial; /* when the unit failed by what it claims */
};

static FIBER struct status write(struct attempt *attempt, void *argument)
{
	struct offering *offering = argument;
	const struct search *search = offering->search;
	struct db_unit *unit = db_unit_new(attempt->arena, attempt->organisation_id);
	struct booking *booking = &attempt->booking;
	booking->state = appointment_state_name(APPOINTMENT_HELD);
	booking->hold_expires_at = offering->offer.expires_at;
	offering->offer.appointment_id = booking->appointment_id;

	const struct appointment_row row = attempt_row(attempt);
	const struct waitlist_offer told = {
		.offer_id = offering->offer.offer_id,
		.entry_id = offering->offer.candidate->entry_id,
		.athlete_id = row.athlete_id,
		.appointment_id = row.appointment_id,
		.starts_at = row.starts_at,
		.ends_at = row.ends_at,
		.practitioner_id = row.practitioner_id,
		.clinic_id = row.clinic_id,
		.service_id = row.service_id,
		.offered_at = offering->offer.offered_at,
		.expires_at = offering->offer.expires_at,
		.state = WAITLIST_OFFER_OPEN,
		.rank = offering->offer.rank,
		.why = offering->offer.why,
		.offset_s = row.offset_s,
	};
	Soleus__V1__AppointmentHeld held = SOLEUS__V1__APPOINTMENT_HELD__INIT;
	Soleus__V1__WaitlistOffered offered = SOLEUS__V1__WAITLIST_OFFERED__INIT;
	held.appointment = appointment_message(attempt->arena, &row);
	offered.offer = waitlist_offer_message(attempt->arena, &told);
	freed_add_offer(unit, attempt->organisation_id, search->slot, &offering->offer);
	attempt_add_locks(unit, &attempt, 1);
	attempt_add_checks(attempt, unit);
	attempt_add_booking(attempt, unit);
	events_emit(search->events, unit, attempt->organisation_id, row.clinic_id,
		    row.appointment_id, &held.base);
	events_emit(search->events, unit, attempt->organisation_id, row.clinic_id, told.offer_id,
		    &offered.base);
	struct status status =
		attempt_written(attempt, unit, db_run(events_db(search->events), unit));
	if (freed_is_lost(unit))
		offering->trial = TRIAL_LOST;
	else if (freed_athlete_is_lost(unit))
		offering->trial = TRIAL_BUSY;
	else
		return status;
	return status_error(STATUS_FAILED_PRECONDITION, "the claim does not hold any more");
}

/* What a failed attempt means for the time. False: nothing, it failed for another reason. */
static bool judge(const struct attempt *attempt, const struct offering *offering,
		  struct status status, enum trial *ret_trial)
{
	unsigned of_athlete = 1u << REFUSAL_VISIT_PLAN;
	if (offering->trial != TRIAL_OFFERED)
		*ret_trial = offering->trial;
	else if (attempt->taken)
		*ret_trial = attempt->athlete_is_busy ? TRIAL_NEXT : TRIAL_TAKEN;
	else if (status.code == STATUS_FAILED_PRECONDITION)
		*ret_trial = attempt->refusals & ~of_athlete ? TRIAL_TAKEN : TRIAL_NEXT;
	else if (status.code == STATUS_NOT_FOUND)
		*ret_trial = attempt->look.athlete_known ? TRIAL_TAKEN : TRIAL_NEXT;
	else
		return false;
	return true;
}

static FIBER struct status try_candidate(const struct search *search,
					 const struct waitlist_candidate *candidates, size_t count,
					 size_t index, enum trial *ret_trial)
{
	const struct waitlist_candidate *candidate = &candidates[index];
	const struct freed_slot *slot = search->slot;
	char why[WAITLIST_WHY_BYTES];
	waitlist_why(candidates, count, index, &search->asked, search->now_us, why, sizeof(why));
	struct offering offering = {
		.search = search,
		.offer = {.offer_id = text_uuid7_new(search->arena),
			  .candidate = candidate,
			  .offered_at = search->now_us,
			  .expires_at =
				  waitlist_offer_ends_at(candidate->reached_at, slot->starts_at),
			  .rank = (int32_t)(search->asked.before + index) + 1,
			  .why = arena_strdup(search->arena, why)},
		.trial = TRIAL_OFFERED,
	};
	Soleus__V1__BookRequest wanted = SOLEUS__V1__BOOK_REQUEST__INIT;
	wanted.athlete_id = (char *)candidate->athlete_id;
	wanted.service_id = (char *)slot->service_id;
	wanted.clinic_id = (char *)slot->clinic_id;
	wanted.practitioner_id = (char *)slot->practitioner_id;
	wanted.starts_at = slot->starts_at;
	if (candidate->least == TIMING_WARN)
		wanted.timing_override_reason = WARNED_REASON;
	struct attempt attempt = {
		.events = search->events,
		.arena = search->arena,
		.organisation_id = search->organisation_id,
		.by = WAITLIST,
		.by_staff = true, /* who set the entry's least grade */
		.key = arena_printf(search->arena, "offer/%s", offering.offer.offer_id),
		.moves = "",
		.stays_in = "",
		.wanted = &wanted,
		.now_us = search->now_us,
	};
	struct status status = attempt_make(&attempt, write, &offering);
	*ret_trial = TRIAL_OFFERED;
	if (!status_is_ok(status) && judge(&attempt, &offering, status, ret_trial))
		return status_ok();
	return status;
}

/* ---- All of them ---- */

static FIBER struct status decide(const struct search *search, const char *state, int64_t look_at)
{
	struct db_unit *unit = db_unit_new(search->arena, search->organisation_id);
	freed_decide(unit, search->organisation_id, search->slot, state, look_at);
	return db_run(events_db(search->events), unit);
}

/* The best of a page, then the next best, until one has the time or the time is gone. */
static FIBER struct status try_page(struct search *search, struct freed_candidates *page,
				    enum trial *ret_trial)
{
	int64_t starts_at = search->slot->starts_at;
	size_t left = waitlist_rank(page->waiting, page->waiting_count, starts_at, search->now_us);
	struct status status = status_ok();
	search->asked.people += page->count;
	search->asked.more = page->more;
	for (size_t i = 0; i < left && is_next(*ret_trial) && status_is_ok(status); i++) {
		status = try_candidate(search, page->waiting, left, i, ret_trial);
		if (*ret_trial == TRIAL_BUSY)
			search->busy_until =
				search->now_us; /* and until when, the next look says */
	}
	search->asked.before += left;
	if (waitlist_rank(page->offered, page->offered_count, starts_at, search->now_us) > 0 &&
	    page->offered_until < search->busy_until)
		search->busy_until = page->offered_until;
	return status;
}

static FIBER struct status try_all(struct search *search, enum trial *ret_trial)
{
	struct freed_candidates page = {.more = true};
	struct waitlist_candidate last, *after = NULL;
	char last_id[ID_BYTES];
	struct status status = status_ok();
	*ret_trial = TRIAL_NEXT;
	while (page.more && is_next(*ret_trial) && status_is_ok(status)) {
		arena_reset(search->arena);
		status = freed_match(events_db(search->events), search->arena,
				     search->organisation_id, search->slot, after, search->now_us,
				     &page);
		if (!status_is_ok(status) || page.count == 0)
			return status;
		last = page.last;
		snprintf(last_id, sizeof(last_id), "%s", page.last.entry_id);
		last.entry_id = last_id;
		after = &last;
		status = try_page(search, &page, ret_trial);
	}
	return status;
}

static FIBER struct status offer(struct search *search)
{
	enum trial trial;
	int64_t now_us = search->now_us;
	if (search->slot->starts_at <= now_us)
		return decide(search, "passed", now_us);
	struct status status = try_all(search, &trial);
	if (!status_is_ok(status) || trial == TRIAL_OFFERED || trial == TRIAL_LOST)
		return status;
	if (trial == TRIAL_TAKEN)
		return decide(search, "taken", now_us);
	if (search->busy_until == INT64_MAX)
		return decide(search, "exhausted", now_us);
	if (search->busy_until <= now_us)
		status = hold_expiry_end(search->events, search->arena, search->organisation_id,
					 now_us);
	return status_is_ok(status) ? decide(search, "open", search->busy_until) : status;
}

FIBER struct status waitlist_offer_slot(struct events *events, const char *organisation_id,
					const struct freed_slot *slot, int64_t now_us)
{
	struct search search = {
		.events = events,
		.arena = arena_new(PAGE_BYTES),
		.organisation_id = organisation_id,
		.slot = slot,
		.now_us = now_us,
		.busy_until = INT64_MAX,
	};
	if (!search.arena)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory to look who waits");
	struct status status = offer(&search);
	arena_free(search.arena);
	return status;
}
