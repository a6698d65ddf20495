#include "scheduling/handlers/change.h"
#include "scheduling/handlers/check.h"

/* Releasing a hold that has ended is done already. */
static bool has_ended(const struct appointment_row *row)
{
	return row->state == APPOINTMENT_EXPIRED ||
	       (row->state == APPOINTMENT_CANCELLED && row->hold_expires_at);
}

RPC(Scheduling, scheduling, ReleaseHold, release_hold)
{
	struct check check = check_begin(call);
	check_id(&check, "appointment_id", request->appointment_id);
	if (check_failed(&check))
		return check_status(&check);

	struct change change = change_of(call, request->appointment_id);
	while (change_look(&change)) {
		struct appointment_word word = {
			.reason = "", .override_reason = "", .overridden = ""};
		if (has_ended(&change.row))
			return status_ok();
		struct status status = change_allowed(&change, LIFE_RELEASE);
		if (!status_is_ok(status))
			return status;
		Soleus__V1__HoldEnded event = SOLEUS__V1__HOLD_ENDED__INIT;
		change_to(&change, APPOINTMENT_CANCELLED, &word);
		event.appointment = change_message(&change);
		change_commit(&change, &event.base, &reply->base);
	}
	return change.status;
}
