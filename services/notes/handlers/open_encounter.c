#include "events/check.h"
#include "notes/handlers/access.h"
#include "notes/handlers/adverse_message.h"
#include "notes/handlers/caution_message.h"
#include "notes/handlers/draft_message.h"
#include "notes/handlers/encounter.h"
#include "notes/handlers/note_message.h"
#include "notes/handlers/plan_message.h"
#include "notes/handlers/service.h"
#include "notes/handlers/trail.h"
#include "notes/store/copy.h"

#include "base/clock.h"
#include "base/text.h"
#include "knowledge/window.h"

#include <string.h>
#include <strings.h>

#define ATTEMPTS      3
#define ADVERSE_SHOWN 5

/* All that is known of the visit, from the round trip that opens its record. */
struct visit {
	struct encounter_opened opened;
	const struct db_result *last_note;
	const struct db_result *reviews;
	const struct db_result *measures;
	const struct db_result *adverse_events;
	struct plan_templates templates;
	struct draft_look draft;
};

static FIBER struct status open_and_look(struct call *call, const struct encounter_row *encounter,
					 struct visit *ret_visit)
{
	const char *tenant = call->organisation_id;
	int64_t still_due_from =
		encounter->opened_at - outcome_windows[OUTCOME_WINDOW_4W].to_hours * CLOCK_HOUR_US;
	struct db_unit *unit = call_unit(call);
	guard_athlete(call, unit, encounter->athlete_id);
	size_t opened = encounter_open(unit, tenant, encounter);
	tell_of_encounter(call->arena, unit, tenant, encounter, call->traceparent);
	leave_trail_of_athlete(call, unit, encounter->athlete_id, encounter->encounter_id);
	size_t last_note = notes_of(unit, tenant, encounter->athlete_id, 1);
	size_t reviews = reviews_open(unit, tenant, encounter->athlete_id);
	size_t measures = measures_due(unit, tenant, encounter->athlete_id, still_due_from);
	size_t adverse = adverse_events_shown(unit, tenant, encounter->athlete_id, ADVERSE_SHOWN);
	size_t templates = plan_templates_in_force(unit, tenant, encounter->clinic_id, NULL, NULL);
	size_t draft = draft_look(unit, tenant, encounter->encounter_id, 0);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return guarded(unit, status);
	ret_visit->draft = draft_looked(unit, draft);
	ret_visit->opened = encounter_opened(unit, opened);
	ret_visit->last_note = db_unit_result(unit, last_note);
	ret_visit->reviews = db_unit_result(unit, reviews);
	ret_visit->measures = db_unit_result(unit, measures);
	ret_visit->adverse_events = db_unit_result(unit, adverse);
	return plan_templates_read(call->arena, db_unit_result(unit, templates),
				   &ret_visit->templates);
}

static struct status refuse_unknown(const struct encounter_opened *seen,
				    const struct encounter_row *asked)
{
	if (!seen->athlete_known)
		return status_error(STATUS_NOT_FOUND, "no such athlete");
	if (*asked->appointment_id &&
	    strcasecmp(seen->appointment_athlete_id, asked->athlete_id) != 0)
		return status_error(STATUS_NOT_FOUND, "no such appointment of this athlete");
	if (!seen->practitioner_known)
		return status_error(STATUS_NOT_FOUND, "no such practitioner");
	if (!seen->practitioner_fits)
		return status_error(
			STATUS_PERMISSION_DENIED,
			"a practitioner opens a record at a clinic where both work, the "
			"caller and who treats; a clinic lead for anybody");
	if (!seen->clinic_known)
		return status_error(STATUS_NOT_FOUND, "no such clinic");
	if (!seen->place_fits)
		return status_error(STATUS_FAILED_PRECONDITION,
				    "this appointment is at another clinic: open it there, or move "
				    "it first");
	if (strcmp(seen->appointment_state, "cancelled") == 0)
		return status_error(STATUS_FAILED_PRECONDITION, "this appointment is cancelled");
	if (strcmp(seen->appointment_state, "no_show") == 0)
		return status_error(STATUS_FAILED_PRECONDITION,
				    "this appointment is marked as a no-show");
	if (strcasecmp(seen->athlete_id, asked->athlete_id) != 0)
		return status_error(STATUS_INVALID_ARGUMENT,
				    "this idempotency key has opened another athlete's walk-in");
	return status_ok();
}

static void fill_reviews(struct arena *arena, const struct db_result *rows,
			 Soleus__V1__OpenEncounterReply *reply)
{
	size_t count = db_result_rows(rows);
	reply->upstream_reviews = ARENA_ARRAY(arena, count, Soleus__V1__UpstreamPrompt *);
	for (size_t row = 0; row < count; row++) {
		const struct copied_review review = review_row(rows, row);
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

/* O2: a value taken between windows, or right after a treatment, would not be judged. */
static void fill_measures(struct arena *arena, const struct db_result *rows, int64_t now_us,
			  Soleus__V1__OpenEncounterReply *reply)
{
	size_t count = db_result_rows(rows);
	reply->measures_due = ARENA_ARRAY(arena, count, Soleus__V1__MeasureToTake *);
	for (size_t row = 0; row < count; row++) {
		const struct measure_due due = measure_due_row(rows, row);
		enum outcome_window window = outcome_window_of(due.treated_at, now_us);
		if (window == OUTCOME_WINDOW_NONE || window == OUTCOME_WINDOW_IMMEDIATE)
			continue;
		Soleus__V1__MeasureToTake *take = ARENA_NEW(arena, Soleus__V1__MeasureToTake);
		soleus__v1__measure_to_take__init(take);
		take->instrument = (char *)due.instrument;
		take->area = (char *)due.area;
		take->side = (char *)due.side;
		take->window = (char *)outcome_windows[window].name;
		take->baseline = due.value;
		take->treated_at = due.treated_at;
		reply->measures_due[reply->n_measures_due++] = take;
	}
}

/* Who had one is to be asked before the next needle. */
static void fill_adverse_events(struct arena *arena, const struct db_result *rows,
				Soleus__V1__OpenEncounterReply *reply)
{
	reply->adverse_events =
		ARENA_ARRAY(arena, db_result_rows(rows), Soleus__V1__AdverseEvent *);
	for (size_t row = 0; row < db_result_rows(rows); row++) {
		const struct adverse_row event = adverse_row(rows, row);
		reply->adverse_events[reply->n_adverse_events++] = adverse_message(arena, &event);
	}
}

/* P1 for what was treated last and what is to be looked at: what this visit will treat is not known
 * yet. */
static void fill_plan(struct arena *arena, const struct plan_templates *templates,
		      Soleus__V1__OpenEncounterReply *reply)
{
	size_t treated = reply->last_note ? reply->last_note->n_areas : 0, count = 0;
	const char **areas = ARENA_ARRAY(arena, treated + reply->n_upstream_reviews, const char *);
	for (size_t i = 0; i < treated; i++)
		areas[count++] = reply->last_note->areas[i]->area;
	for (size_t i = 0; i < reply->n_upstream_reviews; i++)
		areas[count++] = reply->upstream_reviews[i]->area;
	reply->plan = plan_messages(arena, areas, count, templates, &reply->n_plan);
}

static void fill(struct arena *arena, const struct visit *visit, int64_t now_us,
		 Soleus__V1__OpenEncounterReply *reply)
{
	const struct encounter_opened *opened = &visit->opened;
	reply->encounter_id = (char *)opened->encounter_id;
	reply->practitioner_id = (char *)opened->practitioner_id;
	reply->screening_outcome = (char *)opened->screening_outcome;
	reply->screening_reasons =
		caution_messages_of(arena, opened->screening_items, &reply->n_screening_reasons);
	uint64_t open_items = caution_answers_of(arena, opened->open_items).yes;
	reply->screening_open_items =
		(char **)caution_codes(arena, open_items, &reply->n_screening_open_items);
	reply->treatment_consent = opened->treatment_consent;
	if (db_result_rows(visit->last_note) > 0) {
		const struct note_summary_row last = note_summary_row(visit->last_note, 0);
		reply->last_note = note_summary_message(arena, &last);
	}
	fill_reviews(arena, visit->reviews, reply);
	fill_measures(arena, visit->measures, now_us, reply);
	fill_adverse_events(arena, visit->adverse_events, reply);
	fill_plan(arena, &visit->templates, reply);
}

/* One round trip. The record's id follows from the visit, so what is asked twice is done once
 * without a stored reply, which would be out of date by then. */
RPC(Notes, notes, OpenEncounter, open_encounter)
{
	struct check check = check_begin(call);
	check_id_or_empty(&check, "appointment_id", request->appointment_id);
	check_id(&check, "athlete_id", request->athlete_id);
	check_id(&check, "practitioner_id", request->practitioner_id);
	check_id(&check, "clinic_id", request->clinic_id);
	if (check_failed(&check))
		return check_status(&check);

	const struct encounter_row encounter = {
		.encounter_id = encounter_id_of(call->arena, call->organisation_id,
						request->appointment_id, call->idempotency_key),
		.appointment_id = request->appointment_id,
		.athlete_id = request->athlete_id,
		.practitioner_id = request->practitioner_id,
		.clinic_id = request->clinic_id,
		.opened_at = clock_now_us(),
		.opened_by = call->principal->name,
		.caller_id = bounded_practitioner(call),
	};
	struct visit visit = {0};
	/* Nothing comes back while another opens the same record: then it is there. */
	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		struct status status = open_and_look(call, &encounter, &visit);
		if (!status_is_ok(status))
			return status;
		status = refuse_unknown(&visit.opened, &encounter);
		if (!status_is_ok(status))
			return status;
		if (!*visit.opened.encounter_id)
			continue;
		command_committed(call);
		fill(call->arena, &visit, encounter.opened_at, reply);
		return draft_message(call->arena, &visit.draft, &reply->draft);
	}
	return status_error(STATUS_ABORTED, "another is opening this record; try again");
}
