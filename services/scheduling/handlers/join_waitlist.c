#include "events/audit.h"
#include "scheduling/handlers/check.h"
#include "scheduling/handlers/working_rule.h"
#include "scheduling/store/waitlist.h"

#include "base/clock.h"
#include "base/text.h"

#include "soleus/v1/scheduling.pb-c.h"

#define CHOICES_MAX  20
#define HORIZON_US   (2 * 366 * CLOCK_DAY_US)
#define NOTICE_USUAL 120
#define NOTICE_MAX   20160
#define URGENCY_MAX  2
#define WEEKDAYS     7
#define DAY_BEGINS   "00:00"
#define DAY_ENDS     "24:00"
#define USUAL_GRADE  TIMING_FAIR

static void check_ids(struct check *check, const char *field, char *const *ids, size_t count)
{
	check_that(check, count <= CHOICES_MAX, field, "at most 20, or none for any");
	for (size_t i = 0; i < count && i < CHOICES_MAX; i++)
		check_id(check, arena_printf(check->arena, "%s[%zu]", field, i), ids[i]);
}

static void check_times(struct check *check, const Soleus__V1__WaitlistEntry *entry, int64_t now_us)
{
	const char *opens = *entry->opens ? entry->opens : DAY_BEGINS;
	const char *closes = *entry->closes ? entry->closes : DAY_ENDS;
	unsigned seen = 0;
	bool weekdays_are_good = true;
	for (size_t i = 0; i < entry->n_weekdays && weekdays_are_good; i++) {
		int32_t day = entry->weekdays[i];
		weekdays_are_good = day >= 1 && day <= WEEKDAYS && !(seen >> day & 1);
		seen |= weekdays_are_good ? 1u << day : 0;
	}
	check_that(check, weekdays_are_good, "entry.weekdays", "1 Monday to 7 Sunday, each once");
	check_that(check, working_minutes(opens) >= 0, "entry.opens", "HH:MM, or empty");
	check_that(check, working_minutes(closes) > working_minutes(opens), "entry.closes",
		   "HH:MM up to 24:00, later than opens, or empty");
	check_instant(check, "entry.from_at", entry->from_at);
	check_instant(check, "entry.until_at", entry->until_at);
	check_that(check,
		   entry->until_at > entry->from_at && entry->until_at > now_us &&
			   entry->until_at < now_us + HORIZON_US,
		   "entry.until_at", "later than from_at and now, within two years");
}

/* What the clinic answers for is its staff's to set: urgency, and times that the timing warns of.
 */
static void check_standing(struct check *check, const Soleus__V1__WaitlistEntry *entry, bool staff)
{
	enum timing_grade grade = USUAL_GRADE;
	bool known = !*entry->least_grade || timing_grade_find(entry->least_grade, &grade);
	check_that(check, known && (staff || grade != TIMING_WARN), "entry.least_grade",
		   staff ? "good, fair, warn or empty"
			 : "good, fair or empty; warn is for staff to set");
	check_that(check, entry->notice_minutes >= 0 && entry->notice_minutes <= NOTICE_MAX,
		   "entry.notice_minutes", "0 to 20160");
	check_that(check, entry->urgency >= 0 && entry->urgency <= (staff ? URGENCY_MAX : 0),
		   "entry.urgency", staff ? "0 to 2" : "0: it is for staff to set");
}

static void check_entry(struct check *check, const Soleus__V1__WaitlistEntry *entry, bool staff,
			int64_t now_us)
{
	check_that(check, !*entry->entry_id, "entry.entry_id", "empty: it is a new one");
	check_id(check, "entry.athlete_id", entry->athlete_id);
	check_id(check, "entry.service_id", entry->service_id);
	check_ids(check, "entry.clinic_ids", entry->clinic_ids, entry->n_clinic_ids);
	check_ids(check, "entry.practitioner_ids", entry->practitioner_ids,
		  entry->n_practitioner_ids);
	check_times(check, entry, now_us);
	check_standing(check, entry, staff);
}

static struct waitlist_entry entry_of(struct arena *arena, const Soleus__V1__WaitlistEntry *asked,
				      int64_t now_us)
{
	return (struct waitlist_entry){
		.entry_id = text_uuid7_new(arena),
		.athlete_id = asked->athlete_id,
		.service_id = asked->service_id,
		.clinic_ids = (const char *const *)asked->clinic_ids,
		.clinic_count = asked->n_clinic_ids,
		.practitioner_ids = (const char *const *)asked->practitioner_ids,
		.practitioner_count = asked->n_practitioner_ids,
		.weekdays = asked->weekdays,
		.weekday_count = asked->n_weekdays,
		.opens = *asked->opens ? asked->opens : DAY_BEGINS,
		.closes = *asked->closes ? asked->closes : DAY_ENDS,
		.from_at = asked->from_at,
		.until_at = asked->until_at,
		.least_grade =
			*asked->least_grade ? asked->least_grade : timing_grade_name(USUAL_GRADE),
		.notice_minutes = asked->notice_minutes ? asked->notice_minutes : NOTICE_USUAL,
		.urgency = asked->urgency,
		.joined_at = now_us,
	};
}

static FIBER struct status check_known(struct call *call, const struct waitlist_entry *entry)
{
	struct db_unit *unit = call_unit(call);
	size_t index = waitlist_find_known(unit, call->organisation_id, entry);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct waitlist_known known = waitlist_known(unit, index);
	if (!known.athlete)
		return status_error(STATUS_NOT_FOUND, "no such athlete");
	if (!known.service)
		return status_error(STATUS_NOT_FOUND, "no such service");
	if (!known.clinics)
		return status_error(STATUS_NOT_FOUND, "no such clinic");
	if (!known.practitioners)
		return status_error(STATUS_NOT_FOUND, "no such practitioner");
	return status;
}

/* Times that are free already are not offered: they can be booked. */
RPC(Scheduling, scheduling, JoinWaitlist, join_waitlist)
{
	struct check check = check_begin(call);
	int64_t now_us = clock_now_us();
	check_that(&check, request->entry != NULL, "entry", "what is waited for");
	if (request->entry)
		check_entry(&check, request->entry, is_staff(call), now_us);
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->entry->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	const struct waitlist_entry entry = entry_of(call->arena, request->entry, now_us);
	struct status status = check_known(call, &entry);
	if (!status_is_ok(status))
		return status;
	struct command *command = command_begin(call);
	audit_of_athlete(command->unit, call, entry.athlete_id, entry.entry_id);
	waitlist_join(command->unit, call->organisation_id, &entry);
	reply->entry_id = (char *)entry.entry_id;
	return command_commit(command, &reply->base);
}
