#include "scheduling/handlers/check.h"
#include "scheduling/handlers/find_appointment.h"
#include "scheduling/handlers/messages.h"

#include "base/clock.h"

/* Releasing a hold that has ended is done already. */
RPC(Scheduling, scheduling, ReleaseHold, release_hold)
{
	struct check check = check_begin(call);
	check_id(&check, "appointment_id", request->appointment_id);
	if (check_failed(&check))
		return check_status(&check);

	struct appointment_row row;
	bool key_known = false;
	struct status status = find_appointment(call, request->appointment_id, &row, &key_known);
	if (!status_is_ok(status))
		return status;
	if (key_known)
		return command_replay(call);
	if (row.state == APPOINTMENT_EXPIRED ||
	    (row.state == APPOINTMENT_CANCELLED && row.hold_expires_at))
		return status_ok();
	if (row.state != APPOINTMENT_HELD)
		return status_errorf(call->arena, STATUS_FAILED_PRECONDITION,
				     "it is not held any more: %s",
				     appointment_state_name(row.state));

	struct command *command = command_begin(call);
	Soleus__V1__HoldEnded event = SOLEUS__V1__HOLD_ENDED__INIT;
	appointment_move(command->unit, call->organisation_id, &row, APPOINTMENT_CANCELLED,
			 clock_now_us(), "", call->principal->name);
	row.state = APPOINTMENT_CANCELLED;
	row.version++;
	event.appointment = appointment_message(call->arena, &row);
	command_event_at(command, row.appointment_id, row.clinic_id, &event.base);
	return command_commit(command, &reply->base);
}
