#include "scheduling/handlers/working_rule.h"

#include "scheduling/handlers/messages.h"

#include <string.h>

int working_minutes(const char *text)
{
	if (strlen(text) != 5 || text[2] != ':')
		return -1;
	for (size_t i = 0; i < 5; i++)
		if (i != 2 && (text[i] < '0' || text[i] > '9'))
			return -1;
	int hour = (text[0] - '0') * 10 + text[1] - '0',
	    minute = (text[3] - '0') * 10 + text[4] - '0';
	int all = hour * 60 + minute;
	return minute < 60 && all <= 24 * 60 ? all : -1;
}

FIBER struct status working_zone(struct call *call, const char *practitioner_id,
				 const char *clinic_id, const char **ret_zone)
{
	struct db_unit *unit = call_unit(call);
	size_t found =
		hours_find_workplace(unit, call->organisation_id, practitioner_id, clinic_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	struct workplace_known known = hours_workplace(unit, found);
	if (!known.practitioner)
		return status_error(STATUS_NOT_FOUND, "no such practitioner");
	if (!known.clinic)
		return status_error(STATUS_NOT_FOUND, "no such clinic");
	if (known.elsewhere)
		return status_error(STATUS_FAILED_PRECONDITION,
				    "the practitioner does not work at this clinic: "
				    "Directory.UpdatePractitioner says where");
	*ret_zone = known.zone;
	return status;
}
