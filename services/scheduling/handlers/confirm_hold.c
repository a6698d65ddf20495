#include "scheduling/handlers/check.h"
#include "scheduling/handlers/hold_end.h"

/* Confirming what is booked is done already. What was checked when it was held is not checked
 * again: a hold is a promise. Confirming what is held for an offer of the waitlist accepts it. */
RPC(Scheduling, scheduling, ConfirmHold, confirm_hold)
{
	struct check check = check_begin(call);
	check_id(&check, "appointment_id", request->appointment_id);
	if (check_failed(&check))
		return check_status(&check);

	struct change change = change_of(call, request->appointment_id);
	const struct appointment_row *row = &change.row;
	while (change_look(&change)) {
		struct hold_end end;
		if (row->state == APPOINTMENT_BOOKED) {
			reply->appointment = change_message(&change);
			return status_ok();
		}
		struct status status = change_allowed(&change, LIFE_CONFIRM);
		if (!status_is_ok(status))
			return status;
		if (row->hold_expires_at <= change.now_us)
			return status_error(STATUS_FAILED_PRECONDITION,
					    "the hold has ended: book anew");
		status = hold_end_of_change(&change, &end);
		if (!status_is_ok(status))
			return status;
		hold_end_add_confirm(&end);
		reply->appointment = change_message(&change);
		change_commit(&change, NULL, &reply->base);
	}
	return change.status;
}
