#include "analytics/handlers/upstream.h"

#include "analytics/handlers/read_facts.h"
#include "analytics/handlers/review_message.h"
#include "base/clock.h"
#include "base/text.h"

#include <string.h>

#define REVIEWS_MAX 500

/* What was known before. */
struct past {
	struct facts facts; /* with the news, sorted */
	const struct db_result *reviews;
};

/* The facts that were there, then the news. A note that is told again brings no value twice. */
static struct facts join(struct arena *arena, const struct db_result *treatments,
			 const struct db_result *measures, const struct facts *news)
{
	struct facts facts =
		read_facts(arena, treatments, measures, news->treatment_count, news->measure_count);
	size_t kept = 0;
	for (size_t i = 0; i < facts.measure_count; i++)
		if (strcmp(facts.measures[i].note_id, news->treatments[0].note_id) != 0)
			facts.measures[kept++] = facts.measures[i];
	facts.measure_count = kept;
	for (size_t i = 0; i < news->treatment_count; i++)
		facts.treatments[facts.treatment_count++] = news->treatments[i];
	for (size_t i = 0; i < news->measure_count; i++)
		facts.measures[facts.measure_count++] = news->measures[i];
	facts_sort(&facts);
	return facts;
}

static FIBER struct status read_past(struct event *event, const struct facts *news,
				     struct past *ret_past)
{
	const char *tenant = event->envelope->organisation_id;
	const struct treatment *new = &news->treatments[0];
	int64_t since = new->treated_at - upstream_defaults_ours.days *CLOCK_DAY_US;
	struct db_unit *unit = db_unit_new(event->arena, tenant);
	size_t treatments = treatments_of(unit, tenant, new->athlete_id, since);
	size_t measures = measures_of(unit, tenant, new->athlete_id, since);
	size_t reviews = reviews_of(unit, tenant, new->athlete_id, false, REVIEWS_MAX);
	struct status status = db_run(event->db, unit);
	if (!status_is_ok(status))
		return status;
	ret_past->facts = join(event->arena, db_unit_result(unit, treatments),
			       db_unit_result(unit, measures), news);
	ret_past->reviews = db_unit_result(unit, reviews);
	return status;
}

static bool same_place(const struct treatment *a, const char *area, const char *side)
{
	return strcmp(a->area, area) == 0 && strcmp(a->side, side) == 0;
}

/* False while a review of this area and side is open, or when it is the very one. */
static bool may_raise(const struct past *past, const struct treatment *treatment,
		      const char *review_id, int64_t *ret_answered_at)
{
	*ret_answered_at = INT64_MIN;
	for (size_t row = 0; row < db_result_rows(past->reviews); row++) {
		const struct review_row review = review_row(past->reviews, row);
		if (!same_place(treatment, review.area, review.side))
			continue;
		if (!review.answered_at || strcmp(review.review_id, review_id) == 0)
			return false;
		if (review.answered_at > *ret_answered_at)
			*ret_answered_at = review.answered_at;
	}
	return true;
}

static void raise_review(struct event *event, const struct treatment *treatment,
			 const char *review_id, const struct upstream_result *result)
{
	char advice[UPSTREAM_TEXT_BYTES];
	upstream_text(treatment->area, result, advice, sizeof(advice));
	const struct review_row review = {
		.review_id = review_id,
		.athlete_id = treatment->athlete_id,
		.clinic_id = treatment->clinic_id,
		.area = treatment->area,
		.side = treatment->side,
		.visits = result->visits,
		.raised_at = event->envelope->occurred_at,
		.advice = arena_strdup(event->arena, advice),
		.answer = "",
	};
	review_add(event->unit, event->envelope->organisation_id, &review);
	Soleus__V1__UpstreamReviewRaised raised = SOLEUS__V1__UPSTREAM_REVIEW_RAISED__INIT;
	raised.review = review_message(event->arena, &review);
	event_emit(event, review_id, review.clinic_id, &raised.base);
}

static void look_at(struct event *event, const struct past *past, const struct treatment *treatment)
{
	struct arena *arena = event->arena;
	const char *review_id = text_uuid_for(arena, "analytics.review",
					      arena_printf(arena, "%s %s %s", treatment->note_id,
							   treatment->area, treatment->side));
	int64_t answered_at;
	if (!may_raise(past, treatment, review_id, &answered_at))
		return;
	for (struct episode episode = {0}; episode_next(&past->facts, &episode);) {
		if (!same_place(treatment, episode.treatments->area, episode.treatments->side))
			continue;
		struct upstream_result result = episode_upstream(arena, &episode, answered_at);
		if (result.raise)
			raise_review(event, treatment, review_id, &result);
	}
}

FIBER struct status upstream_look(struct event *event, const struct facts *news)
{
	struct past past;
	struct status status = read_past(event, news, &past);
	for (size_t i = 0; i < news->treatment_count && status_is_ok(status); i++)
		look_at(event, &past, &news->treatments[i]);
	return status;
}
