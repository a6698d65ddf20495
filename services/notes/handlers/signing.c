#include "notes/handlers/signing.h"

#include "base/clock.h"
#include "base/text.h"
#include "bus/canonical.h"
#include "events/audit.h"
#include "events/outbox.h"
#include "knowledge/plan.h"
#include "notes/handlers/draft_message.h"
#include "notes/handlers/note_message.h"
#include "notes/handlers/note_words.h"
#include "notes/handlers/pack_demands.h"
#include "notes/handlers/seal.h"
#include "notes/rules/due.h"
#include "notes/store/sign.h"

#include <sodium.h>
#include <string.h>
#include <strings.h>

FIBER struct status signing_read(struct signing *signing, const char *encounter_id,
				 const char *note_id, const char *missing)
{
	struct call *call = signing->call;
	struct db_unit *unit = call_unit(call);
	size_t seen = signing_look(unit, call->organisation_id, encounter_id, note_id);
	bool plans = signing->note->n_plan == 0 && signing->note->n_sites > 0;
	size_t templates = plans ? plan_templates_in_force(unit, call->organisation_id, NULL,
							   encounter_id, note_id)
				 : 0;
	bool cosigned = *signing->cosigner_id;
	size_t cosigner =
		cosigned ? practitioner_known(unit, call->organisation_id, signing->cosigner_id)
			 : 0;
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	signing->seen = signing_looked(unit, seen);
	signing->cosigner_known = cosigned && db_bool(db_unit_result(unit, cosigner), 0, 0);
	if (plans)
		status = plan_templates_read(call->arena, db_unit_result(unit, templates),
					     &signing->templates);
	if (!status_is_ok(status))
		return status;
	if (!signing->seen.found)
		return status_error(STATUS_NOT_FOUND, missing);
	if (strcasecmp(signing->seen.practitioner_id, call->principal->subject_id) != 0)
		return status_error(STATUS_PERMISSION_DENIED,
				    "the practitioner of the encounter signs its note");
	return status_ok();
}

void signing_check_cosigner(const struct signing *signing, const char *asked, struct check *check)
{
	if (!*asked)
		return;
	check_that(check, signing->cosigner_known, "cosigner_id", "a known practitioner");
	check_that(check, strcasecmp(asked, signing->seen.practitioner_id) != 0, "cosigner_id",
		   "another practitioner than who signs");
}

/* ---- What follows from a note ---- */

static void fill_row(struct signing *signing)
{
	const struct signing_look *seen = &signing->seen;
	const struct note *note = &signing->form.note;
	int64_t now_us = clock_now_us();
	size_t muscles = note_distinct_muscles(note->sites, note->site_count);
	const char *code = note_cpt_code(muscles);
	signing->distinct_muscles = (int32_t)muscles;
	signing->row = (struct note_row){
		.note_id = text_uuid7_new(signing->call->arena),
		.encounter_id = seen->encounter_id,
		.appointment_id = seen->appointment_id,
		.athlete_id = seen->athlete_id,
		.practitioner_id = seen->practitioner_id,
		.clinic_id = seen->clinic_id,
		.screening_id = seen->screening_id,
		.version = seen->newest_version + 1,
		.amends_note_id = seen->newest_note_id,
		.reason = signing->reason,
		.cosigner_id = signing->cosigner_id,
		.draft_version = signing->draft_version,
		.treated_at = seen->treated_at ? seen->treated_at
					       : note_treated_at(now_us, seen->visit_ends_at),
		.signed_at = now_us,
		.signed_by = signing->call->principal->name,
		.complaint = signing->note->complaint,
		.procedure_code = code ? code : "",
		.thorax = note_touches_thorax(note->sites, note->site_count),
		.jurisdiction = seen->pack.jurisdiction,
	};
}

/* P1 as the clinic has it, for the treated areas, where the note brought no plan of its own. */
static void fill_plan(struct signing *signing)
{
	struct arena *arena = signing->call->arena;
	const char **areas = ARENA_ARRAY(arena, signing->area_count, const char *);
	for (size_t i = 0; i < signing->area_count; i++)
		areas[i] = signing->areas[i].area;
	signing->note->plan = plan_messages(arena, areas, signing->area_count, &signing->templates,
					    &signing->note->n_plan);
}

static void fill_areas(struct signing *signing)
{
	struct arena *arena = signing->call->arena;
	const struct note *note = &signing->form.note;
	signing->areas = ARENA_ARRAY(arena, note->site_count, struct note_area);
	signing->area_count =
		note_areas(note->sites, note->site_count, signing->areas, note->site_count);
	signing->area_messages = area_messages(arena, signing->areas, signing->area_count);
	if (signing->note->n_plan == 0 && note->site_count > 0)
		fill_plan(signing);
}

/* A clinic's plans for several areas can be long together; which steps count, its practitioner
 * says. */
static void check_filled_plan(const struct signing *signing, struct check *check)
{
	size_t steps = signing->note->n_plan;
	if (steps > PLAN_STEPS_MOST)
		faults_add(&check->faults, check->arena, "note.plan",
			   arena_printf(check->arena,
					"at most 16 steps, but the clinic's plans for the treated "
					"areas have %zu: say in the note which ones",
					steps));
}

static Soleus__V1__DueMeasure *due_message(struct arena *arena,
					   const struct note_measure_row *measure,
					   const struct due_date *date)
{
	Soleus__V1__DueMeasure *message = ARENA_NEW(arena, Soleus__V1__DueMeasure);
	soleus__v1__due_measure__init(message);
	message->instrument = (char *)measure->instrument;
	message->area = (char *)measure->area;
	message->side = (char *)measure->side;
	message->window = (char *)outcome_windows[date->window].name;
	message->due_at = date->due_at;
	return message;
}

/* O2, for what was measured before needles went in. */
static void fill_due(struct signing *signing)
{
	const struct note_form *form = &signing->form;
	struct due_date dates[DUE_WINDOWS];
	if (form->note.site_count == 0)
		return;
	due_dates(signing->row.treated_at, dates);
	signing->due = ARENA_ARRAY(signing->call->arena, form->measure_count * DUE_WINDOWS,
				   Soleus__V1__DueMeasure *);
	for (size_t date = 0; date < DUE_WINDOWS; date++)
		for (size_t i = 0; i < form->measure_count; i++)
			if (strcmp(form->measures[i].moment, "before") == 0)
				signing->due[signing->due_count++] = due_message(
					signing->call->arena, &form->measures[i], &dates[date]);
}

void signing_check(struct signing *signing, struct check *check)
{
	const struct signing_look *seen = &signing->seen;
	struct note_form *form = &signing->form;
	const char *unknown = message_unknown_field(&signing->note->base, check->arena);
	if (unknown)
		faults_addf(&check->faults, check->arena,
			    "a field that this version knows: nobody signs what is not read",
			    "note.%s", unknown);
	form->note.screened = caution_outcome_find(seen->screening_outcome, &form->note.caution);
	note_form_check(signing->note, form, seen->treatment_consent, check);
	check_that(check,
		   seen->newest_version > 0 || !note_is_ahead(clock_now_us(), seen->visit_ends_at),
		   "encounter_id",
		   "a visit that has begun: this one is booked for a later day (move it, or open a "
		   "walk-in)");
	const struct pack *pack = check_pack_demands(check, &seen->pack, signing->note);
	if (check_failed(check))
		return;
	fill_row(signing);
	signing->row.pack_code = pack->code;
	signing->row.pack_version = pack->version;
	fill_areas(signing);
	check_filled_plan(signing, check);
	fill_due(signing);
	struct note_row *row = &signing->row;
	row->content = message_encode(&signing->note->base, check->arena, &row->content_length);
	check_that(check, row->content_length <= NOTE_BYTES_MAX, "note", "at most 128 KiB");
	crypto_generichash(row->hash, sizeof(row->hash), row->content, row->content_length, NULL,
			   0);
}

char *signing_hash(const struct signing *signing)
{
	char hash[2 * NOTE_HASH_BYTES + 1];
	sodium_bin2hex(hash, sizeof(hash), signing->row.hash, sizeof(signing->row.hash));
	return arena_strdup(signing->call->arena, hash);
}

/* ---- Keeping it ---- */

/* What the note can be found by. */
static struct note_terms terms_of(const struct signing *signing)
{
	struct arena *arena = signing->call->arena;
	const struct note_row *row = &signing->row;
	const struct note *note = &signing->form.note;
	struct note_terms terms = {.words = note_words(arena, signing->note)};
	terms.terms =
		ARENA_ARRAY(arena, note->site_count + signing->area_count + note->driver_count + 4,
			    const char *);
	for (size_t i = 0; i < note->site_count; i++)
		note_terms_add(&terms, arena, NOTE_TERM_MUSCLE, note->sites[i].muscle);
	for (size_t i = 0; i < signing->area_count; i++)
		note_terms_add(&terms, arena, NOTE_TERM_AREA, signing->areas[i].area);
	for (size_t i = 0; i < note->driver_count; i++)
		note_terms_add(&terms, arena, NOTE_TERM_DRIVER, note->drivers[i]);
	note_terms_add(&terms, arena, NOTE_TERM_PRACTITIONER, row->practitioner_id);
	note_terms_add(&terms, arena, NOTE_TERM_ATHLETE, row->athlete_id);
	note_terms_add(&terms, arena, NOTE_TERM_CLINIC, row->clinic_id);
	note_terms_add(&terms, arena, NOTE_TERM_ANY, "note");
	return terms;
}

static struct signature_row signature_of(struct signing *signing)
{
	const struct note_row *row = &signing->row;
	Soleus__V1__NoteSeal seal = SOLEUS__V1__NOTE_SEAL__INIT;
	seal.note_id = (char *)row->note_id;
	seal.version = row->version;
	seal.amends_note_id = (char *)row->amends_note_id;
	seal.encounter_id = (char *)row->encounter_id;
	seal.appointment_id = (char *)row->appointment_id;
	seal.athlete_id = (char *)row->athlete_id;
	seal.practitioner_id = (char *)row->practitioner_id;
	seal.clinic_id = (char *)row->clinic_id;
	seal.screening_id = (char *)row->screening_id;
	seal.content_hash = (ProtobufCBinaryData){sizeof(row->hash), signing->row.hash};
	seal.meaning = "author";
	seal.reason = (char *)row->reason;
	seal.pack_code = (char *)row->pack_code;
	seal.pack_version = row->pack_version;
	seal.treated_at = row->treated_at;
	seal.cosigner_id = (char *)row->cosigner_id;
	seal.form = 1;
	seal.signed_at = row->signed_at;
	seal.number = 1;
	return seal_sign(signing->call, &seal);
}

static Soleus__V1__NoteSigned event_of(const struct signing *signing)
{
	const struct note_row *row = &signing->row;
	const Soleus__V1__Note *note = signing->note;
	Soleus__V1__NoteSigned event = SOLEUS__V1__NOTE_SIGNED__INIT;
	event.note_id = (char *)row->note_id;
	event.encounter_id = (char *)row->encounter_id;
	event.appointment_id = (char *)row->appointment_id;
	event.athlete_id = (char *)row->athlete_id;
	event.practitioner_id = (char *)row->practitioner_id;
	event.clinic_id = (char *)row->clinic_id;
	event.treated_at = row->treated_at;
	event.areas = signing->area_messages;
	event.n_areas = signing->area_count;
	event.thorax = row->thorax;
	event.plan = note->plan;
	event.n_plan = note->n_plan;
	event.measures = note->measures;
	event.n_measures = note->n_measures;
	event.drivers = note->drivers;
	event.n_drivers = note->n_drivers;
	event.version = row->version;
	event.amends_note_id = (char *)row->amends_note_id;
	event.due = signing->due;
	event.n_due = signing->due_count;
	return event;
}

/* FIBER. What came between this signature and what was read for it. */
static FIBER struct status why_not(const struct signing *signing)
{
	const struct call *call = signing->call;
	struct draft_look draft;
	struct status status = draft_read(call, signing->seen.encounter_id, &draft);
	if (!status_is_ok(status))
		return status;
	if (draft.note_version != signing->seen.newest_version + 1)
		return status_error(STATUS_FAILED_PRECONDITION,
				    "another version was signed meanwhile; read it, then amend it");
	status = draft_refuse_unread(call->arena, &draft, signing->draft_version);
	return status_is_ok(status)
		       ? status_error(STATUS_ABORTED,
				      "the visit or its draft changed meanwhile; try again")
		       : status;
}

FIBER struct status signing_check_draft(const struct signing *signing)
{
	return signing->seen.draft_version == signing->draft_version ? status_ok()
								     : why_not(signing);
}

/* Reply and event are made beforehand: they are stored by the statement that signs. A version that
 * is there already may be this very command's, sent twice: the daemon asks for its key then. */
FIBER struct status signing_keep(struct signing *signing, const ProtobufCMessage *reply)
{
	struct call *call = signing->call;
	const Soleus__V1__NoteSigned event = event_of(signing);
	const struct note_terms terms = terms_of(signing);
	const struct signature_row signature = signature_of(signing);
	const char *trail[AUDIT_VALUES];
	bool is_signed = false;
	audit_values(call->arena, call, trail);
	struct note_sign sign = {
		.organisation_id = call->organisation_id,
		.row = &signing->row,
		.note = &signing->form.note,
		.areas = signing->areas,
		.area_count = signing->area_count,
		.measures = signing->form.measures,
		.measure_count = signing->form.measure_count,
		.terms = &terms,
		.signature = &signature,
		.trail = trail,
		.event_type = event.base.descriptor->name,
		.key = call->idempotency_key,
		.fingerprint = command_fingerprint(call),
	};
	sign.event = message_encode(&event.base, call->arena, &sign.event_length);
	sign.reply = message_encode(reply, call->arena, &sign.reply_length);
	struct status status = note_sign(call_db(call), call->arena, &sign, &is_signed);
	if (!status_is_ok(status))
		return status;
	if (!is_signed)
		return why_not(signing);
	command_committed(call);
	return status_ok();
}
