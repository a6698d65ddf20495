#include "notes/store/adverse.h"

#include "notes_sql.h"

size_t adverse_look(struct db_unit *unit, const char *organisation_id, const char *note_id,
		    const char *muscle)
{
	return DB_ADD(unit, &SQL_ADVERSE_LOOK, organisation_id, note_id, muscle);
}

struct adverse_look adverse_looked(const struct db_unit *unit, size_t index)
{
	const struct db_result *result = db_unit_result(unit, index);
	if (db_result_rows(result) == 0)
		return (struct adverse_look){0};
	return (struct adverse_look){
		.found = true,
		.athlete_id = db_text(result, 0, 0),
		.practitioner_id = db_text(result, 0, 1),
		.clinic_id = db_text(result, 0, 2),
		.treated_at = db_instant(result, 0, 3),
		.needled = db_bool(result, 0, 4),
		.muscle_treated = db_bool(result, 0, 5),
	};
}

void adverse_event_add(struct db_unit *unit, const char *organisation_id,
		       const struct adverse_row *event)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_ADVERSE_EVENT_ADD, organisation_id, event->adverse_event_id,
	       event->note_id, event->athlete_id, event->practitioner_id, event->clinic_id,
	       event->kind, event->grade, event->muscle, event->text,
	       db_from_instant(arena, event->treated_at),
	       db_from_instant(arena, event->occurred_at),
	       db_from_instant(arena, event->recorded_at), event->recorded_by,
	       db_from_bool(event->facts.medical_care),
	       db_from_bool(event->facts.interfered_with_activities),
	       db_from_bool(event->facts.admission), db_from_bool(event->facts.lasting_disability),
	       db_from_bool(event->facts.death));
}

size_t adverse_events(struct db_unit *unit, const char *organisation_id,
		      const struct adverse_asked *asked)
{
	struct arena *arena = db_unit_arena(unit);
	const char *before_at = db_from_instant(arena, asked->before_at);
	const char *limit = db_from_int(arena, asked->limit);
	if (*asked->athlete_id)
		return DB_ADD(unit, &SQL_ADVERSE_EVENTS_OF, organisation_id, asked->athlete_id,
			      before_at, db_id(asked->before_id), limit);
	return DB_ADD(unit, &SQL_ADVERSE_EVENTS_NEWEST, organisation_id, before_at,
		      db_id(asked->before_id), limit, db_from_int(arena, asked->looks),
		      asked->reader_id, db_from_instant(arena, asked->now_us), asked->trail[1],
		      asked->trail[2], asked->trail[3], asked->trail[4], asked->trail[5],
		      asked->trail[6], asked->trail[7]);
}

size_t adverse_events_shown(struct db_unit *unit, const char *organisation_id,
			    const char *athlete_id, int64_t limit)
{
	return DB_ADD(unit, &SQL_ADVERSE_EVENTS_SHOWN, organisation_id, athlete_id,
		      db_from_int(db_unit_arena(unit), limit));
}

struct adverse_row adverse_row(const struct db_result *result, size_t row)
{
	return (struct adverse_row){
		.adverse_event_id = db_text(result, row, 0),
		.note_id = db_text(result, row, 1),
		.athlete_id = db_text(result, row, 2),
		.practitioner_id = db_text(result, row, 3),
		.clinic_id = db_text(result, row, 4),
		.kind = db_text(result, row, 5),
		.grade = db_text(result, row, 6),
		.muscle = db_text(result, row, 7),
		.text = db_text(result, row, 8),
		.treated_at = db_instant(result, row, 9),
		.occurred_at = db_instant(result, row, 10),
		.recorded_at = db_instant(result, row, 11),
		.recorded_by = db_text(result, row, 12),
		.facts =
			{
				.medical_care = db_bool(result, row, 13),
				.interfered_with_activities = db_bool(result, row, 14),
				.admission = db_bool(result, row, 15),
				.lasting_disability = db_bool(result, row, 16),
				.death = db_bool(result, row, 17),
			},
		.found = db_bool(result, row, 18),
	};
}
