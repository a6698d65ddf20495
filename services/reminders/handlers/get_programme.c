#include "base/clock.h"
#include "reminders/handlers/programme_form.h"
#include "reminders/handlers/rpcs.h"
#include "reminders/store/programme.h"

RPC(Reminders, reminders, GetProgramme, get_programme)
{
	const struct programme *programme, *in_force;
	struct programme_made made, current;
	struct check check = check_begin(call);
	check_that(&check, request->version >= 0, "version",
		   "a version, or 0 for the one in force");
	if (check_failed(&check))
		return check_status(&check);

	int64_t now = clock_now_us();
	struct db_unit *unit = call_unit(call);
	size_t asked = programme_ask(unit, call->organisation_id, now, request->version);
	size_t held = programme_ask(unit, call->organisation_id, now, 0);
	struct status status = db_run(call_db(call), unit);
	if (status_is_ok(status))
		status = programme_take(unit, asked, call->arena, &programme, &made);
	if (status_is_ok(status))
		status = programme_take(unit, held, call->arena, &in_force, &current);
	if (!status_is_ok(status))
		return status;
	if (request->version > 0 && made.version == 0)
		return status_error(STATUS_NOT_FOUND, "no such version");
	made.in_force = made.version == current.version;
	reply->programme = programme_to_form(call->arena, programme, true);
	if (made.version > 0)
		reply->made = version_message(call->arena, &made);
	return status_ok();
}
