#include "reminders/rules/follow_up.h"

#include "knowledge/plan.h"

#define MINUTE_US INT64_C(60000000)
#define DAY_US    (1440 * MINUTE_US)

/* Messages in the making, kept in order of due_at as they come. */
struct list {
	struct planned_message *messages;
	size_t capacity;
	size_t count;
};

/* What moments are reckoned from. */
struct visit_times {
	int64_t now; /* the booking's or the move's; nothing is missed: INT64_MIN */
	int64_t starts_at;
	int64_t ends_at;
	int64_t day_of; /* of whose local day "day 0" is */
	int32_t plan_day;
	const struct send_window *window;
	const struct local_zone *zone;
};

static int64_t instant(const struct programme_moment *moment, const struct visit_times *times)
{
	switch (moment->anchor) {
	case PROGRAMME_BEFORE:
		return times->starts_at - moment->minutes * MINUTE_US;
	case PROGRAMME_AFTER:
		return times->ends_at + moment->minutes * MINUTE_US;
	case PROGRAMME_DAY:
		return local_day_instant(times->zone, times->day_of, moment->day, moment->minutes);
	case PROGRAMME_PLANEND:
	case PROGRAMME_PLAN:
		return local_day_instant(times->zone, times->day_of, times->plan_day + moment->day,
					 moment->minutes);
	default:
		return times->now;
	}
}

static bool comes_after(const struct planned_message *message, int64_t due_at,
			enum message_priority priority)
{
	return message->due_at > due_at ||
	       (message->due_at == due_at && message->priority > priority);
}

/* NULL: it would be stale when it is due, or there is no room. */
static struct planned_message *add(struct list *list, enum message_purpose purpose,
				   const struct programme_step *step, int64_t due_at,
				   int64_t stale_at)
{
	if (list->count == list->capacity || due_at >= stale_at)
		return NULL;
	size_t at = list->count++;
	for (; at > 0 && comes_after(&list->messages[at - 1], due_at, step->priority); at--)
		list->messages[at] = list->messages[at - 1];
	list->messages[at] = (struct planned_message){
		.purpose = purpose,
		.rule = step->rule,
		.priority = step->priority,
		.bundle = step->bundle,
		.due_at = due_at,
		.stale_at = stale_at,
	};
	return &list->messages[at];
}

static void add_of_visit(struct list *list, enum message_purpose purpose,
			 const struct programme_step *step, const struct visit_times *times)
{
	int64_t due_at = instant(&step->due, times);
	int64_t stale_at = instant(&step->stale, times);
	if (step->instead.anchor != PROGRAMME_UNSET &&
	    send_window_next(times->window, times->zone, due_at) >= stale_at)
		due_at = instant(&step->instead, times);
	if (due_at <= times->now && step->due.anchor != PROGRAMME_NOW) {
		if (step->missed == PROGRAMME_MISSED_SKIP)
			return;
		due_at = times->now;
	}
	add(list, purpose, step, due_at, stale_at);
}

size_t follow_up_for_booking(const struct programme *programme,
			     const struct follow_up_booking *booking,
			     struct planned_message *ret_messages, size_t capacity)
{
	struct list list = {ret_messages, capacity, 0};
	unsigned on = booking->moved ? PROGRAMME_ON_MOVED : PROGRAMME_ON_BOOKED;
	const struct visit_times times = {
		.now = booking->booked_at,
		.starts_at = booking->visit_starts_at,
		.day_of = booking->visit_starts_at,
		.window = &programme->window,
		.zone = &booking->zone,
	};
	if (times.now >= times.starts_at)
		return 0;
	for (int i = 0; i < MESSAGE_PURPOSES; i++)
		if (programme->steps[i].on & on && !programme->steps[i].off)
			add_of_visit(&list, (enum message_purpose)i, &programme->steps[i], &times);
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

/* P1: one message for each day. Two areas have their steps on the same days, and the athlete is
 * told of a day once. */
static void add_plan(struct list *list, enum message_purpose purpose,
		     const struct programme_step *step, const struct follow_up_note *note,
		     struct visit_times *times)
{
	const int32_t *days = note->plan_days;
	size_t count = note->plan_day_count;
	if (count > PLAN_STEPS_MOST)
		count = PLAN_STEPS_MOST;
	size_t steps = days_before(days, count, INT32_MAX);
	for (size_t i = 0; i < count; i++) {
		if (days[i] < 0 || is_repeated(days, i))
			continue;
		times->plan_day = days[i];
		int64_t soonest = times->ends_at + step->earliest_minutes * MINUTE_US;
		int64_t due_at = instant(&step->due, times);
		struct planned_message *message =
			add(list, purpose, step, due_at > soonest ? due_at : soonest,
			    instant(&step->stale, times));
		if (message) {
			message->step = (int32_t)days_before(days, count, days[i]) + 1;
			message->steps = (int32_t)steps;
		}
	}
}

/* The last day on which a step begins; -1: there is no plan. */
static int32_t plan_end(const struct follow_up_note *note)
{
	int32_t last = -1;
	for (size_t i = 0; i < note->plan_day_count; i++)
		if (note->plan_days[i] > last)
			last = note->plan_days[i];
	return last;
}

size_t follow_up_for_note(const struct programme *programme, const struct follow_up_note *note,
			  struct planned_message *ret_messages, size_t capacity)
{
	struct list list = {ret_messages, capacity, 0};
	struct visit_times times = {
		.now = INT64_MIN,
		.ends_at = note->visit_ends_at,
		.day_of = note->visit_ends_at,
		.window = &programme->window,
		.zone = &note->zone,
	};
	if (!note->treated && !note->thorax)
		return 0;
	for (int i = 0; i < MESSAGE_PURPOSES; i++) {
		const struct programme_step *step = &programme->steps[i];
		if (!(step->on & PROGRAMME_ON_SIGNED) || step->off ||
		    (step->when == PROGRAMME_WHEN_THORAX && !note->thorax))
			continue;
		times.plan_day = plan_end(note);
		if (step->due.anchor == PROGRAMME_PLANEND && times.plan_day < 0)
			continue;
		if (step->due.anchor == PROGRAMME_PLAN)
			add_plan(&list, (enum message_purpose)i, step, note, &times);
		else
			add_of_visit(&list, (enum message_purpose)i, step, &times);
	}
	return list.count;
}

int64_t follow_up_ends_at(const struct follow_up_note *note)
{
	int32_t last = plan_end(note);
	return note->visit_ends_at + (PROGRAMME_DAYS_MOST + (last > 0 ? last : 0) + 1) * DAY_US;
}
