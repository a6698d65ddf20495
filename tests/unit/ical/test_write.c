/* Calendars that are written, read again: in every zone of tzdata around each change of its clock,
 * by the zone's name and by the definition in the file alone; texts with all that has to be
 * escaped or folded. */
#include "base/clock.h"
#include "base/text.h"
#include "ical/read.h"
#include "ical/write.h"
#include "ical/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FROM        INT64_C(1767225600000000) /* 2026-01-01 */
#define UNTIL       INT64_C(1861920000000000) /* 2029-01-01 */
#define STEP_US     (15 * CLOCK_MINUTE_US)
#define AROUND      12 /* steps on either side of a change */
#define ENTRIES_MAX 1000

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

static char *written(const struct ical_entry *entries, size_t count)
{
	const char *text;
	size_t length;
	const struct ical_calendar calendar = {.name = "Mira, Prater",
					       .about = "Visits",
					       .refresh_minutes = 60,
					       .entries = entries,
					       .count = count};
	assert_true(status_is_ok(ical_write(arena, &calendar, &text, &length)));
	assert_int_equal(length, strlen(text));
	return (char *)text;
}

static struct ical_file read_back(const char *text)
{
	struct ical_file file;
	struct status status = ical_read(arena, text, strlen(text), "UTC", FROM, UNTIL, &file);
	if (!status_is_ok(status))
		fail_msg("%s", status.message);
	return file;
}

/* ---- Zones ---- */

/* Entries around each change, in the order of time. */
static size_t around_changes(const struct zone *zone, const char *name, struct ical_entry *entries)
{
	size_t count = 0;
	int64_t change = FROM, last = 0;
	while ((change = zone_next_change(zone, change, UNTIL)) != 0)
		for (int step = -AROUND; step <= AROUND; step++) {
			int64_t at = change + step * STEP_US;
			if (at <= last || count == ENTRIES_MAX)
				continue;
			last = at;
			entries[count++] = (struct ical_entry){
				.uid = arena_printf(arena, "%05zu@test", count),
				.summary = "Visit",
				.location = "",
				.zone = name,
				.starts_at = at,
				.ends_at = at + 3 * STEP_US,
				.changed_at = FROM,
			};
		}
	return count;
}

static void check_same(const char *name, const char *how, const char *text,
		       const struct ical_entry *entries, size_t count)
{
	const struct ical_file file = read_back(text);
	if (file.event_count != count || file.skipped_count != 0)
		fail_msg("%s %s: %zu of %zu events, %zu skipped (%s)", name, how, file.event_count,
			 count, file.skipped_count, file.skipped_count ? file.skipped[0].why : "");
	for (size_t i = 0; i < count; i++)
		if (file.events[i].starts_at != entries[i].starts_at ||
		    file.events[i].ends_at != entries[i].ends_at)
			fail_msg("%s %s: %lld..%lld is read as %lld..%lld", name, how,
				 (long long)entries[i].starts_at, (long long)entries[i].ends_at,
				 (long long)file.events[i].starts_at,
				 (long long)file.events[i].ends_at);
}

/* A name that tzdata does not have: the file's own definition counts. */
static void rename_zone(char *text, const char *name)
{
	for (char *at = text; (at = strstr(at, name)); at++)
		*at = '_';
}

static bool check_zone(const char *name)
{
	static struct ical_entry entries[ENTRIES_MAX];
	const struct zone *zone = zone_find(name);
	assert_non_null(zone);
	size_t count = around_changes(zone, name, entries);
	char *text = written(entries, count);
	check_same(name, "by its name", text, entries, count);
	rename_zone(text, name);
	check_same(name, "by its definition", text, entries, count);
	arena_reset(arena);
	return count > 0;
}

static void test_every_zone_that_changes_its_clock(void **state)
{
	(void)state;
	char line[512], name[128];
	unsigned zones = 0, changing = 0;
	FILE *file = fopen("/usr/share/zoneinfo/tzdata.zi", "re");
	if (!file)
		skip();
	while (fgets(line, sizeof(line), file)) {
		if (sscanf(line, "Z %127s", name) != 1 && sscanf(line, "L %*s %127s", name) != 1)
			continue;
		if (!strchr(name, '/'))
			continue;
		zones++;
		changing += check_zone(name);
	}
	fclose(file);
	print_message("%u zones, %u change their clock\n", zones, changing);
	assert_true(changing > 100);
}

/* ---- Texts ---- */

static struct ical_entry visit(const char *summary)
{
	return (struct ical_entry){
		.uid = "a@test",
		.summary = summary,
		.location = "Prater; room 1, left",
		.zone = "Europe/Vienna",
		.starts_at = FROM + CLOCK_DAY_US,
		.ends_at = FROM + CLOCK_DAY_US + 3 * STEP_US,
		.changed_at = FROM,
	};
}

static void check_lines(const char *text)
{
	while (*text) {
		const char *end = strstr(text, "\r\n");
		assert_non_null(end);
		assert_true(end - text <= 75);
		assert_true(text_is_utf8(text, (size_t)(end - text)));
		assert_null(memchr(text, '\n', (size_t)(end - text)));
		text = end + 2;
	}
}

static void test_texts(void **state)
{
	(void)state;
	static const char *const summaries[] = {
		"Dry needling",
		"a, b; c\\d \"e\" :f",
		"BEGIN:VEVENT",
		"two\nlines\nEND:VCALENDAR",
	};
	for (size_t i = 0; i < sizeof(summaries) / sizeof(*summaries); i++) {
		struct ical_entry entry = visit(summaries[i]);
		const char *text = written(&entry, 1);
		check_lines(text);
		assert_string_equal(read_back(text).events[0].title, summaries[i]);
	}
	struct ical_entry entry = visit("bell\a, return\r, tab\t, delete\x7f.");
	assert_string_equal(read_back(written(&entry, 1)).events[0].title,
			    "bell , return , tab , delete .");
}

/* Letters of one to four bytes, at every place where a line could be cut. */
static void test_folding(void **state)
{
	(void)state;
	static const char *const letters[] = {"x", "ü", "€", "😀"};
	for (size_t i = 0; i < sizeof(letters) / sizeof(*letters); i++)
		for (int before = 0; before < 80; before++) {
			char summary[1024];
			int length = snprintf(summary, sizeof(summary), "%0*d", before + 1, 0);
			while (length < 600)
				length +=
					snprintf(summary + length, sizeof(summary) - (size_t)length,
						 "%s", letters[i]);
			struct ical_entry entry = visit(summary);
			const char *text = written(&entry, 1);
			check_lines(text);
			assert_string_equal(read_back(text).events[0].title, summary);
			arena_reset(arena);
		}
}

/* ---- What it says ---- */

static void expect_line(const char *text, const char *line)
{
	const char *whole = arena_printf(arena, "\r\n%s\r\n", line);
	if (!strstr(text, whole))
		fail_msg("no line %s in\n%s", line, text);
}

static void test_what_it_says(void **state)
{
	(void)state;
	struct ical_entry entries[] = {visit("Visit"), visit("Held"), visit("Off"), visit("Where")};
	entries[0].sequence = 3;
	entries[1].uid = "b@test";
	entries[1].tentative = true;
	entries[2].uid = "c@test";
	entries[2].cancelled = true;
	entries[3].uid = "d@test";
	entries[3].zone = "Europe/Atlantis";
	const char *text = written(entries, 4);
	expect_line(text, "VERSION:2.0");
	expect_line(text, "X-WR-CALNAME:Mira, Prater");
	expect_line(text, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
	expect_line(text, "X-PUBLISHED-TTL:PT1H");
	expect_line(text, "TZID:Europe/Vienna");
	expect_line(text, "UID:a@test");
	expect_line(text, "SEQUENCE:3");
	expect_line(text, "DTSTAMP:20260101T000000Z");
	expect_line(text, "LAST-MODIFIED:20260101T000000Z");
	expect_line(text, "DTSTART;TZID=Europe/Vienna:20260102T010000");
	expect_line(text, "DTSTART:20260102T000000Z");
	expect_line(text, "STATUS:CONFIRMED");
	expect_line(text, "STATUS:TENTATIVE");
	expect_line(text, "STATUS:CANCELLED");
	expect_line(text, "LOCATION:Prater\\; room 1\\, left");
	const struct ical_file file = read_back(text);
	assert_int_equal(file.event_count, 3);
	assert_string_equal(file.name, "Mira, Prater");
	assert_string_equal(file.skipped[0].why, "it is cancelled");
	assert_string_equal(written(entries, 4), text);
	assert_int_equal(read_back(written(NULL, 0)).event_count, 0);
}

static void test_no_room_is_told(void **state)
{
	(void)state;
	struct arena *small = arena_new(512);
	struct ical_entry entry = visit("Visit");
	const struct ical_calendar calendar = {
		.name = "Mira", .about = "Visits", .entries = &entry, .count = 1};
	const char *text = NULL;
	size_t length;
	assert_int_equal(ical_write(small, &calendar, &text, &length).code,
			 STATUS_RESOURCE_EXHAUSTED);
	assert_null(text);
	arena_free(small);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_zone_that_changes_its_clock),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_folding),
		cmocka_unit_test(test_what_it_says),
		cmocka_unit_test(test_no_room_is_told),
	};
	return cmocka_run_group_tests_name("ical write", tests, open_arena, close_arena);
}
