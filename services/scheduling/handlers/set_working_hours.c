#include "scheduling/handlers/check.h"
#include "scheduling/handlers/messages.h"
#include "scheduling/handlers/working_rule.h"

#include "base/clock.h"
#include "base/text.h"

#include "soleus/v1/scheduling.pb-c.h"

#include <string.h>

#define HOURS_MAX    70
#define FIRST_MONDAY 10959 /* 2000-01-03 */

static bool overlaps(const Soleus__V1__WeeklyHours *one, const Soleus__V1__WeeklyHours *other)
{
	return one->weekday == other->weekday &&
	       working_minutes(one->opens) < working_minutes(other->closes) &&
	       working_minutes(other->opens) < working_minutes(one->closes);
}

static void check_hours(struct check *check, const Soleus__V1__SetWorkingHoursRequest *request)
{
	struct arena *arena = check->arena;
	check_that(check, request->n_hours <= HOURS_MAX, "hours", "at most 70");
	for (size_t i = 0; i < request->n_hours && i < HOURS_MAX; i++) {
		const Soleus__V1__WeeklyHours *hours = request->hours[i];
		int opens = working_minutes(hours->opens), closes = working_minutes(hours->closes);
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

/* Hours of one weekday are a rule; those that others share a time with stay rules of their own. */
static struct hours_rule *rules_of(struct call *call, const char *zone,
				   const Soleus__V1__SetWorkingHoursRequest *request)
{
	static const char *const rrules[] = {"FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=TU",
					     "FREQ=WEEKLY;BYDAY=WE", "FREQ=WEEKLY;BYDAY=TH",
					     "FREQ=WEEKLY;BYDAY=FR", "FREQ=WEEKLY;BYDAY=SA",
					     "FREQ=WEEKLY;BYDAY=SU"};
	struct hours_rule *rules = ARENA_ARRAY(call->arena, request->n_hours, struct hours_rule);
	for (size_t i = 0; rules && i < request->n_hours; i++)
		rules[i] = (struct hours_rule){
			.rule_id = text_uuid7_new(call->arena),
			.practitioner_id = request->practitioner_id,
			.clinic_id = request->clinic_id,
			.zone = zone,
			.rrule = rrules[request->hours[i]->weekday - 1],
			.first_day = FIRST_MONDAY,
			.opens = working_minutes(request->hours[i]->opens),
			.closes = working_minutes(request->hours[i]->closes),
			.weekly = true,
		};
	return rules;
}

RPC(Scheduling, scheduling, SetWorkingHours, set_working_hours)
{
	struct check check = check_begin(call);
	struct openings openings = {0};
	const char *zone;
	check_id(&check, "practitioner_id", request->practitioner_id);
	check_id(&check, "clinic_id", request->clinic_id);
	check_hours(&check, request);
	if (check_failed(&check))
		return check_status(&check);
	struct status status =
		working_zone(call, request->practitioner_id, request->clinic_id, &zone);
	if (!status_is_ok(status))
		return status;
	const struct hours_rule *rules = rules_of(call, zone, request);
	if (!rules)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "too many hours for one call");
	status = openings_expand(call->arena, rules, request->n_hours, clock_now_us(), &openings);
	if (!status_is_ok(status))
		return status;

	const char *tenant = call->organisation_id;
	const struct hours_rule before = {
		.practitioner_id = request->practitioner_id,
		.clinic_id = request->clinic_id,
		.weekly = true,
	};
	struct db_unit *unit = call_unit(call);
	size_t visits = hours_find_visits(unit, tenant, &before, &openings, clock_now_us());
	status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;

	struct command *command = command_begin(call);
	reply->outside_hours = appointment_messages(call->arena, db_unit_result(unit, visits),
						    &reply->n_outside_hours);
	hours_lock(command->unit, tenant, request->practitioner_id, request->clinic_id,
		   clock_now_us());
	hours_clear_weekly(command->unit, tenant, request->practitioner_id, request->clinic_id);
	for (size_t i = 0; i < request->n_hours; i++)
		hours_put_rule(command->unit, tenant, &rules[i], &openings);
	hours_put_openings(command->unit, tenant, request->practitioner_id, request->clinic_id,
			   &openings);
	return command_commit(command, &reply->base);
}
