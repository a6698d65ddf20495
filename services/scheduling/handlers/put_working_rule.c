#include "scheduling/handlers/check.h"
#include "scheduling/handlers/messages.h"
#include "scheduling/handlers/working_rule.h"

#include "base/clock.h"
#include "base/text.h"
#include "ical/recur.h"
#include "loop/offload.h"

#define DAYS_MAX  400
#define FIRST_DAY 10957 /* 2000-01-01 */
#define LAST_DAY  47482 /* 2100-01-01 */

struct checked_words {
	struct arena *arena;
	const char *rrule;
	struct status status;
};

static void check_words_of_rule(void *argument)
{
	struct checked_words *words = argument;
	words->status = recur_check(words->arena, words->rrule);
}

static bool read_day(const char *text, int32_t *ret_day)
{
	return text_to_date(text, ret_day) && *ret_day >= FIRST_DAY && *ret_day < LAST_DAY;
}

static const int32_t *read_days(struct check *check, const char *field, char **texts, size_t count)
{
	int32_t *days = ARENA_ARRAY(check->arena, count < DAYS_MAX ? count : DAYS_MAX, int32_t);
	check_that(check, count <= DAYS_MAX, field, "at most 400");
	for (size_t i = 0; days && i < count && i < DAYS_MAX; i++)
		if (!read_day(texts[i], &days[i]))
			faults_addf(&check->faults, check->arena, "YYYY-MM-DD, 2000 to 2099",
				    "%s[%zu]", field, i);
	return days;
}

static FIBER struct hours_rule read_rule(struct check *check, const Soleus__V1__WorkingRule *asked)
{
	struct checked_words words = {check->arena, asked->rrule, status_ok()};
	struct hours_rule rule = {
		.rule_id = *asked->rule_id ? asked->rule_id : text_uuid7_new(check->arena),
		.practitioner_id = asked->practitioner_id,
		.clinic_id = asked->clinic_id,
		.rrule = asked->rrule,
		.opens = working_minutes(asked->opens),
		.closes = working_minutes(asked->closes),
		.excluded_count = asked->n_excluded,
		.added_count = asked->n_added,
	};
	check_id_or_empty(check, "rule.rule_id", asked->rule_id);
	check_id(check, "rule.practitioner_id", asked->practitioner_id);
	check_id(check, "rule.clinic_id", asked->clinic_id);
	offload(check_words_of_rule, &words);
	check_that(check, status_is_ok(words.status), "rule.rrule", words.status.message);
	check_that(check, read_day(asked->first_day, &rule.first_day), "rule.first_day",
		   "YYYY-MM-DD, 2000 to 2099");
	check_that(check, rule.opens >= 0, "rule.opens", "HH:MM");
	check_that(check, rule.closes > rule.opens, "rule.closes",
		   "HH:MM up to 24:00, later than opens");
	rule.excluded = read_days(check, "rule.excluded", asked->excluded, asked->n_excluded);
	rule.added = read_days(check, "rule.added", asked->added, asked->n_added);
	return rule;
}

RPC(Scheduling, scheduling, PutWorkingRule, put_working_rule)
{
	struct check check = check_begin(call);
	struct openings openings = {0};
	struct hours_rule rule = {0};
	int64_t now_us = clock_now_us();
	const char *tenant = call->organisation_id;
	check_that(&check, request->rule != NULL, "rule", "hours that recur");
	if (request->rule)
		rule = read_rule(&check, request->rule);
	if (check_failed(&check))
		return check_status(&check);
	struct status status = working_zone(call, rule.practitioner_id, rule.clinic_id, &rule.zone);
	if (status_is_ok(status))
		status = openings_expand(call->arena, &rule, 1, now_us, &openings);
	if (!status_is_ok(status))
		return status;
	struct db_unit *unit = call_unit(call);
	size_t visits = hours_find_visits(unit, tenant, &rule, &openings, now_us);
	status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;

	struct command *command = command_begin(call);
	hours_lock(command->unit, tenant, rule.practitioner_id, rule.clinic_id, now_us);
	hours_put_rule(command->unit, tenant, &rule, &openings);
	hours_clear_openings(command->unit, tenant, rule.rule_id, now_us - CLOCK_DAY_US);
	hours_put_openings(command->unit, tenant, rule.practitioner_id, rule.clinic_id, &openings);
	reply->rule_id = (char *)rule.rule_id;
	reply->outside_hours = appointment_messages(call->arena, db_unit_result(unit, visits),
						    &reply->n_outside_hours);
	status = command_commit(command, &reply->base);
	if (!status_is_ok(status) && hours_is_not_theirs(command->unit))
		return status_error(STATUS_FAILED_PRECONDITION,
				    "the rule is of somebody else's or of weekly hours");
	return status;
}
