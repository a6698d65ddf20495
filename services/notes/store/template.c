#include "notes/store/template.h"

#include "notes_sql.h"

size_t plan_template_look(struct db_unit *unit, const char *organisation_id, const char *clinic_id,
			  const char *area)
{
	return DB_ADD(unit, &SQL_PLAN_TEMPLATE_LOOK, organisation_id, db_id(clinic_id), area);
}

struct plan_template_look plan_template_looked(const struct db_unit *unit, size_t index)
{
	const struct db_result *result = db_unit_result(unit, index);
	return (struct plan_template_look){
		.clinic_known = db_bool(result, 0, 0),
		.version = (int32_t)db_int(result, 0, 1),
	};
}

void plan_template_add(struct db_unit *unit, const char *organisation_id,
		       const struct plan_template_row *row)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_PLAN_TEMPLATE_ADD, organisation_id, row->template_id,
	       db_id(row->clinic_id), row->area, db_from_int(arena, row->version),
	       db_from_bytes(arena, row->steps, row->length), db_from_instant(arena, row->put_at),
	       row->put_by);
}

size_t plan_templates_in_force(struct db_unit *unit, const char *organisation_id,
			       const char *clinic_id, const char *encounter_id, const char *note_id)
{
	return DB_ADD(unit, &SQL_PLAN_TEMPLATES_IN_FORCE, organisation_id, db_id(clinic_id),
		      db_id(encounter_id), db_id(note_id));
}

size_t plan_template_versions(struct db_unit *unit, const char *organisation_id,
			      const char *clinic_id, const char *area)
{
	return DB_ADD(unit, &SQL_PLAN_TEMPLATE_VERSIONS, organisation_id, db_id(clinic_id), area);
}

struct plan_template_row plan_template_row(const struct db_result *result, size_t row,
					   struct arena *arena)
{
	struct plan_template_row read = {
		.template_id = db_text(result, row, 0),
		.clinic_id = db_text(result, row, 1),
		.area = db_text(result, row, 2),
		.version = (int32_t)db_int(result, row, 3),
		.put_at = db_instant(result, row, 4),
		.put_by = db_text(result, row, 5),
	};
	read.steps = db_bytes(result, row, 6, arena, &read.length);
	return read;
}
