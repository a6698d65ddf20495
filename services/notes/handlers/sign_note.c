#include "events/check.h"
#include "notes/handlers/note_form.h"
#include "notes/handlers/note_message.h"
#include "notes/handlers/pack_demands.h"
#include "notes/handlers/service.h"
#include "notes/handlers/trail.h"
#include "notes/store/note.h"

#include "base/clock.h"
#include "base/text.h"

#include <sodium.h>
#include <string.h>
#include <strings.h>

static const struct status is_signed_already = {
	STATUS_FAILED_PRECONDITION,
	"this note is signed; amend it",
	NULL,
};

static FIBER struct status look(struct call *call, const char *encounter_id,
				struct signing_look *ret_look)
{
	struct db_unit *unit = call_unit(call);
	size_t seen = signing_look(unit, call->organisation_id, encounter_id);
	struct status status = db_run(call_db(call), unit);
	if (status_is_ok(status))
		*ret_look = signing_looked(unit, seen);
	return status;
}

/* The note as it is stored: as it came, with P1 where it brought no plan of its own. The bytes of a
 * packed message are in the order of its fields, so they are canonical. */
static void seal(struct arena *arena, Soleus__V1__Note *note, struct note_row *row)
{
	row->content = message_encode(&note->base, arena, &row->content_length);
	crypto_generichash(row->hash, sizeof(row->hash), row->content, row->content_length, NULL,
			   0);
}

static void fill_reply(struct arena *arena, const struct note_row *row,
		       const struct note_area *areas, size_t area_count,
		       const Soleus__V1__Note *note, Soleus__V1__SignNoteReply *reply)
{
	char hash[2 * NOTE_HASH_BYTES + 1];
	sodium_bin2hex(hash, sizeof(hash), row->hash, sizeof(row->hash));
	reply->note_id = (char *)row->note_id;
	reply->signed_at = row->signed_at;
	reply->content_hash = arena_strdup(arena, hash);
	reply->procedure_code = (char *)row->procedure_code;
	reply->thorax = row->thorax;
	reply->areas = area_messages(arena, areas, area_count);
	reply->n_areas = area_count;
	reply->plan = note->plan;
	reply->n_plan = note->n_plan;
}

static void tell(struct command *command, const struct note_row *row, const Soleus__V1__Note *note,
		 const Soleus__V1__SignNoteReply *reply)
{
	Soleus__V1__NoteSigned event = SOLEUS__V1__NOTE_SIGNED__INIT;
	event.note_id = (char *)row->note_id;
	event.encounter_id = (char *)row->encounter_id;
	event.appointment_id = (char *)row->appointment_id;
	event.athlete_id = (char *)row->athlete_id;
	event.practitioner_id = (char *)row->practitioner_id;
	event.clinic_id = (char *)row->clinic_id;
	event.treated_at = row->treated_at;
	event.areas = reply->areas;
	event.n_areas = reply->n_areas;
	event.thorax = row->thorax;
	event.plan = note->plan;
	event.n_plan = note->n_plan;
	event.measures = note->measures;
	event.n_measures = note->n_measures;
	event.drivers = note->drivers;
	event.n_drivers = note->n_drivers;
	command_event_at(command, row->note_id, row->clinic_id, &event.base);
}

static FIBER struct status keep(struct call *call, const struct note_row *row,
				const struct note_form *form, Soleus__V1__Note *note,
				Soleus__V1__SignNoteReply *reply)
{
	const char *tenant = call->organisation_id;
	size_t site_count = form->note.site_count;
	struct note_area *areas = ARENA_ARRAY(call->arena, site_count, struct note_area);
	size_t area_count = note_areas(form->note.sites, site_count, areas, site_count);
	if (note->n_plan == 0 && site_count > 0)
		note->plan = plan_messages(call->arena, areas, area_count, &note->n_plan);

	struct note_row sealed = *row;
	seal(call->arena, note, &sealed);
	fill_reply(call->arena, &sealed, areas, area_count, note, reply);
	struct command *command = command_begin(call);
	note_add(command->unit, tenant, &sealed, &form->note);
	note_areas_add(command->unit, tenant, sealed.note_id, areas, area_count);
	note_measures_add(command->unit, tenant, sealed.note_id, form->measures,
			  form->measure_count);
	leave_trail(call, command->unit, sealed.athlete_id, sealed.note_id);
	tell(command, &sealed, note, reply);
	struct status status = command_commit(command, &reply->base);
	if (!status_is_ok(status) &&
	    strcmp(db_unit_constraint(command->unit), "note_encounter") == 0)
		return is_signed_already;
	return status;
}

static struct note_row row_of(struct call *call, const Soleus__V1__SignNoteRequest *request,
			      const struct signing_look *seen, const struct note *note)
{
	int64_t now_us = clock_now_us();
	const char *code = note_cpt_code(note_distinct_muscles(note->sites, note->site_count));
	return (struct note_row){
		.note_id = text_uuid7_new(call->arena),
		.encounter_id = request->encounter_id,
		.appointment_id = seen->appointment_id,
		.athlete_id = seen->athlete_id,
		.practitioner_id = seen->practitioner_id,
		.clinic_id = seen->clinic_id,
		.screening_id = seen->screening_id,
		.treated_at = note_treated_at(now_us, seen->visit_ends_at),
		.signed_at = now_us,
		.signed_by = call->principal->name,
		.complaint = request->note->complaint,
		.procedure_code = code ? code : "",
		.thorax = note_touches_thorax(note->sites, note->site_count),
		.jurisdiction = seen->pack.jurisdiction,
	};
}

RPC(Notes, notes, SignNote, sign_note)
{
	struct check check = check_begin(call);
	check_id(&check, "encounter_id", request->encounter_id);
	check_that(&check, request->note, "note", "a note");
	if (check_failed(&check))
		return check_status(&check);

	struct signing_look seen;
	struct status status = look(call, request->encounter_id, &seen);
	if (!status_is_ok(status))
		return status;
	if (!seen.found)
		return status_error(STATUS_NOT_FOUND, "no such encounter");
	if (strcasecmp(seen.practitioner_id, call->principal->subject_id) != 0)
		return status_error(STATUS_PERMISSION_DENIED,
				    "the practitioner of the encounter signs its note");
	if (seen.is_signed)
		return is_signed_already;

	struct note_form form = {0};
	form.note.screened = caution_outcome_find(seen.screening_outcome, &form.note.caution);
	note_form_check(request->note, &form, seen.treatment_consent, &check);
	const struct pack *pack = check_pack_demands(&check, &seen.pack, request->note);
	if (check_failed(&check))
		return check_status(&check);
	struct note_row row = row_of(call, request, &seen, &form.note);
	row.pack_code = pack->code;
	row.pack_version = pack->version;
	return keep(call, &row, &form, request->note, reply);
}
