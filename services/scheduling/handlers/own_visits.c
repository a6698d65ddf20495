#include "scheduling/handlers/own_visits.h"

#include "events/check.h"
#include "scheduling/store/appointment.h"

FIBER struct status own_visits_allow(struct call *call, size_t wanted, int64_t now_us)
{
	const char *athlete_id = sees_athlete_alone(call);
	if (!athlete_id)
		return status_ok();
	struct db_unit *unit = call_unit(call);
	size_t index = appointments_ahead(unit, call->organisation_id, athlete_id, now_us,
					  OWN_VISITS_AHEAD);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	int64_t ahead = db_int(db_unit_result(unit, index), 0, 0);
	if (ahead + (int64_t)wanted > OWN_VISITS_AHEAD)
		return status_errorf(call->arena, STATUS_FAILED_PRECONDITION,
				     "%d visits ahead are what athletes book themselves: the front "
				     "desk books more",
				     OWN_VISITS_AHEAD);
	return status;
}
