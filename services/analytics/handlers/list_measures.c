#include "analytics/handlers/service.h"
#include "analytics/store/fact.h"
#include "analytics/store/measure_page.h"
#include "events/audit.h"
#include "events/check.h"

#define LIMIT_MOST    1000
#define LIMIT_DEFAULT 200

static Soleus__V1__Measure *measure_message(struct arena *arena, const struct measure_page_row *row)
{
	Soleus__V1__Measure *message = ARENA_NEW(arena, Soleus__V1__Measure);
	soleus__v1__measure__init(message);
	message->measure_id = (char *)row->measure_id;
	message->athlete_id = (char *)row->athlete_id;
	message->note_id = (char *)row->note_id;
	message->source = (char *)row->source;
	message->instrument = (char *)row->instrument;
	message->scoring_version = row->scoring_version;
	message->area = (char *)row->area;
	message->side = (char *)row->side;
	message->moment = (char *)row->moment;
	message->value = row->value;
	message->taken_at = row->taken_at;
	return message;
}

RPC(Analytics, analytics, ListMeasures, list_measures)
{
	struct check check = check_begin(call);
	check_id(&check, "athlete_id", request->athlete_id);
	check_page(&check, request->after_at, request->after_id, request->limit, LIMIT_MOST);
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	struct db_unit *unit = call_unit(call);
	audit_of_athlete(unit, call, request->athlete_id, "");
	size_t athlete = athlete_find(unit, call->organisation_id, request->athlete_id);
	const struct measure_page page = {request->athlete_id, request->after_at, request->after_id,
					  request->limit ? request->limit : LIMIT_DEFAULT};
	size_t measures = measures_page(unit, call->organisation_id, &page);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, measures);
	if (db_result_rows(db_unit_result(unit, athlete)) == 0 && db_result_rows(rows) == 0)
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	reply->measures = ARENA_ARRAY(call->arena, db_result_rows(rows), Soleus__V1__Measure *);
	for (size_t row = 0; row < db_result_rows(rows); row++) {
		const struct measure_page_row measure = measure_page_row(rows, row);
		reply->measures[reply->n_measures++] = measure_message(call->arena, &measure);
	}
	return status_ok();
}
