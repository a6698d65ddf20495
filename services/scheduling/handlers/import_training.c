#include "scheduling/handlers/calendar_file.h"
#include "scheduling/handlers/check.h"
#include "scheduling/handlers/skipped.h"

#include "base/clock.h"
#include "base/text.h"

#include <string.h>

static struct status refuse(struct check *check, struct status status)
{
	if (status.code != STATUS_INVALID_ARGUMENT)
		return status;
	check_that(check, false, "ics", status.message);
	return check_status(check);
}

RPC(Scheduling, scheduling, ImportTraining, import_training)
{
	struct check check = check_begin(call);
	size_t length = strlen(request->ics);
	check_id(&check, "athlete_id", request->athlete_id);
	check_name(&check, "source", request->source);
	check_that(&check, !text_is_uuid(request->source), "source",
		   "a name: ids are of subscribed calendars");
	check_that(&check, length > 0 && length <= ICAL_BYTES_MAX, "ics",
		   "an iCalendar file of at most 1 MiB");
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	const struct training_calendar whose = {
		.organisation_id = call->organisation_id,
		.athlete_id = request->athlete_id,
		.source = request->source,
		.now_us = clock_now_us(),
	};
	struct calendar_file file;
	struct status status =
		calendar_file_read(call_db(call), call->arena, &whose, request->ics, length, &file);
	if (!status_is_ok(status))
		return refuse(&check, status);
	reply->skipped =
		skipped_messages(call->arena, file.skipped, file.skipped_count, &reply->n_skipped);
	reply->put = ARENA_NEW(call->arena, Soleus__V1__PutTrainingReply);
	soleus__v1__put_training_reply__init(reply->put);
	return calendar_command(call, &file.calendar, reply->put, &reply->base);
}
