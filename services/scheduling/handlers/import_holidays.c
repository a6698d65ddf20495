#include "scheduling/handlers/check.h"
#include "scheduling/handlers/holidays.h"
#include "scheduling/handlers/messages.h"
#include "scheduling/handlers/skipped.h"
#include "scheduling/handlers/waitlist.h"
#include "scheduling/store/freed.h"

#include "base/clock.h"

#include <string.h>
#include <strings.h>

#define CLINICS_MAX 200

static void check_request(struct check *check, const Soleus__V1__ImportHolidaysRequest *request)
{
	size_t length = strlen(request->ics);
	check_name(check, "source", request->source);
	check_that(check, length > 0 && length <= ICAL_BYTES_MAX, "ics",
		   "an iCalendar file of at most 1 MiB");
	check_that(check, request->n_clinic_ids <= CLINICS_MAX, "clinic_ids", "at most 200");
	for (size_t i = 0; i < request->n_clinic_ids && i < CLINICS_MAX; i++)
		check_id(check, arena_printf(check->arena, "clinic_ids[%zu]", i),
			 request->clinic_ids[i]);
}

static bool is_among(const struct holiday_file *file, const char *clinic_id)
{
	for (size_t i = 0; i < file->clinic_count; i++)
		if (strcasecmp(file->clinics[i].clinic_id, clinic_id) == 0)
			return true;
	return false;
}

static FIBER struct status find_clinics(struct call *call,
					const Soleus__V1__ImportHolidaysRequest *request,
					struct holiday_file *file)
{
	struct db_unit *unit = call_unit(call);
	size_t index =
		holiday_clinics(unit, call->organisation_id,
				(const char *const *)request->clinic_ids, request->n_clinic_ids);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, index);
	size_t count = db_result_rows(rows);
	struct holiday_clinic *clinics = ARENA_ARRAY(call->arena, count, struct holiday_clinic);
	if (!clinics)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "too many clinics for one call");
	for (size_t row = 0; row < count; row++)
		clinics[row] = holiday_clinic(rows, row);
	file->clinics = clinics;
	file->clinic_count = count;
	for (size_t i = 0; i < request->n_clinic_ids; i++)
		if (!is_among(file, request->clinic_ids[i]))
			return status_error(STATUS_NOT_FOUND, "no such clinic");
	return count > 0 ? status : status_error(STATUS_NOT_FOUND, "there is no clinic yet");
}

/* The file against what its source has brought before, and who has booked on its days. */
static FIBER struct status look(struct call *call, const char *source,
				const struct holiday_file *file, struct holiday_changes *changes,
				Soleus__V1__ImportHolidaysReply *reply)
{
	struct db_unit *unit = call_unit(call);
	size_t kept = holiday_kept(unit, call->organisation_id, source, file->clinics,
				   file->clinic_count, file->now_us);
	size_t visits = holiday_find_visits(unit, call->organisation_id, file->rows,
					    file->row_count, file->now_us);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	reply->affected =
		appointment_messages(call->arena, db_unit_result(unit, visits), &reply->n_affected);
	return holidays_compare(call->arena, file, db_unit_result(unit, kept), changes);
}

/* What is taken back frees its time, before it goes. */
static void add_changes(struct command *command, const char *source, int64_t now_us,
			const struct holiday_changes *changes)
{
	struct call *call = command->call;
	Soleus__V1__HolidaysChanged event = SOLEUS__V1__HOLIDAYS_CHANGED__INIT;
	for (size_t i = 0; i < changes->gone_count; i++)
		freed_add_by_absence(command->unit, call->organisation_id,
				     changes->gone[i].absence_id, now_us);
	if (changes->gone_count > 0)
		holiday_remove(command->unit, call->organisation_id, changes->gone,
			       changes->gone_count);
	if (changes->put_count > 0)
		holiday_put(command->unit, call->organisation_id, source, changes->put,
			    changes->put_count);
	event.source = (char *)source;
	event.added = changes->added;
	event.changed = changes->changed;
	event.removed = changes->removed;
	if (changes->gone_count + changes->put_count > 0)
		command_event(command, call->organisation_id, &event.base);
}

RPC(Scheduling, scheduling, ImportHolidays, import_holidays)
{
	struct check check = check_begin(call);
	check_request(&check, request);
	if (check_failed(&check))
		return check_status(&check);

	struct holiday_file file = {
		.text = request->ics, .length = strlen(request->ics), .now_us = clock_now_us()};
	struct holiday_changes changes;
	struct status status = find_clinics(call, request, &file);
	if (status_is_ok(status))
		status = holidays_read(call->arena, &file);
	if (status.code == STATUS_INVALID_ARGUMENT) {
		check_that(&check, false, "ics", status.message);
		return check_status(&check);
	}
	if (status_is_ok(status))
		status = look(call, request->source, &file, &changes, reply);
	if (!status_is_ok(status))
		return status;

	struct command *command = command_begin(call);
	add_changes(command, request->source, file.now_us, &changes);
	reply->added = changes.added;
	reply->changed = changes.changed;
	reply->unchanged = changes.unchanged;
	reply->removed = changes.removed;
	reply->skipped =
		skipped_messages(call->arena, file.skipped, file.skipped_count, &reply->n_skipped);
	status = command_commit(command, &reply->base);
	if (status_is_ok(status) && changes.gone_count > 0)
		waitlist_expect();
	return status;
}
