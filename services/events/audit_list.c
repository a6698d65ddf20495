#include "events/audit.h"

#include "base/clock.h"
#include "events/check.h"
#include "events_sql.h"

#define LIMIT_MOST     1000
#define LIMIT_DEFAULT  200
#define LOOKED_AT_ONCE 10000 /* rows without a seal are looked for among so many: some 50 ms */
#define SEAL_DELAY_US  (60 * CLOCK_SECOND_US) /* a sealer that is well takes a second */

static Soleus__V1__AuditRow *row_message(const struct call *call, const struct db_result *rows,
					 size_t row)
{
	struct arena *arena = call->arena;
	Soleus__V1__AuditRow *message = ARENA_NEW(arena, Soleus__V1__AuditRow);
	if (!message)
		return NULL;
	audit_row_read(rows, row, message);
	message->organisation_id = (char *)call->organisation_id;
	return message;
}

/* Rows of audit_page and audit_of_athlete. */
static void fill_rows(const struct call *call, const struct db_result *rows,
		      Soleus__V1__ListAuditReply *reply)
{
	struct arena *arena = call->arena;
	size_t count = db_result_rows(rows);
	unsigned number = db_result_column(rows, "number"), hash = db_result_column(rows, "hash");
	unsigned id = db_result_column(rows, "id");
	reply->rows = ARENA_ARRAY(arena, count, Soleus__V1__SealedAuditRow *);
	for (size_t row = 0; reply->rows && row < count; row++) {
		Soleus__V1__SealedAuditRow *sealed = ARENA_NEW(arena, Soleus__V1__SealedAuditRow);
		if (!sealed)
			return;
		soleus__v1__sealed_audit_row__init(sealed);
		sealed->number = db_int(rows, row, number);
		if (!db_is_null(rows, row, hash))
			sealed->hash.data =
				(uint8_t *)db_bytes(rows, row, hash, arena, &sealed->hash.len);
		if (!db_is_null(rows, row, id))
			sealed->row = row_message(call, rows, row);
		reply->rows[reply->n_rows++] = sealed;
	}
}

/* Rows of audit_left_out. */
static void fill_left_out(const struct call *call, const struct db_result *rows,
			  Soleus__V1__ListAuditReply *reply)
{
	if (db_result_rows(rows) == 0)
		return;
	reply->left_out_until_at = db_instant(rows, 0, db_result_column(rows, "last_at"));
	reply->left_out_until_id = db_int(rows, 0, db_result_column(rows, "last_id"));
	if (!db_is_null(rows, 0, db_result_column(rows, "id")))
		reply->left_out = row_message(call, rows, 0);
}

FIBER struct status audit_list(struct call *call, const Soleus__V1__ListAuditRequest *request,
			       Soleus__V1__ListAuditReply *reply)
{
	struct check check = check_begin(call);
	check_that(&check, request->after_number >= 0, "after_number",
		   "0 or a number of the chain");
	check_that(&check, request->limit >= 0 && request->limit <= LIMIT_MOST, "limit",
		   "1 to 1000, or 0 for 200");
	check_id_or_empty(&check, "athlete_id", request->athlete_id);
	if (check_failed(&check))
		return check_status(&check);

	struct arena *arena = call->arena;
	const char *limit = db_from_int(arena, request->limit ? request->limit : LIMIT_DEFAULT);
	const char *before =
		db_from_instant(arena, request->before_at ? request->before_at : INT64_MAX);
	int64_t settled_at = clock_now_us() - SEAL_DELAY_US;
	struct db_unit *unit = call_unit(call);
	size_t rows = *request->athlete_id
			      ? DB_ADD(unit, &SQL_AUDIT_OF_ATHLETE, call->organisation_id,
				       request->athlete_id, limit, before)
			      : DB_ADD(unit, &SQL_AUDIT_PAGE, call->organisation_id,
				       db_from_int(arena, request->after_number), limit);
	size_t left_out = 0;
	if (request->left_out)
		left_out = DB_ADD(unit, &SQL_AUDIT_LEFT_OUT, call->organisation_id,
				  db_from_instant(arena, settled_at),
				  db_from_instant(arena, request->left_out_after_at),
				  db_from_int(arena, request->left_out_after_id),
				  db_from_int(arena, LOOKED_AT_ONCE));
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	fill_rows(call, db_unit_result(unit, rows), reply);
	if (request->left_out)
		fill_left_out(call, db_unit_result(unit, left_out), reply);
	return arena_has_refused(arena)
		       ? status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for so many rows")
		       : status_ok();
}
