#include "scheduling/handlers/change.h"
#include "scheduling/handlers/check.h"
#include "scheduling/store/booking.h"

/* Confirming what is booked is done already. What was checked when it was held is not checked
 * again: a hold is a promise. */
RPC(Scheduling, scheduling, ConfirmHold, confirm_hold)
{
	struct check check = check_begin(call);
	check_id(&check, "appointment_id", request->appointment_id);
	if (check_failed(&check))
		return check_status(&check);

	struct change change = change_of(call, request->appointment_id);
	struct appointment_row *row = &change.row;
	while (change_look(&change)) {
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
		Soleus__V1__AppointmentBooked event = SOLEUS__V1__APPOINTMENT_BOOKED__INIT;
		change.command = command_begin(call);
		booking_confirm(change.command->unit, call->organisation_id, row->appointment_id,
				change.now_us, call->principal->name);
		row->state = APPOINTMENT_BOOKED;
		row->hold_expires_at = 0;
		row->version++;
		event.appointment = reply->appointment = change_message(&change);
		event.booked_at = change.now_us;
		change_commit(&change, &event.base, &reply->base);
	}
	return change.status;
}
