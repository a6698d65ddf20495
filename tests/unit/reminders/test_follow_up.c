/* What follows a booking (A3, A4) and a signed note (P1, A1, A2, O2), and when it is too late. */
#include "reminders/rules/follow_up.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#define HOUR INT64_C(3600000000)
#define DAY  (24 * HOUR)

/* 2027-01-01T00:00Z; the recipient lives at UTC+1. */
#define NEW_YEAR           (INT64_C(1798761600) * 1000000)
#define LOCAL(day_, hour_) (NEW_YEAR + (day_)*DAY + (int64_t)((hour_) * (double)HOUR) - HOUR)

static int32_t one_hour_east(const void *zone, int64_t at)
{
	(void)zone;
	(void)at;
	return 3600;
}

static const struct local_zone zone = {one_hour_east, 0};
static struct programme ours;

static int begin(void **state)
{
	(void)state;
	programme_begin(&ours);
	return 0;
}

/* "confirmation 0 10.0 | reminder_48h …": purpose, local day, local hour. */
static void describe(const struct planned_message *messages, size_t count, char *ret_text)
{
	ret_text[0] = '\0';
	for (size_t i = 0; i < count; i++) {
		int64_t local = messages[i].due_at + HOUR - NEW_YEAR;
		sprintf(ret_text + strlen(ret_text), "%s%s %d %.1f", i ? " | " : "",
			message_purpose_name(messages[i].purpose), (int)(local / DAY),
			(double)(local % DAY) / (double)HOUR);
	}
}

static const struct {
	const char *name;
	int booked_day;
	double booked_hour;
	int visit_day;
	double visit_hour;
	const char *expected;
} bookings[] = {
	{"A4 booked a week ahead", 1, 10, 8, 14,
	 "confirmation 1 10.0 | reminder_48h 6 14.0 | preparation 7 18.0 | reminder_3h 8 11.0"},
	{"A4 booked a second before 48 h ahead", 5, 14 - 1 / 3600.0, 7, 14,
	 "confirmation 5 14.0 | reminder_48h 5 14.0 | preparation 6 18.0 | reminder_3h 7 11.0"},
	{"A4 booked exactly 48 h ahead: the confirmation says it", 5, 14, 7, 14,
	 "confirmation 5 14.0 | preparation 6 18.0 | reminder_3h 7 11.0"},
	{"A3 booked the same morning: preparation at once", 7, 9, 7, 14,
	 "confirmation 7 9.0 | preparation 7 9.0 | reminder_3h 7 11.0"},
	{"A4 booked exactly 3 h ahead", 7, 11, 7, 14, "confirmation 7 11.0"},
	{"A4 booked two hours ahead: no reminder", 7, 12, 7, 14, "confirmation 7 12.0"},
	{"A4 a visit at 8:00: the last reminder comes the evening before", 1, 10, 8, 8,
	 "confirmation 1 10.0 | reminder_48h 6 8.0 | preparation 7 18.0 | reminder_3h 7 19.0"},
	{"A4 a visit at 8:00 booked the night before: none", 7, 22, 8, 8,
	 "confirmation 7 22.0 | preparation 7 22.0"},
	{"A4 a visit at 9:00: quiet hours hold it until 8:00, in time", 1, 10, 8, 9,
	 "confirmation 1 10.0 | reminder_48h 6 9.0 | preparation 7 18.0 | reminder_3h 8 6.0"},
	{"nothing for a visit that has begun", 8, 14, 8, 14, ""},
	{"nothing for a visit that is over", 9, 14, 8, 14, ""},
};

static void follows_a_booking(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bookings) / sizeof(bookings[0]); i++) {
		struct planned_message messages[FOLLOW_UP_MAX];
		char text[512];
		struct follow_up_booking booking = {
			LOCAL(bookings[i].booked_day, bookings[i].booked_hour),
			LOCAL(bookings[i].visit_day, bookings[i].visit_hour), zone, false};
		size_t count = follow_up_for_booking(&ours, &booking, messages, FOLLOW_UP_MAX);
		describe(messages, count, text);
		if (strcmp(text, bookings[i].expected) != 0)
			fail_msg("%s: got %s", bookings[i].name, text);
		for (size_t m = 0; m < count; m++) {
			assert_true(messages[m].due_at >= booking.booked_at);
			assert_true(messages[m].stale_at > messages[m].due_at);
			assert_true(messages[m].stale_at <= booking.visit_starts_at);
		}
	}
}

static void a_move_is_told_in_place_of_the_confirmation(void **state)
{
	struct planned_message messages[FOLLOW_UP_MAX];
	struct follow_up_booking booking = {LOCAL(1, 10), LOCAL(8, 14), zone, true};
	char text[512];
	(void)state;
	size_t count = follow_up_for_booking(&ours, &booking, messages, FOLLOW_UP_MAX);
	describe(messages, count, text);
	assert_string_equal(text, "visit_moved 1 10.0 | reminder_48h 6 14.0 | "
				  "preparation 7 18.0 | reminder_3h 8 11.0");
}

static const int32_t p1_days[] = {0, 1, 2, 4};
static const int32_t two_areas_days[] = {0, 0, 1, 1, 2, 2, 4, 4};

static const struct {
	const char *name;
	double ends_hour; /* of local day 1 */
	bool treated, thorax;
	size_t steps; /* of p1_days, or, beyond four,of two_areas_days */
	const char *expected;
} notes[] = {
	{"P1, A1, O2 after a calf", 15, true, false, 4,
	 "what_to_expect 1 16.0 | plan_step 1 16.0 | plan_step 2 9.0 | day_after_check_in 2 10.0 | "
	 "plan_step 3 9.0 | "
	 "measures_48h 3 15.0 | plan_step 5 9.0 | measures_10d 11 15.0 | rebooking 12 10.0 | "
	 "measures_4w 29 15.0"},
	{"P1 of two areas: one message for each day", 15, true, false, 8,
	 "what_to_expect 1 16.0 | plan_step 1 16.0 | plan_step 2 9.0 | day_after_check_in 2 10.0 | "
	 "plan_step 3 9.0 | "
	 "measures_48h 3 15.0 | plan_step 5 9.0 | measures_10d 11 15.0 | rebooking 12 10.0 | "
	 "measures_4w 29 15.0"},
	{"A2 after a thorax site", 15, true, true, 0,
	 "what_to_expect 1 16.0 | day_after_check_in 2 10.0 | red_flag_24h 2 15.0 | measures_48h 3 "
	 "15.0 | "
	 "red_flag_72h 4 15.0 | measures_10d 11 15.0 | measures_4w 29 15.0"},
	{"A1 after a late visit is still tomorrow at 10:00", 23.5, true, false, 0,
	 "what_to_expect 2 0.5 | day_after_check_in 2 10.0 | measures_48h 3 23.5 | measures_10d 11 "
	 "23.5 | "
	 "measures_4w 29 23.5"},
	{"A2 after a thorax site of a muscle without an area, such as the rhomboids", 15, false,
	 true, 0,
	 "what_to_expect 1 16.0 | day_after_check_in 2 10.0 | red_flag_24h 2 15.0 | measures_48h 3 "
	 "15.0 | "
	 "red_flag_72h 4 15.0 | measures_10d 11 15.0 | measures_4w 29 15.0"},
	{"nothing treated, nothing follows", 15, false, false, 4, ""},
};

static void follows_a_note(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(notes) / sizeof(notes[0]); i++) {
		struct planned_message messages[FOLLOW_UP_MAX];
		char text[512];
		struct follow_up_note note = {LOCAL(1, notes[i].ends_hour),
					      notes[i].treated,
					      notes[i].thorax,
					      notes[i].steps > 4 ? two_areas_days : p1_days,
					      notes[i].steps,
					      zone};
		size_t count = follow_up_for_note(&ours, &note, messages, FOLLOW_UP_MAX);
		describe(messages, count, text);
		if (strcmp(text, notes[i].expected) != 0)
			fail_msg("%s: got %s", notes[i].name, text);
		for (size_t m = 0; m < count; m++) {
			assert_true(messages[m].due_at > note.visit_ends_at);
			assert_true(messages[m].stale_at <= follow_up_ends_at(&note));
			assert_true(messages[m].stale_at > messages[m].due_at);
			/* Whatever the hour, quiet hours alone never make it stale. */
			assert_true(send_window_next(&send_window_ours, &zone, messages[m].due_at) <
				    messages[m].stale_at);
			if (messages[m].purpose == MESSAGE_PLAN_STEP)
				assert_int_equal(messages[m].steps, 4);
		}
	}
}

static void holds_the_largest_note(void **state)
{
	(void)state;
	struct planned_message messages[FOLLOW_UP_MAX];
	int32_t days[40];
	for (int i = 0; i < 40; i++)
		days[i] = 39 - i;
	days[3] = -1; /* no such day: left out */
	struct follow_up_note note = {LOCAL(1, 15), true, true, days, 40, zone};
	assert_int_equal(follow_up_for_note(&ours, &note, messages, FOLLOW_UP_MAX), 15 + 8);
	for (int i = 0, step = 0; i < 15 + 8; i++)
		if (messages[i].purpose == MESSAGE_PLAN_STEP)
			assert_int_equal(messages[i].step, ++step);
	assert_int_equal(follow_up_for_note(&ours, &note, messages, 2), 2);
	for (size_t i = 1; i < 2; i++)
		assert_true(messages[i].due_at >= messages[i - 1].due_at);
	/* P1: the zone is known as far as the last step, however late. */
	days[7] = 300;
	assert_true(follow_up_ends_at(&note) >= LOCAL(1 + 300 + 1, 21));
}

static void puts_safety_first(void **state)
{
	(void)state;
	assert_int_equal(message_purpose_priority(MESSAGE_RED_FLAG_24H), MESSAGE_PRIORITY_SAFETY);
	assert_int_equal(message_purpose_priority(MESSAGE_EMERGENCY_ADVICE),
			 MESSAGE_PRIORITY_SAFETY);
	assert_true(message_purpose_priority(MESSAGE_REMINDER_3H) <
		    message_purpose_priority(MESSAGE_MEASURES_4W));
	for (int i = 0; i < MESSAGE_PURPOSES; i++) {
		enum message_purpose purpose = MESSAGE_HELP;
		assert_true(message_purpose_find(message_purpose_name((enum message_purpose)i),
						 &purpose));
		assert_int_equal(purpose, i);
	}
	enum message_purpose untouched = MESSAGE_HELP;
	assert_false(message_purpose_find("newsletter", &untouched));
	assert_false(message_purpose_find(0, &untouched));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(follows_a_booking),
		cmocka_unit_test(a_move_is_told_in_place_of_the_confirmation),
		cmocka_unit_test(follows_a_note),
		cmocka_unit_test(holds_the_largest_note),
		cmocka_unit_test(puts_safety_first),
	};
	return cmocka_run_group_tests(tests, begin, 0);
}
