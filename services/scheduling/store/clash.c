#include "scheduling/store/clash.h"

#include "scheduling/store/around.h"

#include "base/clock.h"

#include "scheduling_sql.h"

#include <string.h>

#define VISITS_AHEAD_US (2 * 366 * CLOCK_DAY_US) /* nothing is booked further ahead */

void clash_ask(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
	       int64_t now_us)
{
	DB_ADD(unit, &SQL_CLASH_ASK, organisation_id, athlete_id,
	       db_from_instant(db_unit_arena(unit), now_us));
}

void clash_ask_all(struct db_unit *unit, const char *organisation_id, int64_t now_us)
{
	DB_ADD(unit, &SQL_CLASH_ASK_ALL, organisation_id,
	       db_from_instant(db_unit_arena(unit), now_us));
}

FIBER struct status clash_outlook(struct db *db, struct arena *arena,
				  struct clash_asked **ret_asked, size_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, NULL);
	size_t index = DB_ADD0(unit, &SQL_CLASH_OUTLOOK);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, index);
	size_t count = db_result_rows(rows);
	struct clash_asked *asked = ARENA_ARRAY(arena, count, struct clash_asked);
	for (size_t row = 0; asked && row < count; row++)
		asked[row] = (struct clash_asked){
			.organisation_id = db_text(rows, row, 0),
			.athlete_id = db_text(rows, row, 1),
			.asked = db_text(rows, row, 2),
			.due_at = db_instant(rows, row, 3),
			.last = db_bool(rows, row, 4),
		};
	*ret_asked = asked;
	*ret_count = asked ? count : 0;
	return status;
}

static struct clash_row read_visit(const struct db_result *rows, size_t row)
{
	unsigned day = db_result_column(rows, "day_starts_at");
	struct clash_row visit = {.appointment = appointment_row(rows, row)};
	visit.visit.at = (struct timing_visit){
		.starts_at = visit.appointment.starts_at,
		.ends_at = visit.appointment.ends_at,
		.day_starts_at = db_instant(rows, row, day),
		.day_ends_at = db_instant(rows, row, day + 1),
	};
	visit.visit.warned = strcmp(visit.appointment.grade, timing_grade_name(TIMING_WARN)) == 0;
	visit.visit.graded_at = db_instant(rows, row, day + 2);
	visit.reasons = db_text(rows, row, day + 3);
	if (*visit.reasons)
		visit.found_at = db_instant(rows, row, day + 4);
	return visit;
}

static struct clash_session read_session(const struct db_result *rows, size_t row)
{
	struct clash_session session = {
		.session = {.kind = SESSION_MODERATE,
			    .starts_at = db_instant(rows, row, 1),
			    .ends_at = db_instant(rows, row, 2),
			    .all_day = db_bool(rows, row, 3)},
		.changed_at = db_instant(rows, row, 4),
	};
	session_kind_find(db_text(rows, row, 0), &session.session.kind);
	return session;
}

FIBER struct status clash_load(struct db *db, struct arena *arena, const struct clash_asked *asked,
			       int64_t now_us, struct clash_facts *ret_facts)
{
	const char *tenant = asked->organisation_id;
	struct db_unit *unit = db_unit_new(arena, tenant);
	const char *from = db_from_instant(arena, now_us);
	size_t visits = DB_ADD(unit, &SQL_CLASH_VISITS, tenant, asked->athlete_id, from);
	size_t sessions = DB_ADD(unit, &SQL_CLASH_SESSIONS, tenant, asked->athlete_id, from,
				 db_from_instant(arena, now_us + VISITS_AHEAD_US));
	size_t windows = DB_ADD(unit, &SQL_TIMING_GET, tenant, asked->athlete_id);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *visit_rows = db_unit_result(unit, visits);
	const struct db_result *session_rows = db_unit_result(unit, sessions);
	struct clash_facts facts = {
		.visits = ARENA_ARRAY(arena, db_result_rows(visit_rows), struct clash_row),
		.sessions = ARENA_ARRAY(arena, db_result_rows(session_rows), struct clash_session),
		.windows = around_windows(db_text(db_unit_result(unit, windows), 0, 1), NULL, NULL),
	};
	if (!facts.visits || !facts.sessions)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for a check");
	for (; facts.visit_count < db_result_rows(visit_rows); facts.visit_count++)
		facts.visits[facts.visit_count] = read_visit(visit_rows, facts.visit_count);
	for (; facts.session_count < db_result_rows(session_rows); facts.session_count++)
		facts.sessions[facts.session_count] =
			read_session(session_rows, facts.session_count);
	*ret_facts = facts;
	return status;
}

void clash_found(struct db_unit *unit, const char *organisation_id,
		 const struct appointment_row *visit, const char *reasons, int64_t now_us)
{
	DB_ADD(unit, &SQL_CLASH_FOUND, organisation_id, visit->appointment_id, visit->athlete_id,
	       reasons, db_from_instant(db_unit_arena(unit), now_us));
}

void clash_cleared(struct db_unit *unit, const char *organisation_id, const char *appointment_id,
		   int64_t now_us)
{
	DB_ADD(unit, &SQL_CLASH_CLEARED, organisation_id, appointment_id,
	       db_from_instant(db_unit_arena(unit), now_us));
}

void clash_checked(struct db_unit *unit, const struct clash_asked *asked, int64_t again_at)
{
	DB_ADD(unit, &SQL_CLASH_CHECKED, asked->organisation_id, asked->athlete_id, asked->asked,
	       again_at ? db_from_instant(db_unit_arena(unit), again_at) : NULL);
}

size_t clash_list(struct db_unit *unit, const char *organisation_id, int64_t now_us,
		  const char *clinic_id, const char *athlete_id)
{
	return DB_ADD(unit, &SQL_CLASH_LIST, organisation_id,
		      db_from_instant(db_unit_arena(unit), now_us), db_id(clinic_id),
		      db_id(athlete_id));
}

const char *clash_row_reasons(const struct db_result *result, size_t row)
{
	return db_text(result, row, db_result_column(result, "reasons"));
}

int64_t clash_row_found_at(const struct db_result *result, size_t row)
{
	return db_instant(result, row, db_result_column(result, "found_at"));
}
