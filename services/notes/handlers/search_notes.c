#include "events/audit.h"
#include "events/check.h"
#include "notes/handlers/access.h"
#include "notes/handlers/service.h"
#include "notes/handlers/trail.h"
#include "notes/rules/anatomy.h"
#include "notes/rules/note.h"
#include "notes/store/search.h"

#include "base/clock.h"
#include "base/text.h"

#include <string.h>

#define LIMIT_MOST    100
#define LIMIT_DEFAULT 20
#define TERMS_MOST    8
#define WORDS_BYTES   500
/* Notes that one question looks at, so that it ends in some 30 ms however many there are. Whether
 * clinics let somebody read a note costs some ten times as much as whether it has the words. */
#define LOOKS         5000
#define LOOKS_BOUNDED 500
/* Years 2000 and 2100: instants before the first and behind the last note. */
#define FIRST_US INT64_C(946684800000000)
#define LAST_US  INT64_C(4102444800000000)

static void check_form(struct check *check, const Soleus__V1__SearchNotesRequest *request)
{
	check_that(check, strlen(request->text) <= WORDS_BYTES, "text", "at most 500 bytes");
	check_that(check, !*request->muscle || anatomy_find(request->muscle), "muscle",
		   "a muscle's code, such as soleus, or nothing");
	check_that(check, !*request->area || anatomy_is_area(request->area), "area",
		   "an area's code, such as calf, or nothing");
	check_that(check, !*request->driver || note_is_driver(request->driver), "driver",
		   "a driver's code, such as load (C2), or nothing");
	check_id_or_empty(check, "practitioner_id", request->practitioner_id);
	check_id_or_empty(check, "athlete_id", request->athlete_id);
	check_id_or_empty(check, "clinic_id", request->clinic_id);
	check_that(check, request->limit >= 0 && request->limit <= LIMIT_MOST, "limit",
		   "1 to 100, or 0 for 20");
	check_that(check, request->from_at >= 0 && request->from_at < LAST_US, "from_at",
		   "an instant, or 0");
	check_that(check, request->until_at >= 0 && request->until_at <= LAST_US, "until_at",
		   "an instant, or 0");
	check_that(check, !request->until_at || request->from_at < request->until_at, "until_at",
		   "an instant behind from_at");
	if (!request->after)
		return;
	check_id(check, "after.note_id", request->after->note_id);
	check_that(check, request->after->signed_at > 0, "after.signed_at",
		   "the instant of `next` of the page before");
}

/* Ids are kept as PostgreSQL writes them. */
static const char *lower(struct arena *arena, const char *id)
{
	char *text = arena_strdup(arena, id);
	for (char *at = text; at && *at; at++)
		*at = *at >= 'A' && *at <= 'F' ? (char)(*at - 'A' + 'a') : *at;
	return text;
}

static void fill_search(struct note_search *search, struct arena *arena,
			const Soleus__V1__SearchNotesRequest *request)
{
	struct note_terms *terms = &search->terms;
	terms->words = request->text;
	terms->terms = ARENA_ARRAY(arena, TERMS_MOST, const char *);
	note_terms_add(terms, arena, NOTE_TERM_MUSCLE, request->muscle);
	note_terms_add(terms, arena, NOTE_TERM_AREA, request->area);
	note_terms_add(terms, arena, NOTE_TERM_DRIVER, request->driver);
	note_terms_add(terms, arena, NOTE_TERM_PRACTITIONER,
		       lower(arena, request->practitioner_id));
	note_terms_add(terms, arena, NOTE_TERM_CLINIC, lower(arena, request->clinic_id));
	search->athlete_id = request->athlete_id;
	if (terms->count == 0 && text_is_blank(request->text) && !*request->athlete_id)
		note_terms_add(terms, arena, NOTE_TERM_ANY, "note");
	search->from = request->from_at ? request->from_at : FIRST_US;
	search->until = request->until_at ? request->until_at : LAST_US;
	search->before_id = "00000000-0000-0000-0000-000000000000";
	search->limit = request->limit ? request->limit : LIMIT_DEFAULT;
	if (request->after && request->after->signed_at <= search->until) {
		search->until = request->after->signed_at;
		search->before_id = request->after->note_id;
	}
}

static Soleus__V1__NoteHit *hit_message(struct arena *arena, const struct note_hit *hit)
{
	Soleus__V1__NoteHit *message = ARENA_NEW(arena, Soleus__V1__NoteHit);
	soleus__v1__note_hit__init(message);
	message->note_id = (char *)hit->note_id;
	message->signed_at = hit->signed_at;
	message->encounter_id = (char *)hit->encounter_id;
	message->athlete_id = (char *)hit->athlete_id;
	message->practitioner_id = (char *)hit->practitioner_id;
	message->clinic_id = (char *)hit->clinic_id;
	message->complaint = (char *)hit->complaint;
	message->version = hit->version;
	return message;
}

static Soleus__V1__NoteCursor *cursor_message(struct arena *arena, const struct note_hit *last)
{
	Soleus__V1__NoteCursor *message = ARENA_NEW(arena, Soleus__V1__NoteCursor);
	soleus__v1__note_cursor__init(message);
	message->note_id = (char *)last->note_id;
	message->signed_at = last->signed_at;
	return message;
}

static void fill_reply(Soleus__V1__SearchNotesReply *reply, struct arena *arena,
		       const struct db_result *rows, int64_t limit)
{
	size_t count = db_result_rows(rows);
	reply->notes = ARENA_ARRAY(arena, count, Soleus__V1__NoteHit *);
	for (size_t row = 0; row < count; row++) {
		const struct note_hit hit = note_hit(rows, row);
		if (hit.found)
			reply->notes[reply->n_notes++] = hit_message(arena, &hit);
		if (!hit.found || (int64_t)reply->n_notes == limit)
			reply->next = cursor_message(arena, &hit);
	}
}

RPC(Notes, notes, SearchNotes, search_notes)
{
	struct check check = check_begin(call);
	check_form(&check, request);
	if (check_failed(&check))
		return check_status(&check);

	const char *trail[AUDIT_VALUES];
	audit_values(call->arena, call, trail);
	struct note_search search = {
		.trail = trail,
		.reader_id = bounded_practitioner(call),
		.now_us = clock_now_us(),
	};
	search.looks = search.reader_id ? LOOKS_BOUNDED : LOOKS;
	fill_search(&search, call->arena, request);
	struct db_unit *unit = call_unit(call);
	if (*request->athlete_id) {
		guard_athlete(call, unit, request->athlete_id);
		leave_trail_of_athlete(call, unit, request->athlete_id, "");
	} else {
		leave_trail(call, unit, "", "");
	}
	size_t found = notes_search(unit, call->organisation_id, &search);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return guarded(unit, status);
	const struct db_result *rows = db_unit_result(unit, found);
	fill_reply(reply, call->arena, rows, search.limit);
	return status_ok();
}
