#include "scheduling/handlers/change.h"
#include "scheduling/handlers/check.h"
#include "scheduling/handlers/local_time.h"

/* A visit without a note, which else completes it. Of somebody who was not checked in it must have
 * begun; completing it twice is done already. */
RPC(Scheduling, scheduling, CompleteAppointment, complete_appointment)
{
	struct check check = check_begin(call);
	check_id(&check, "appointment_id", request->appointment_id);
	if (check_failed(&check))
		return check_status(&check);

	struct change change = change_of(call, request->appointment_id);
	while (change_look(&change)) {
		struct appointment_word word = {
			.reason = "", .override_reason = "", .overridden = ""};
		if (change.row.state == APPOINTMENT_COMPLETED)
			return status_ok();
		struct status status = change_allowed(&change, LIFE_COMPLETE);
		if (!status_is_ok(status))
			return status;
		if (change.row.state == APPOINTMENT_BOOKED && change.row.starts_at > change.now_us)
			return status_errorf(call->arena, STATUS_FAILED_PRECONDITION,
					     "the visit begins at %s: check in first, or "
					     "complete it afterwards",
					     local_time_text(call->arena, change.row.starts_at,
							     change.row.offset_s));
		Soleus__V1__AppointmentCompleted event = SOLEUS__V1__APPOINTMENT_COMPLETED__INIT;
		change_to(&change, APPOINTMENT_COMPLETED, &word);
		event.appointment = change_message(&change);
		change_commit(&change, &event.base, &reply->base);
	}
	return change.status;
}
