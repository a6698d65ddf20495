#include "base/clock.h"
#include "base/text.h"
#include "events/check.h"
#include "notes/handlers/access.h"
#include "notes/handlers/adverse_message.h"
#include "notes/handlers/service.h"
#include "notes/handlers/trail.h"
#include "notes/rules/adverse.h"
#include "notes/rules/anatomy.h"

#include <string.h>

#define TEXT_BYTES_MAX 10000

static void check_form(struct check *check, const Soleus__V1__RecordAdverseEventRequest *request)
{
	check_id(check, "note_id", request->note_id);
	check_that(check, adverse_kind_is_known(request->kind), "kind",
		   "an adverse event's kind, such as bruising (R3)");
	check_instant(check, "occurred_at", request->occurred_at);
	check_that(check, request->occurred_at <= clock_now_us(), "occurred_at",
		   "when it was: not in the future");
	check_that(check, !*request->muscle || anatomy_find(request->muscle), "muscle",
		   "a muscle's code, such as soleus, or nothing");
	check_that(check, strlen(request->text) <= TEXT_BYTES_MAX, "text", "at most 10,000 bytes");
	check_that(check, strcmp(request->kind, "other") != 0 || !text_is_blank(request->text),
		   "text", "what it was, for the kind other");
}

static FIBER struct status look(struct call *call,
				const Soleus__V1__RecordAdverseEventRequest *request,
				struct adverse_look *ret_seen)
{
	struct db_unit *unit = call_unit(call);
	guard_note(call, unit, request->note_id);
	size_t index = adverse_look(unit, call->organisation_id, request->note_id, request->muscle);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return guarded(unit, status);
	*ret_seen = adverse_looked(unit, index);
	if (!ret_seen->found)
		return status_error(STATUS_NOT_FOUND, "no such note");
	return status;
}

static void check_treatment(struct check *check,
			    const Soleus__V1__RecordAdverseEventRequest *request,
			    const struct adverse_look *seen)
{
	check_that(check, seen->needled, "note_id", "the note of a visit at which needles went in");
	check_that(check, request->occurred_at >= seen->treated_at - CLOCK_DAY_US, "occurred_at",
		   "not before the treatment");
	check_that(check, !*request->muscle || seen->muscle_treated, "muscle",
		   "one of the note's treated muscles");
}

RPC(Notes, notes, RecordAdverseEvent, record_adverse_event)
{
	struct check check = check_begin(call);
	check_form(&check, request);
	if (check_failed(&check))
		return check_status(&check);
	struct adverse_look seen;
	struct status status = look(call, request, &seen);
	if (!status_is_ok(status))
		return status;
	check_treatment(&check, request, &seen);
	if (check_failed(&check))
		return check_status(&check);

	const struct adverse_facts facts = {
		.medical_care = request->medical_care,
		.interfered_with_activities = request->interfered_with_activities,
		.admission = request->admission,
		.lasting_disability = request->lasting_disability,
		.death = request->death,
	};
	const struct adverse_row row = {
		.adverse_event_id = text_uuid7_new(call->arena),
		.note_id = request->note_id,
		.athlete_id = seen.athlete_id,
		.practitioner_id = seen.practitioner_id,
		.clinic_id = seen.clinic_id,
		.kind = request->kind,
		.grade = adverse_grade_name(adverse_grade(request->kind, &facts)),
		.muscle = request->muscle,
		.text = request->text,
		.treated_at = seen.treated_at,
		.occurred_at = request->occurred_at,
		.recorded_at = clock_now_us(),
		.recorded_by = call->principal->name,
		.facts = facts,
	};
	reply->adverse_event_id = (char *)row.adverse_event_id;
	reply->grade = (char *)row.grade;
	struct command *command = command_begin(call);
	adverse_event_add(command->unit, call->organisation_id, &row);
	leave_trail(call, command->unit, row.athlete_id, row.adverse_event_id);
	Soleus__V1__AdverseEventRecorded event = SOLEUS__V1__ADVERSE_EVENT_RECORDED__INIT;
	event.event = adverse_message(call->arena, &row);
	command_event_at(command, row.adverse_event_id, row.clinic_id, &event.base);
	return command_commit(command, &reply->base);
}
