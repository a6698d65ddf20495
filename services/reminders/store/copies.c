#include "reminders/store/copies.h"

#include "base/clock.h"
#include "reminders_sql.h"

#include <stdlib.h>
#include <string.h>

#define TREATMENT_LASTS_US (42 * CLOCK_DAY_US) /* the last question comes after four weeks */

void clinic_put(struct db_unit *unit, const char *organisation_id, const struct clinic *clinic)
{
	DB_ADD(unit, &SQL_CLINIC_PUT, organisation_id, clinic->clinic_id, clinic->name,
	       clinic->zone);
}

void athlete_put(struct db_unit *unit, const char *organisation_id, const struct athlete *athlete)
{
	struct arena *arena = db_unit_arena(unit);
	size_t count = athlete->contact_point_count;
	const char **channels = ARENA_ARRAY(arena, count + 1, const char *);
	const char **values = ARENA_ARRAY(arena, count + 1, const char *);
	const char **addresses = ARENA_ARRAY(arena, count + 1, const char *);
	DB_ADD(unit, &SQL_ATHLETE_PUT, organisation_id, athlete->athlete_id, athlete->zone,
	       db_id(athlete->home_clinic_id), db_from_bool(athlete->has_guardian),
	       athlete->language);
	if (!channels || !values || !addresses)
		return; /* the unit fails: its arena is full */
	for (size_t i = 0; i < count; i++) {
		channels[i] = athlete->contact_points[i].channel;
		values[i] = athlete->contact_points[i].value;
		addresses[i] = athlete->contact_points[i].address;
	}
	DB_ADD(unit, &SQL_CONTACT_POINTS_LEAVE, organisation_id, athlete->athlete_id,
	       db_from_texts(arena, addresses, count));
	DB_ADD(unit, &SQL_CONTACT_POINTS_PUT, organisation_id, athlete->athlete_id,
	       db_from_texts(arena, channels, count), db_from_texts(arena, values, count),
	       db_from_texts(arena, addresses, count));
}

FIBER struct status athlete_lives_in(struct db *db, struct arena *arena,
				     const char *organisation_id, const struct athlete *athlete,
				     bool *ret_lives_there)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	size_t index = DB_ADD(unit, &SQL_ATHLETE_LIVES_IN, organisation_id, athlete->athlete_id,
			      athlete->zone);
	struct status status = db_run(db, unit);
	if (status_is_ok(status))
		*ret_lives_there = db_bool(db_unit_result(unit, index), 0, 0);
	return status;
}

void consent_put(struct db_unit *unit, const char *organisation_id, const struct consent *consent)
{
	DB_ADD(unit, &SQL_CONSENT_PUT, organisation_id, consent->athlete_id, consent->purpose,
	       consent->channel, db_from_bool(consent->granted),
	       db_from_instant(db_unit_arena(unit), consent->recorded_at));
}

void visit_put(struct db_unit *unit, const char *organisation_id, const struct visit *visit,
	       const char *state)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_VISIT_PUT, organisation_id, visit->appointment_id, visit->athlete_id,
	       visit->clinic_id, db_from_instant(arena, visit->starts_at),
	       db_from_instant(arena, visit->ends_at), db_from_instant(arena, visit->booked_at),
	       state, db_from_int(arena, visit->version), db_from_bool(visit->moved));
}

void treatment_put(struct db_unit *unit, const char *organisation_id,
		   const struct treatment *treatment)
{
	struct arena *arena = db_unit_arena(unit);
	const char *days[PLAN_STEPS_MOST];
	for (size_t i = 0; i < treatment->plan_day_count; i++)
		days[i] = db_from_int(arena, treatment->plan_days[i]);
	DB_ADD(unit, &SQL_TREATMENT_PUT, organisation_id, treatment->encounter_id,
	       db_id(treatment->appointment_id), treatment->athlete_id, db_id(treatment->clinic_id),
	       db_from_instant(arena, treatment->treated_at), db_from_bool(treatment->thorax),
	       db_from_texts(arena, treatment->areas, treatment->area_count),
	       db_from_texts(arena, days, treatment->plan_day_count));
}

struct visit visit_row(const struct db_result *result, size_t row)
{
	return (struct visit){
		.appointment_id = db_text(result, row, 0),
		.athlete_id = db_text(result, row, 1),
		.clinic_id = db_text(result, row, 2),
		.starts_at = db_instant(result, row, 3),
		.ends_at = db_instant(result, row, 4),
		.booked_at = db_instant(result, row, 5),
		.version = (int32_t)db_int(result, row, 6),
		.moved = db_bool(result, row, 7),
	};
}

static void decode_treatment(const struct db_result *result, size_t row,
			     struct treatment *treatment)
{
	const char *days = db_text(result, row, 7);
	*treatment = (struct treatment){
		.encounter_id = db_text(result, row, 0),
		.appointment_id = db_text(result, row, 1),
		.athlete_id = db_text(result, row, 2),
		.clinic_id = db_text(result, row, 3),
		.treated_at = db_instant(result, row, 4),
		.thorax = db_bool(result, row, 5),
		.area_count = *db_text(result, row, 6) ? 1 : 0,
		.ends_at = db_instant(result, row, 8),
	};
	while (*days && treatment->plan_day_count < PLAN_STEPS_MOST) {
		char *end;
		treatment->plan_days[treatment->plan_day_count++] = (int32_t)strtol(days, &end, 10);
		days = *end == ',' ? end + 1 : end;
	}
}

FIBER struct status athlete_past_read(struct db *db, struct arena *arena,
				      const char *organisation_id, const char *athlete_id,
				      int64_t since, struct athlete_past *ret_past)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	size_t visits = DB_ADD(unit, &SQL_VISITS_AHEAD, organisation_id, athlete_id,
			       db_from_instant(arena, since));
	size_t treatments = DB_ADD(unit, &SQL_TREATMENTS_SINCE, organisation_id, athlete_id,
				   db_from_instant(arena, since - TREATMENT_LASTS_US));
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *visit = db_unit_result(unit, visits);
	const struct db_result *treatment = db_unit_result(unit, treatments);
	struct athlete_past past = {
		.visit_count = db_result_rows(visit),
		.treatment_count = db_result_rows(treatment),
	};
	past.visits = ARENA_ARRAY(arena, past.visit_count + 1, struct visit);
	past.treatments = ARENA_ARRAY(arena, past.treatment_count + 1, struct treatment);
	if (!past.visits || !past.treatments)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "too much memory for one event");
	for (size_t i = 0; i < past.visit_count; i++)
		past.visits[i] = visit_row(visit, i);
	for (size_t i = 0; i < past.treatment_count; i++)
		decode_treatment(treatment, i, &past.treatments[i]);
	*ret_past = past;
	return status_ok();
}

FIBER struct status visit_ends_at_read(struct db *db, struct arena *arena,
				       const char *organisation_id, const char *appointment_id,
				       int64_t *ret_ends_at)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	DB_ADD(unit, &SQL_VISIT_FIND, organisation_id, db_id(appointment_id));
	struct status status = db_run(db, unit);
	if (status_is_ok(status) && db_result_rows(db_unit_result(unit, 0)) > 0)
		*ret_ends_at = db_instant(db_unit_result(unit, 0), 0, 4);
	return status;
}
