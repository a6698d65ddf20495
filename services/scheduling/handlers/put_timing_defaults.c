#include "scheduling/handlers/check.h"
#include "scheduling/handlers/clash_check.h"
#include "scheduling/store/clash.h"
#include "scheduling/store/timing.h"

#include "base/clock.h"

#include "soleus/v1/scheduling.pb-c.h"

RPC(Scheduling, scheduling, PutTimingDefaults, put_timing_defaults)
{
	struct check check = check_begin(call);
	struct timing_defaults defaults = {0};
	const Soleus__V1__TimingWindows *windows = request->windows;
	check_that(&check, windows != NULL, "windows", "all four windows");
	if (windows) {
		defaults =
			(struct timing_defaults){windows->warn_hours, windows->competition_hours,
						 windows->after_block_hours, windows->early_days};
		check_window(&check, "windows.warn_hours", defaults.warn_hours, 0);
		check_window(&check, "windows.competition_hours", defaults.competition_hours, 0);
		check_window(&check, "windows.after_block_hours", defaults.after_block_hours, 0);
		check_that(&check, defaults.early_days >= 0 && defaults.early_days <= 42,
			   "windows.early_days", "0 to 42");
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
