#include "reminders/store/ask.h"

#include "reminders/rules/whether.h"
#include "reminders_sql.h"

FIBER struct status reminder_ask(struct db *db, struct arena *arena, const char *organisation_id,
				 const struct asked_reminder *asked, bool *ret_planned)
{
	static const struct db_coalesced ask = {NULL, &SQL_REMINDERS_ASK};
	const enum message_purpose purpose = MESSAGE_REMINDER_3H; /* its words hold at any hour */
	const char *const values[] = {
		organisation_id,
		asked->message_id,
		asked->appointment_id,
		message_purpose_name(purpose),
		whether_consent(purpose),
		message_purpose_rule(purpose),
		db_from_int(arena, message_purpose_priority(purpose)),
		db_from_instant(arena, asked->due_at),
		db_from_instant(arena, asked->now),
		asked->asked_by,
		asked->key,
		asked->fingerprint,
		db_from_bytes(arena, asked->reply, asked->reply_length),
	};
	const struct db_result *row;
	struct status status = db_call(db, &ask, organisation_id, values,
				       sizeof(values) / sizeof(values[0]), arena, &row);
	if (status_is_ok(status))
		*ret_planned = db_bool(row, 0, 0);
	return status;
}
