#include "events/outbox.h"

#include "base/clock.h"
#include "bus/bus.h"
#include "events_sql.h"

#include <inttypes.h>
#include <stdlib.h>

const char *position_xid_value(struct arena *arena, struct position position)
{
	return arena_printf(arena, "%" PRIu64, position.xid);
}

const char *position_id_value(struct arena *arena, struct position position)
{
	return db_from_int(arena, position.id);
}

struct position position_of(const Soleus__V1__EventEnvelope *envelope)
{
	return (struct position){envelope->xid, envelope->id};
}

struct position position_of_row(const struct db_result *result, size_t row)
{
	const char *xid = db_text(result, row, db_result_column(result, "xid"));
	return (struct position){strtoull(xid, NULL, 10),
				 db_int(result, row, db_result_column(result, "id"))};
}

static char *copy(struct arena *arena, const struct db_result *rows, size_t row, const char *column)
{
	return arena_strdup(arena, db_text(rows, row, db_result_column(rows, column)));
}

/* NULL beyond the arena's budget. */
static Soleus__V1__EventEnvelope *envelope_of_row(const struct db_result *rows, size_t row,
						  const char *service, struct position previous,
						  struct arena *arena)
{
	Soleus__V1__EventEnvelope *envelope = ARENA_NEW(arena, Soleus__V1__EventEnvelope);
	size_t length = 0;
	const uint8_t *payload =
		db_bytes(rows, row, db_result_column(rows, "payload"), arena, &length);
	if (!envelope || !payload)
		return NULL;
	struct position position = position_of_row(rows, row);
	soleus__v1__event_envelope__init(envelope);
	envelope->source = (char *)service;
	envelope->xid = position.xid;
	envelope->id = position.id;
	envelope->previous_xid = previous.xid;
	envelope->previous_id = previous.id;
	envelope->type = copy(arena, rows, row, "type");
	envelope->organisation_id = copy(arena, rows, row, "organisation_id");
	envelope->clinic_id = copy(arena, rows, row, "clinic_id");
	envelope->subject_id = copy(arena, rows, row, "subject_id");
	envelope->occurred_at = db_instant(rows, row, db_result_column(rows, "occurred_at"));
	envelope->traceparent = copy(arena, rows, row, "traceparent");
	envelope->payload = (ProtobufCBinaryData){length, (uint8_t *)payload};
	if (!envelope->type || !envelope->organisation_id || !envelope->clinic_id ||
	    !envelope->subject_id || !envelope->traceparent)
		return NULL;
	return envelope;
}

static struct status decode_page(const struct db_result *rows, const char *service,
				 struct position after, struct arena *arena,
				 struct outbox_page *page)
{
	page->count = db_result_rows(rows);
	page->events = ARENA_ARRAY(arena, page->count + 1, Soleus__V1__EventEnvelope *);
	for (size_t row = 0; page->events && row < page->count; row++) {
		page->events[row] = envelope_of_row(rows, row, service, after, arena);
		if (!page->events[row])
			page->events = NULL;
		else
			after = position_of(page->events[row]);
	}
	return page->events ? status_ok()
			    : status_error(STATUS_RESOURCE_EXHAUSTED,
					   "a page of events does not fit into its arena");
}

struct status outbox_read(struct db *db, const char *service, struct position after, unsigned limit,
			  struct arena *arena, struct outbox_page *ret_page)
{
	struct db_unit *unit = db_unit_new(arena, NULL);
	/* Asked before the page: what was held back then and is not now, the page has. */
	size_t held_back = DB_ADD0(unit, &SQL_OUTBOX_HELD_BACK);
	size_t page = DB_ADD(unit, &SQL_OUTBOX_PAGE, position_xid_value(arena, after),
			     position_id_value(arena, after), db_from_int(arena, limit),
			     db_from_int(arena, OUTBOX_PAGE_BYTES));
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, page);
	size_t count = db_result_rows(rows);
	size_t found = count ? (size_t)db_int(rows, 0, db_result_column(rows, "found")) : 0;
	struct outbox_page read = {
		.at_end = found == count && found < limit,
		.held_back = db_bool(db_unit_result(unit, held_back), 0, 0),
	};
	status = decode_page(rows, service, after, arena, &read);
	if (status_is_ok(status))
		*ret_page = read;
	return status;
}

static FIBER struct status read_last(struct db *db, const struct db_statement *statement,
				     struct arena *arena, struct position *ret_position)
{
	struct db_unit *unit = db_unit_new(arena, NULL);
	DB_ADD0(unit, statement);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, 0);
	*ret_position = db_result_rows(rows) ? position_of_row(rows, 0) : (struct position){0};
	return status;
}

struct status outbox_head(struct db *db, struct arena *arena, struct position *ret_head)
{
	return read_last(db, &SQL_OUTBOX_HEAD, arena, ret_head);
}

struct status outbox_newest(struct db *db, struct arena *arena, struct position *ret_newest)
{
	return read_last(db, &SQL_OUTBOX_NEWEST, arena, ret_newest);
}

void outbox_add(struct db_unit *unit, const char *organisation_id, const char *clinic_id,
		const char *subject_id, const char *traceparent, const ProtobufCMessage *message)
{
	struct arena *arena = db_unit_arena(unit);
	size_t length = 0;
	const uint8_t *payload = message_encode(message, arena, &length);
	DB_ADD(unit, &SQL_OUTBOX_ADD, organisation_id, clinic_id ? db_id(clinic_id) : NULL,
	       subject_id, message->descriptor->name, db_from_instant(arena, clock_now_us()),
	       traceparent ? traceparent : "",
	       payload && length <= OUTBOX_EVENT_BYTES ? db_from_bytes(arena, payload, length)
						       : NULL);
}
