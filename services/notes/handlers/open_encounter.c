#include "events/check.h"
#include "notes/handlers/caution_message.h"
#include "notes/handlers/note_message.h"
#include "notes/handlers/service.h"
#include "notes/handlers/trail.h"
#include "notes/store/copy.h"
#include "notes/store/visit.h"

#include "base/clock.h"
#include "base/text.h"

#include <string.h>
#include <strings.h>

/* Everything that is known of the visit, in one round trip. */
struct visit {
	struct visit_look seen;
	const struct db_result *last_note;
	const struct db_result *reviews;
};

static FIBER struct status look(struct call *call, const struct encounter_row *asked,
				struct visit *ret_visit)
{
	const char *tenant = call->organisation_id;
	struct db_unit *unit = call_unit(call);
	size_t seen = visit_look(unit, tenant, asked);
	size_t last_note = notes_of(unit, tenant, asked->athlete_id, 1);
	size_t reviews = reviews_open(unit, tenant, asked->athlete_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	ret_visit->seen = visit_looked(unit, seen);
	ret_visit->last_note = db_unit_result(unit, last_note);
	ret_visit->reviews = db_unit_result(unit, reviews);
	return status;
}

static struct status refuse_unknown(const struct visit_look *seen,
				    const struct encounter_row *asked)
{
	if (!seen->athlete_known)
		return status_error(STATUS_NOT_FOUND, "no such athlete");
	if (strcasecmp(seen->appointment_athlete_id, asked->athlete_id) != 0)
		return status_error(STATUS_NOT_FOUND, "no such appointment of this athlete");
	if (!seen->practitioner_known)
		return status_error(STATUS_NOT_FOUND, "no such practitioner");
	if (!seen->clinic_known)
		return status_error(STATUS_NOT_FOUND, "no such clinic");
	if (strcmp(seen->appointment_state, "cancelled") == 0)
		return status_error(STATUS_FAILED_PRECONDITION, "this appointment is cancelled");
	if (strcmp(seen->appointment_state, "no_show") == 0)
		return status_error(STATUS_FAILED_PRECONDITION,
				    "this appointment is marked as a no-show");
	return status_ok();
}

static void fill(struct arena *arena, const struct visit *visit,
		 Soleus__V1__OpenEncounterReply *reply)
{
	reply->screening_outcome = (char *)visit->seen.screening_outcome;
	reply->screening_reasons = caution_messages_of(arena, visit->seen.screening_items,
						       &reply->n_screening_reasons);
	reply->treatment_consent = visit->seen.treatment_consent;
	if (db_result_rows(visit->last_note) > 0) {
		const struct note_summary_row last = note_summary_row(visit->last_note, 0);
		reply->last_note = note_summary_message(arena, &last);
	}
	size_t count = db_result_rows(visit->reviews);
	reply->upstream_reviews = ARENA_ARRAY(arena, count, Soleus__V1__UpstreamPrompt *);
	for (size_t row = 0; row < count; row++) {
		const struct copied_review review = review_row(visit->reviews, row);
		Soleus__V1__UpstreamPrompt *prompt = ARENA_NEW(arena, Soleus__V1__UpstreamPrompt);
		soleus__v1__upstream_prompt__init(prompt);
		prompt->review_id = (char *)review.review_id;
		prompt->area = (char *)review.area;
		prompt->side = (char *)review.side;
		prompt->advice = (char *)review.advice;
		prompt->raised_at = review.raised_at;
		reply->upstream_reviews[row] = prompt;
	}
	reply->n_upstream_reviews = count;
}

/* `found` "": the encounter is new. */
static FIBER struct status keep(struct call *call, struct encounter_row *encounter,
				const char *found, Soleus__V1__OpenEncounterReply *reply,
				bool *ret_raced)
{
	struct command *command = command_begin(call);
	encounter->encounter_id = *found ? found : text_uuid7_new(call->arena);
	reply->encounter_id = (char *)encounter->encounter_id;
	leave_trail(call, command->unit, encounter->athlete_id, encounter->encounter_id);
	if (!*found) {
		encounter_add(command->unit, call->organisation_id, encounter);
		Soleus__V1__EncounterOpened event = SOLEUS__V1__ENCOUNTER_OPENED__INIT;
		event.encounter_id = reply->encounter_id;
		event.appointment_id = (char *)encounter->appointment_id;
		event.athlete_id = (char *)encounter->athlete_id;
		command_event_at(command, reply->encounter_id, encounter->clinic_id, &event.base);
	}
	struct status status = command_commit(command, &reply->base);
	*ret_raced = !status_is_ok(status) &&
		     strcmp(db_unit_constraint(command->unit), "encounter_appointment") == 0;
	return status;
}

RPC(Notes, notes, OpenEncounter, open_encounter)
{
	struct check check = check_begin(call);
	check_id(&check, "appointment_id", request->appointment_id);
	check_id(&check, "athlete_id", request->athlete_id);
	check_id(&check, "practitioner_id", request->practitioner_id);
	check_id(&check, "clinic_id", request->clinic_id);
	if (check_failed(&check))
		return check_status(&check);

	struct encounter_row encounter = {
		.appointment_id = request->appointment_id,
		.athlete_id = request->athlete_id,
		.practitioner_id = request->practitioner_id,
		.clinic_id = request->clinic_id,
		.opened_at = clock_now_us(),
		.opened_by = call->principal->name,
	};
	for (bool raced = false;;) {
		struct visit visit;
		struct status status = look(call, &encounter, &visit);
		if (!status_is_ok(status))
			return status;
		status = refuse_unknown(&visit.seen, &encounter);
		if (!status_is_ok(status))
			return status;
		fill(call->arena, &visit, reply);
		bool again = raced;
		status = keep(call, &encounter, visit.seen.encounter_id, reply, &raced);
		if (!raced || again)
			return status;
	}
}
