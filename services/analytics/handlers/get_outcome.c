#include "analytics/handlers/read_facts.h"
#include "analytics/handlers/service.h"
#include "analytics/store/fact.h"
#include "analytics/store/review.h"
#include "events/audit.h"
#include "events/check.h"

#include <string.h>

#define REVIEWS_MAX 200

static Soleus__V1__Judgement *judgement_message(struct arena *arena, const struct judged *judged)
{
	Soleus__V1__Judgement *message = ARENA_NEW(arena, Soleus__V1__Judgement);
	soleus__v1__judgement__init(message);
	message->instrument = (char *)judged->measure->instrument;
	message->window = (char *)outcome_windows[judged->window].name;
	message->baseline = judged->baseline;
	message->value = judged->measure->value;
	message->verdict = (char *)judgement_name(judged->result.judgement);
	message->unverified = judged->result.unverified;
	message->taken_at = judged->measure->taken_at;
	return message;
}

static const char *open_review_of(const struct db_result *reviews, const struct treatment *of)
{
	for (size_t row = 0; row < db_result_rows(reviews); row++) {
		const struct review_row review = review_row(reviews, row);
		if (strcmp(review.area, of->area) == 0 && strcmp(review.side, of->side) == 0)
			return review.review_id;
	}
	return "";
}

static Soleus__V1__AreaOutcome *area_message(struct arena *arena, const struct episode *episode,
					     const struct db_result *reviews)
{
	const struct treatment *first = &episode->treatments[0];
	struct judged *judged = ARENA_ARRAY(arena, episode->measure_count, struct judged);
	size_t count = episode_judge(episode, judged);
	Soleus__V1__AreaOutcome *message = ARENA_NEW(arena, Soleus__V1__AreaOutcome);
	soleus__v1__area_outcome__init(message);
	message->area = (char *)first->area;
	message->side = (char *)first->side;
	message->visits = (int32_t)episode->treatment_count;
	message->first_treated_at = first->treated_at;
	message->last_treated_at = first[episode->treatment_count - 1].treated_at;
	message->judgements = ARENA_ARRAY(arena, count, Soleus__V1__Judgement *);
	for (size_t i = 0; i < count; i++)
		if (judged[i].nearest)
			message->judgements[message->n_judgements++] =
				judgement_message(arena, &judged[i]);
	message->lasting_improvement = episode_is_lasting(arena, episode, judged, count);
	message->open_review_id = (char *)open_review_of(reviews, first);
	return message;
}

RPC(Analytics, analytics, GetOutcome, get_outcome)
{
	struct check check = check_begin(call);
	check_id(&check, "athlete_id", request->athlete_id);
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	const char *tenant = call->organisation_id;
	struct db_unit *unit = call_unit(call);
	audit_of_athlete(unit, call, request->athlete_id, "");
	size_t athlete = athlete_find(unit, tenant, request->athlete_id);
	size_t treatments = treatments_of(unit, tenant, request->athlete_id, INT64_MIN);
	size_t measures = measures_of(unit, tenant, request->athlete_id, INT64_MIN);
	size_t reviews = reviews_of(unit, tenant, request->athlete_id, true, REVIEWS_MAX);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	struct facts facts = read_facts(call->arena, db_unit_result(unit, treatments),
					db_unit_result(unit, measures), 0, 0);
	if (db_result_rows(db_unit_result(unit, athlete)) == 0 && facts.treatment_count == 0)
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	facts_sort(&facts);
	reply->areas = ARENA_ARRAY(call->arena, facts.treatment_count, Soleus__V1__AreaOutcome *);
	for (struct episode episode = {0}; episode_next(&facts, &episode);)
		reply->areas[reply->n_areas++] =
			area_message(call->arena, &episode, db_unit_result(unit, reviews));
	return status_ok();
}
