#include "events/audit.h"

#include "base/clock.h"
#include "base/text.h"
#include "events/audit_chain.h"
#include "events/outbox.h"
#include "events_sql.h"

#include <sodium.h>
#include <string.h>

#define SEALED_AT_ONCE 500

void audit_values(struct arena *arena, const struct call *call, const char *values[AUDIT_VALUES])
{
	const char *subject_id = call->principal->subject_id;
	values[0] = call->organisation_id;
	values[1] = db_from_instant(arena, clock_now_us());
	values[2] = call->principal->name;
	values[3] = text_is_uuid(subject_id) ? subject_id : NULL;
	values[4] = call->principal->through;
	values[5] = call->method;
	values[6] = db_id(call->clinic_id);
	values[7] = call->traceparent ? call->traceparent : "";
}

void audit_add(struct db_unit *unit, const struct call *call, const struct audit_entry *entry)
{
	const char *values[AUDIT_VALUES + 3];
	audit_values(db_unit_arena(unit), call, values);
	values[AUDIT_VALUES] = db_id(entry->athlete_id);
	values[AUDIT_VALUES + 1] = db_id(entry->record_id);
	values[AUDIT_VALUES + 2] = entry->reason ? entry->reason : "";
	db_unit_add(unit, &SQL_AUDIT_ADD, values, AUDIT_VALUES + 3);
}

void audit_of_athlete(struct db_unit *unit, const struct call *call, const char *athlete_id,
		      const char *record_id)
{
	const struct audit_entry entry = {.athlete_id = athlete_id, .record_id = record_id};
	if (*athlete_id)
		audit_add(unit, call, &entry);
}

/* ---- Sealing ---- */

void audit_row_read(const struct db_result *rows, size_t row, Soleus__V1__AuditRow *ret_row)
{
	soleus__v1__audit_row__init(ret_row);
	ret_row->id = db_int(rows, row, db_result_column(rows, "id"));
	ret_row->at = db_instant(rows, row, db_result_column(rows, "at"));
	ret_row->actor = (char *)db_text(rows, row, db_result_column(rows, "actor"));
	ret_row->actor_id = (char *)db_text(rows, row, db_result_column(rows, "actor_id"));
	ret_row->through = (char *)db_text(rows, row, db_result_column(rows, "through"));
	ret_row->clinic_id = (char *)db_text(rows, row, db_result_column(rows, "clinic_id"));
	ret_row->method = (char *)db_text(rows, row, db_result_column(rows, "method"));
	ret_row->athlete_id = (char *)db_text(rows, row, db_result_column(rows, "athlete_id"));
	ret_row->record_id = (char *)db_text(rows, row, db_result_column(rows, "record_id"));
	ret_row->reason = (char *)db_text(rows, row, db_result_column(rows, "reason"));
	ret_row->traceparent = (char *)db_text(rows, row, db_result_column(rows, "traceparent"));
}

/* The end of one organisation's chain, while its rows are sealed. */
struct head {
	const char *organisation_id;
	int64_t number;
	uint8_t hash[AUDIT_HASH_BYTES];
};

struct sealing {
	struct head *heads;
	size_t head_count;
	const char **organisations, **numbers, **instants, **ids, **hashes;
};

static struct head *head_of(struct sealing *sealing, const struct db_result *rows, size_t row,
			    struct arena *arena)
{
	const char *organisation_id = db_text(rows, row, db_result_column(rows, "organisation_id"));
	for (size_t i = 0; i < sealing->head_count; i++)
		if (strcmp(sealing->heads[i].organisation_id, organisation_id) == 0)
			return &sealing->heads[i];
	struct head *head = &sealing->heads[sealing->head_count++];
	size_t length = 0;
	*head = (struct head){
		.organisation_id = organisation_id,
		.number = db_int(rows, row, db_result_column(rows, "head_number")),
	};
	const uint8_t *hash =
		db_bytes(rows, row, db_result_column(rows, "head_hash"), arena, &length);
	if (hash && length == AUDIT_HASH_BYTES)
		memcpy(head->hash, hash, AUDIT_HASH_BYTES);
	return head;
}

static bool seal_row(struct sealing *sealing, const struct db_result *rows, size_t row,
		     struct arena *arena)
{
	Soleus__V1__AuditRow sealed;
	struct head *head = head_of(sealing, rows, row, arena);
	audit_row_read(rows, row, &sealed);
	sealed.organisation_id = (char *)head->organisation_id;
	if (!audit_chain(head->number ? head->hash : NULL, &sealed, arena, head->hash))
		return false;
	head->number++;
	sealing->organisations[row] = head->organisation_id;
	sealing->numbers[row] = db_from_int(arena, head->number);
	sealing->instants[row] = db_from_instant(arena, sealed.at);
	sealing->ids[row] = db_from_int(arena, sealed.id);
	sealing->hashes[row] = db_from_bytes(arena, head->hash, AUDIT_HASH_BYTES);
	return sealing->hashes[row] != NULL;
}

static FIBER struct status write_seals(struct db *db, struct arena *arena,
				       const struct sealing *sealing, size_t count,
				       struct position from, struct position to, size_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, NULL);
	size_t index = DB_ADD(unit, &SQL_AUDIT_SEAL_ADD, position_xid_value(arena, to),
			      position_id_value(arena, to), position_xid_value(arena, from),
			      position_id_value(arena, from),
			      db_from_texts(arena, sealing->organisations, count),
			      db_from_texts(arena, sealing->numbers, count),
			      db_from_texts(arena, sealing->instants, count),
			      db_from_texts(arena, sealing->ids, count),
			      db_from_texts(arena, sealing->hashes, count));
	struct status status = db_run(db, unit);
	if (status_is_ok(status))
		*ret_count = db_result_affected(db_unit_result(unit, index));
	return status;
}

FIBER struct status audit_seal(struct db *db, struct arena *arena, size_t *ret_count)
{
	*ret_count = 0;
	struct db_unit *unit = db_unit_new(arena, NULL);
	size_t index = DB_ADD0(unit, &SQL_AUDIT_SEALED);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	struct position from = position_of_row(db_unit_result(unit, index), 0);

	unit = db_unit_new(arena, NULL);
	index = DB_ADD(unit, &SQL_AUDIT_UNSEALED, position_xid_value(arena, from),
		       position_id_value(arena, from), db_from_int(arena, SEALED_AT_ONCE));
	status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, index);
	size_t count = db_result_rows(rows);
	if (count == 0)
		return status;
	struct sealing sealing = {
		.heads = ARENA_ARRAY(arena, count, struct head),
		.organisations = ARENA_ARRAY(arena, count, const char *),
		.numbers = ARENA_ARRAY(arena, count, const char *),
		.instants = ARENA_ARRAY(arena, count, const char *),
		.ids = ARENA_ARRAY(arena, count, const char *),
		.hashes = ARENA_ARRAY(arena, count, const char *),
	};
	bool has_room = !arena_has_refused(arena);
	for (size_t row = 0; has_room && row < count; row++)
		has_room = seal_row(&sealing, rows, row, arena);
	if (!has_room)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory to seal the audit trail");
	return write_seals(db, arena, &sealing, count, from, position_of_row(rows, count - 1),
			   ret_count);
}
