#include "analytics/handlers/review_message.h"
#include "analytics/handlers/service.h"
#include "events/check.h"

#define REVIEWS_MAX 500

RPC(Analytics, analytics, ListUpstreamReviews, list_upstream_reviews)
{
	struct check check = check_begin(call);
	if (*request->athlete_id)
		check_id(&check, "athlete_id", request->athlete_id);
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	struct db_unit *unit = call_unit(call);
	size_t reviews = reviews_of(unit, call->organisation_id, request->athlete_id,
				    request->open_only, REVIEWS_MAX);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, reviews);
	reply->reviews =
		ARENA_ARRAY(call->arena, db_result_rows(rows), Soleus__V1__UpstreamReview *);
	for (size_t row = 0; row < db_result_rows(rows); row++) {
		const struct review_row review = review_row(rows, row);
		reply->reviews[reply->n_reviews++] = review_message(call->arena, &review);
	}
	return status_ok();
}
