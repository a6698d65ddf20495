#include "knowledge/instrument.h"

#include <math.h>
#include <string.h>

const struct instrument *instrument_find(const char *code)
{
	for (size_t i = 0; code && i < instrument_count; i++)
		if (strcmp(instruments[i].code, code) == 0)
			return &instruments[i];
	return 0;
}

bool instrument_holds(const struct instrument *instrument, double value)
{
	return isfinite(value) && !(instrument->has_lower && value < instrument->lower) &&
	       !(instrument->has_upper && value > instrument->upper);
}

bool instrument_accepts(const struct instrument *instrument, double value)
{
	return instrument_holds(instrument, value) &&
	       !(instrument->has_plausible &&
		 (value < instrument->least || value > instrument->most));
}

const char *instrument_expects(struct arena *arena, const struct instrument *instrument)
{
	if (instrument->has_plausible)
		return arena_printf(arena, "%g to %g %s", instrument->least, instrument->most,
				    instrument->unit);
	if (instrument->has_upper)
		return arena_printf(arena, "%g to %g %s", instrument->lower, instrument->upper,
				    instrument->unit);
	if (instrument->has_lower)
		return arena_printf(arena, "at least %g %s", instrument->lower, instrument->unit);
	return arena_printf(arena, "a number of %s", instrument->unit);
}
