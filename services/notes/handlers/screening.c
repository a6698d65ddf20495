#include "notes/handlers/screening.h"

#include "base/clock.h"
#include "base/text.h"
#include "knowledge/minor.h"
#include "notes/handlers/access.h"
#include "notes/handlers/caution_message.h"
#include "notes/handlers/trail.h"

static FIBER struct status look(struct call *call, const struct screening_given *given,
				struct screening_look *ret_look)
{
	struct db_unit *unit = call_unit(call);
	if (given->by_staff && *given->encounter_id)
		guard_writing(call, unit, given->encounter_id);
	else if (given->by_staff)
		guard_visits(call, unit, given->athlete_id);
	size_t seen = screening_look(unit, call->organisation_id, given->athlete_id,
				     given->appointment_id, given->encounter_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return guarded_writing(unit, status);
	*ret_look = screening_looked(unit, seen);
	return status;
}

FIBER struct status screening_take(struct call *call, const struct screening_given *given,
				   struct screening_taken *ret_taken)
{
	struct screening_look seen;
	struct status status = look(call, given, &seen);
	if (!status_is_ok(status))
		return status;
	if (!seen.athlete_known)
		return status_error(STATUS_NOT_FOUND, "no such athlete");
	if (!seen.visit_of_person)
		return status_error(STATUS_NOT_FOUND,
				    *given->encounter_id ? "no such encounter of this athlete"
							 : "no such appointment of this athlete");
	if (seen.cancelled)
		return status_error(STATUS_FAILED_PRECONDITION, "this appointment is cancelled");
	if (seen.is_signed)
		return status_error(
			STATUS_FAILED_PRECONDITION,
			"the note of this visit is signed under what was said before: say "
			"what was asked then in an addendum or an amendment");

	struct caution_answers answers = given->answers;
	const char *before = given->by_staff ? seen.items : seen.staff_items;
	if (!given->lifts && before)
		answers = caution_join(answers, caution_answers_of(call->arena, before));
	/* K2, whatever was answered. */
	if (minor_at(seen.birth_date, clock_now_us()))
		answers.yes |= caution_bit(CAUTION_MINOR);
	struct caution_result result;
	caution_evaluate(&answers, &result);
	struct screening_row row = {
		.screening_id = text_uuid7_new(call->arena),
		.visit_id = seen.visit_id,
		.athlete_id = seen.visit_athlete_id,
		.outcome = caution_outcome_name(result.outcome),
		.recorded_at = clock_now_us(),
		.recorded_by = given->recorded_by,
		.by_staff = given->by_staff,
		.language = given->language,
	};
	row.items = caution_codes(call->arena, answers.yes, &row.item_count);
	row.open_items = caution_codes(call->arena, result.unanswered, &row.open_count);
	*ret_taken = (struct screening_taken){row, result, seen.appointment_id};
	return status;
}

static void tell(struct command *command, const struct screening_taken *taken)
{
	Soleus__V1__ScreeningRecorded event = SOLEUS__V1__SCREENING_RECORDED__INIT;
	event.screening_id = (char *)taken->row.screening_id;
	event.athlete_id = (char *)taken->row.athlete_id;
	event.appointment_id = (char *)taken->appointment_id;
	event.outcome = (char *)taken->row.outcome;
	event.reasons = caution_messages(command->call->arena, &taken->result, &event.n_reasons);
	command_event(command, taken->row.screening_id, &event.base);
}

FIBER struct status screening_commit(struct call *call, const struct screening_taken *taken,
				     ProtobufCMessage *reply)
{
	struct command *command = command_begin(call);
	screening_add(command->unit, call->organisation_id, &taken->row);
	leave_trail(call, command->unit, taken->row.athlete_id, taken->row.screening_id);
	tell(command, taken);
	return command_commit(command, reply);
}
