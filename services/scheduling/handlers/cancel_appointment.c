#include "scheduling/handlers/change.h"
#include "scheduling/handlers/check.h"
#include "scheduling/rules/refusal.h"

#include "base/text.h"

/* Later than the service lets it be cancelled, staff alone may, and say why. */
static struct status check_cutoff(const struct change *change,
				  const Soleus__V1__CancelAppointmentRequest *request,
				  struct appointment_word *word)
{
	char text[REFUSAL_TEXT_BYTES];
	const struct refusal_facts facts = {.late = true, .cutoff_us = change->cutoff_us};
	if (!life_is_late(change->row.starts_at, change->cutoff_us, change->now_us))
		return status_ok();
	if (is_staff(change->call) && !text_is_blank(request->override_reason)) {
		word->override_reason = request->override_reason;
		word->overridden = refusal_name(REFUSAL_CUTOFF);
		return status_ok();
	}
	refusal_text(&facts, REFUSAL_CUTOFF, text, sizeof(text));
	return status_errorf(change->call->arena, STATUS_FAILED_PRECONDITION,
			     "refused by %s: %s. Staff can cancel with override_reason",
			     refusal_name(REFUSAL_CUTOFF), text);
}

/* Cancelling what is cancelled is done already; what is over stays as it ended. */
RPC(Scheduling, scheduling, CancelAppointment, cancel_appointment)
{
	struct check check = check_begin(call);
	check_id(&check, "appointment_id", request->appointment_id);
	check_words(&check, "reason", request->reason);
	check_words(&check, "override_reason", request->override_reason);
	if (check_failed(&check))
		return check_status(&check);

	struct change change = change_of(call, request->appointment_id);
	while (change_look(&change)) {
		struct appointment_word word = {
			.reason = request->reason, .override_reason = "", .overridden = ""};
		if (change.row.state == APPOINTMENT_CANCELLED)
			return status_ok();
		struct status status = change_allowed(&change, LIFE_CANCEL);
		if (status_is_ok(status))
			status = check_cutoff(&change, request, &word);
		if (!status_is_ok(status))
			return status;
		Soleus__V1__AppointmentCancelled event = SOLEUS__V1__APPOINTMENT_CANCELLED__INIT;
		change_to(&change, APPOINTMENT_CANCELLED, &word);
		change_frees(&change);
		event.appointment = change_message(&change);
		event.reason = request->reason;
		change_commit(&change, &event.base, &reply->base);
	}
	return change.status;
}
