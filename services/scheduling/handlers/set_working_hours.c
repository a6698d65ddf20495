#include "scheduling/handlers/check.h"
#include "scheduling/store/catalogue.h"

#include "base/clock.h"

#include "soleus/v1/scheduling.pb-c.h"

#include <string.h>

#define HOURS_MAX 70

/* Minutes of "HH:MM", 24:00 included; -1 when it is none. */
static int minutes(const char *text)
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

static bool overlaps(const Soleus__V1__WeeklyHours *one, const Soleus__V1__WeeklyHours *other)
{
	return one->weekday == other->weekday && minutes(one->opens) < minutes(other->closes) &&
	       minutes(other->opens) < minutes(one->closes);
}

static void check_hours(struct check *check, const Soleus__V1__SetWorkingHoursRequest *request)
{
	struct arena *arena = check->arena;
	check_that(check, request->n_hours <= HOURS_MAX, "hours", "at most 70");
	for (size_t i = 0; i < request->n_hours && i < HOURS_MAX; i++) {
		const Soleus__V1__WeeklyHours *hours = request->hours[i];
		int opens = minutes(hours->opens), closes = minutes(hours->closes);
		if (hours->weekday < 1 || hours->weekday > 7)
			faults_addf(&check->faults, arena, "1 Monday to 7 Sunday",
				    "hours[%zu].weekday", i);
		if (opens < 0)
			faults_addf(&check->faults, arena, "HH:MM", "hours[%zu].opens", i);
		if (closes < 0 || closes <= opens)
			faults_addf(&check->faults, arena, "HH:MM up to 24:00, later than opens",
				    "hours[%zu].closes", i);
		for (size_t other = 0; other < i; other++)
			if (overlaps(request->hours[other], hours))
				faults_addf(&check->faults, arena,
					    "hours that do not overlap others of the day",
					    "hours[%zu]", i);
	}
}

static FIBER struct status check_workplace(struct call *call,
					   const Soleus__V1__SetWorkingHoursRequest *request)
{
	struct db_unit *unit = call_unit(call);
	size_t found = catalogue_find_workplace(unit, call->organisation_id,
						request->practitioner_id, request->clinic_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	struct workplace_known known = catalogue_workplace(unit, found);
	if (!known.practitioner)
		return status_error(STATUS_NOT_FOUND, "no such practitioner");
	return known.clinic ? status : status_error(STATUS_NOT_FOUND, "no such clinic");
}

static struct weekly_hours columns(struct arena *arena,
				   const Soleus__V1__SetWorkingHoursRequest *request)
{
	struct weekly_hours hours = {
		.count = request->n_hours,
		.weekdays = ARENA_ARRAY(arena, request->n_hours, const char *),
		.opens = ARENA_ARRAY(arena, request->n_hours, const char *),
		.closes = ARENA_ARRAY(arena, request->n_hours, const char *),
	};
	for (size_t i = 0; i < hours.count; i++) {
		hours.weekdays[i] = db_from_int(arena, request->hours[i]->weekday);
		hours.opens[i] = request->hours[i]->opens;
		hours.closes[i] = request->hours[i]->closes;
	}
	return hours;
}

RPC(Scheduling, scheduling, SetWorkingHours, set_working_hours)
{
	struct check check = check_begin(call);
	check_id(&check, "practitioner_id", request->practitioner_id);
	check_id(&check, "clinic_id", request->clinic_id);
	check_hours(&check, request);
	if (check_failed(&check))
		return check_status(&check);
	struct status status = check_workplace(call, request);
	if (!status_is_ok(status))
		return status;

	struct command *command = command_begin(call);
	const struct weekly_hours hours = columns(call->arena, request);
	catalogue_replace_hours(command->unit, call->organisation_id, request->practitioner_id,
				request->clinic_id, &hours, clock_now_us());
	return command_commit(command, &reply->base);
}
