#include "scheduling/handlers/find_appointment.h"

#include "scheduling/handlers/check.h"

FIBER struct status find_appointment(struct call *call, const char *appointment_id,
				     struct appointment_row *ret_row, bool *ret_key_known)
{
	struct db_unit *unit = call_unit(call);
	size_t index = appointment_find(unit, call->organisation_id, appointment_id,
					ret_key_known ? call->idempotency_key : "");
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *found = db_unit_result(unit, index);
	if (db_result_rows(found) == 0)
		return status_error(STATUS_NOT_FOUND, "no such appointment");
	const struct appointment_row row = appointment_row(found, 0);
	if (!may_see_athlete(call, row.athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such appointment");
	if (ret_key_known)
		*ret_key_known = appointment_key_known(found);
	*ret_row = row;
	return status;
}
