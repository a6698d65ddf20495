#include "analytics/rules/compare.h"

#include <math.h>

#define Z_95 1.959963984540054 /* the normal distribution's 0.975 quantile */

void compare_count(const struct judged *judged, size_t count, size_t treatment,
		   struct compare_cell cells[OUTCOME_WINDOWS])
{
	struct compare_cell seen[OUTCOME_WINDOWS] = {0};
	for (size_t i = 0; i < count; i++) {
		const struct judged *value = &judged[i];
		if (value->treatment != treatment || !value->nearest || value->result.unverified ||
		    value->result.judgement == JUDGEMENT_NO_THRESHOLD)
			continue;
		seen[value->window].n = 1;
		if (value->result.judgement == JUDGEMENT_IMPROVED)
			seen[value->window].improved = 1;
	}
	for (size_t window = 0; window < OUTCOME_WINDOWS; window++) {
		cells[window].n += seen[window].n;
		cells[window].improved += seen[window].improved;
	}
}

struct compare_share compare_share(const struct compare_cell *cell)
{
	if (cell->n < COMPARE_SMALL_CELL)
		return (struct compare_share){true, 0, 1};
	double n = cell->n;
	if (cell->improved == 0)
		return (struct compare_share){false, 0, 3 / n};
	if (cell->improved == cell->n)
		return (struct compare_share){false, 1 - 3 / n, 1};
	double share = cell->improved / n;
	double z2 = Z_95 * Z_95;
	double middle = (share + z2 / (2 * n)) / (1 + z2 / n);
	double half = Z_95 / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n));
	return (struct compare_share){false, middle - half, middle + half};
}
