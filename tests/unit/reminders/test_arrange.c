/* When the messages of a plan go out: send window, bundles, the day's cap, over changes of the
 * clocks. */
#include "reminders/rules/arrange.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MINUTE INT64_C(60000000)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

/* 2027-03-27T00:00 in Vienna; on the 28th (day 1) 2:00 becomes 3:00. */
#define BEGINS  (INT64_C(1806102000) * 1000000)
#define CHANGES (BEGINS + DAY + 2 * HOUR)

static int32_t vienna(const void *zone, int64_t at)
{
	(void)zone;
	return at < CHANGES ? 3600 : 7200;
}

static int32_t east(const void *zone, int64_t at)
{
	(void)at;
	return *(const int32_t *)zone;
}

static const struct local_zone zone = {vienna, NULL};

/* "1 09:00" in Vienna. */
static int64_t local(const char *text)
{
	int day, hour, minute;
	assert_int_equal(sscanf(text, "%d %d:%d", &day, &hour, &minute), 3);
	return local_day_instant(&zone, BEGINS, day, hour * 60 + minute);
}

static void write_local(int64_t at, char *ret_text)
{
	int64_t minutes = (at - BEGINS) / MINUTE + (at >= CHANGES ? 60 : 0);
	sprintf(ret_text, "%d %02d:%02d", (int)(minutes / 1440), (int)(minutes / 60 % 24),
		(int)(minutes % 60));
}

/* Plans are "PURPOSE DAY HH:MM [stale DAY HH:MM] | …", stale after two weeks where nothing is said.
 */
static size_t read_plan(const char *text, struct planned_message *messages)
{
	size_t count = 0;
	char copy[1024], *rest = copy, *part;
	snprintf(copy, sizeof(copy), "%s", text);
	while ((part = strsep(&rest, "|")) != NULL) {
		char code[64];
		assert_int_equal(sscanf(part, " %63s", code), 1);
		char *at = strstr(part, code) + strlen(code) + 1;
		struct planned_message *message = &messages[count++];
		*message = (struct planned_message){.due_at = local(at)};
		assert_true(message_purpose_find(code, &message->purpose));
		const struct programme_step *step = &programme_steps[message->purpose];
		message->priority = step->priority;
		message->bundle = step->bundle;
		message->rule = step->rule;
		char *until = strstr(at, "stale ");
		message->stale_at = until ? local(until + 6) : message->due_at + 14 * DAY;
	}
	return count;
}

static const struct {
	const char *name;
	int32_t bundle_minutes, cap;
	const char *taken; /* "DAY HH:MM | …" */
	const char *plan;
	const char *expected; /* + by the window, & in a bundle, > by the cap, ! not sent, ? for
				 quiet hours */
} cases[] = {
	{"in the window and apart: as wanted", 120, 4, "",
	 "reminder_48h 0 14:00 | preparation 1 18:00",
	 "reminder_48h 0 14:00 | preparation 1 18:00"},
	{"quiet hours hold until the morning", 120, 4, "", "measures_48h 0 06:10",
	 "measures_48h 0 08:00+"},
	{"the evening ends at 21:00: the next morning, behind the change of the clocks", 120, 4, "",
	 "measures_48h 0 21:00", "measures_48h 1 08:00+"},
	{"A2 keeps the window too, and is in no bundle", 120, 4, "",
	 "red_flag_24h 0 07:00 | plan_step 0 08:00", "red_flag_24h 0 08:00+ | plan_step 0 08:00"},
	{"the later joins the earlier", 120, 4, "",
	 "plan_step 1 09:00 | day_after_check_in 1 10:00",
	 "plan_step 1 09:00 | day_after_check_in 1 09:00&"},
	{"two hours is together, a minute more is not", 120, 4, "",
	 "plan_step 1 09:00 | day_after_check_in 1 11:00 | measures_48h 1 11:01",
	 "plan_step 1 09:00 | day_after_check_in 1 09:00& | measures_48h 1 11:01"},
	{"held for the window, then together", 120, 4, "",
	 "plan_step 0 05:00 | what_to_expect 0 09:30",
	 "plan_step 0 08:00+ | what_to_expect 0 08:00&"},
	{"another class stays apart", 120, 4, "", "confirmation 0 17:30 | plan_step 0 18:00",
	 "confirmation 0 17:30 | plan_step 0 18:00"},
	{"what is booked for tomorrow is told with its preparation", 120, 4, "",
	 "confirmation 0 17:30 | preparation 0 18:00",
	 "confirmation 0 17:30 | preparation 0 17:30&"},
	{"no bundles: the organisation's wish", 0, 4, "",
	 "plan_step 1 09:00 | day_after_check_in 1 09:00",
	 "plan_step 1 09:00 | day_after_check_in 1 09:00"},
	{"the third of a day of two comes in the morning after", 0, 2, "0 10:00 | 0 11:00",
	 "measures_48h 0 14:00", "measures_48h 1 08:00>"},
	{"a full day after it too", 0, 2, "0 10:00 | 0 11:00 | 1 12:00 | 1 13:00",
	 "measures_48h 0 14:00", "measures_48h 2 08:00>"},
	{"a part of a text takes no more room", 120, 2, "1 12:00",
	 "plan_step 1 09:00 | day_after_check_in 1 10:00 | measures_48h 1 10:30",
	 "plan_step 1 09:00 | day_after_check_in 1 09:00& | measures_48h 1 09:00&"},
	{"the visit's before care, care before measures", 0, 2, "",
	 "measures_48h 0 09:00 | plan_step 0 10:00 | reminder_48h 0 11:00",
	 "plan_step 0 10:00 | reminder_48h 0 11:00 | measures_48h 1 08:00>"},
	{"what cannot wait is not sent", 0, 1, "0 10:00",
	 "day_after_check_in 0 10:00 stale 0 21:00", "day_after_check_in 0 10:00!"},
	{"what quiet hours hold for too long is not sent, and takes no room", 0, 1, "",
	 "preparation 0 06:10 stale 0 07:21 | measures_48h 0 14:00",
	 "preparation 0 08:00+? | measures_48h 0 14:00"},
	{"safety is not counted and never held", 0, 1, "0 10:00",
	 "red_flag_24h 0 14:00 | red_flag_72h 0 15:00",
	 "red_flag_24h 0 14:00 | red_flag_72h 0 15:00"},
	{"news goes out on a full day, and counts", 0, 1, "0 10:00",
	 "confirmation 0 12:00 | reminder_48h 0 13:00",
	 "confirmation 0 12:00 | reminder_48h 1 08:00>"},
	{"a full week is enough waiting", 0, 1,
	 "0 09:00 | 1 09:00 | 2 09:00 | 3 09:00 | 4 09:00 | 5 09:00 | 6 09:00 | 7 09:00",
	 "measures_4w 0 10:00", "measures_4w 0 10:00!"},
};

static void arranges(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct planned_message messages[FOLLOW_UP_MAX];
		struct programme programme;
		int64_t taken[16];
		size_t taken_count = 0;
		char text[1024] = "", when[32], copy[256], *rest = copy, *part;
		snprintf(copy, sizeof(copy), "%s", cases[i].taken);
		while (*copy && (part = strsep(&rest, "|")) != NULL)
			taken[taken_count++] = local(part);
		programme_begin(&programme);
		programme.bundle_minutes = cases[i].bundle_minutes;
		programme.daily_cap = cases[i].cap;
		size_t count = read_plan(cases[i].plan, messages);
		arrange(&programme, &zone, taken, taken_count, messages, count);
		for (size_t m = 0; m < count; m++) {
			write_local(messages[m].due_at, when);
			sprintf(text + strlen(text), "%s%s %s%s%s%s%s", m ? " | " : "",
				message_purpose_name(messages[m].purpose), when,
				messages[m].moved & MESSAGE_MOVED_BY_WINDOW ? "+" : "",
				messages[m].moved & MESSAGE_MOVED_BY_BUNDLE ? "&" : "",
				messages[m].moved & MESSAGE_MOVED_BY_CAP ? ">" : "",
				messages[m].unsent
					? messages[m].unsent == MESSAGE_OVER_CAP ? "!" : "?"
					: "");
		}
		if (strcmp(text, cases[i].expected) != 0)
			fail_msg("%s: %s", cases[i].name, text);
	}
}

/* Whatever is planned, wherever the athlete lives: planning twice gives the same, nothing leaves
 * the window, no day has more than the cap but by news and safety, and none is lost without a word.
 */
static void holds_for_any_plan(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= 2000; seed++) {
		struct planned_message once[FOLLOW_UP_MAX], twice[FOLLOW_UP_MAX];
		struct programme programme;
		int32_t offset = (int32_t)(seed % 25) * 3600 - 12 * 3600;
		const struct local_zone somewhere = {east, &offset};
		int32_t days[] = {0, 1, (int32_t)(seed % 9), 2, 3};
		programme_begin(&programme);
		programme.daily_cap = 1 + (int32_t)(seed % 3);
		programme.bundle_minutes = (int32_t)(seed % 5) * 60;
		struct follow_up_note note = {BEGINS + (int64_t)(seed % 1440) * MINUTE,
					      true,
					      seed % 2,
					      days,
					      5,
					      somewhere};
		size_t count = follow_up_for_note(&programme, &note, once, FOLLOW_UP_MAX);
		memcpy(twice, once, sizeof(once));
		arrange(&programme, &somewhere, NULL, 0, once, count);
		arrange(&programme, &somewhere, NULL, 0, twice, count);
		assert_memory_equal(once, twice, count * sizeof(once[0]));
		for (size_t i = 0; i < count; i++) {
			int64_t texts = 0;
			if (once[i].unsent)
				continue;
			assert_true(
				send_window_is_open(&programme.window, &somewhere, once[i].due_at));
			assert_true(i == 0 || once[i - 1].due_at <= once[i].due_at);
			for (size_t j = 0; j < count; j++) {
				bool repeated = once[j].unsent ||
						once[j].priority == MESSAGE_PRIORITY_SAFETY;
				for (size_t k = 0; k < j; k++)
					repeated |= !once[k].unsent &&
						    once[k].bundle == once[j].bundle &&
						    once[k].due_at == once[j].due_at;
				texts += !repeated &&
					 (once[j].due_at + offset * INT64_C(1000000)) / DAY ==
						 (once[i].due_at + offset * INT64_C(1000000)) / DAY;
			}
			if (texts > programme.daily_cap)
				fail_msg("seed %u: %d texts on a day of %d", seed, (int)texts,
					 programme.daily_cap);
		}
	}
}

static void says_why(void **state)
{
	(void)state;
	struct programme programme;
	struct planned_message message = {.purpose = MESSAGE_CHECK_IN, .rule = "A1"};
	char trace[ARRANGE_TRACE_BYTES];
	programme_begin(&programme);
	arrange_trace(&programme, &message, trace);
	assert_string_equal(trace, "programme 0, step day_after_check_in, rule A1");
	programme.version = 3;
	message.wanted_at = BEGINS;
	message.moved = MESSAGE_MOVED_BY_WINDOW | MESSAGE_MOVED_BY_BUNDLE | MESSAGE_MOVED_BY_CAP;
	arrange_trace(&programme, &message, trace);
	assert_string_equal(trace, "programme 3, step day_after_check_in, rule A1; instead of "
				   "2027-03-26T23:00:00Z, by the send window, in a bundle, by the "
				   "day's cap");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arranges),
		cmocka_unit_test(holds_for_any_plan),
		cmocka_unit_test(says_why),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
