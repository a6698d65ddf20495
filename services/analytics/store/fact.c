#include "analytics/store/fact.h"

#include "analytics_sql.h"

void copy_clinic(struct db_unit *unit, const char *organisation_id, const char *clinic_id)
{
	DB_ADD(unit, &SQL_CLINIC_PUT, organisation_id, clinic_id);
}

void copy_athlete(struct db_unit *unit, const char *organisation_id, const char *athlete_id)
{
	DB_ADD(unit, &SQL_ATHLETE_PUT, organisation_id, athlete_id);
}

void visit_add(struct db_unit *unit, const char *organisation_id, const struct visit_row *visit)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_VISIT_ADD, organisation_id, visit->note_id, visit->athlete_id,
	       visit->clinic_id, visit->practitioner_id, db_from_instant(arena, visit->treated_at),
	       db_from_bool(visit->needled),
	       db_from_texts(arena, visit->drivers, visit->driver_count));
}

void treatments_add(struct db_unit *unit, const char *organisation_id,
		    const struct treatment *treatments, size_t count)
{
	struct arena *arena = db_unit_arena(unit);
	const char **areas = ARENA_ARRAY(arena, count, const char *);
	const char **sides = ARENA_ARRAY(arena, count, const char *);
	if (count == 0)
		return;
	for (size_t i = 0; i < count; i++) {
		areas[i] = treatments[i].area;
		sides[i] = treatments[i].side;
	}
	DB_ADD(unit, &SQL_TREATMENTS_ADD, organisation_id, treatments->note_id,
	       treatments->athlete_id, treatments->clinic_id,
	       db_from_instant(arena, treatments->treated_at), db_from_texts(arena, areas, count),
	       db_from_texts(arena, sides, count));
}

void measures_add(struct db_unit *unit, const char *organisation_id,
		  const struct measure_origin *origin, const struct measure *measures, size_t count)
{
	struct arena *arena = db_unit_arena(unit);
	const char **columns[7];
	if (count == 0)
		return;
	for (size_t i = 0; i < 7; i++)
		columns[i] = ARENA_ARRAY(arena, count, const char *);
	for (size_t at = 0; at < count; at++) {
		columns[0][at] = measures[at].measure_id;
		columns[1][at] = measures[at].instrument;
		columns[2][at] = db_from_int(arena, measures[at].scoring_version);
		columns[3][at] = measures[at].area;
		columns[4][at] = measures[at].side;
		columns[5][at] = measures[at].moment;
		columns[6][at] = db_from_double(arena, measures[at].value);
	}
	DB_ADD(unit, &SQL_MEASURES_ADD, organisation_id, origin->athlete_id, db_id(origin->note_id),
	       origin->source, db_from_instant(arena, origin->taken_at),
	       db_from_instant(arena, origin->told_at), db_from_texts(arena, columns[0], count),
	       db_from_texts(arena, columns[1], count), db_from_texts(arena, columns[2], count),
	       db_from_texts(arena, columns[3], count), db_from_texts(arena, columns[4], count),
	       db_from_texts(arena, columns[5], count), db_from_texts(arena, columns[6], count));
}

size_t treatments_of(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		     int64_t since)
{
	return DB_ADD(unit, &SQL_TREATMENTS_OF, organisation_id, athlete_id,
		      db_from_instant(db_unit_arena(unit), since));
}

size_t measures_of(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		   int64_t since)
{
	return DB_ADD(unit, &SQL_MEASURES_OF, organisation_id, athlete_id,
		      db_from_instant(db_unit_arena(unit), since));
}

static size_t add_period(struct db_unit *unit, const struct db_statement *statement,
			 const char *organisation_id, const struct clinic_period *period)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, statement, organisation_id, period->clinic_id,
		      db_from_instant(arena, period->from), db_from_instant(arena, period->until),
		      db_from_instant(arena, period->facts_until),
		      db_from_int(arena, period->facts_most));
}

size_t clinic_treatments(struct db_unit *unit, const char *organisation_id,
			 const struct clinic_period *period)
{
	return add_period(unit, &SQL_CLINIC_TREATMENTS, organisation_id, period);
}

size_t clinic_measures(struct db_unit *unit, const char *organisation_id,
		       const struct clinic_period *period)
{
	return add_period(unit, &SQL_CLINIC_MEASURES, organisation_id, period);
}

void facts_withdraw(struct db_unit *unit, const char *organisation_id, const char *note_id,
		    const char *athlete_id)
{
	DB_ADD(unit, &SQL_FACTS_WITHDRAW, organisation_id, note_id, athlete_id);
}

struct treatment treatment_row(const struct db_result *result, size_t row)
{
	return (struct treatment){
		.athlete_id = db_text(result, row, 0),
		.area = db_text(result, row, 1),
		.side = db_text(result, row, 2),
		.treated_at = db_instant(result, row, 3),
		.note_id = db_text(result, row, 4),
		.clinic_id = db_text(result, row, 5),
	};
}

struct measure measure_row(const struct db_result *result, size_t row)
{
	return (struct measure){
		.athlete_id = db_text(result, row, 0),
		.area = db_text(result, row, 1),
		.side = db_text(result, row, 2),
		.taken_at = db_instant(result, row, 3),
		.note_id = db_text(result, row, 4),
		.instrument = db_text(result, row, 5),
		.moment = db_text(result, row, 6),
		.value = db_double(result, row, 7),
	};
}

size_t clinic_count(struct db_unit *unit, const char *organisation_id,
		    const struct clinic_period *period)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, &SQL_CLINIC_COUNTS, organisation_id, period->clinic_id,
		      db_from_instant(arena, period->from), db_from_instant(arena, period->until));
}

struct clinic_counts clinic_counts(const struct db_result *result)
{
	return (struct clinic_counts){
		.known = db_bool(result, 0, 0),
		.treatments = (int32_t)db_int(result, 0, 1),
		.athletes = (int32_t)db_int(result, 0, 2),
		.open_reviews = (int32_t)db_int(result, 0, 3),
	};
}

size_t athlete_find(struct db_unit *unit, const char *organisation_id, const char *athlete_id)
{
	return DB_ADD(unit, &SQL_ATHLETE_FIND, organisation_id, athlete_id);
}
