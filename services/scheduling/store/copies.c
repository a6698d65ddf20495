#include "scheduling/store/copies.h"

#include "scheduling_sql.h"

void copies_put_clinic(struct db_unit *unit, const char *organisation_id, const char *clinic_id,
		       const char *name, const char *zone)
{
	DB_ADD(unit, &SQL_CLINIC_PUT, organisation_id, clinic_id, name, zone);
}

void copies_put_room(struct db_unit *unit, const char *organisation_id, const struct room_row *room)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_ROOM_PUT, organisation_id, room->clinic_id, room->room_id, room->name,
	       room->kind, db_from_int(arena, room->capacity),
	       db_from_texts(arena, room->equipment, room->equipment_count));
}

void copies_put_practitioner(struct db_unit *unit, const char *organisation_id,
			     const struct practitioner_row *practitioner)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_PRACTITIONER_PUT, organisation_id, practitioner->practitioner_id,
	       db_from_texts(arena, practitioner->skills, practitioner->skill_count),
	       db_from_texts(arena, practitioner->clinic_ids, practitioner->clinic_count));
}

void copies_put_athlete(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
			const char *zone)
{
	DB_ADD(unit, &SQL_ATHLETE_PUT, organisation_id, athlete_id, zone);
}

void copies_put_screening(struct db_unit *unit, const char *organisation_id,
			  const struct screening_row *screening)
{
	DB_ADD(unit, &SQL_SCREENING_PUT, organisation_id, screening->appointment_id,
	       screening->screening_id, screening->outcome, screening->why,
	       db_from_instant(db_unit_arena(unit), screening->recorded_at));
}

void copies_put_review(struct db_unit *unit, const char *organisation_id,
		       const struct review_row *review)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_REVIEW_PUT, organisation_id, review->athlete_id, review->review_id,
	       review->area, review->side, review->advice,
	       db_from_instant(arena, review->raised_at),
	       review->answered_at ? db_from_instant(arena, review->answered_at) : NULL);
}

FIBER struct status copies_applied(struct db *db, struct arena *arena, const char *source,
				   const char *xid, const char *id, bool *ret_applied)
{
	struct db_unit *unit = db_unit_new(arena, NULL);
	size_t index = DB_ADD(unit, &SQL_EVENT_APPLIED, source, xid, id);
	struct status status = db_run(db, unit);
	if (status_is_ok(status))
		*ret_applied = db_result_rows(db_unit_result(unit, index)) > 0;
	return status;
}
