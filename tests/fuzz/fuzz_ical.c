/* Arbitrary bytes as an .ics file, which anybody may hand in or serve at a subscribed address. No
 * file may crash the reader, take more than the call's memory or longer than moments, or give an
 * event that the rules behind it could not bear. What it gives is written, and read again.
 *
 * Input: the file. Built with libFuzzer it fuzzes (`fuzz_ical tests/fuzz/corpus/ical`);
 * tests/unit/ical/test_fuzz_corpus.c runs the corpus as an ordinary test.
 */
#include "base/clock.h"
#include "base/text.h"
#include "ical/read.h"
#include "ical/write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_BYTES ((size_t)16 << 20)         /* of a call */
#define FROM_US     INT64_C(1767225600000000)  /* 2026-01-01 */
#define UNTIL_US    INT64_C(1830297600000000)  /* 2028-01-01 */
#define END_US      (231 * 366 * CLOCK_DAY_US) /* behind 2200 */
#define WRITTEN_MAX 200

/* Unlike assert, also in a release build. */
#define REQUIRE(condition)                                                      \
	do {                                                                    \
		if (!(condition)) {                                             \
			fprintf(stderr, "fuzz_ical: not so: %s\n", #condition); \
			abort();                                                \
		}                                                               \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require_event(const struct ical_event *event, const struct ical_event *before)
{
	REQUIRE(event->uid && *event->uid && event->title);
	REQUIRE(text_is_utf8(event->uid, strlen(event->uid)));
	REQUIRE(text_is_utf8(event->title, strlen(event->title)));
	REQUIRE(event->starts_at > -2 * CLOCK_DAY_US && event->starts_at < END_US);
	REQUIRE(event->ends_at >= event->starts_at);
	REQUIRE(!event->all_day || event->end_day > event->first_day);
	REQUIRE(!before || before->starts_at <= event->starts_at);
	REQUIRE(!before || strcmp(before->uid, event->uid) != 0);
	REQUIRE(event->line >= 0);
}

static void require_file(const struct ical_file *file)
{
	REQUIRE(file->event_count <= ICAL_EVENTS_MAX);
	REQUIRE(file->name && file->zone);
	for (size_t i = 0; i < file->event_count; i++)
		require_event(&file->events[i], i > 0 ? &file->events[i - 1] : NULL);
	for (size_t i = 0; i < file->skipped_count; i++)
		REQUIRE(file->skipped[i].uid && file->skipped[i].why && file->skipped[i].line >= 0);
}

/* The same instants, in the zone of the file. */
static void write_and_read(const struct ical_file *file)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	size_t count = file->event_count < WRITTEN_MAX ? file->event_count : WRITTEN_MAX;
	struct ical_entry entries[WRITTEN_MAX];
	struct ical_file again;
	const char *text;
	size_t length;
	for (size_t i = 0; i < count; i++)
		entries[i] = (struct ical_entry){
			.uid = arena_printf(arena, "%05zu", i),
			.summary = file->events[i].title,
			.location = file->events[i].uid,
			.zone = file->zone,
			.starts_at = file->events[i].starts_at,
			.ends_at = file->events[i].ends_at,
			.changed_at = FROM_US,
		};
	const struct ical_calendar calendar = {.name = file->name,
					       .about = "",
					       .refresh_minutes = 60,
					       .entries = entries,
					       .count = count};
	if (status_is_ok(ical_write(arena, &calendar, &text, &length)) &&
	    length <= ICAL_BYTES_MAX) {
		REQUIRE(status_is_ok(
			ical_read(arena, text, length, "UTC", FROM_US, UNTIL_US, &again)));
		REQUIRE(again.event_count == count && again.skipped_count == 0);
		for (size_t i = 0; i < count; i++)
			REQUIRE(again.events[i].starts_at == entries[i].starts_at &&
				again.events[i].ends_at == entries[i].ends_at);
	}
	arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	char *text = malloc(length + 1);
	struct ical_file file;
	memcpy(text, bytes, length);
	text[length] = '\0';
	if (status_is_ok(
		    ical_read(arena, text, length, "Europe/Vienna", FROM_US, UNTIL_US, &file))) {
		require_file(&file);
		write_and_read(&file);
	}
	free(text);
	arena_free(arena);
	return 0;
}
