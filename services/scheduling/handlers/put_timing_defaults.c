#include "scheduling/handlers/check.h"
#include "scheduling/handlers/clash_check.h"
#include "scheduling/store/clash.h"
#include "scheduling/store/timing.h"

#include "base/clock.h"

#include "soleus/v1/scheduling.pb-c.h"

/* All four are put at once, and one that was left out must not switch a rule off. */
static int32_t check_put_window(struct check *check, const char *field, int32_t window,
				int32_t most, const char *expected)
{
	check_that(check, window == -1 || (window >= 1 && window <= most), field, expected);
	return window > 0 ? window : 0;
}

RPC(Scheduling, scheduling, PutTimingDefaults, put_timing_defaults)
{
	struct check check = check_begin(call);
	struct timing_defaults defaults = {0};
	const Soleus__V1__TimingWindows *windows = request->windows;
	check_that(&check, windows != NULL, "windows", "all four windows");
	if (windows) {
		defaults = (struct timing_defaults){
			check_put_window(&check, "windows.warn_hours", windows->warn_hours, 336,
					 "1 to 336 hours, or -1 for none"),
			check_put_window(&check, "windows.competition_hours",
					 windows->competition_hours, 336,
					 "1 to 336 hours, or -1 for none"),
			check_put_window(&check, "windows.after_block_hours",
					 windows->after_block_hours, 336,
					 "1 to 336 hours, or -1 for none"),
			check_put_window(&check, "windows.early_days", windows->early_days, 42,
					 "1 to 42 days, or -1 for none"),
		};
	}
	if (check_failed(&check))
		return check_status(&check);

	struct command *command = command_begin(call);
	timing_put_defaults(command->unit, call->organisation_id, &defaults);
	clash_ask_all(command->unit, call->organisation_id, clock_now_us());
	struct status status = command_commit(command, &reply->base);
	if (status_is_ok(status))
		clash_check_wake();
	return status;
}
