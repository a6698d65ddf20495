#include "scheduling/store/availability_read.h"

#include "scheduling/store/packed.h"

#include "base/clock.h"

#include <stdlib.h>
#include <string.h>

#define WINDOW_BYTES 64 /* of a packed opening */
#define RANGE_BYTES  16
#define VISIT_BYTES  36 /* with room and place */
#define LINE         "\x1f"

struct reading {
	struct arena *arena;
	size_t service_count; /* that are asked for */
	struct availability *to;
	bool spent; /* the arena's budget */
};

/* ---- Ranges ---- */

static void append(struct reading *reading, struct availability_ranges *to,
		   struct slots_range range)
{
	if (to->count == to->capacity) {
		size_t capacity = to->capacity ? 2 * to->capacity : 64;
		struct slots_range *list =
			ARENA_ARRAY(reading->arena, capacity, struct slots_range);
		if (!list) {
			reading->spent = true;
			return;
		}
		if (to->count)
			memcpy(list, to->list, to->count * sizeof(*list));
		to->list = list;
		to->capacity = capacity;
	}
	to->list[to->count++] = range;
}

static void append_packed(struct reading *reading, struct availability_ranges *to,
			  const struct db_result *result, size_t row, unsigned column)
{
	struct packed packed = packed_begin(result, row, column, reading->arena);
	reading->spent |= !packed.at && !db_is_null(result, row, column);
	while (packed.end - packed.at >= RANGE_BYTES) {
		struct slots_range range = {.starts_at = packed_instant(&packed)};
		range.ends_at = packed_instant(&packed);
		append(reading, to, range);
	}
}

static int by_start(const void *one, const void *other)
{
	const struct slots_range *a = one, *b = other;
	return (a->starts_at > b->starts_at) - (a->starts_at < b->starts_at);
}

/* They mostly come in order. */
static void sort(struct availability_ranges *ranges)
{
	size_t ordered = 1;
	while (ordered < ranges->count &&
	       ranges->list[ordered - 1].starts_at <= ranges->list[ordered].starts_at)
		ordered++;
	if (ordered < ranges->count)
		qsort(ranges->list, ranges->count, sizeof(*ranges->list), by_start);
}

/* ---- Services, athlete ---- */

static void read_services(struct reading *reading, const struct db_result *result)
{
	struct availability *to = reading->to;
	for (size_t row = 0; row < db_result_rows(result); row++)
		to->services[to->service_count++] = (struct availability_service){
			.duration_us = db_int(result, row, 1) * CLOCK_MINUTE_US,
			.buffer_before_us = db_int(result, row, 2) * CLOCK_MINUTE_US,
			.buffer_after_us = db_int(result, row, 3) * CLOCK_MINUTE_US,
			.skill = db_text(result, row, 4),
			.room_kind = db_text(result, row, 5),
			.equipment = db_text(result, row, 6),
		};
	to->services_known = to->service_count == reading->service_count;
}

static void read_about(struct reading *reading, const struct db_result *result)
{
	struct availability *to = reading->to;
	to->athlete_known = db_bool(result, 0, 0);
	append_packed(reading, &to->visits, result, 0, 1);
	to->around = around_read(reading->arena, db_text(result, 0, 2), db_text(result, 0, 3),
				 db_text(result, 0, 4));
}

/* ---- Openings less absences ---- */

static void add_window(struct reading *reading, const struct availability_window *window)
{
	struct availability *to = reading->to;
	if (window->range.starts_at >= window->range.ends_at)
		return;
	if (to->window_count == to->window_capacity) {
		size_t capacity = to->window_capacity ? 2 * to->window_capacity : 256;
		struct availability_window *list =
			ARENA_ARRAY(reading->arena, capacity, struct availability_window);
		if (!list) {
			reading->spent = true;
			return;
		}
		if (to->window_count)
			memcpy(list, to->windows, to->window_count * sizeof(*list));
		to->windows = list;
		to->window_capacity = capacity;
	}
	to->windows[to->window_count++] = *window;
}

static bool is_of(const struct db_result *absences, size_t row,
		  const struct availability_window *window)
{
	const char *of = db_text(absences, row, 0), *id = db_text(absences, row, 1);
	return (*of == 'p' && strcmp(id, window->practitioner_id) == 0) ||
	       (*of == 'c' && strcmp(id, window->clinic_id) == 0);
}

/* What the absences from `row` on leave of the window, in order of start. */
static void cut(struct reading *reading, const struct db_result *absences, size_t row,
		const struct availability_window *window)
{
	for (; row < db_result_rows(absences); row++) {
		struct availability_window before = *window, after = *window;
		int64_t starts_at = db_instant(absences, row, 2);
		int64_t ends_at = db_instant(absences, row, 3);
		if (!is_of(absences, row, window) || starts_at >= window->range.ends_at ||
		    ends_at <= window->range.starts_at)
			continue;
		before.range.ends_at = starts_at;
		after.range.starts_at = ends_at;
		if (before.range.starts_at < before.range.ends_at)
			cut(reading, absences, row + 1, &before);
		if (after.range.starts_at < after.range.ends_at)
			cut(reading, absences, row + 1, &after);
		return;
	}
	add_window(reading, window);
}

static const char *uuid_text(struct arena *arena, const uint8_t *bytes)
{
	static const char digits[] = "0123456789abcdef";
	char text[37], *at = text;
	for (size_t i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*at++ = '-';
		*at++ = digits[bytes[i] >> 4];
		*at++ = digits[bytes[i] & 15];
	}
	*at = '\0';
	return arena_strdup(arena, text);
}

static int by_clinic_and_start(const void *one, const void *other)
{
	const struct availability_window *a = one, *b = other;
	int order = strcmp(a->clinic_id, b->clinic_id);
	return order ? order
		     : (a->range.starts_at > b->range.starts_at) -
			       (a->range.starts_at < b->range.starts_at);
}

/* Those of one practitioner. */
static void read_openings(struct reading *reading, const struct db_result *result, size_t row,
			  const struct db_result *absences)
{
	struct packed packed = packed_begin(result, row, 1, reading->arena);
	struct availability_window window = {.practitioner_id = db_text(result, row, 0)};
	const uint8_t *last = NULL;
	size_t first = reading->to->window_count;
	reading->spent |= !packed.at && !db_is_null(result, row, 1);
	while (packed.end - packed.at >= WINDOW_BYTES) {
		const uint8_t *clinic = packed_uuid(&packed);
		if (!last || memcmp(last, clinic, 16) != 0)
			window.clinic_id = uuid_text(reading->arena, clinic);
		last = clinic;
		if (!window.clinic_id) {
			reading->spent = true;
			return;
		}
		window.range.starts_at = packed_instant(&packed);
		window.range.ends_at = packed_instant(&packed);
		window.offset_s = packed_int4(&packed);
		window.later_offset_s = packed_int4(&packed);
		window.changes_at = packed_instant(&packed);
		window.day_starts_at = packed_instant(&packed);
		window.day_ends_at = packed_instant(&packed);
		if (window.changes_at == PACKED_EPOCH_US)
			window.changes_at = 0;
		cut(reading, absences, 0, &window);
	}
	if (reading->to->window_count > first)
		qsort(&reading->to->windows[first], reading->to->window_count - first,
		      sizeof(*reading->to->windows), by_clinic_and_start);
}

static void read_windows(struct reading *reading, const struct db_result *result,
			 const struct db_result *absences)
{
	for (size_t row = 0; row < db_result_rows(result); row++)
		read_openings(reading, result, row, absences);
}

/* ---- Practitioners and rooms ---- */

static bool has_word(const char *words, const char *word, size_t length)
{
	for (const char *at = words; *at; at += strspn(at, LINE)) {
		size_t other = strcspn(at, LINE);
		if (other == length && memcmp(at, word, length) == 0)
			return true;
		at += other;
	}
	return false;
}

static unsigned suits(const struct availability *to, const char *kind, const char *equipment)
{
	unsigned mask = 0;
	for (size_t i = 0; i < to->service_count; i++) {
		const struct availability_service *service = &to->services[i];
		bool all = !*service->room_kind || strcmp(service->room_kind, kind) == 0;
		for (const char *at = service->equipment; all && *at; at += strspn(at, LINE)) {
			size_t length = strcspn(at, LINE);
			all = has_word(equipment, at, length);
			at += length;
		}
		mask |= (unsigned)all << i;
	}
	return mask;
}

static void uuid_bytes(const char *text, uint8_t ret_bytes[16])
{
	unsigned nibbles = 0;
	for (; *text && nibbles < 32; text++)
		if (*text != '-') {
			unsigned value = *text <= '9' ? (unsigned)(*text - '0')
						      : (unsigned)(*text - 'a' + 10);
			uint8_t *byte = &ret_bytes[nibbles++ / 2];
			*byte = (uint8_t)(*byte << 4 | value);
		}
}

static void read_rooms(struct reading *reading, const struct db_result *result)
{
	struct availability *to = reading->to;
	size_t places = 0;
	for (size_t row = 0; row < db_result_rows(result); row++)
		places += (size_t)db_int(result, row, 2);
	to->rooms = ARENA_ARRAY(reading->arena, places, struct availability_room);
	reading->spent |= !to->rooms;
	for (size_t row = 0; to->rooms && row < db_result_rows(result); row++)
		for (int64_t place = 1; place <= db_int(result, row, 2); place++) {
			struct availability_room *room = &to->rooms[to->room_count++];
			*room = (struct availability_room){
				.clinic_id = db_text(result, row, 0),
				.room_id = db_text(result, row, 1),
				.place = place,
				.suits =
					suits(to, db_text(result, row, 3), db_text(result, row, 4)),
			};
			uuid_bytes(room->room_id, room->room);
		}
}

static struct availability_room *room_of(struct availability *to, const uint8_t *room,
					 int64_t place)
{
	for (size_t i = 0; i < to->room_count; i++)
		if (to->rooms[i].place == place && memcmp(to->rooms[i].room, room, 16) == 0)
			return &to->rooms[i];
	return NULL; /* of a clinic that is not asked for */
}

/* Visits of one row, into the rooms' ranges and, when it is not NULL, `practitioner`. A visit is
 * mostly in the room of the one before. */
static void read_visits(struct reading *reading, const struct db_result *result, size_t row,
			unsigned column, struct availability_ranges *practitioner)
{
	struct packed packed = packed_begin(result, row, column, reading->arena);
	struct availability_room *room = NULL;
	const uint8_t *last = NULL; /* room and place */
	reading->spent |= !packed.at && !db_is_null(result, row, column);
	while (packed.end - packed.at >= VISIT_BYTES) {
		struct slots_range range = {.starts_at = packed_instant(&packed)};
		range.ends_at = packed_instant(&packed);
		const uint8_t *where = packed_uuid(&packed);
		int32_t place = packed_int4(&packed);
		if (!last || memcmp(last, where, 20) != 0)
			room = room_of(reading->to, where, place);
		last = where;
		if (room)
			append(reading, &room->busy, range);
		if (practitioner)
			append(reading, practitioner, range);
	}
}

static void read_busy(struct reading *reading, const struct db_result *result)
{
	struct availability *to = reading->to;
	size_t rows = db_result_rows(result);
	to->practitioners = ARENA_ARRAY(reading->arena, rows, struct availability_busy);
	reading->spent |= !to->practitioners;
	for (size_t row = 0; to->practitioners && row < rows; row++) {
		struct availability_busy *busy = &to->practitioners[to->practitioner_count++];
		busy->practitioner_id = db_text(result, row, 0);
		read_visits(reading, result, row, 1, &busy->ranges);
		sort(&busy->ranges);
	}
}

static void read_room_busy(struct reading *reading, const struct db_result *result,
			   const struct db_result *absences)
{
	struct availability *to = reading->to;
	for (size_t row = 0; row < db_result_rows(result); row++)
		read_visits(reading, result, row, 0, NULL);
	for (size_t i = 0; i < to->room_count; i++) {
		sort(&to->rooms[i].busy);
		for (size_t row = 0; row < db_result_rows(absences); row++)
			if (*db_text(absences, row, 0) == 'r' &&
			    strcmp(db_text(absences, row, 1), to->rooms[i].room_id) == 0)
				append(reading, &to->rooms[i].absences,
				       (struct slots_range){db_instant(absences, row, 2),
							    db_instant(absences, row, 3)});
	}
}

/* ---- All of it ---- */

struct status availability_read(struct arena *arena, size_t service_count,
				const struct availability_results *results,
				struct availability *ret_availability)
{
	struct availability availability = {0};
	struct reading reading = {arena, service_count, &availability, false};
	read_services(&reading, results->services);
	read_about(&reading, results->about);
	read_windows(&reading, results->windows, results->absences);
	read_rooms(&reading, results->rooms);
	read_busy(&reading, results->busy);
	read_room_busy(&reading, results->room_busy, results->absences);
	if (reading.spent)
		return status_error(STATUS_RESOURCE_EXHAUSTED,
				    "too much for one call: ask for fewer days or clinics");
	*ret_availability = availability;
	return status_ok();
}
