#include "scheduling/handlers/check.h"
#include "scheduling/handlers/offer.h"

#include "base/clock.h"

#define RANGE_MAX_US (62 * CLOCK_DAY_US)
#define IDS_MAX      100
#define LIMIT_USUAL  20
#define LIMIT_MAX    500

static void check_ids(struct check *check, const char *field, char **ids, size_t count)
{
	check_that(check, count <= IDS_MAX, field, "at most 100");
	for (size_t i = 0; i < count && i < IDS_MAX; i++)
		check_id(check, arena_printf(check->arena, "%s[%zu]", field, i), ids[i]);
}

static void check_request(struct check *check, const Soleus__V1__FindAvailabilityRequest *request)
{
	check_id_or_empty(check, "athlete_id", request->athlete_id);
	check_id(check, "service_id", request->service_id);
	check_ids(check, "clinic_ids", request->clinic_ids, request->n_clinic_ids);
	check_ids(check, "practitioner_ids", request->practitioner_ids,
		  request->n_practitioner_ids);
	check_that(check, request->n_then_service_ids < AVAILABILITY_SERVICES_MAX,
		   "then_service_ids", "at most 5");
	for (size_t i = 0; i < request->n_then_service_ids && i < AVAILABILITY_SERVICES_MAX; i++)
		check_id(check, arena_printf(check->arena, "then_service_ids[%zu]", i),
			 request->then_service_ids[i]);
	check_words(check, "skill", request->skill);
	check_instant(check, "from_at", request->from_at);
	check_instant(check, "until_at", request->until_at);
	if (!check_failed(check))
		check_that(check,
			   request->until_at > request->from_at &&
				   request->until_at - request->from_at <= RANGE_MAX_US,
			   "until_at", "later than from_at, by at most 62 days");
	check_that(check, request->limit >= 0 && request->limit <= LIMIT_MAX, "limit", "1 to 500");
}

RPC(Scheduling, scheduling, FindAvailability, find_availability)
{
	struct check check = check_begin(call);
	check_request(&check, request);
	if (check_failed(&check))
		return check_status(&check);
	if (*request->athlete_id && !may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	const char *services[AVAILABILITY_SERVICES_MAX] = {request->service_id};
	for (size_t i = 0; i < request->n_then_service_ids; i++)
		services[i + 1] = request->then_service_ids[i];
	const struct availability_asked asked = {
		.organisation_id = call->organisation_id,
		.service_ids = services,
		.service_count = 1 + request->n_then_service_ids,
		.skill = request->skill,
		.athlete_id = request->athlete_id,
		.clinic_ids = (const char *const *)request->clinic_ids,
		.clinic_count = request->n_clinic_ids,
		.practitioner_ids = (const char *const *)request->practitioner_ids,
		.practitioner_count = request->n_practitioner_ids,
		.from_at = request->from_at,
		.until_at = request->until_at,
	};
	const struct offer_order order = {
		.limit = request->limit ? (size_t)request->limit : LIMIT_USUAL,
		.first_free = request->first_free,
	};
	struct offer offer;
	struct status status = offer_slots(call, &asked, &order, &offer);
	if (!status_is_ok(status))
		return status;
	reply->slots = offer.slots;
	reply->n_slots = offer.slot_count;
	reply->rows = offer.rows;
	reply->n_rows = offer.row_count;
	reply->open_reviews = offer.reviews;
	reply->n_open_reviews = offer.review_count;
	return status;
}
