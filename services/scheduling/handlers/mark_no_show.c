#include "scheduling/handlers/change.h"
#include "scheduling/handlers/check.h"
#include "scheduling/handlers/local_time.h"

/* From the visit's beginning on; marking it twice is done already. */
RPC(Scheduling, scheduling, MarkNoShow, mark_no_show)
{
	struct check check = check_begin(call);
	check_id(&check, "appointment_id", request->appointment_id);
	check_words(&check, "reason", request->reason);
	if (check_failed(&check))
		return check_status(&check);

	struct change change = change_of(call, request->appointment_id);
	while (change_look(&change)) {
		struct appointment_word word = {
			.reason = request->reason, .override_reason = "", .overridden = ""};
		if (change.row.state == APPOINTMENT_NO_SHOW)
			return status_ok();
		struct status status = change_allowed(&change, LIFE_NO_SHOW);
		if (!status_is_ok(status))
			return status;
		if (change.row.starts_at > change.now_us)
			return status_errorf(call->arena, STATUS_FAILED_PRECONDITION,
					     "the visit begins at %s: nobody has missed it yet",
					     local_time_text(call->arena, change.row.starts_at,
							     change.row.offset_s));
		Soleus__V1__AppointmentNoShow event = SOLEUS__V1__APPOINTMENT_NO_SHOW__INIT;
		change_to(&change, APPOINTMENT_NO_SHOW, &word);
		event.appointment = change_message(&change);
		event.reason = request->reason;
		change_commit(&change, &event.base, &reply->base);
	}
	return change.status;
}
