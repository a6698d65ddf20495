#include "scheduling/store/availability.h"

#include "base/clock.h"

#include "scheduling_sql.h"

#include <string.h>

#define BUFFER_MAX_US (120 * CLOCK_MINUTE_US)
#define VISIT_MAX_US  (480 * CLOCK_MINUTE_US)

/* The statements of the unit, by their index. */
struct asked_for {
	size_t about, windows, busy, rooms, room_busy, visits, training, reviews;
};

static struct asked_for add_statements(struct db_unit *unit, const struct availability_asked *asked)
{
	struct arena *arena = db_unit_arena(unit);
	const char *tenant = asked->organisation_id, *athlete = db_id(asked->athlete_id);
	const char *clinics = asked->clinic_count
				      ? db_from_texts(arena, asked->clinic_ids, asked->clinic_count)
				      : NULL;
	const char *practitioners =
		asked->practitioner_count
			? db_from_texts(arena, asked->practitioner_ids, asked->practitioner_count)
			: NULL;
	const char *from = db_from_instant(arena, asked->from_at);
	const char *until = db_from_instant(arena, asked->until_at);
	/* What a visit that starts in the range can touch with its buffers. */
	const char *first = db_from_instant(arena, asked->from_at - BUFFER_MAX_US);
	const char *last = db_from_instant(arena, asked->until_at + VISIT_MAX_US + BUFFER_MAX_US);
	return (struct asked_for){
		.about = DB_ADD(unit, &SQL_OFFER_ABOUT, tenant, asked->service_id, athlete),
		.windows = DB_ADD(unit, &SQL_OFFER_WINDOWS, tenant, clinics, practitioners, from,
				  until),
		.busy = DB_ADD(unit, &SQL_OFFER_BUSY, tenant, clinics, practitioners, first, last),
		.rooms = DB_ADD(unit, &SQL_OFFER_ROOMS, tenant, clinics),
		.room_busy = DB_ADD(unit, &SQL_OFFER_ROOM_BUSY, tenant, clinics, first, last),
		.visits = DB_ADD(unit, &SQL_OFFER_VISITS, tenant, athlete, first, last),
		.training = DB_ADD(unit, &SQL_OFFER_TRAINING, tenant, athlete, from, last),
		.reviews = DB_ADD(unit, &SQL_OFFER_REVIEWS, tenant, athlete),
	};
}

static void read_about(const struct db_result *result, struct availability *availability)
{
	availability->service_known = db_result_rows(result) > 0;
	if (!availability->service_known)
		return;
	availability->request.duration_us = db_int(result, 0, 0) * CLOCK_MINUTE_US;
	availability->request.buffer_before_us = db_int(result, 0, 1) * CLOCK_MINUTE_US;
	availability->request.buffer_after_us = db_int(result, 0, 2) * CLOCK_MINUTE_US;
	availability->athlete_known = db_bool(result, 0, 3);
}

static void read_windows(struct arena *arena, const struct db_result *result,
			 struct availability *availability)
{
	size_t count = db_result_rows(result);
	availability->windows = ARENA_ARRAY(arena, count, struct availability_window);
	for (size_t row = 0; availability->windows && row < count; row++)
		availability->windows[availability->window_count++] = (struct availability_window){
			.practitioner_id = db_text(result, row, 0),
			.clinic_id = db_text(result, row, 1),
			.range = {db_instant(result, row, 2), db_instant(result, row, 3)},
			.offset_s = db_int(result, row, 4),
			.later_offset_s = db_int(result, row, 5),
			.changes_at = db_is_null(result, row, 6) ? 0 : db_instant(result, row, 6),
			.day_starts_at = db_instant(result, row, 7),
			.day_ends_at = db_instant(result, row, 8),
		};
}

static struct slots_range *read_ranges(struct arena *arena, const struct db_result *result,
				       unsigned first_column)
{
	size_t count = db_result_rows(result);
	struct slots_range *ranges = ARENA_ARRAY(arena, count, struct slots_range);
	for (size_t row = 0; ranges && row < count; row++)
		ranges[row] = (struct slots_range){db_instant(result, row, first_column),
						   db_instant(result, row, first_column + 1)};
	return ranges;
}

/* The rows of one id stand together. */
static struct availability_busy *read_busy(struct arena *arena, const struct db_result *result,
					   size_t *ret_count)
{
	size_t rows = db_result_rows(result), count = 0;
	const struct slots_range *ranges = read_ranges(arena, result, 1);
	struct availability_busy *busy = ARENA_ARRAY(arena, rows, struct availability_busy);
	for (size_t row = 0; ranges && busy && row < rows; row++) {
		const char *id = db_text(result, row, 0);
		if (count == 0 || strcmp(busy[count - 1].id, id) != 0)
			busy[count++] = (struct availability_busy){id, &ranges[row], 0};
		busy[count - 1].count++;
	}
	*ret_count = count;
	return busy;
}

/* Rooms and their busy ranges come in the same order. */
static void read_rooms(struct arena *arena, const struct db_result *rooms,
		       const struct db_result *room_busy, struct availability *availability)
{
	size_t busy_count, at = 0, count = db_result_rows(rooms);
	const struct availability_busy *busy = read_busy(arena, room_busy, &busy_count);
	availability->rooms = ARENA_ARRAY(arena, count, struct availability_room);
	for (size_t row = 0; availability->rooms && row < count; row++) {
		struct availability_room *room = &availability->rooms[availability->room_count++];
		room->clinic_id = db_text(rooms, row, 0);
		room->busy.id = db_text(rooms, row, 1);
		if (at < busy_count && strcmp(busy[at].id, room->busy.id) == 0)
			room->busy = busy[at++];
	}
}

FIBER struct status availability_load(struct db *db, struct arena *arena,
				      const struct availability_asked *asked,
				      struct availability *ret_availability)
{
	struct db_unit *unit = db_unit_new(arena, asked->organisation_id);
	const struct asked_for index = add_statements(unit, asked);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	struct availability availability = {0};
	read_about(db_unit_result(unit, index.about), &availability);
	read_windows(arena, db_unit_result(unit, index.windows), &availability);
	availability.practitioners = read_busy(arena, db_unit_result(unit, index.busy),
					       &availability.practitioner_count);
	read_rooms(arena, db_unit_result(unit, index.rooms), db_unit_result(unit, index.room_busy),
		   &availability);
	availability.visits = read_ranges(arena, db_unit_result(unit, index.visits), 0);
	availability.visit_count = db_result_rows(db_unit_result(unit, index.visits));
	availability.around =
		around_read(arena, db_text(db_unit_result(unit, index.training), 0, 0),
			    db_text(db_unit_result(unit, index.reviews), 0, 0));
	if (!availability.windows || !availability.practitioners || !availability.rooms ||
	    !availability.visits)
		return status_error(STATUS_RESOURCE_EXHAUSTED,
				    "too much for one call: ask for fewer days or clinics");
	*ret_availability = availability;
	return status;
}
