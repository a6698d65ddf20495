#include "events/audit.h"
#include "scheduling/handlers/check.h"
#include "scheduling/handlers/hold_end.h"
#include "scheduling/store/waitlist.h"

#include "base/clock.h"

#define TRIES 12 /* while others are quicker */

static FIBER struct status find(struct call *call, const char *entry_id,
				struct waitlist_entry *ret_entry, const char **ret_offer_id)
{
	struct db_unit *unit = call_unit(call);
	size_t index = waitlist_find(unit, call->organisation_id, entry_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *found = db_unit_result(unit, index);
	if (db_result_rows(found) == 0)
		return status_error(STATUS_NOT_FOUND, "no such entry");
	*ret_entry = waitlist_entry(call->arena, found, 0);
	*ret_offer_id = waitlist_entry_offer(found);
	if (!may_see_athlete(call, ret_entry->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such entry");
	return status;
}

/* ABORTED: it has changed meanwhile. */
static FIBER struct status leave(struct call *call, const struct waitlist_entry *entry,
				 Soleus__V1__LeaveWaitlistReply *reply)
{
	struct command *command = command_begin(call);
	audit_of_athlete(command->unit, call, entry->athlete_id, entry->entry_id);
	waitlist_leave(command->unit, call->organisation_id, entry->entry_id, clock_now_us());
	return command_commit(command, &reply->base);
}

/* What is offered is declined with it. */
static FIBER struct status leave_offer(struct call *call, const char *offer_id,
				       Soleus__V1__LeaveWaitlistReply *reply)
{
	struct waitlist_offer offer;
	struct hold_end end;
	struct status status = waitlist_read_offer(call_db(call), call->arena,
						   call->organisation_id, offer_id, &offer);
	if (!status_is_ok(status))
		return status;
	struct change change = change_of(call, offer.appointment_id);
	if (!change_look(&change))
		return change.status;
	if (!*change.offer_id)
		return status_error(STATUS_ABORTED, "the offer has ended meanwhile");
	status = hold_end_of_change(&change, &end);
	if (!status_is_ok(status))
		return status;
	end.leaves = true;
	audit_of_athlete(end.unit, call, change.row.athlete_id, end.offer.entry_id);
	hold_end_add(&end, APPOINTMENT_CANCELLED);
	change_commit(&change, NULL, &reply->base);
	return change.status;
}

/* Leaving what has ended without a visit is done already. */
RPC(Scheduling, scheduling, LeaveWaitlist, leave_waitlist)
{
	struct check check = check_begin(call);
	check_id(&check, "entry_id", request->entry_id);
	if (check_failed(&check))
		return check_status(&check);

	struct status status = status_error(STATUS_ABORTED, "");
	for (unsigned tries = 0; status.code == STATUS_ABORTED && tries < TRIES; tries++) {
		struct waitlist_entry entry = {0};
		const char *offer_id = "";
		status = find(call, request->entry_id, &entry, &offer_id);
		if (!status_is_ok(status) || entry.state == WAITLIST_LEFT ||
		    entry.state == WAITLIST_LAPSED)
			return status;
		if (entry.state == WAITLIST_BOOKED)
			return status_error(STATUS_FAILED_PRECONDITION,
					    "an offer was accepted: cancel the visit");
		status =
			*offer_id ? leave_offer(call, offer_id, reply) : leave(call, &entry, reply);
	}
	return status;
}
