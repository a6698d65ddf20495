#include "analytics/rules/settling.h"

#include <stdlib.h>

#define HOUR_US         INT64_C(3600000000)
#define SORENESS_MOST   2
#define READINESS_LEAST 7

static bool is_settled(const struct settling_answer *answer)
{
	return answer->soreness <= SORENESS_MOST &&
	       (answer->readiness < 0 || answer->readiness >= READINESS_LEAST);
}

/* Hours, begun ones full; 0: nobody told. Answers after the next visit are of that one. */
static int32_t hours_of(int64_t treated_at, int64_t next_at, const struct settling_answer *answers,
			size_t count)
{
	int64_t until = treated_at + SETTLING_HOURS_MAX * HOUR_US, first = INT64_MAX;
	bool told = false;
	if (next_at < until)
		until = next_at;
	for (size_t i = 0; i < count; i++) {
		const struct settling_answer *answer = &answers[i];
		if (answer->answered_at <= treated_at || answer->answered_at > until)
			continue;
		told = true;
		if (is_settled(answer) && answer->answered_at < first)
			first = answer->answered_at;
	}
	if (!told)
		return 0;
	if (first == INT64_MAX)
		return SETTLING_HOURS_MAX;
	return (int32_t)((first - treated_at + HOUR_US - 1) / HOUR_US);
}

static int compare(const void *one, const void *other)
{
	return *(const int32_t *)one - *(const int32_t *)other;
}

struct settling settling_of(const int64_t *treated_at, size_t visit_count,
			    const struct settling_answer *answers, size_t answer_count)
{
	int32_t hours[SETTLING_VISITS_MAX];
	struct settling settling = {0};
	for (size_t i = 0; i < visit_count && settling.check_ins < SETTLING_VISITS_MAX; i++) {
		int64_t next_at = i > 0 ? treated_at[i - 1] : INT64_MAX;
		int32_t one = hours_of(treated_at[i], next_at, answers, answer_count);
		if (one > 0)
			hours[settling.check_ins++] = one;
	}
	if (settling.check_ins == 0)
		return settling;
	size_t count = (size_t)settling.check_ins;
	qsort(hours, count, sizeof(*hours), compare);
	settling.hours = hours[(3 * count + 3) / 4 - 1];
	return settling;
}
