#include "events/check.h"
#include "notes/handlers/access.h"
#include "notes/handlers/screening_link.h"
#include "notes/handlers/service.h"
#include "notes/handlers/trail.h"
#include "notes/store/visit.h"

#include "base/clock.h"

#include <string.h>

/* Ours: answers that come later are of no use, and a lost link is none for long. */
#define LIVES_AFTER_US (2 * CLOCK_HOUR_US)

static FIBER struct status look(struct call *call, const char *appointment_id,
				struct appointment_found *ret_visit)
{
	struct db_unit *unit = call_unit(call);
	size_t found = appointment_find(unit, call->organisation_id, appointment_id);
	struct status status = db_run(call_db(call), unit);
	if (status_is_ok(status))
		*ret_visit = appointment_found(unit, found);
	return status;
}

static struct status refuse(const struct appointment_found *visit)
{
	if (!visit->found)
		return status_error(STATUS_NOT_FOUND, "no such appointment");
	if (strcmp(visit->state, "cancelled") == 0)
		return status_error(STATUS_FAILED_PRECONDITION, "this appointment is cancelled");
	if (clock_now_us() >= visit->ends_at + LIVES_AFTER_US)
		return status_error(STATUS_FAILED_PRECONDITION, "this visit is over");
	return status_ok();
}

RPC(Notes, notes, CreateScreeningLink, create_screening_link)
{
	struct check check = check_begin(call);
	check_id(&check, "appointment_id", request->appointment_id);
	if (check_failed(&check))
		return check_status(&check);

	struct appointment_found visit;
	struct status status = look(call, request->appointment_id, &visit);
	if (status_is_ok(status))
		status = refuse(&visit);
	if (!status_is_ok(status))
		return status;

	struct screening_link link = {.ends_at = visit.ends_at + LIVES_AFTER_US};
	strcpy(link.organisation_id, call->organisation_id);
	strcpy(link.appointment_id, request->appointment_id);
	strcpy(link.athlete_id, visit.athlete_id);
	reply->token = (char *)screening_link_write(call->arena, &link);
	reply->ends_at = link.ends_at;
	if (!reply->token)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the call");
	reply->url = (char *)screening_link_url(call->arena, reply->token);
	struct command *command = command_begin(call);
	guard_visits(call, command->unit, visit.athlete_id);
	leave_trail(call, command->unit, visit.athlete_id, request->appointment_id);
	status = command_commit(command, &reply->base);
	if (!status_is_ok(status)) /* nobody has the token who was refused it */
		soleus__v1__create_screening_link_reply__init(reply);
	return guarded_writing(command->unit, status);
}
