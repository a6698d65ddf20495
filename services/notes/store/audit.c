#include "notes/store/audit.h"

#include "notes_sql.h"

void audit_add(struct db_unit *unit, const char *organisation_id, const struct audit_entry *entry)
{
	DB_ADD(unit, &SQL_AUDIT_ADD, organisation_id,
	       db_from_instant(db_unit_arena(unit), entry->at), entry->actor,
	       db_id(entry->actor_id), entry->method, entry->athlete_id, db_id(entry->record_id),
	       entry->traceparent);
}

void audit_note_read(struct db_unit *unit, const char *organisation_id,
		     const struct audit_entry *entry)
{
	DB_ADD(unit, &SQL_AUDIT_NOTE_READ, organisation_id,
	       db_from_instant(db_unit_arena(unit), entry->at), entry->actor,
	       db_id(entry->actor_id), entry->method, entry->record_id, entry->athlete_id,
	       entry->traceparent);
}

void audit_list_read(struct db_unit *unit, const char *organisation_id,
		     const struct audit_entry *entry)
{
	DB_ADD(unit, &SQL_AUDIT_LIST_READ, organisation_id,
	       db_from_instant(db_unit_arena(unit), entry->at), entry->actor,
	       db_id(entry->actor_id), entry->method, entry->athlete_id, entry->traceparent,
	       db_id(entry->record_id));
}
