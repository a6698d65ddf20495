#include "events/check.h"
#include "notes/handlers/caution_message.h"
#include "notes/handlers/screening.h"
#include "notes/handlers/service.h"

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

RPC(Notes, notes, RecordScreening, record_screening)
{
	struct check check = check_begin(call);
	check_id(&check, "athlete_id", request->athlete_id);
	check_id_or_empty(&check, "encounter_id", request->encounter_id);
	if (!*request->encounter_id)
		check_id(&check, "appointment_id", request->appointment_id);
	else
		check_that(&check, !*request->appointment_id, "appointment_id",
			   "nothing beside an encounter_id");
	const struct caution_answers answers = check_items(&check, request);
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	const struct screening_given given = {
		.athlete_id = request->athlete_id,
		.appointment_id = request->appointment_id,
		.encounter_id = request->encounter_id,
		.answers = answers,
		.by_staff = is_staff(call),
		.lifts = call->principal->roles & (ROLE_PRACTITIONER | ROLE_CLINIC_LEAD),
		.language = "",
		.recorded_by = call->principal->name,
	};
	struct screening_taken taken;
	struct status status = screening_take(call, &given, &taken);
	if (!status_is_ok(status))
		return status;
	reply->screening_id = (char *)taken.row.screening_id;
	reply->outcome = (char *)taken.row.outcome;
	reply->reasons = caution_messages(call->arena, &taken.result, &reply->n_reasons);
	return screening_commit(call, &taken, &reply->base);
}
