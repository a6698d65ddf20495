#include "reminders/rules/follow_up.h"

#include <string.h>

#define MINUTE_US INT64_C(60000000)
#define HOUR_US   (60 * MINUTE_US)
#define DAY_US    (24 * HOUR_US)

/* Local hours of the day and limits that the rules leave open: ours. */
#define EVENING_BEFORE     (18 * 60) /* A3, early enough to eat, drink and sleep by it */
#define REMINDER_EVENING   (19 * 60)
#define PLAN_MORNING       (9 * 60)
#define CHECK_IN_MORNING   (10 * 60)
#define CHECK_IN_OVER      (21 * 60)
#define PLAN_OVER          (12 * 60) /* of the day after the step's */
#define PLAN_STEPS_MAX     16
#define PLAN_FIRST_AFTER   HOUR_US
#define REMINDER_48H_STALE (12 * HOUR_US)
#define REMINDER_3H_STALE  (30 * MINUTE_US)
#define PREPARATION_LEAD   (3 * HOUR_US)

static const struct {
	const char *name;
	const char *rule;
	enum message_priority priority;
} purposes[MESSAGE_PURPOSES] = {
	[MESSAGE_BOOKING_CONFIRMATION] = {"confirmation", "A4", MESSAGE_PRIORITY_VISIT},
	[MESSAGE_REMINDER_48H] = {"reminder_48h", "A4", MESSAGE_PRIORITY_VISIT},
	[MESSAGE_REMINDER_3H] = {"reminder_3h", "A4", MESSAGE_PRIORITY_VISIT},
	[MESSAGE_PREPARATION] = {"preparation", "A3", MESSAGE_PRIORITY_CARE},
	[MESSAGE_VISIT_MOVED] = {"visit_moved", "A4", MESSAGE_PRIORITY_VISIT},
	[MESSAGE_VISIT_CANCELLED] = {"visit_cancelled", "A4", MESSAGE_PRIORITY_VISIT},
	[MESSAGE_TIMING_CLASH] = {"timing_clash", "T1", MESSAGE_PRIORITY_VISIT},
	[MESSAGE_WAITLIST_OFFER] = {"waitlist_offer", "Waitlist", MESSAGE_PRIORITY_VISIT},
	[MESSAGE_WAITLIST_GONE] = {"waitlist_gone", "Waitlist", MESSAGE_PRIORITY_VISIT},
	[MESSAGE_PLAN_STEP] = {"plan_step", "P1", MESSAGE_PRIORITY_CARE},
	[MESSAGE_CHECK_IN] = {"day_after_check_in", "A1", MESSAGE_PRIORITY_CARE},
	[MESSAGE_RED_FLAG_24H] = {"red_flag_24h", "A2", MESSAGE_PRIORITY_SAFETY},
	[MESSAGE_RED_FLAG_72H] = {"red_flag_72h", "A2", MESSAGE_PRIORITY_SAFETY},
	[MESSAGE_MEASURES_48H] = {"measures_48h", "O2", MESSAGE_PRIORITY_MEASURE},
	[MESSAGE_MEASURES_10D] = {"measures_10d", "O2", MESSAGE_PRIORITY_MEASURE},
	[MESSAGE_MEASURES_4W] = {"measures_4w", "O2", MESSAGE_PRIORITY_MEASURE},
	[MESSAGE_EMERGENCY_ADVICE] = {"emergency_advice", "A2", MESSAGE_PRIORITY_SAFETY},
	[MESSAGE_STOP_CONFIRMED] = {"stop_confirmed", "Messages", MESSAGE_PRIORITY_SAFETY},
	[MESSAGE_START_CONFIRMED] = {"start_confirmed", "Messages", MESSAGE_PRIORITY_VISIT},
	[MESSAGE_HELP] = {"help", "Messages", MESSAGE_PRIORITY_VISIT},
};

/* Messages in the making, kept in order of due_at as they come. */
struct list {
	struct planned_message *messages;
	size_t capacity;
	size_t count;
};

static void add(struct list *list, enum message_purpose purpose, int64_t due_at, int64_t stale_at,
		int32_t step, int32_t steps)
{
	if (list->count == list->capacity || due_at >= stale_at)
		return;
	size_t at = list->count++;
	for (; at > 0 && list->messages[at - 1].due_at > due_at; at--)
		list->messages[at] = list->messages[at - 1];
	list->messages[at] = (struct planned_message){
		.purpose = purpose,
		.rule = purposes[purpose].rule,
		.priority = purposes[purpose].priority,
		.due_at = due_at,
		.stale_at = stale_at,
		.step = step,
		.steps = steps,
	};
}

/* A4: 3 h before; for an early visit the evening before, when 3 h before is night. */
static void add_reminder_3h(struct list *list, const struct follow_up_booking *booking)
{
	int64_t starts_at = booking->visit_starts_at;
	int64_t due_at = starts_at - 3 * HOUR_US;
	int64_t stale_at = starts_at - REMINDER_3H_STALE;
	if (send_window_next(&send_window_ours, &booking->zone, due_at) >= stale_at)
		due_at = local_day_instant(&booking->zone, starts_at, -1, REMINDER_EVENING);
	if (due_at > booking->booked_at)
		add(list, MESSAGE_REMINDER_3H, due_at, stale_at, 0, 0);
}

size_t follow_up_for_booking(const struct follow_up_booking *booking,
			     struct planned_message *ret_messages, size_t capacity)
{
	struct list list = {ret_messages, capacity, 0};
	int64_t starts_at = booking->visit_starts_at;
	int64_t booked_at = booking->booked_at;
	if (booked_at >= starts_at)
		return 0;
	add(&list, booking->moved ? MESSAGE_VISIT_MOVED : MESSAGE_BOOKING_CONFIRMATION, booked_at,
	    starts_at, 0, 0);
	if (starts_at - 48 * HOUR_US > booked_at)
		add(&list, MESSAGE_REMINDER_48H, starts_at - 48 * HOUR_US,
		    starts_at - REMINDER_48H_STALE, 0, 0);
	/* A3: the evening before, or at once for a later booking while there is time to prepare. */
	int64_t evening = local_day_instant(&booking->zone, starts_at, -1, EVENING_BEFORE);
	add(&list, MESSAGE_PREPARATION, evening > booked_at ? evening : booked_at,
	    starts_at - PREPARATION_LEAD, 0, 0);
	add_reminder_3h(&list, booking);
	return list.count;
}

static bool is_repeated(const int32_t *days, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (days[i] == days[at])
			return true;
	return false;
}

/* How many days of the plan come before `day`; a day counts once, however many steps it has. */
static size_t days_before(const int32_t *days, size_t count, int32_t day)
{
	size_t before = 0;
	for (size_t i = 0; i < count; i++)
		before += days[i] >= 0 && days[i] < day && !is_repeated(days, i);
	return before;
}

/* P1: a day's message comes in its morning; that of day 0 an hour after the visit. Two areas have
 * their steps on the same days, and the athlete is told of a day once. */
static void add_plan(struct list *list, const struct follow_up_note *note)
{
	const int32_t *days = note->plan_days;
	size_t count = note->plan_day_count;
	if (count > PLAN_STEPS_MAX)
		count = PLAN_STEPS_MAX;
	size_t steps = days_before(days, count, INT32_MAX);
	for (size_t i = 0; i < count; i++) {
		int32_t day = days[i];
		if (day < 0 || is_repeated(days, i))
			continue;
		int64_t soonest = note->visit_ends_at + PLAN_FIRST_AFTER;
		int64_t due_at =
			local_day_instant(&note->zone, note->visit_ends_at, day, PLAN_MORNING);
		int64_t stale_at =
			local_day_instant(&note->zone, note->visit_ends_at, day + 1, PLAN_OVER);
		add(list, MESSAGE_PLAN_STEP, due_at > soonest ? due_at : soonest, stale_at,
		    (int32_t)days_before(days, count, day) + 1, (int32_t)steps);
	}
}

/* After the visit's end. An O2 question goes stale where analytics' window closes; A2's symptoms
 * have come two days later (R4), so its questions keep their worth for a day and two. */
static const struct {
	enum message_purpose purpose;
	bool thorax;
	int64_t due_after;
	int64_t stale_after;
} after_visit[] = {
	{MESSAGE_RED_FLAG_24H, true, 24 * HOUR_US, 48 * HOUR_US},
	{MESSAGE_RED_FLAG_72H, true, 72 * HOUR_US, 120 * HOUR_US},
	{MESSAGE_MEASURES_48H, false, 48 * HOUR_US, 72 * HOUR_US},
	{MESSAGE_MEASURES_10D, false, 10 * DAY_US, 14 * DAY_US},
	{MESSAGE_MEASURES_4W, false, 28 * DAY_US, 42 * DAY_US},
};

size_t follow_up_for_note(const struct follow_up_note *note, struct planned_message *ret_messages,
			  size_t capacity)
{
	struct list list = {ret_messages, capacity, 0};
	if (!note->treated && !note->thorax)
		return 0;
	for (size_t i = 0; i < sizeof(after_visit) / sizeof(after_visit[0]); i++)
		if (note->thorax || !after_visit[i].thorax)
			add(&list, after_visit[i].purpose,
			    note->visit_ends_at + after_visit[i].due_after,
			    note->visit_ends_at + after_visit[i].stale_after, 0, 0);
	add(&list, MESSAGE_CHECK_IN,
	    local_day_instant(&note->zone, note->visit_ends_at, 1, CHECK_IN_MORNING),
	    local_day_instant(&note->zone, note->visit_ends_at, 1, CHECK_IN_OVER), 0, 0);
	add_plan(&list, note);
	return list.count;
}

int64_t follow_up_ends_at(const struct follow_up_note *note)
{
	int64_t days = 0;
	for (size_t i = 0; i < sizeof(after_visit) / sizeof(after_visit[0]); i++)
		if (after_visit[i].stale_after > days * DAY_US)
			days = after_visit[i].stale_after / DAY_US;
	for (size_t i = 0; i < note->plan_day_count; i++)
		if (note->plan_days[i] >= days)
			days = (int64_t)note->plan_days[i] + 1;
	return note->visit_ends_at + (days + 1) * DAY_US;
}

const char *message_purpose_name(enum message_purpose purpose)
{
	return purposes[purpose].name;
}

bool message_purpose_find(const char *name, enum message_purpose *ret_purpose)
{
	for (int i = 0; name && i < MESSAGE_PURPOSES; i++)
		if (strcmp(purposes[i].name, name) == 0) {
			*ret_purpose = (enum message_purpose)i;
			return true;
		}
	return false;
}

const char *message_purpose_rule(enum message_purpose purpose)
{
	return purposes[purpose].rule;
}

enum message_priority message_purpose_priority(enum message_purpose purpose)
{
	return purposes[purpose].priority;
}
