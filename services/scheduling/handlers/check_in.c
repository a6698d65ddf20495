#include "scheduling/handlers/change.h"
#include "scheduling/handlers/check.h"
#include "scheduling/handlers/local_time.h"

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

/* The screening and the day; both give way to a reason. */
static struct status check_today(const struct change *change, const char *override_reason)
{
	const struct appointment_row *row = &change->row;
	struct arena *arena = change->call->arena;
	if (!text_is_blank(override_reason))
		return status_ok();
	if (is_refused_by(row->screening_outcome))
		return status_errorf(arena, STATUS_FAILED_PRECONDITION, "the screening says %s: %s",
				     row->screening_outcome, row->screening_why);
	if (row->starts_at > change->now_us + EARLIEST_US)
		return status_errorf(arena, STATUS_FAILED_PRECONDITION,
				     "the visit begins at %s: check in on its day, or give an "
				     "override_reason",
				     local_time_text(arena, row->starts_at, row->offset_s));
	return status_ok();
}

RPC(Scheduling, scheduling, CheckIn, check_in)
{
	struct check check = check_begin(call);
	check_id(&check, "appointment_id", request->appointment_id);
	check_words(&check, "override_reason", request->override_reason);
	if (check_failed(&check))
		return check_status(&check);

	struct change change = change_of(call, request->appointment_id);
	while (change_look(&change)) {
		struct appointment_word word = {.reason = request->override_reason,
						.override_reason = "",
						.overridden = ""};
		reply->screening_outcome = (char *)change.row.screening_outcome;
		if (change.row.state == APPOINTMENT_CHECKED_IN)
			return status_ok();
		struct status status = change_allowed(&change, LIFE_CHECK_IN);
		if (status_is_ok(status))
			status = check_today(&change, request->override_reason);
		if (!status_is_ok(status))
			return status;
		Soleus__V1__AppointmentCheckedIn event = SOLEUS__V1__APPOINTMENT_CHECKED_IN__INIT;
		change_to(&change, APPOINTMENT_CHECKED_IN, &word);
		event.appointment = change_message(&change);
		change_commit(&change, &event.base, &reply->base);
	}
	return change.status;
}
