#include "scheduling/handlers/check.h"
#include "scheduling/handlers/hold_end.h"

/* Giving the same answer again is done already. */
static FIBER struct status answer_ended(struct change *change,
					const Soleus__V1__AnswerOfferRequest *request,
					Soleus__V1__AnswerOfferReply *reply)
{
	struct call *call = change->call;
	struct waitlist_offer offer;
	reply->appointment = NULL; /* of a try before */
	struct status status = waitlist_read_offer(
		call_db(call), call->arena, call->organisation_id, request->offer_id, &offer);
	if (!status_is_ok(status))
		return status;
	if (offer.state != (request->accept ? WAITLIST_OFFER_ACCEPTED : WAITLIST_OFFER_DECLINED))
		return status_errorf(call->arena, STATUS_FAILED_PRECONDITION,
				     "the offer has ended: %s",
				     waitlist_offer_state_name(offer.state));
	if (request->accept)
		reply->appointment = change_message(change);
	return status;
}

RPC(Scheduling, scheduling, AnswerOffer, answer_offer)
{
	struct check check = check_begin(call);
	check_id(&check, "offer_id", request->offer_id);
	if (check_failed(&check))
		return check_status(&check);

	struct waitlist_offer offer;
	struct status status = waitlist_read_offer(
		call_db(call), call->arena, call->organisation_id, request->offer_id, &offer);
	if (!status_is_ok(status))
		return status;
	if (!may_see_athlete(call, offer.athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such offer");
	struct change change = change_of(call, offer.appointment_id);
	while (change_look(&change)) {
		struct hold_end end;
		if (!*change.offer_id)
			return answer_ended(&change, request, reply);
		if (request->accept && change.row.hold_expires_at <= change.now_us)
			return status_error(STATUS_FAILED_PRECONDITION,
					    "the offer has ended: expired");
		status = hold_end_of_change(&change, &end);
		if (!status_is_ok(status))
			return status;
		if (request->accept)
			hold_end_add_confirm(&end);
		else
			hold_end_add(&end, APPOINTMENT_CANCELLED);
		if (request->accept)
			reply->appointment = change_message(&change);
		change_commit(&change, NULL, &reply->base);
	}
	return change.status;
}
