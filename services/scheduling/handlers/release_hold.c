#include "scheduling/handlers/check.h"
#include "scheduling/handlers/hold_end.h"

/* Releasing a hold that has ended is done already. */
static bool has_ended(const struct appointment_row *row)
{
	return row->state == APPOINTMENT_EXPIRED ||
	       (row->state == APPOINTMENT_CANCELLED && row->hold_expires_at);
}

/* Releasing what is held for an offer of the waitlist declines it. */
RPC(Scheduling, scheduling, ReleaseHold, release_hold)
{
	struct check check = check_begin(call);
	check_id(&check, "appointment_id", request->appointment_id);
	if (check_failed(&check))
		return check_status(&check);

	struct change change = change_of(call, request->appointment_id);
	while (change_look(&change)) {
		struct hold_end end;
		if (has_ended(&change.row))
			return status_ok();
		struct status status = change_allowed(&change, LIFE_RELEASE);
		if (status_is_ok(status))
			status = hold_end_of_change(&change, &end);
		if (!status_is_ok(status))
			return status;
		hold_end_add(&end, APPOINTMENT_CANCELLED);
		change_commit(&change, NULL, &reply->base);
	}
	return change.status;
}
