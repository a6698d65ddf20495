#include "analytics/handlers/read_facts.h"

struct facts read_facts(struct arena *arena, const struct db_result *treatments,
			const struct db_result *measures, size_t more_treatments,
			size_t more_measures)
{
	struct facts facts = {
		.treatment_count = db_result_rows(treatments),
		.measure_count = db_result_rows(measures),
	};
	facts.treatments =
		ARENA_ARRAY(arena, facts.treatment_count + more_treatments, struct treatment);
	facts.measures = ARENA_ARRAY(arena, facts.measure_count + more_measures, struct measure);
	for (size_t row = 0; facts.treatments && row < facts.treatment_count; row++)
		facts.treatments[row] = treatment_row(treatments, row);
	for (size_t row = 0; facts.measures && row < facts.measure_count; row++)
		facts.measures[row] = measure_row(measures, row);
	return facts;
}
