#include "scheduling/store/availability.h"

#include "scheduling/store/availability_read.h"

#include "base/clock.h"

#include "scheduling_sql.h"

#define BUFFER_MAX_US (120 * CLOCK_MINUTE_US)
#define VISIT_MAX_US  (480 * CLOCK_MINUTE_US)

/* What is asked, as values. */
struct loading {
	struct db *db;
	struct arena *arena;
	const struct availability_asked *asked;
	const char *practitioners; /* as a value: those who are asked for */
	const char *clinics;       /* NULL: all */
	const char *from, *until;  /* visits start in between */
	const char *first, *last;  /* what such a visit can touch with its buffers */
};

/* The statements, by their index in one of the two units. Who is busy costs as much as all the
 * rest. */
struct asked_for {
	struct db_unit *who; /* of practitioners */
	size_t services, absences, rooms, busy;
	struct db_unit *where;
	size_t about, windows, room_busy;
};

/* Those who are named, else all who work there then. */
static FIBER struct status find_practitioners(struct loading *loading)
{
	const struct availability_asked *asked = loading->asked;
	if (asked->practitioner_count) {
		loading->practitioners = db_from_texts(loading->arena, asked->practitioner_ids,
						       asked->practitioner_count);
		return status_ok();
	}
	struct db_unit *unit = db_unit_new(loading->arena, asked->organisation_id);
	size_t index = DB_ADD(unit, &SQL_OFFER_WHO, asked->organisation_id, loading->clinics,
			      loading->from, loading->until);
	struct status status = db_run(loading->db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *found = db_unit_result(unit, index);
	const char **ids = ARENA_ARRAY(loading->arena, db_result_rows(found), const char *);
	for (size_t row = 0; ids && row < db_result_rows(found); row++)
		ids[row] = db_text(found, row, 0);
	loading->practitioners =
		db_from_texts(loading->arena, ids, ids ? db_result_rows(found) : 0);
	return status;
}

static struct asked_for add_statements(struct loading *loading)
{
	const struct availability_asked *asked = loading->asked;
	const char *tenant = asked->organisation_id, *who = loading->practitioners;
	const char *services =
		db_from_texts(loading->arena, asked->service_ids, asked->service_count);
	struct db_unit *one = db_unit_new(loading->arena, tenant);
	struct db_unit *other = db_unit_new(loading->arena, tenant);
	return (struct asked_for){
		.who = one,
		.services = DB_ADD(one, &SQL_OFFER_SERVICES, tenant, services),
		.absences = DB_ADD(one, &SQL_OFFER_ABSENCES, tenant, who, loading->first,
				   loading->last, loading->clinics),
		.rooms = DB_ADD(one, &SQL_OFFER_ROOMS, tenant, who, loading->clinics),
		.busy = DB_ADD(one, &SQL_OFFER_BUSY, tenant, who, loading->first, loading->last),
		.where = other,
		.about = DB_ADD(other, &SQL_OFFER_ABOUT, tenant, db_id(asked->athlete_id),
				loading->first, loading->last),
		.windows = DB_ADD(other, &SQL_OFFER_WINDOWS, tenant, who, loading->from,
				  loading->until, loading->clinics, asked->skill, services),
		.room_busy = DB_ADD(other, &SQL_OFFER_ROOM_BUSY, tenant, who, loading->first,
				    loading->last, loading->clinics),
	};
}

FIBER struct status availability_load(struct db *db, struct arena *arena,
				      const struct availability_asked *asked,
				      struct availability *ret_availability)
{
	struct loading loading = {
		.db = db,
		.arena = arena,
		.asked = asked,
		.clinics = asked->clinic_count
				   ? db_from_texts(arena, asked->clinic_ids, asked->clinic_count)
				   : NULL,
		.from = db_from_instant(arena, asked->from_at),
		.until = db_from_instant(arena, asked->until_at),
		.first = db_from_instant(arena, asked->from_at - BUFFER_MAX_US),
		.last = db_from_instant(arena, asked->until_at + VISIT_MAX_US + BUFFER_MAX_US),
	};
	struct status status = find_practitioners(&loading);
	if (!status_is_ok(status))
		return status;
	const struct asked_for asked_for = add_statements(&loading);
	status = db_run_two(db, asked_for.who, asked_for.where);
	if (!status_is_ok(status))
		return status;
	const struct availability_results results = {
		.services = db_unit_result(asked_for.who, asked_for.services),
		.about = db_unit_result(asked_for.where, asked_for.about),
		.windows = db_unit_result(asked_for.where, asked_for.windows),
		.absences = db_unit_result(asked_for.who, asked_for.absences),
		.rooms = db_unit_result(asked_for.who, asked_for.rooms),
		.busy = db_unit_result(asked_for.who, asked_for.busy),
		.room_busy = db_unit_result(asked_for.where, asked_for.room_busy),
	};
	return availability_read(arena, asked->service_count, &results, ret_availability);
}
