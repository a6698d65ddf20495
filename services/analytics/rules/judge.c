#include "analytics/rules/judge.h"

#include <math.h>
#include <string.h>

/* Differences of decimals: 6 − 4.23 is a little less than 1.77 in binary. */
#define ROUNDING 1e-9

static bool is_usable(const struct instrument *instrument, struct judge_measure measure)
{
	return measure.has && instrument_holds(instrument, measure.value);
}

/* Below the first band the general one holds, between two the stricter. */
static struct instrument_threshold mcid_at(const struct instrument *instrument, double baseline)
{
	struct instrument_threshold mcid = instrument->mcid;
	if (instrument->band_count == 0 || baseline < instrument->bands[0].from)
		return mcid;
	for (size_t i = 0; i < instrument->band_count; i++)
		if (baseline <= instrument->bands[i].to) {
			mcid.low = mcid.high = instrument->bands[i].mcid;
			break;
		}
	return mcid;
}

static enum judge_beyond beyond(struct instrument_threshold threshold, double size)
{
	if (threshold.sure == SURE_UNSET)
		return JUDGE_BEYOND_UNKNOWN;
	if (size >= threshold.high - ROUNDING)
		return JUDGE_BEYOND_YES;
	return size >= threshold.low - ROUNDING ? JUDGE_BEYOND_UNSURE : JUDGE_BEYOND_NO;
}

struct judge_result judge_change(const struct instrument *instrument, struct judge_measure baseline,
				 struct judge_measure later)
{
	struct judge_result result = {.judgement = JUDGEMENT_NO_VALUE};
	if (!is_usable(instrument, baseline) || !is_usable(instrument, later))
		return result;
	struct instrument_threshold mcid = mcid_at(instrument, baseline.value);
	result.change = later.value - baseline.value;
	if (instrument->better == INSTRUMENT_BETTER_LOWER)
		result.change = baseline.value - later.value;
	result.mdc = beyond(instrument->mdc, fabs(result.change));
	result.mcid = beyond(mcid, fabs(result.change));
	result.unverified = instrument->mdc.sure == SURE_L || mcid.sure == SURE_L;
	if (instrument->better == INSTRUMENT_BETTER_UNSET || result.mdc == JUDGE_BEYOND_UNKNOWN ||
	    result.mcid == JUDGE_BEYOND_UNKNOWN)
		result.judgement = JUDGEMENT_NO_THRESHOLD;
	else if (result.mdc == JUDGE_BEYOND_NO && result.mcid == JUDGE_BEYOND_NO)
		result.judgement = JUDGEMENT_NOT_IMPROVED;
	else if (result.mdc == JUDGE_BEYOND_YES && result.mcid == JUDGE_BEYOND_YES)
		result.judgement = result.change > 0 ? JUDGEMENT_IMPROVED : JUDGEMENT_WORSE;
	else
		result.judgement = JUDGEMENT_INDETERMINATE;
	return result;
}

static enum judge_lasting lasting_by(enum judgement judgement)
{
	switch (judgement) {
	case JUDGEMENT_IMPROVED:
		return JUDGE_LASTING_YES;
	case JUDGEMENT_NOT_IMPROVED:
	case JUDGEMENT_WORSE:
		return JUDGE_LASTING_NO;
	default:
		return JUDGE_LASTING_UNKNOWN;
	}
}

/* The first of the area's treatments after this one; INT64_MAX when there is none. */
static int64_t next_treatment(int64_t treated_at, const int64_t *treatments, size_t count)
{
	int64_t next = INT64_MAX;
	for (size_t i = 0; i < count; i++)
		if (treatments[i] > treated_at && treatments[i] < next)
			next = treatments[i];
	return next;
}

struct judge_lasting_result judge_lasting(int64_t treated_at, const struct judge_point *points,
					  size_t point_count, const int64_t *treatments,
					  size_t treatment_count)
{
	int64_t next = next_treatment(treated_at, treatments, treatment_count);
	const struct judge_point *latest = 0;
	for (size_t i = 0; i < point_count; i++) {
		const struct judge_point *point = &points[i];
		enum outcome_window window = outcome_window_of(treated_at, point->measured_at);
		if ((window != OUTCOME_WINDOW_10D && window != OUTCOME_WINDOW_4W) ||
		    point->measured_at > next || point->judgement == JUDGEMENT_NO_VALUE)
			continue;
		if (!latest || point->measured_at > latest->measured_at)
			latest = point;
	}
	if (!latest)
		return (struct judge_lasting_result){JUDGE_LASTING_UNKNOWN, false,
						     OUTCOME_WINDOW_NONE};
	return (struct judge_lasting_result){
		lasting_by(latest->judgement),
		latest->unverified,
		outcome_window_of(treated_at, latest->measured_at),
	};
}

const char *judgement_name(enum judgement judgement)
{
	static const char *const names[] = {
		[JUDGEMENT_NO_VALUE] = "no_value",
		[JUDGEMENT_NO_THRESHOLD] = "no_threshold",
		[JUDGEMENT_INDETERMINATE] = "indeterminate",
		[JUDGEMENT_NOT_IMPROVED] = "not_improved",
		[JUDGEMENT_WORSE] = "worse",
		[JUDGEMENT_IMPROVED] = "improved",
	};
	return names[judgement];
}
