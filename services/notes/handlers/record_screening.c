#include "events/check.h"
#include "notes/handlers/caution_message.h"
#include "notes/handlers/service.h"
#include "notes/handlers/trail.h"
#include "notes/store/visit.h"

#include "base/clock.h"
#include "base/text.h"

#include <strings.h>

static struct caution_answers check_items(struct check *check,
					  const Soleus__V1__RecordScreeningRequest *request)
{
	struct caution_answers answers = {.answered = CAUTION_ALL};
	check_that(check, request->n_items <= CAUTION_ITEMS, "items", "each item once");
	for (size_t i = 0; i < request->n_items && i < CAUTION_ITEMS; i++) {
		enum caution_item item;
		if (!caution_find(request->items[i], &item)) {
			faults_addf(&check->faults, check->arena,
				    "a screening item's code, such as ill", "items[%zu]", i);
			continue;
		}
		if (answers.yes & caution_bit(item))
			faults_addf(&check->faults, check->arena, "each item once", "items[%zu]",
				    i);
		answers.yes |= caution_bit(item);
	}
	return answers;
}

static FIBER struct status look(struct call *call,
				const Soleus__V1__RecordScreeningRequest *request,
				struct screening_look *ret_look)
{
	struct db_unit *unit = call_unit(call);
	size_t seen = screening_look(unit, call->organisation_id, request->athlete_id,
				     request->appointment_id);
	struct status status = db_run(call_db(call), unit);
	if (status_is_ok(status))
		*ret_look = screening_looked(unit, seen);
	return status;
}

static void tell(struct command *command, const Soleus__V1__RecordScreeningRequest *request,
		 const Soleus__V1__RecordScreeningReply *reply)
{
	Soleus__V1__ScreeningRecorded event = SOLEUS__V1__SCREENING_RECORDED__INIT;
	event.screening_id = reply->screening_id;
	event.athlete_id = request->athlete_id;
	event.appointment_id = request->appointment_id;
	event.outcome = reply->outcome;
	event.reasons = reply->reasons;
	event.n_reasons = reply->n_reasons;
	command_event(command, reply->screening_id, &event.base);
}

RPC(Notes, notes, RecordScreening, record_screening)
{
	struct check check = check_begin(call);
	check_id(&check, "athlete_id", request->athlete_id);
	check_id(&check, "appointment_id", request->appointment_id);
	struct caution_answers answers = check_items(&check, request);
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	struct screening_look seen;
	struct status status = look(call, request, &seen);
	if (!status_is_ok(status))
		return status;
	if (!seen.athlete_known)
		return status_error(STATUS_NOT_FOUND, "no such athlete");
	if (strcasecmp(seen.appointment_athlete_id, request->athlete_id) != 0)
		return status_error(STATUS_NOT_FOUND, "no such appointment of this athlete");

	if (!is_staff(call))
		answers = caution_join(answers, caution_answers_of(call->arena, seen.staff_items));
	struct caution_result result;
	caution_evaluate(&answers, &result);
	struct screening_row screening = {
		.screening_id = text_uuid7_new(call->arena),
		.appointment_id = request->appointment_id,
		.athlete_id = request->athlete_id,
		.outcome = caution_outcome_name(result.outcome),
		.recorded_at = clock_now_us(),
		.recorded_by = call->principal->name,
		.by_staff = is_staff(call),
	};
	screening.items = caution_codes(call->arena, &answers, &screening.item_count);
	reply->screening_id = (char *)screening.screening_id;
	reply->outcome = (char *)screening.outcome;
	reply->reasons = caution_messages(call->arena, &result, &reply->n_reasons);

	struct command *command = command_begin(call);
	screening_add(command->unit, call->organisation_id, &screening);
	leave_trail(call, command->unit, request->athlete_id, screening.screening_id);
	tell(command, request, reply);
	return command_commit(command, &reply->base);
}
