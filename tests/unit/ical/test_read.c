/* Events of .ics files: zones, days, series with their exceptions, and what cannot be used. */
#include "base/text.h"
#include "ical/read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FROM  INT64_C(1767225600000000) /* 2026-01-01 */
#define UNTIL INT64_C(1798761600000000) /* 2027-01-01 */

static struct arena *arena;

static int open_arena(void **state)
{
	(void)state;
	arena = arena_new((size_t)64 << 20);
	return arena == NULL;
}

static int close_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct status read_text(const char *text, struct ical_file *ret_file)
{
	return ical_read(arena, text, strlen(text), "Europe/Vienna", FROM, UNTIL, ret_file);
}

/* "uid start..end [day+days] title", a line each, then "! line uid: why". */
static const char *told(const struct ical_file *file)
{
	const char *text = "";
	for (size_t i = 0; i < file->event_count; i++) {
		const struct ical_event *event = &file->events[i];
		char starts[TEXT_INSTANT_BYTES], ends[TEXT_INSTANT_BYTES], day[TEXT_INSTANT_BYTES];
		text_from_instant(event->starts_at, starts);
		text_from_instant(event->ends_at, ends);
		text = arena_printf(arena, "%s%s %s..%s", text, event->uid, starts, ends);
		text_from_date(event->first_day, day);
		if (event->all_day)
			text = arena_printf(arena, "%s %s+%d", text, day,
					    event->end_day - event->first_day);
		text = arena_printf(arena, "%s %s\n", text, event->title);
	}
	for (size_t i = 0; i < file->skipped_count; i++)
		text = arena_printf(arena, "%s! %d %s: %s\n", text, file->skipped[i].line,
				    file->skipped[i].uid, file->skipped[i].why);
	return text;
}

/* clang-format off */
#define CALENDAR(LINES) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" LINES "END:VCALENDAR\r\n"
#define EVENT(LINES) "BEGIN:VEVENT\r\n" LINES "END:VEVENT\r\n"

static const struct {
	const char *name;
	const char *text;
	const char *told;
} cases[] = {
	{"UTC, a zone, and none", CALENDAR(
		EVENT("UID:a\r\nSUMMARY:One\r\nDTSTART:20260302T080000Z\r\nDTEND:20260302T090000Z\r\n")
		EVENT("UID:b\r\nSUMMARY:Two\r\nDTSTART;TZID=America/New_York:20260302T080000\r\nDTEND;TZID=America/New_York:20260302T090000\r\n")
		EVENT("UID:c\r\nSUMMARY:Three\\, four\r\nDTSTART:20260302T080000\r\nDURATION:PT45M\r\n")),
	 "c 2026-03-02T07:00:00Z..2026-03-02T07:45:00Z Three, four\n"
	 "a 2026-03-02T08:00:00Z..2026-03-02T09:00:00Z One\n"
	 "b 2026-03-02T13:00:00Z..2026-03-02T14:00:00Z Two\n"},
	{"X-WR-TIMEZONE holds for times without a zone", CALENDAR("X-WR-TIMEZONE:America/Denver\r\n"
		EVENT("UID:a\r\nSUMMARY:One\r\nDTSTART:20260302T080000\r\n")),
	 "a 2026-03-02T15:00:00Z..2026-03-02T15:00:00Z One\n"},
	{"whole days, over the change of the clock too", CALENDAR(
		EVENT("UID:a\r\nSUMMARY:Day\r\nDTSTART;VALUE=DATE:20260302\r\n")
		EVENT("UID:b\r\nSUMMARY:Camp\r\nDTSTART;VALUE=DATE:20260328\r\nDTEND;VALUE=DATE:20260330\r\n")
		EVENT("UID:c\r\nSUMMARY:Same end\r\nDTSTART;VALUE=DATE:20260401\r\nDTEND;VALUE=DATE:20260401\r\n")),
	 "a 2026-03-01T23:00:00Z..2026-03-02T23:00:00Z 2026-03-02+1 Day\n"
	 "b 2026-03-27T23:00:00Z..2026-03-29T22:00:00Z 2026-03-28+2 Camp\n"
	 "c 2026-03-31T22:00:00Z..2026-04-01T22:00:00Z 2026-04-01+1 Same end\n"},
	{"a series stays at its hour; one is left out, one is moved, one is added", CALENDAR(
		EVENT("UID:s\r\nSUMMARY:Club\r\nDTSTART;TZID=Europe/Vienna:20260316T180000\r\nDTEND;TZID=Europe/Vienna:20260316T190000\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\nEXDATE;TZID=Europe/Vienna:20260323T180000\r\nRDATE;TZID=Europe/Vienna:20260401T070000\r\n")
		EVENT("UID:s\r\nSUMMARY:Club, later\r\nRECURRENCE-ID;TZID=Europe/Vienna:20260330T180000\r\nDTSTART;TZID=Europe/Vienna:20260331T200000\r\nDTEND;TZID=Europe/Vienna:20260331T210000\r\n")),
	 "s/20260316 2026-03-16T17:00:00Z..2026-03-16T18:00:00Z Club\n"
	 "s/20260330 2026-03-31T18:00:00Z..2026-03-31T19:00:00Z Club, later\n"
	 "s/20260401 2026-04-01T05:00:00Z..2026-04-01T06:00:00Z Club\n"
	 "s/20260406 2026-04-06T16:00:00Z..2026-04-06T17:00:00Z Club\n"},
	{"an end of a rule in UTC", CALENDAR(
		EVENT("UID:s\r\nSUMMARY:Late\r\nDTSTART;TZID=America/New_York:20260302T200000\r\nRRULE:FREQ=DAILY;UNTIL=20260304T010000Z\r\n")),
	 "s/20260302 2026-03-03T01:00:00Z..2026-03-03T01:00:00Z Late\n"
	 "s/20260303 2026-03-04T01:00:00Z..2026-03-04T01:00:00Z Late\n"},
	{"a series is read within the time that is asked for", CALENDAR(
		EVENT("UID:s\r\nSUMMARY:New year\r\nDTSTART;VALUE=DATE:19990102\r\nRRULE:FREQ=YEARLY\r\n")),
	 "s/20260102 2026-01-01T23:00:00Z..2026-01-02T23:00:00Z 2026-01-02+1 New year\n"},
	{"a zone of the file itself", CALENDAR(
		"BEGIN:VTIMEZONE\r\nTZID:House time\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0500\r\nTZOFFSETTO:+0500\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
		EVENT("UID:a\r\nSUMMARY:One\r\nDTSTART;TZID=House time:20260302T080000\r\n")),
	 "a 2026-03-02T03:00:00Z..2026-03-02T03:00:00Z One\n"},
	{"what cannot be used costs nothing else", CALENDAR(
		EVENT("SUMMARY:No uid\r\nDTSTART:20260302T080000Z\r\n")
		EVENT("UID:z\r\nSUMMARY:Where\r\nDTSTART;TZID=Mars/Olympus:20260302T080000\r\n")
		EVENT("UID:x\r\nSUMMARY:Backwards\r\nDTSTART:20260302T080000Z\r\nDTEND:20260301T080000Z\r\n")
		EVENT("UID:y\r\nSUMMARY:Never\r\n")
		EVENT("UID:n\r\nSUMMARY:Always\r\nDTSTART:20260302T080000Z\r\nRRULE:FREQ=SECONDLY\r\n")
		EVENT("UID:o\r\nSUMMARY:Off\r\nSTATUS:CANCELLED\r\nDTSTART:20260302T080000Z\r\n")
		EVENT("UID:ok\r\nSUMMARY:Fine\r\nDTSTART:20260302T080000Z\r\n")),
	 "ok 2026-03-02T08:00:00Z..2026-03-02T08:00:00Z Fine\n"
	 "! 3 : it has no UID: reading it again would make it twice\n"
	 "! 7 z: its zone is not known\n"
	 "! 12 x: it ends before it begins\n"
	 "! 18 y: it has no beginning that can be read\n"
	 "! 22 n: it recurs by a rule that is not of days\n"
	 "! 28 o: it is cancelled\n"},
	{"of one uid the last sequence counts", CALENDAR(
		EVENT("UID:a\r\nSUMMARY:New\r\nSEQUENCE:2\r\nDTSTART:20260303T080000Z\r\n")
		EVENT("UID:a\r\nSUMMARY:Old\r\nSEQUENCE:1\r\nDTSTART:20260302T080000Z\r\n")),
	 "a 2026-03-03T08:00:00Z..2026-03-03T08:00:00Z New\n"
	 "! 9 a: another event has its UID, and counts\n"},
	{"no event", CALENDAR(""), ""},
};
/* clang-format on */

static void test_examples(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct ical_file file;
		struct status status = read_text(cases[i].text, &file);
		if (!status_is_ok(status))
			fail_msg("%s: %s", cases[i].name, status.message);
		const char *text = told(&file);
		if (strcmp(text, cases[i].told) != 0)
			fail_msg("%s: got\n%sexpected\n%s", cases[i].name, text, cases[i].told);
	}
}

static void test_what_is_no_calendar_is_refused(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"",
		"<html><body>Not found</body></html>",
		"BEGIN:VEVENT\r\nUID:a\r\nEND:VEVENT\r\n",
		"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:2026",
		"BEGIN:VCALENDAR\r\nX:\xff\r\nEND:VCALENDAR\r\n",
		"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n",
	};
	struct ical_file file;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(read_text(texts[i], &file).code, STATUS_INVALID_ARGUMENT);
}

/* libical frees components by recursion. */
static void test_a_deep_file_is_refused(void **state)
{
	(void)state;
	size_t levels = 20000;
	char *text = calloc(1, levels * 40 + 64), *at = text;
	at += sprintf(at, "BEGIN:VCALENDAR\n");
	for (size_t i = 0; i < levels; i++)
		at += sprintf(at, "BEGIN:VEVENT\n");
	for (size_t i = 0; i < levels; i++)
		at += sprintf(at, "END:VEVENT\n");
	sprintf(at, "END:VCALENDAR\n");
	struct ical_file file;
	assert_int_equal(read_text(text, &file).code, STATUS_INVALID_ARGUMENT);
	free(text);
}

static void test_a_name_with_its_kind(void **state)
{
	(void)state;
	struct ical_file file;
	assert_true(status_is_ok(
		read_text(CALENDAR("X-WR-CALNAME;VALUE=TEXT:Plan\\, mine\r\n"), &file)));
	assert_string_equal(file.name, "Plan, mine");
}

static void test_too_many_occurrences_are_refused(void **state)
{
	(void)state;
	const char *text = CALENDAR("");
	const char *end = strstr(text, "END:");
	char *many = calloc(1, ICAL_BYTES_MAX), *at = many;
	at += sprintf(at, "%.*s", (int)(end - text), text);
	for (int i = 0; i < 60; i++)
		at += sprintf(at,
			      "BEGIN:VEVENT\r\nUID:%d\r\nSUMMARY:x\r\nDTSTART:20260101T080000Z\r\n"
			      "RRULE:FREQ=DAILY\r\nEND:VEVENT\r\n",
			      i);
	sprintf(at, "END:VCALENDAR\r\n");
	struct ical_file file;
	assert_int_equal(read_text(many, &file).code, STATUS_INVALID_ARGUMENT);
	free(many);
}

static void test_shared_calendars(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		size_t events;
	} files[] = {
		{"five-km-12-weeks", 0}, {"half-marathon-12-weeks", 0}, {"marathon-18-weeks", 126}};
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		char path[256];
		snprintf(path, sizeof(path), SOLEUS_SOURCE "/../shared/data/training/%s.ics",
			 files[i].name);
		FILE *source = fopen(path, "re");
		if (!source)
			skip();
		char *text = calloc(1, ICAL_BYTES_MAX + 1);
		size_t length = fread(text, 1, ICAL_BYTES_MAX, source);
		fclose(source);
		struct ical_file file;
		assert_true(status_is_ok(ical_read(arena, text, length, "UTC", 0, UNTIL, &file)));
		assert_int_equal(file.skipped_count, 0);
		assert_true(file.event_count > 40);
		if (files[i].events)
			assert_int_equal(file.event_count, files[i].events);
		for (size_t e = 0; e < file.event_count; e++)
			assert_true(file.events[e].all_day);
		assert_true(strlen(file.name) > 0);
		assert_string_not_equal(file.zone, "UTC");
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_examples),
		cmocka_unit_test(test_what_is_no_calendar_is_refused),
		cmocka_unit_test(test_a_deep_file_is_refused),
		cmocka_unit_test(test_a_name_with_its_kind),
		cmocka_unit_test(test_too_many_occurrences_are_refused),
		cmocka_unit_test(test_shared_calendars),
	};
	return cmocka_run_group_tests_name("ical read", tests, open_arena, close_arena);
}
