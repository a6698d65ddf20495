#include "scheduling/handlers/check.h"
#include "scheduling/store/resources.h"

#include "soleus/v1/scheduling.pb-c.h"

#include <strings.h>

#define MINUTES_MAX 720

RPC(Scheduling, scheduling, PutTravelTime, put_travel_time)
{
	struct check check = check_begin(call);
	check_id(&check, "from_clinic_id", request->from_clinic_id);
	check_id(&check, "to_clinic_id", request->to_clinic_id);
	check_that(&check, strcasecmp(request->from_clinic_id, request->to_clinic_id) != 0,
		   "to_clinic_id", "another clinic than from_clinic_id");
	check_that(&check, request->minutes >= 0 && request->minutes <= MINUTES_MAX, "minutes",
		   "0 to 720");
	if (check_failed(&check))
		return check_status(&check);

	const struct travel_row travel = {request->from_clinic_id, request->to_clinic_id,
					  request->minutes, request->one_way};
	struct db_unit *unit = call_unit(call);
	size_t known = resources_find_clinics(unit, call->organisation_id, &travel);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	if (!resources_clinics_known(unit, known))
		return status_error(STATUS_NOT_FOUND, "no such clinic");

	struct command *command = command_begin(call);
	resources_put_travel(command->unit, call->organisation_id, &travel);
	return command_commit(command, &reply->base);
}
