#include "scheduling/handlers/check.h"

void check_window(struct check *check, const char *field, int32_t hours, int32_t least)
{
	check_that(check, hours >= least && hours <= 336, field,
		   least < 0 ? "-1 to 336 hours" : "0 to 336 hours");
}
