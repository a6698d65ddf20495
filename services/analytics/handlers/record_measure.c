#include "analytics/handlers/service.h"
#include "analytics/rules/judge.h"
#include "analytics/rules/upstream.h"
#include "analytics/store/fact.h"
#include "events/audit.h"
#include "events/check.h"

#include "base/clock.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

#define YEARS_BACK_US (20 * 366 * CLOCK_DAY_US)

static void check_place(struct check *check, const char *area, const char *side)
{
	bool one_side = strcmp(side, "left") == 0 || strcmp(side, "right") == 0;
	check_that(check, !*area || upstream_area_find(area), "area",
		   "an area's code, such as calf, or nothing");
	check_that(check, *area ? one_side : !*side, "side",
		   "left or right with an area, else nothing");
}

static void check_value(struct check *check, const struct instrument *instrument,
			const Soleus__V1__RecordMeasureRequest *request)
{
	check_that(check, request->has_value && isfinite(request->value), "value",
		   "a number, with has_value: a missing value is never zero (O3)");
	if (instrument && request->has_value && isfinite(request->value))
		check_that(check, instrument_accepts(instrument, request->value), "value",
			   instrument_expects(check->arena, instrument));
}

/* `ret_known`: the id to write under; NULL: no such athlete. */
static FIBER struct status look(struct call *call, const char *athlete_id, const char **ret_known)
{
	struct db_unit *unit = call_unit(call);
	size_t found = athlete_find(unit, call->organisation_id, athlete_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *athlete = db_unit_result(unit, found);
	*ret_known = db_result_rows(athlete) > 0 ? db_text(athlete, 0, 0) : NULL;
	return status;
}

RPC(Analytics, analytics, RecordMeasure, record_measure)
{
	int64_t now_us = clock_now_us();
	const struct instrument *instrument = instrument_find(request->instrument);
	struct check check = check_begin(call);
	check_id(&check, "athlete_id", request->athlete_id);
	check_that(&check, instrument, "instrument", "an instrument's code, such as nprs");
	check_place(&check, request->area, request->side);
	check_value(&check, instrument, request);
	check_that(&check,
		   request->taken_at == 0 || (request->taken_at <= now_us &&
					      request->taken_at >= now_us - YEARS_BACK_US),
		   "taken_at", "an instant of the last 20 years, or 0 for now");
	if (check_failed(&check))
		return check_status(&check);

	const char *known;
	struct status status = look(call, request->athlete_id, &known);
	if (!status_is_ok(status))
		return status;
	if (!known)
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	const struct measure measure = {
		.area = request->area,
		.side = request->side,
		.instrument = request->instrument,
		.moment = "",
		.value = request->value,
		.measure_id = text_uuid7_new(call->arena),
		.scoring_version = instrument->version,
	};
	const struct measure_origin origin = {
		.athlete_id = known,
		.note_id = "",
		.source = "desk",
		.taken_at = request->taken_at ? request->taken_at : now_us,
		.told_at = now_us,
	};
	struct command *command = command_begin(call);
	audit_of_athlete(command->unit, call, request->athlete_id, measure.measure_id);
	measures_add(command->unit, call->organisation_id, &origin, &measure, 1);
	reply->measure_id = (char *)measure.measure_id;
	return command_commit(command, &reply->base);
}
