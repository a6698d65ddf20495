#include "reminders/store/escalation.h"

#include "reminders_sql.h"

#include <string.h>

static struct status out_of_memory(void)
{
	return status_error(STATUS_RESOURCE_EXHAUSTED, "the chains take too much memory");
}

void escalation_put(struct db_unit *unit, const char *organisation_id, const char *clinic_id,
		    const char *kind, const struct escalation_step *steps, size_t count)
{
	struct arena *arena = db_unit_arena(unit);
	const char *names[ESCALATION_STEPS_MAX], *channels[ESCALATION_STEPS_MAX],
		*addresses[ESCALATION_STEPS_MAX], *minutes[ESCALATION_STEPS_MAX];
	const char *clinic = *clinic_id ? clinic_id : DB_ID_LEAST;
	for (size_t i = 0; i < count; i++) {
		names[i] = steps[i].name;
		channels[i] = steps[i].channel;
		addresses[i] = steps[i].address;
		minutes[i] = db_from_int(arena, steps[i].after_minutes);
	}
	DB_ADD(unit, &SQL_ESCALATION_CLEAR, organisation_id, clinic, kind);
	DB_ADD(unit, &SQL_ESCALATION_PUT, organisation_id, clinic, kind,
	       db_from_texts(arena, names, count), db_from_texts(arena, channels, count),
	       db_from_texts(arena, addresses, count), db_from_texts(arena, minutes, count));
}

FIBER struct status escalation_list(struct db *db, struct arena *arena, const char *organisation_id,
				    struct escalation_row **ret_rows, size_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	DB_ADD(unit, &SQL_ESCALATION_LIST, organisation_id);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, 0);
	size_t count = db_result_rows(result);
	struct escalation_row *rows = ARENA_ARRAY(arena, count + 1, struct escalation_row);
	if (!rows)
		return out_of_memory();
	for (size_t i = 0; i < count; i++) {
		const char *clinic_id = db_text(result, i, 0);
		rows[i] = (struct escalation_row){
			.clinic_id = strcmp(clinic_id, DB_ID_LEAST) == 0 ? "" : clinic_id,
			.kind = db_text(result, i, 1),
			.step = {db_text(result, i, 2), db_text(result, i, 3),
				 db_text(result, i, 4), (int32_t)db_int(result, i, 5)},
		};
	}
	*ret_rows = rows;
	*ret_count = count;
	return status;
}

FIBER struct status escalation_outlook(struct db *db, struct arena *arena,
				       struct escalation_waiting **ret_waiting, size_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, NULL);
	size_t index = DB_ADD0(unit, &SQL_ESCALATION_OUTLOOK);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, index);
	size_t count = db_result_rows(result);
	struct escalation_waiting *waiting =
		ARENA_ARRAY(arena, count + 1, struct escalation_waiting);
	if (!waiting)
		return out_of_memory();
	for (size_t i = 0; i < count; i++)
		waiting[i] = (struct escalation_waiting){db_text(result, i, 0),
							 db_instant(result, i, 1)};
	*ret_waiting = waiting;
	*ret_count = count;
	return status;
}

FIBER struct status escalation_due_read(struct db *db, struct arena *arena,
					const char *organisation_id, int64_t now,
					struct escalation_due **ret_due, size_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	DB_ADD(unit, &SQL_ESCALATION_DUE, organisation_id, db_from_instant(arena, now));
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, 0);
	size_t count = db_result_rows(result);
	struct escalation_due *due = ARENA_ARRAY(arena, count + 1, struct escalation_due);
	if (!due)
		return out_of_memory();
	for (size_t i = 0; i < count; i++)
		due[i] = (struct escalation_due){
			.alert_id = db_text(result, i, 0),
			.clinic_id = db_text(result, i, 1),
			.clinic_name = db_text(result, i, 2),
			.place = db_int(result, i, 3),
			.name = db_text(result, i, 4),
			.channel = db_text(result, i, 5),
			.address = db_text(result, i, 6),
		};
	*ret_due = due;
	*ret_count = count;
	return status;
}

void escalation_tell(struct db_unit *unit, const char *organisation_id,
		     const struct escalation_due *due, const char *message_id, int64_t now)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_ALERT_TELL, organisation_id, due->alert_id,
	       db_from_int(arena, due->place), due->name, due->address, message_id,
	       db_from_instant(arena, now));
}

bool escalation_overtaken(const struct db_unit *unit)
{
	return strcmp(db_unit_constraint(unit), "alert_told_once") == 0 ||
	       strcmp(db_unit_sqlstate(unit), "SL001") == 0;
}
