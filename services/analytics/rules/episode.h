/* O2, O4, O5 over time: one area of one side of one athlete, its treatments, and which value says
 * what of which. Pure: facts in, judgements out; whatever the order in which the facts became
 * known.
 *
 * A value speaks of the last treatment before it, so what is measured after the next treatment says
 * nothing of the one before (O4). What a note measured "before" speaks of the treatment before that
 * note's, "after" of its own. The baseline is what the treatment's own note measured "before" with
 * the same instrument; without one a value is kept and not judged.
 *
 *     facts_sort(&facts);
 *     for (struct episode episode = {0}; episode_next(&facts, &episode);) {
 *             size_t count = episode_judge(&episode, judged);
 *             …
 *     }
 *
 * Cost: sorting; then for each value the treatments and values of its episode.
 */
#ifndef SOLEUS_ANALYTICS_RULES_EPISODE_H
#define SOLEUS_ANALYTICS_RULES_EPISODE_H

#include "analytics/rules/judge.h"
#include "analytics/rules/upstream.h"
#include "base/arena.h"

/* One area treated at one visit. */
struct treatment {
	const char *athlete_id;
	const char *area;
	const char *side;
	int64_t treated_at;
	const char *note_id;
	const char *clinic_id;
};

struct measure {
	const char *athlete_id;
	const char *area; /* "": of the whole athlete; side is "" then */
	const char *side;
	int64_t taken_at;
	const char *note_id; /* "": taken outside a note; moment is "" then */
	const char *instrument;
	const char *moment; /* before, after */
	double value;
	const char *measure_id; /* for writing alone, as what follows */
	int32_t scoring_version;
};

/* Facts of any number of athletes. */
struct facts {
	struct treatment *treatments;
	size_t treatment_count;
	struct measure *measures;
	size_t measure_count;
};

/* By athlete, area, side and time; the treatment of an area that is there twice becomes one. */
void facts_sort(struct facts *facts);

/* So many values and treatments of one episode are judged, the newest: comparing them takes the
 * square of their number. */
#define EPISODE_MEASURES_MAX   2000
#define EPISODE_TREATMENTS_MAX 500

/* Parts of sorted facts; at least one treatment. */
struct episode {
	const struct treatment *treatments;
	size_t treatment_count;
	const struct measure *measures;
	size_t measure_count;
};

/* The episode after this one (zero: the first); false behind the last. */
bool episode_next(const struct facts *facts, struct episode *episode);

struct judged {
	size_t treatment; /* of which it speaks: index in the episode */
	const struct measure *measure;
	enum outcome_window window;
	double baseline;
	struct judge_result result;
	bool nearest; /* of its treatment, instrument and window, the one next to the target */
};

/* Judges every value that has a treatment, a baseline and a window, in order of time. There must be
 * room for measure_count, at most EPISODE_MEASURES_MAX. Returns how many. */
size_t episode_judge(const struct episode *episode, struct judged *ret_judged);

/* O4 for one treatment, over all instruments: a verified answer beats an unverified one, and one
 * instrument that shows a lasting improvement is enough. */
struct judge_lasting_result episode_lasting(struct arena *arena, const struct episode *episode,
					    const struct judged *judged, size_t count,
					    size_t treatment);

/* O4 for the area: by the last treatment of which it is known. An unverified threshold does not
 * decide. */
bool episode_is_lasting(struct arena *arena, const struct episode *episode,
			const struct judged *judged, size_t count);

/* O5 for the treatments after `since`. */
struct upstream_result episode_upstream(struct arena *arena, const struct episode *episode,
					int64_t since);

#endif
