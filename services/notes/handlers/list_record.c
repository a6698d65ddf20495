#include "events/check.h"
#include "notes/handlers/access.h"
#include "notes/handlers/caution_message.h"
#include "notes/handlers/service.h"
#include "notes/handlers/trail.h"
#include "notes/store/record.h"
#include "notes/store/visit.h"

#include <string.h>

#define LIMIT_MOST    500
#define LIMIT_DEFAULT 100

/* Codes with a blank between, as a list. */
static char **words_of(struct arena *arena, const char *text, size_t *ret_count)
{
	char **words = ARENA_ARRAY(arena, strlen(text) / 2 + 1, char *);
	char *rest = arena_strdup(arena, text);
	size_t count = 0;
	for (char *word; (word = strsep(&rest, " "));)
		if (*word)
			words[count++] = word;
	*ret_count = count;
	return words;
}

static Soleus__V1__Screened *screened_message(struct arena *arena,
					      const struct record_part_row *row)
{
	Soleus__V1__Screened *message = ARENA_NEW(arena, Soleus__V1__Screened);
	soleus__v1__screened__init(message);
	message->outcome = (char *)row->outcome;
	message->items = words_of(arena, row->items, &message->n_items);
	message->open_items = words_of(arena, row->open_items, &message->n_open_items);
	message->reasons = caution_messages_of(arena, row->items, &message->n_reasons);
	message->by_staff = row->by_staff;
	message->language = (char *)row->language;
	return message;
}

static Soleus__V1__RecordPart *part_message(struct arena *arena, const struct record_part_row *row)
{
	Soleus__V1__RecordPart *message = ARENA_NEW(arena, Soleus__V1__RecordPart);
	soleus__v1__record_part__init(message);
	message->kind = (char *)row->kind;
	message->part_id = (char *)row->part_id;
	message->at = row->at;
	message->by = (char *)row->by;
	message->athlete_id = (char *)row->athlete_id;
	message->visit_id = (char *)row->visit_id;
	message->encounter_id = (char *)row->encounter_id;
	message->practitioner_id = (char *)row->practitioner_id;
	message->clinic_id = (char *)row->clinic_id;
	message->version = row->version;
	if (strcmp(row->kind, "screening") == 0)
		message->screening = screened_message(arena, row);
	return message;
}

RPC(Notes, notes, ListRecord, list_record)
{
	struct check check = check_begin(call);
	check_id(&check, "athlete_id", request->athlete_id);
	check_page(&check, request->after_at, request->after_id, request->limit, LIMIT_MOST);
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	struct db_unit *unit = call_unit(call);
	guard_athlete(call, unit, request->athlete_id);
	leave_trail_of_athlete(call, unit, request->athlete_id, "");
	size_t athlete = athlete_find(unit, call->organisation_id, request->athlete_id);
	const struct record_asked asked = {request->athlete_id, request->after_at,
					   request->after_id,
					   request->limit ? request->limit : LIMIT_DEFAULT};
	size_t parts = record_list(unit, call->organisation_id, &asked);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return guarded(unit, status);
	if (db_result_rows(db_unit_result(unit, athlete)) == 0)
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	const struct db_result *rows = db_unit_result(unit, parts);
	reply->parts = ARENA_ARRAY(call->arena, db_result_rows(rows), Soleus__V1__RecordPart *);
	for (size_t row = 0; row < db_result_rows(rows); row++) {
		const struct record_part_row part = record_part_row(rows, row);
		reply->parts[reply->n_parts++] = part_message(call->arena, &part);
	}
	return status_ok();
}
