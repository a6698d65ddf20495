#include "scheduling/rules/load.h"

struct load load_of(const struct load_days *days)
{
	struct load load = {0};
	double all = 0;
	bool known = days->has_earlier;
	for (int i = 0; i < LOAD_DAYS; i++) {
		all += days->load[i];
		if (i >= LOAD_DAYS - LOAD_ACUTE_DAYS)
			load.acute += days->load[i];
		known |= i < LOAD_ACUTE_DAYS && days->sessions[i] > 0;
	}
	load.chronic = all * LOAD_ACUTE_DAYS / LOAD_DAYS;
	if (known && load.chronic > 0)
		load.ratio = load.acute / load.chronic;
	return load;
}
