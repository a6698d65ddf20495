#include "scheduling/handlers/check.h"
#include "scheduling/handlers/find_appointment.h"
#include "scheduling/handlers/messages.h"

#include "base/clock.h"

/* Cancelling what is cancelled is done already; what is over stays as it ended. */
RPC(Scheduling, scheduling, CancelAppointment, cancel_appointment)
{
	struct check check = check_begin(call);
	check_id(&check, "appointment_id", request->appointment_id);
	check_words(&check, "reason", request->reason);
	if (check_failed(&check))
		return check_status(&check);

	struct appointment_row row;
	bool key_known = false;
	struct status status = find_appointment(call, request->appointment_id, &row, &key_known);
	if (!status_is_ok(status))
		return status;
	if (key_known)
		return command_replay(call);
	if (row.state == APPOINTMENT_CANCELLED)
		return status_ok();
	if (row.state != APPOINTMENT_BOOKED && row.state != APPOINTMENT_CHECKED_IN)
		return status_errorf(call->arena, STATUS_FAILED_PRECONDITION,
				     "the appointment is over: %s",
				     appointment_state_name(row.state));

	struct command *command = command_begin(call);
	appointment_move(command->unit, call->organisation_id, &row, APPOINTMENT_CANCELLED,
			 clock_now_us(), request->reason, call->principal->name);
	row.state = APPOINTMENT_CANCELLED;
	Soleus__V1__AppointmentCancelled event = SOLEUS__V1__APPOINTMENT_CANCELLED__INIT;
	event.appointment = appointment_message(call->arena, &row);
	event.reason = request->reason;
	command_event_at(command, row.appointment_id, row.clinic_id, &event.base);
	return command_commit(command, &reply->base);
}
