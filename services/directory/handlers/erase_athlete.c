#include "directory/handlers/check.h"
#include "directory/handlers/retention_message.h"
#include "directory/handlers/service.h"
#include "directory/store/athlete.h"
#include "directory/store/erasure.h"
#include "directory/store/retention.h"

#include "base/clock.h"
#include "base/text.h"
#include "events/audit.h"

/* The person as it is found. */
struct found {
	const struct db_result *records; /* of athlete_person */
	const struct db_result *treatments;
	const struct db_result *erasures;
};

static FIBER struct status look(struct call *call, const char *athlete_id, struct found *ret_found)
{
	const char *tenant = call->organisation_id;
	struct db_unit *unit = call_unit(call);
	size_t records = athlete_person(unit, tenant, athlete_id);
	size_t treatments = treatments_of(unit, tenant, athlete_id);
	size_t erasures = erasure_of(unit, tenant, athlete_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	*ret_found = (struct found){db_unit_result(unit, records), db_unit_result(unit, treatments),
				    db_unit_result(unit, erasures)};
	if (db_result_rows(ret_found->records) == 0)
		return status_error(STATUS_NOT_FOUND, "no such athlete");
	return status;
}

/* Until when what was treated in the athlete's minority is kept, as a date; NULL when nothing was:
 * it follows from the birth date, which goes. */
static const char *minor_kept_until(struct arena *arena, const struct db_result *treatments)
{
	char date[TEXT_INSTANT_BYTES];
	int32_t until = INT32_MIN, of_one;
	for (size_t i = 0; i < db_result_rows(treatments); i++) {
		const struct treatment_row row = treatment_row(treatments, i);
		if (row.treated && retention_of_minor(&row.last, &of_one) && of_one > until)
			until = of_one;
	}
	if (until == INT32_MIN)
		return NULL;
	text_from_date(until, date);
	return arena_strdup(arena, date);
}

/* A registration tells of the tombstone, so that who has not read it yet still knows the athlete;
 * so do changes, whose events are of the same form. */
static void scrub_events(struct command *command, const struct athlete_row *record)
{
	size_t length;
	Soleus__V1__Athlete left = SOLEUS__V1__ATHLETE__INIT;
	Soleus__V1__AthleteRegistered event = SOLEUS__V1__ATHLETE_REGISTERED__INIT;
	left.athlete_id = (char *)record->athlete_id;
	left.given_name = ERASED_GIVEN_NAME;
	left.family_name = ERASED_FAMILY_NAME;
	left.zone = (char *)record->zone;
	left.home_clinic_id = (char *)record->home_clinic_id;
	event.athlete = &left;
	const uint8_t *payload = message_encode(&event.base, command->call->arena, &length);
	if (payload)
		erasure_scrub_events(command->unit, command->call->organisation_id,
				     record->athlete_id, payload, length);
}

static void add_record(struct command *command, const struct athlete_row *record,
		       const struct erasure_row *erasure)
{
	struct arena *arena = command->call->arena;
	Soleus__V1__AthleteErased event = SOLEUS__V1__ATHLETE_ERASED__INIT;
	scrub_events(command, record);
	audit_add(command->unit, command->call,
		  &(struct audit_entry){.athlete_id = record->athlete_id,
					.record_id = "",
					.reason = arena_printf(arena, "%s (%s)", erasure->reason,
							       erasure->request_reference)});
	event.athlete_id = (char *)record->athlete_id;
	event.erased_at = erasure->erased_at;
	command_event(command, record->athlete_id, &event.base);
}

static struct command *erase(struct call *call, const struct found *found,
			     const struct erasure_row *erasure, const char *const *ids)
{
	size_t count = db_result_rows(found->records);
	struct command *command = command_begin(call);
	erasure_add(command->unit, call->organisation_id, ids, count, erasure,
		    minor_kept_until(call->arena, found->treatments));
	for (size_t i = 0; i < count; i++) {
		const struct athlete_row record = athlete_row(found->records, i);
		add_record(command, &record, erasure);
	}
	return command;
}

RPC(Directory, directory, EraseAthlete, erase_athlete)
{
	struct check check = check_begin(call);
	check_id(&check, "athlete_id", request->athlete_id);
	check_name(&check, "reason", request->reason);
	check_words(&check, "request_reference", request->request_reference);
	if (check_failed(&check))
		return check_status(&check);
	struct found found;
	struct status status = look(call, request->athlete_id, &found);
	if (!status_is_ok(status))
		return status;

	size_t count = db_result_rows(found.records);
	reply->athlete_ids = ARENA_ARRAY(call->arena, count, char *);
	for (size_t i = 0; i < count; i++)
		reply->athlete_ids[reply->n_athlete_ids++] =
			(char *)athlete_row(found.records, i).athlete_id;
	reply->retention = retention_message_of(call->arena, found.treatments);
	reply->erasure = erasure_message_of(call->arena, found.erasures);
	/* One that was merged in since is not erased yet. */
	if (db_result_rows(found.erasures) == count)
		return status_ok();
	const struct erasure_row erasure = {.erased_at = clock_now_us(),
					    .erased_by = call->principal->name,
					    .reason = request->reason,
					    .request_reference = request->request_reference};
	struct command *command =
		erase(call, &found, &erasure, (const char *const *)reply->athlete_ids);
	reply->erasure = erasure_message(call->arena, &erasure);
	return command_commit(command, &reply->base);
}
