#include "scheduling/handlers/check.h"
#include "scheduling/handlers/find_appointment.h"
#include "scheduling/handlers/local_time.h"
#include "scheduling/handlers/messages.h"

#include "base/clock.h"
#include "base/text.h"

#include <string.h>

#define EARLIEST_US (12 * CLOCK_HOUR_US) /* before its start a visit is somebody else's today */

/* K1, K3, K5: outcomes of a screening with which nobody is needled today. */
static bool is_refused_by(const char *outcome)
{
	return strcmp(outcome, "defer") == 0 || strcmp(outcome, "refer") == 0 ||
	       strcmp(outcome, "do_not_treat") == 0;
}

RPC(Scheduling, scheduling, CheckIn, check_in)
{
	struct check check = check_begin(call);
	check_id(&check, "appointment_id", request->appointment_id);
	check_words(&check, "override_reason", request->override_reason);
	if (check_failed(&check))
		return check_status(&check);

	struct appointment_row row;
	bool key_known = false;
	struct status status = find_appointment(call, request->appointment_id, &row, &key_known);
	if (!status_is_ok(status))
		return status;
	if (key_known)
		return command_replay(call);
	reply->screening_outcome = (char *)row.screening_outcome;
	if (row.state == APPOINTMENT_CHECKED_IN)
		return status_ok();
	if (row.state != APPOINTMENT_BOOKED)
		return status_errorf(call->arena, STATUS_FAILED_PRECONDITION,
				     "the appointment is %s", appointment_state_name(row.state));
	if (is_refused_by(row.screening_outcome) && text_is_blank(request->override_reason))
		return status_errorf(call->arena, STATUS_FAILED_PRECONDITION,
				     "the screening says %s: %s", row.screening_outcome,
				     row.screening_why);

	if (row.starts_at > clock_now_us() + EARLIEST_US && text_is_blank(request->override_reason))
		return status_errorf(call->arena, STATUS_FAILED_PRECONDITION,
				     "the visit begins at %s: check in on its day, or give an "
				     "override_reason",
				     local_time_text(call->arena, row.starts_at, row.offset_s));

	struct command *command = command_begin(call);
	appointment_move(command->unit, call->organisation_id, &row, APPOINTMENT_CHECKED_IN,
			 clock_now_us(), request->override_reason, call->principal->name);
	row.state = APPOINTMENT_CHECKED_IN;
	Soleus__V1__AppointmentCheckedIn event = SOLEUS__V1__APPOINTMENT_CHECKED_IN__INIT;
	event.appointment = appointment_message(call->arena, &row);
	command_event_at(command, row.appointment_id, row.clinic_id, &event.base);
	return command_commit(command, &reply->base);
}
