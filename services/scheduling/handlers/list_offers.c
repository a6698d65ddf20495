#include "events/audit.h"
#include "scheduling/handlers/check.h"
#include "scheduling/handlers/waitlist_messages.h"

RPC(Scheduling, scheduling, ListOffers, list_offers)
{
	struct check check = check_begin(call);
	check_id_or_empty(&check, "athlete_id", request->athlete_id);
	check_id_or_empty(&check, "slot_id", request->slot_id);
	check_that(&check, !*request->athlete_id != !*request->slot_id, "athlete_id",
		   "an athlete's id, or slot_id: one of the two");
	if (check_failed(&check))
		return check_status(&check);
	if (*request->athlete_id ? !may_see_athlete(call, request->athlete_id) : !is_staff(call))
		return status_error(STATUS_PERMISSION_DENIED,
				    "an athlete lists the own offers: athlete_id");

	struct db_unit *unit = call_unit(call);
	audit_of_athlete(unit, call, request->athlete_id, "");
	size_t list = *request->athlete_id ? waitlist_offers_of_athlete(unit, call->organisation_id,
									request->athlete_id)
					   : waitlist_offers_of_slot(unit, call->organisation_id,
								     request->slot_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, list);
	reply->offers = ARENA_ARRAY(call->arena, db_result_rows(rows), Soleus__V1__WaitlistOffer *);
	for (size_t row = 0; row < db_result_rows(rows); row++) {
		const struct waitlist_offer offer = waitlist_offer(rows, row);
		reply->offers[reply->n_offers++] = waitlist_offer_message(call->arena, &offer);
	}
	return status;
}
