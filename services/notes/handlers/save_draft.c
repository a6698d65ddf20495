#include "events/check.h"
#include "notes/handlers/access.h"
#include "notes/handlers/draft_fields.h"
#include "notes/handlers/draft_message.h"
#include "notes/handlers/note_form.h"
#include "notes/handlers/service.h"
#include "notes/handlers/trail.h"
#include "notes/rules/note.h"

#include "base/clock.h"
#include "bus/canonical.h"

#include <string.h>
#include <strings.h>

#define ATTEMPTS 5

struct saving {
	struct call *call;
	const Soleus__V1__SaveDraftRequest *request;
	struct draft_content typed;
	struct draft_look seen;
	struct draft_content content; /* what the draft becomes */
	struct faults conflicts;
	bool again; /* another saved at the same moment */
};

/* Its base was there once: what was typed is kept, for a person to put in. */
static bool base_is_gone(const struct saving *saving)
{
	int32_t base_version = saving->request->base_version;
	return base_version > 0 &&
	       (base_version < saving->seen.discarded_version ||
		(!saving->seen.base.bytes &&
		 base_version <= saving->seen.last_version - DRAFT_VERSIONS_KEPT));
}

static FIBER struct status look(struct saving *saving)
{
	struct call *call = saving->call;
	const Soleus__V1__SaveDraftRequest *request = saving->request;
	struct db_unit *unit = call_unit(call);
	guard_writing(call, unit, request->encounter_id);
	size_t seen = draft_look(unit, call->organisation_id, request->encounter_id,
				 request->base_version);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return guarded_writing(unit, status);
	saving->seen = draft_looked(unit, seen);
	if (!saving->seen.found)
		return status_error(STATUS_NOT_FOUND, "no such encounter");
	if (strcasecmp(saving->seen.newest_note_id, request->amends_note_id) != 0)
		return status_error(STATUS_FAILED_PRECONDITION,
				    *saving->seen.newest_note_id
					    ? "this note is signed: amend its newest version"
					    : "this note is not signed: there is nothing to amend");
	if (request->base_version > 0 && !saving->seen.base.bytes && !base_is_gone(saving))
		return status_error(STATUS_FAILED_PRECONDITION,
				    "base_version: a version of this draft was expected");
	return status;
}

/* What was typed, with what others saved since its base; or the conflicts, which a person resolves:
 * no other attempt would do better. */
static struct status merge(struct saving *saving)
{
	struct arena *arena = saving->call->arena;
	int32_t base_version = saving->request->base_version;
	saving->content = saving->typed;
	if (base_version == saving->seen.version)
		return status_ok();
	if (base_is_gone(saving)) {
		faults_add(&saving->conflicts, arena, "base_version",
			   base_version < saving->seen.discarded_version
				   ? "a draft that was not discarded since; 0 begins anew"
				   : "one of the newest 200 versions: read the draft again");
		return status_ok();
	}
	Soleus__V1__Note *base_note = NULL;
	Soleus__V1__Note *their_note = NULL;
	struct status status = draft_note(arena, &saving->seen.base, &base_note);
	if (status_is_ok(status))
		status = draft_note(arena, &saving->seen.content, &their_note);
	if (!status_is_ok(status))
		return status;
	const struct draft_fields base = draft_fields_of(arena, base_note);
	const struct draft_fields mine = draft_fields_of(arena, saving->request->note);
	const struct draft_fields theirs = draft_fields_of(arena, their_note);
	const struct draft_merge merged = draft_merge(arena, &base, &mine, &theirs);
	saving->conflicts = merged.conflicts;
	const Soleus__V1__Note *note = draft_note_of(arena, &merged.merged);
	if (!note)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "a smaller note was expected");
	if (saving->conflicts.first)
		return status_ok();
	saving->content.bytes = message_encode(&note->base, arena, &saving->content.length);
	if (saving->content.length > NOTE_BYTES_MAX)
		faults_add(&saving->conflicts, arena, "note",
			   "at most 128 KiB, with what others saved since you began");
	return status_ok();
}

static bool is_same(const struct draft_content *a, const struct draft_content *b)
{
	return a->bytes && b->bytes && a->length == b->length &&
	       memcmp(a->bytes, b->bytes, a->length) == 0;
}

static void add_version(const struct saving *saving, struct db_unit *unit,
			const struct draft_look *next, bool refused)
{
	const struct draft_row row = {
		.encounter_id = saving->request->encounter_id,
		.note_version = next->note_version,
		.version = saving->seen.last_version + 1,
		.base_version = saving->request->base_version,
		.refused = refused,
		.saved_at = next->saved_at,
		.saved_by = next->saved_by,
		.content = next->content,
		.typed = is_same(&next->content, &saving->typed) ? (struct draft_content){0}
								 : saving->typed,
	};
	guard_writing(saving->call, unit, row.encounter_id);
	draft_add(unit, saving->call->organisation_id, &row);
	if (!refused)
		draft_thin(unit, saving->call->organisation_id, &row);
	leave_trail(saving->call, unit, saving->seen.athlete_id, row.encounter_id);
}

static struct status told(struct saving *saving, const struct db_unit *unit, struct status status)
{
	saving->again = !status_is_ok(status) && strcmp(db_unit_constraint(unit), "draft_key") == 0;
	return guarded_writing(unit, status);
}

/* FIBER. The caller is handed a draft that nothing is written to. */
static FIBER struct status leave_trail_of_reading(const struct saving *saving)
{
	struct db_unit *unit = call_unit(saving->call);
	leave_trail(saving->call, unit, saving->seen.athlete_id, saving->request->encounter_id);
	return db_run(call_db(saving->call), unit);
}

/* FIBER. Keeps what was typed beside the draft, once: who is refused may try the same again. */
static FIBER struct status keep_beside(struct saving *saving, int32_t *ret_version)
{
	struct call *call = saving->call;
	const struct draft_row refused = {
		.encounter_id = saving->request->encounter_id,
		.note_version = saving->seen.note_version,
		.base_version = saving->request->base_version,
		.content = saving->typed,
	};
	struct db_unit *unit = call_unit(call);
	guard_writing(call, unit, refused.encounter_id);
	size_t before = draft_refused_find(unit, call->organisation_id, &refused);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return guarded_writing(unit, status);
	*ret_version = draft_refused_found(unit, before);
	if (*ret_version > 0)
		return leave_trail_of_reading(saving);
	struct draft_look typed = saving->seen;
	typed.content = saving->typed;
	typed.saved_by = call->principal->name;
	typed.saved_at = clock_now_us();
	*ret_version = saving->seen.last_version + 1;
	unit = call_unit(call);
	add_version(saving, unit, &typed, true);
	return told(saving, unit, db_run(call_db(call), unit));
}

static FIBER struct status refuse(struct saving *saving, Soleus__V1__SaveDraftReply *reply)
{
	struct status status = keep_beside(saving, &reply->refused_version);
	if (status_is_ok(status))
		status = draft_message(saving->call->arena, &saving->seen, &reply->draft);
	if (!status_is_ok(status))
		return status;
	status = status_error(STATUS_FAILED_PRECONDITION,
			      "others changed it too: what you typed is kept beside the draft");
	status.faults = saving->conflicts.first;
	return status;
}

/* What is stored with the key is without the words: these go with the athlete's contact data, where
 * they stand once. */
static FIBER struct status keep(struct saving *saving, Soleus__V1__SaveDraftReply *reply)
{
	struct draft_look next = saving->seen;
	Soleus__V1__Draft *draft = NULL;
	next.version = saving->seen.last_version + 1;
	next.content = saving->content;
	next.saved_by = saving->call->principal->name;
	next.saved_at = clock_now_us();
	struct status status = draft_message(saving->call->arena, &next, &draft);
	if (!status_is_ok(status))
		return status;
	Soleus__V1__Draft wordless = *draft;
	Soleus__V1__SaveDraftReply stored = *reply;
	wordless.note = NULL;
	stored.draft = &wordless;
	struct command *command = command_begin(saving->call);
	add_version(saving, command->unit, &next, false);
	status = told(saving, command->unit, command_commit(command, &stored.base));
	if (status_is_ok(status))
		reply->draft = draft;
	return status;
}

static FIBER struct status save(struct saving *saving, Soleus__V1__SaveDraftReply *reply)
{
	struct status status = look(saving);
	if (status_is_ok(status))
		status = merge(saving);
	if (!status_is_ok(status))
		return status;
	if (saving->conflicts.first)
		return refuse(saving, reply);
	reply->merged = !is_same(&saving->content, &saving->typed);
	if (is_same(&saving->content, &saving->seen.content)) {
		status = leave_trail_of_reading(saving);
		return status_is_ok(status)
			       ? draft_message(saving->call->arena, &saving->seen, &reply->draft)
			       : status;
	}
	return keep(saving, reply);
}

RPC(Notes, notes, SaveDraft, save_draft)
{
	struct check check = check_begin(call);
	check_id(&check, "encounter_id", request->encounter_id);
	check_id_or_empty(&check, "amends_note_id", request->amends_note_id);
	check_that(&check, request->base_version >= 0, "base_version", "a draft's version, or 0");
	check_that(&check, request->note, "note", "a note");
	if (request->note)
		note_form_check_sizes(&check, request->note);
	if (check_failed(&check))
		return check_status(&check);
	struct saving saving = {.call = call, .request = request};
	saving.typed.bytes =
		message_encode(&request->note->base, call->arena, &saving.typed.length);
	check_that(&check, saving.typed.length <= NOTE_BYTES_MAX, "note", "at most 128 KiB");
	check_that(&check, !message_unknown_field(&request->note->base, call->arena), "note",
		   "fields that this version knows: what is not read is not merged");
	if (check_failed(&check))
		return check_status(&check);

	/* Who comes second at the same moment reads what the first saved, and merges with it. */
	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		saving.again = false;
		struct status status = save(&saving, reply);
		if (!saving.again)
			return status;
	}
	return status_error(STATUS_ABORTED, "others are saving this draft; try again");
}
