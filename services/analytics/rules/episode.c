#include "analytics/rules/episode.h"

#include <stdlib.h>
#include <string.h>

/* ---- Sorting and parting ---- */

static int by_place(const char *const a[3], const char *const b[3])
{
	for (size_t i = 0; i < 3; i++) {
		int order = strcmp(a[i], b[i]);
		if (order != 0)
			return order;
	}
	return 0;
}

static int place_of_treatments(const struct treatment *a, const struct treatment *b)
{
	return by_place((const char *const[3]){a->athlete_id, a->area, a->side},
			(const char *const[3]){b->athlete_id, b->area, b->side});
}

static int place_of_measure(const struct measure *a, const struct treatment *b)
{
	return by_place((const char *const[3]){a->athlete_id, a->area, a->side},
			(const char *const[3]){b->athlete_id, b->area, b->side});
}

static int by_instant(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int order_treatments(const void *left, const void *right)
{
	const struct treatment *a = left, *b = right;
	int order = place_of_treatments(a, b);
	if (order == 0)
		order = by_instant(a->treated_at, b->treated_at);
	return order ? order : strcmp(a->note_id, b->note_id);
}

static int order_measures(const void *left, const void *right)
{
	const struct measure *a = left, *b = right;
	int order = by_place((const char *const[3]){a->athlete_id, a->area, a->side},
			     (const char *const[3]){b->athlete_id, b->area, b->side});
	if (order == 0)
		order = by_instant(a->taken_at, b->taken_at);
	if (order == 0)
		order = by_place((const char *const[3]){a->instrument, a->moment, a->note_id},
				 (const char *const[3]){b->instrument, b->moment, b->note_id});
	return order ? order : (a->value > b->value) - (a->value < b->value);
}

void facts_sort(struct facts *facts)
{
	if (facts->treatment_count > 0)
		qsort(facts->treatments, facts->treatment_count, sizeof(*facts->treatments),
		      order_treatments);
	if (facts->measure_count > 0)
		qsort(facts->measures, facts->measure_count, sizeof(*facts->measures),
		      order_measures);
	size_t kept = 0;
	for (size_t i = 0; i < facts->treatment_count; i++)
		if (kept == 0 ||
		    order_treatments(&facts->treatments[kept - 1], &facts->treatments[i]) != 0)
			facts->treatments[kept++] = facts->treatments[i];
	facts->treatment_count = kept;
}

bool episode_next(const struct facts *facts, struct episode *episode)
{
	size_t at = 0, value = 0;
	if (episode->treatments) {
		at = (size_t)(episode->treatments - facts->treatments) + episode->treatment_count;
		value = (size_t)(episode->measures - facts->measures) + episode->measure_count;
	}
	if (at >= facts->treatment_count)
		return false;
	const struct treatment *first = &facts->treatments[at];
	size_t end = at;
	while (end < facts->treatment_count &&
	       place_of_treatments(&facts->treatments[end], first) == 0)
		end++;
	while (value < facts->measure_count && place_of_measure(&facts->measures[value], first) < 0)
		value++;
	size_t value_end = value;
	while (value_end < facts->measure_count &&
	       place_of_measure(&facts->measures[value_end], first) == 0)
		value_end++;
	if (end - at > EPISODE_TREATMENTS_MAX)
		at = end - EPISODE_TREATMENTS_MAX;
	if (value_end - value > EPISODE_MEASURES_MAX)
		value = value_end - EPISODE_MEASURES_MAX;
	*episode = (struct episode){facts->treatments + at, end - at, facts->measures + value,
				    value_end - value};
	return true;
}

/* ---- Judging ---- */

/* The treatment that a value speaks of; false when it was taken before the first. */
static bool find_treatment(const struct episode *episode, const struct measure *measure,
			   size_t *ret_treatment)
{
	for (size_t i = 0; *measure->note_id && i < episode->treatment_count; i++) {
		if (strcmp(episode->treatments[i].note_id, measure->note_id) != 0)
			continue;
		bool before = strcmp(measure->moment, "before") == 0;
		if (before && i == 0)
			return false;
		*ret_treatment = before ? i - 1 : i;
		return true;
	}
	size_t earlier = 0;
	while (earlier < episode->treatment_count &&
	       episode->treatments[earlier].treated_at <= measure->taken_at)
		earlier++;
	*ret_treatment = earlier - 1;
	return earlier > 0;
}

static const struct measure *find_baseline(const struct episode *episode, size_t treatment,
					   const char *instrument)
{
	const char *note_id = episode->treatments[treatment].note_id;
	for (size_t i = 0; i < episode->measure_count; i++) {
		const struct measure *measure = &episode->measures[i];
		if (strcmp(measure->moment, "before") == 0 &&
		    strcmp(measure->note_id, note_id) == 0 &&
		    strcmp(measure->instrument, instrument) == 0)
			return measure;
	}
	return NULL;
}

static bool judge(const struct episode *episode, const struct measure *measure,
		  struct judged *ret_judged)
{
	struct judged judged = {.measure = measure};
	const struct instrument *instrument = instrument_find(measure->instrument);
	if (!instrument || !find_treatment(episode, measure, &judged.treatment))
		return false;
	judged.window = outcome_window_of(episode->treatments[judged.treatment].treated_at,
					  measure->taken_at);
	const struct measure *baseline =
		find_baseline(episode, judged.treatment, measure->instrument);
	if (judged.window == OUTCOME_WINDOW_NONE || !baseline)
		return false;
	judged.baseline = baseline->value;
	judged.result =
		judge_change(instrument, judge_value(baseline->value), judge_value(measure->value));
	*ret_judged = judged;
	return judged.result.judgement != JUDGEMENT_NO_VALUE;
}

static int64_t off_target(const struct episode *episode, const struct judged *judged)
{
	int64_t target = outcome_windows[judged->window].target_hours * INT64_C(3600000000);
	int64_t after =
		judged->measure->taken_at - episode->treatments[judged->treatment].treated_at;
	return llabs(after - target);
}

static bool same_cell(const struct judged *a, const struct judged *b)
{
	return a->treatment == b->treatment && a->window == b->window &&
	       strcmp(a->measure->instrument, b->measure->instrument) == 0;
}

size_t episode_judge(const struct episode *episode, struct judged *ret_judged)
{
	size_t count = 0;
	for (size_t i = 0; i < episode->measure_count; i++)
		count += judge(episode, &episode->measures[i], &ret_judged[count]);
	for (size_t i = 0; i < count; i++) {
		ret_judged[i].nearest = true;
		for (size_t other = 0; other < count; other++) {
			int64_t off = off_target(episode, &ret_judged[i]);
			int64_t other_off = off_target(episode, &ret_judged[other]);
			if (same_cell(&ret_judged[i], &ret_judged[other]) &&
			    (other_off < off || (other_off == off && other > i)))
				ret_judged[i].nearest = false;
		}
	}
	return count;
}

/* ---- Lasting, upstream ---- */

static bool same_series(const struct judged *a, const struct judged *b)
{
	return a->treatment == b->treatment &&
	       strcmp(a->measure->instrument, b->measure->instrument) == 0;
}

/* Values of one treatment and one instrument, out of all that are judged. */
static size_t points_of(const struct judged *judged, size_t count, const struct judged *like,
			struct judge_point *ret_points)
{
	size_t point_count = 0;
	for (size_t i = 0; i < count; i++)
		if (same_series(&judged[i], like))
			ret_points[point_count++] = (struct judge_point){
				judged[i].measure->taken_at,
				judged[i].result.judgement,
				judged[i].result.unverified,
			};
	return point_count;
}

static bool is_first_of_series(const struct judged *judged, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (same_series(&judged[i], &judged[at]))
			return false;
	return true;
}

static int weight_of(const struct judge_lasting_result *result)
{
	if (result->lasting == JUDGE_LASTING_UNKNOWN)
		return 0;
	return (result->unverified ? 1 : 3) + (result->lasting == JUDGE_LASTING_YES);
}

struct judge_lasting_result episode_lasting(struct arena *arena, const struct episode *episode,
					    const struct judged *judged, size_t count,
					    size_t treatment)
{
	struct judge_lasting_result best = {JUDGE_LASTING_UNKNOWN, false, OUTCOME_WINDOW_NONE};
	int64_t treatments[EPISODE_TREATMENTS_MAX];
	size_t of_treatment = 0;
	for (size_t i = 0; i < count; i++)
		of_treatment += judged[i].treatment == treatment;
	struct judge_point *points = ARENA_ARRAY(arena, of_treatment, struct judge_point);
	for (size_t i = 0; i < episode->treatment_count; i++)
		treatments[i] = episode->treatments[i].treated_at;
	for (size_t i = 0; points && i < count; i++) {
		if (judged[i].treatment != treatment || !is_first_of_series(judged, i))
			continue;
		size_t point_count = points_of(judged, count, &judged[i], points);
		struct judge_lasting_result result =
			judge_lasting(treatments[treatment], points, point_count, treatments,
				      episode->treatment_count);
		if (weight_of(&result) > weight_of(&best))
			best = result;
	}
	return best;
}

bool episode_is_lasting(struct arena *arena, const struct episode *episode,
			const struct judged *judged, size_t count)
{
	for (size_t i = episode->treatment_count; i-- > 0;) {
		struct judge_lasting_result result =
			episode_lasting(arena, episode, judged, count, i);
		if (result.lasting != JUDGE_LASTING_UNKNOWN)
			return result.lasting == JUDGE_LASTING_YES && !result.unverified;
	}
	return false;
}

struct upstream_result episode_upstream(struct arena *arena, const struct episode *episode,
					int64_t since)
{
	struct judged *judged = ARENA_ARRAY(arena, episode->measure_count, struct judged);
	struct upstream_visit *visits =
		ARENA_ARRAY(arena, episode->treatment_count, struct upstream_visit);
	size_t count = episode_judge(episode, judged);
	size_t visit_count = 0;
	for (size_t i = 0; i < episode->treatment_count; i++) {
		if (episode->treatments[i].treated_at <= since)
			continue;
		struct judge_lasting_result result =
			episode_lasting(arena, episode, judged, count, i);
		visits[visit_count++] = (struct upstream_visit){
			episode->treatments[i].treated_at,
			result.lasting,
			result.unverified,
		};
	}
	return upstream_check(visits, visit_count, &upstream_defaults_ours);
}
