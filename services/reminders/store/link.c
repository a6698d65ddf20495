#include "reminders/store/link.h"

#include "base/clock.h"
#include "reminders/store/inbound.h"
#include "reminders_sql.h"

FIBER struct status linked_message_read(struct db *db, struct arena *arena,
					const char *organisation_id, const char *message_id,
					int64_t now, struct linked_message *ret_message)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	size_t index = DB_ADD(unit, &SQL_LINK_MESSAGE, organisation_id, message_id,
			      db_from_instant(arena, now),
			      db_from_instant(arena, now - INBOUND_QUESTION_OPEN_US));
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, index);
	struct linked_message message;
	if (db_result_rows(rows) == 0 ||
	    !message_purpose_find(db_text(rows, 0, 0), &message.purpose))
		return status_error(STATUS_NOT_FOUND, "no such message");
	message.due_at = db_instant(rows, 0, 1);
	message.answered = db_bool(rows, 0, 2);
	message.open = db_bool(rows, 0, 3);
	message.clinic_name = db_text(rows, 0, 4);
	message.visit_local = db_text(rows, 0, 5);
	message.until_local = db_text(rows, 0, 6);
	*ret_message = message;
	return status;
}
