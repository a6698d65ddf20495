#include "scheduling/handlers/attempt_refusals.h"

#include "base/clock.h"
#include "base/text.h"

#include <string.h>
#include <strings.h>

#define FAR_US (12 * CLOCK_HOUR_US) /* no way takes longer */

/* The visits of the series beside this one that count in the plan. */
static int64_t used_beside(const struct attempt *attempt, const struct booking_plan *plan)
{
	int64_t used = 0;
	for (size_t i = 0; i < attempt->beside_count; i++) {
		const Soleus__V1__BookRequest *other = attempt->besides[i]->wanted;
		used += other->starts_at >= plan->starts_at && other->starts_at < plan->ends_at &&
			(strcmp(plan->service_id, "-") == 0 ||
			 strcasecmp(plan->service_id, other->service_id) == 0);
	}
	return used;
}

static int64_t time_left(const struct refusal_neighbour *neighbour)
{
	return neighbour->gap_us - neighbour->travel_us;
}

/* Whichever leaves less time for the way. */
static void take_nearer(struct refusal_neighbour *neighbour, struct refusal_neighbour other)
{
	if (other.travel_us && (!neighbour->travel_us || time_left(&other) < time_left(neighbour)))
		*neighbour = other;
}

/* The way from and to the visits of the series beside this one, which no statement sees yet. */
static FIBER struct status find_ways_beside(struct attempt *attempt)
{
	const struct booking *own = &attempt->booking;
	struct refusal_facts *facts = &attempt->facts;
	for (size_t i = 0; i < attempt->beside_count; i++) {
		const struct attempt *other = attempt->besides[i];
		const struct booking *booking = &other->booking;
		bool before = other->wanted->starts_at < attempt->wanted->starts_at;
		struct refusal_neighbour way = {
			.gap_us = before ? own->blocked_from - booking->blocked_until
					 : booking->blocked_from - own->blocked_until};
		if (!booking->appointment_id || way.gap_us > FAR_US ||
		    strcasecmp(other->wanted->practitioner_id, attempt->wanted->practitioner_id) !=
			    0)
			continue;
		struct status status = booking_way(
			events_db(attempt->events), attempt->arena, attempt->organisation_id,
			before ? other->wanted->clinic_id : attempt->wanted->clinic_id,
			before ? attempt->wanted->clinic_id : other->wanted->clinic_id,
			&way.travel_us);
		if (!status_is_ok(status))
			return status;
		take_nearer(before ? &facts->before : &facts->after, way);
	}
	return status_ok();
}

static FIBER struct status find_limits(struct attempt *attempt)
{
	struct refusal_facts *facts = &attempt->facts;
	struct booking_limits limits;
	struct status status = booking_limits(events_db(attempt->events), attempt->arena,
					      &attempt->asked, &attempt->booking, &limits);
	if (!status_is_ok(status))
		return status;
	facts->before = limits.before;
	facts->after = limits.after;
	for (size_t i = 0; i < limits.plan_count; i++) {
		const struct booking_plan *plan = &limits.plans[i];
		int64_t used = plan->used + used_beside(attempt, plan);
		if (facts->plan_visits &&
		    plan->visits - used >= facts->plan_visits - facts->plan_used)
			continue;
		facts->plan_visits = plan->visits;
		facts->plan_used = used;
	}
	return find_ways_beside(attempt);
}

static unsigned best_room(struct attempt *attempt)
{
	const struct booking_look *look = &attempt->look;
	unsigned *faults = ARENA_ARRAY(attempt->arena, look->room_count, unsigned);
	for (size_t i = 0; faults && i < look->room_count; i++)
		faults[i] = look->rooms[i].faults;
	return faults ? refusal_best_room(faults, look->room_count) : 0;
}

FIBER struct status attempt_find_refusals(struct attempt *attempt)
{
	const struct booking_look *look = &attempt->look;
	struct status status = status_ok();
	attempt->facts = (struct refusal_facts){
		.works = look->works,
		.practitioner_absent = look->practitioner_absent,
		.clinic_absent = look->clinic_absent,
		.skilled = look->skilled,
		.room_faults = best_room(attempt),
		.late = attempt->late,
		.cutoff_us = attempt->cutoff_us,
	};
	if (look->planned || look->travels)
		status = find_limits(attempt);
	attempt->refusals = refusal_find(&attempt->facts);
	return status;
}

/* ---- Overriding ---- */

/* "skill: the practitioner …; absence: …", or the names alone. */
static const char *refusals_text(const struct attempt *attempt, bool names_alone)
{
	const char *all = "";
	for (unsigned i = 0; i < REFUSALS; i++) {
		char text[REFUSAL_TEXT_BYTES];
		const char *name = refusal_name((enum refusal)i);
		if (!(attempt->refusals & 1u << i))
			continue;
		refusal_text(&attempt->facts, (enum refusal)i, text, sizeof(text));
		all = names_alone
			      ? arena_printf(attempt->arena, "%s%s%s", all, *all ? " " : "", name)
			      : arena_printf(attempt->arena, "%s%s%s: %s", all, *all ? "; " : "",
					     name, text);
	}
	return all;
}

/* T1 and T3; T2 speaks for a time. */
static const char *warnings_text(const struct attempt *attempt)
{
	const char *all = "";
	for (size_t i = 0; i < attempt->timing.reason_count; i++) {
		char text[TIMING_TEXT_BYTES];
		const struct timing_reason *reason = &attempt->timing.reasons[i];
		if (strcmp(reason->rule, "T2") == 0)
			continue;
		timing_reason_text(reason, text, sizeof(text));
		all = arena_printf(attempt->arena, "%s%s%s", all, *all ? "; " : "", text);
	}
	return all;
}

struct status attempt_allowed(struct attempt *attempt)
{
	const Soleus__V1__BookRequest *wanted = attempt->wanted;
	struct arena *arena = attempt->arena;
	const char *refused = "", *warned = "";
	if (attempt->refusals) {
		if (attempt->by_staff && !text_is_blank(wanted->override_reason)) {
			attempt->booking.override_reason = wanted->override_reason;
			attempt->booking.overridden = refusals_text(attempt, true);
		} else {
			refused = arena_printf(
				arena, "refused by %s. Staff can override it with override_reason",
				refusals_text(attempt, false));
		}
	}
	if (attempt->timing.grade == TIMING_WARN) {
		if (attempt->by_staff && !text_is_blank(wanted->timing_override_reason))
			attempt->booking.timing_override_reason = wanted->timing_override_reason;
		else
			warned = arena_printf(arena,
					      "the timing warns: %s. Staff can override it with "
					      "timing_override_reason",
					      warnings_text(attempt));
	}
	if (!*refused && !*warned)
		return status_ok();
	return status_errorf(arena, STATUS_FAILED_PRECONDITION, "%s%s%s", refused,
			     *refused && *warned ? ". " : "", warned);
}

char **attempt_refusals(const struct attempt *attempt, size_t *ret_count)
{
	char **names = ARENA_ARRAY(attempt->arena, REFUSALS, char *);
	size_t count = 0;
	for (unsigned i = 0; names && !*attempt->booking.overridden && i < REFUSALS; i++)
		if (attempt->refusals & 1u << i)
			names[count++] = (char *)refusal_name((enum refusal)i);
	*ret_count = count;
	return names;
}
