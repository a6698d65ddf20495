#include "analytics/handlers/measures.h"

#include "analytics/rules/judge.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

struct measures measures_new(struct arena *arena, const char *origin, size_t room)
{
	return (struct measures){
		.arena = arena,
		.origin = origin,
		.rows = ARENA_ARRAY(arena, room, struct measure),
	};
}

static bool is_place(const char *area, const char *side)
{
	if (!*side)
		return !*area;
	return *area && (strcmp(side, "left") == 0 || strcmp(side, "right") == 0);
}

void measures_add_value(struct measures *measures, const char *instrument, const char *area,
			const char *side, const char *moment, double value)
{
	if (!isfinite(value) || !*instrument || !is_place(area, side))
		return;
	const struct instrument *known = instrument_find(instrument);
	const char *name =
		arena_printf(measures->arena, "%s %zu", measures->origin, measures->count);
	measures->rows[measures->count++] = (struct measure){
		.area = area,
		.side = side,
		.instrument = instrument,
		.moment = moment,
		.value = value,
		.measure_id = text_uuid_for(measures->arena, "analytics.measure", name),
		.scoring_version = known ? known->version : 0,
	};
}
