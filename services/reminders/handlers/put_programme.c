#include "base/clock.h"
#include "reminders/handlers/programme_form.h"
#include "reminders/handlers/rpcs.h"
#include "reminders/store/programme.h"

#include <string.h>

static struct status overtaken(void)
{
	return status_error(STATUS_ABORTED,
			    "somebody has made another version meanwhile: programme.version");
}

/* The newest version, in force or not: 0 for none. */
static FIBER struct status newest(struct call *call, int32_t *ret_version)
{
	struct programme_made *versions;
	size_t count;
	struct status status = programme_versions(call_db(call), call->arena, call->organisation_id,
						  clock_now_us(), &versions, &count);
	if (status_is_ok(status))
		*ret_version = count > 0 ? versions[0].version : 0;
	return status;
}

RPC(Reminders, reminders, PutProgramme, put_programme)
{
	int64_t now = clock_now_us();
	int32_t version = 0;
	struct programme *programme = ARENA_NEW(call->arena, struct programme);
	struct check check = check_begin(call);
	if (!programme)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "too much memory for a programme");
	programme_from_form(&check, "programme", request->programme, programme);
	check_words(&check, "remark", request->remark);
	if (request->effective_at != 0)
		check_instant(&check, "effective_at", request->effective_at);
	if (check_failed(&check))
		return check_status(&check);

	struct status status = newest(call, &version);
	if (!status_is_ok(status))
		return status;
	if (version != programme->version)
		return overtaken();
	reply->programme = programme_to_form(call->arena, programme, false);
	if (request->check_only)
		return command_commit(command_begin(call), &reply->base);

	const struct programme_made made = {
		.version = version + 1,
		.effective_at = request->effective_at > now ? request->effective_at : now,
		.made_at = now,
		.made_by = call->principal->name,
		.remark = request->remark,
	};
	reply->version = reply->programme->version = made.version;
	struct command *command = command_begin(call);
	programme_add(command->unit, call->organisation_id, programme, &made);
	status = command_commit(command, &reply->base);
	if (!status_is_ok(status) &&
	    strcmp(db_unit_constraint(command->unit), "programme_key") == 0)
		return overtaken();
	return status;
}
