#include "scheduling/handlers/check.h"
#include "scheduling/handlers/find_appointment.h"
#include "scheduling/handlers/messages.h"
#include "scheduling/store/booking.h"

#include "base/clock.h"

static struct status ended(void)
{
	return status_error(STATUS_FAILED_PRECONDITION, "the hold has ended: book anew");
}

/* Confirming what is booked is done already. What was checked when it was held is not checked
 * again: a hold is a promise. */
RPC(Scheduling, scheduling, ConfirmHold, confirm_hold)
{
	struct check check = check_begin(call);
	check_id(&check, "appointment_id", request->appointment_id);
	if (check_failed(&check))
		return check_status(&check);

	struct appointment_row row;
	bool key_known = false;
	int64_t now_us = clock_now_us();
	struct status status = find_appointment(call, request->appointment_id, &row, &key_known);
	if (!status_is_ok(status))
		return status;
	if (key_known)
		return command_replay(call);
	if (row.state != APPOINTMENT_BOOKED &&
	    (row.state != APPOINTMENT_HELD || row.hold_expires_at <= now_us))
		return ended();
	if (row.state == APPOINTMENT_BOOKED) {
		reply->appointment = appointment_message(call->arena, &row);
		return status_ok();
	}

	struct command *command = command_begin(call);
	Soleus__V1__AppointmentBooked event = SOLEUS__V1__APPOINTMENT_BOOKED__INIT;
	booking_confirm(command->unit, call->organisation_id, row.appointment_id, now_us,
			call->principal->name);
	row.state = APPOINTMENT_BOOKED;
	row.hold_expires_at = 0;
	row.version++;
	event.appointment = reply->appointment = appointment_message(call->arena, &row);
	event.booked_at = now_us;
	command_event_at(command, row.appointment_id, row.clinic_id, &event.base);
	status = command_commit(command, &reply->base);
	return appointment_has_moved(command->unit) ? ended() : status;
}
