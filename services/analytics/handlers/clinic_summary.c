#include "analytics/handlers/read_facts.h"
#include "analytics/handlers/service.h"
#include "analytics/rules/compare.h"
#include "analytics/store/attendance.h"
#include "analytics/store/fact.h"
#include "events/check.h"

#include "base/clock.h"

#include <strings.h>

#define PERIOD_MAX_US (366 * CLOCK_DAY_US)
#define FACTS_MAX     50000 /* of each kind: what a call has room for */

static void count_facts(struct arena *arena, struct facts *facts,
			const struct clinic_period *period,
			struct compare_cell cells[OUTCOME_WINDOWS])
{
	struct judged *judged = ARENA_ARRAY(arena, EPISODE_MEASURES_MAX, struct judged);
	facts_sort(facts);
	for (struct episode episode = {0}; episode_next(facts, &episode);) {
		size_t count = episode_judge(&episode, judged);
		for (size_t i = 0; i < episode.treatment_count; i++) {
			const struct treatment *treatment = &episode.treatments[i];
			if (treatment->treated_at < period->until &&
			    strcasecmp(treatment->clinic_id, period->clinic_id) == 0)
				compare_count(judged, count, i, cells);
		}
	}
}

static Soleus__V1__WindowSummary *window_message(struct arena *arena, enum outcome_window window,
						 const struct compare_cell *cell)
{
	Soleus__V1__WindowSummary *message = ARENA_NEW(arena, Soleus__V1__WindowSummary);
	soleus__v1__window_summary__init(message);
	struct compare_share share = compare_share(cell);
	message->window = (char *)outcome_windows[window].name;
	message->n = cell->n;
	message->improved = share.suppressed ? -1 : cell->improved;
	message->low = share.low;
	message->high = share.high;
	return message;
}

/* A4: the share of those who were expected and did not come, under the same rule (O6). */
static Soleus__V1__AttendanceSummary *attendance_message(struct arena *arena,
							 const struct attendance_counts *counts)
{
	Soleus__V1__AttendanceSummary *message = ARENA_NEW(arena, Soleus__V1__AttendanceSummary);
	soleus__v1__attendance_summary__init(message);
	const struct compare_cell missed = {counts->completed + counts->no_shows, counts->no_shows};
	struct compare_share share = compare_share(&missed);
	message->n = missed.n;
	message->no_shows = share.suppressed ? -1 : counts->no_shows;
	message->low = share.low;
	message->high = share.high;
	message->cancelled = counts->cancelled;
	return message;
}

RPC(Analytics, analytics, ClinicSummary, clinic_summary)
{
	struct check check = check_begin(call);
	check_id(&check, "clinic_id", request->clinic_id);
	check_that(&check,
		   request->until_at > request->from_at &&
			   request->until_at - request->from_at <= PERIOD_MAX_US,
		   "until_at", "an instant after from_at, at most 366 days");
	if (check_failed(&check))
		return check_status(&check);

	const char *tenant = call->organisation_id;
	const struct clinic_period period = {
		.clinic_id = request->clinic_id,
		.from = request->from_at,
		.until = request->until_at,
		.facts_until = request->until_at +
			       outcome_windows[OUTCOME_WINDOW_4W].to_hours * CLOCK_HOUR_US,
		.facts_most = FACTS_MAX + 1,
	};
	struct db_unit *unit = call_unit(call);
	size_t counted = clinic_count(unit, tenant, &period);
	size_t treatments = clinic_treatments(unit, tenant, &period);
	size_t measures = clinic_measures(unit, tenant, &period);
	size_t attended =
		attendance_count(unit, tenant, period.clinic_id, period.from, period.until);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct clinic_counts counts = clinic_counts(db_unit_result(unit, counted));
	if (!counts.known)
		return status_error(STATUS_NOT_FOUND, "no such clinic");
	if (db_result_rows(db_unit_result(unit, treatments)) > FACTS_MAX ||
	    db_result_rows(db_unit_result(unit, measures)) > FACTS_MAX)
		return status_error(STATUS_RESOURCE_EXHAUSTED,
				    "too much for one answer: ask for a shorter period");

	struct compare_cell cells[OUTCOME_WINDOWS] = {0};
	struct facts facts = read_facts(call->arena, db_unit_result(unit, treatments),
					db_unit_result(unit, measures), 0, 0);
	count_facts(call->arena, &facts, &period, cells);
	reply->treatments = counts.treatments;
	reply->athletes = counts.athletes;
	reply->open_reviews = counts.open_reviews;
	const struct attendance_counts attendance =
		attendance_counts(db_unit_result(unit, attended));
	reply->attendance = attendance_message(call->arena, &attendance);
	reply->windows = ARENA_ARRAY(call->arena, OUTCOME_WINDOWS, Soleus__V1__WindowSummary *);
	for (size_t window = OUTCOME_WINDOW_IMMEDIATE; window < OUTCOME_WINDOWS; window++)
		reply->windows[reply->n_windows++] =
			window_message(call->arena, (enum outcome_window)window, &cells[window]);
	reply->note =
		"Unadjusted: clinics differ in whom they treat. Counted are treated areas with "
		"a value judged by a verified threshold; of fewer than 5 the improved are not "
		"shown.";
	return status_ok();
}
