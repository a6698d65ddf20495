#include "directory/handlers/athlete_message.h"
#include "directory/handlers/check.h"
#include "directory/handlers/retention_message.h"
#include "directory/store/athlete.h"
#include "directory/store/erasure.h"
#include "directory/store/merge.h"
#include "directory/store/retention.h"
#include "events/audit.h"

#include <strings.h>

static void add_consents(struct arena *arena, const struct db_result *rows,
			 Soleus__V1__GetAthleteReply *reply)
{
	reply->consents = ARENA_ARRAY(arena, db_result_rows(rows), Soleus__V1__Consent *);
	for (size_t row = 0; row < db_result_rows(rows); row++) {
		const struct consent_row from = consent_row(rows, row);
		Soleus__V1__Consent *consent = ARENA_NEW(arena, Soleus__V1__Consent);
		soleus__v1__consent__init(consent);
		consent->consent_id = (char *)from.consent_id;
		consent->purpose = (char *)from.purpose;
		consent->channel = (char *)from.channel;
		consent->granted = from.granted;
		consent->text_version = (char *)from.text_version;
		consent->recorded_at = from.recorded_at;
		consent->copy_given = from.copy_given;
		consent->guardian_name = (char *)from.guardian_name;
		reply->consents[reply->n_consents++] = consent;
	}
}

/* `records` are all of the person, the survivor's first. */
static void add_merged(struct arena *arena, Soleus__V1__Athlete **records,
		       const struct db_result *rows, Soleus__V1__GetAthleteReply *reply)
{
	size_t count = db_result_rows(rows);
	reply->merged = ARENA_ARRAY(arena, count, Soleus__V1__MergedAthlete *);
	for (size_t row = 1; row < count; row++) {
		const struct merge_row how = merge_row(rows, row);
		Soleus__V1__MergedAthlete *merged = ARENA_NEW(arena, Soleus__V1__MergedAthlete);
		soleus__v1__merged_athlete__init(merged);
		merged->athlete = records[row];
		merged->merge_id = (char *)how.merge_id;
		merged->merged_at = how.word.at_us;
		merged->merged_by = (char *)how.word.by;
		merged->reason = (char *)how.word.reason;
		reply->merged[reply->n_merged++] = merged;
	}
}

RPC(Directory, directory, GetAthlete, get_athlete)
{
	struct check check = check_begin(call);
	check_id(&check, "athlete_id", request->athlete_id);
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	const char *tenant = call->organisation_id;
	struct db_unit *unit = call_unit(call);
	audit_of_athlete(unit, call, request->athlete_id, "");
	size_t found = athlete_person(unit, tenant, request->athlete_id);
	size_t points = athlete_contact_points_of_person(unit, tenant, request->athlete_id);
	size_t identifiers = athlete_identifiers_of_person(unit, tenant, request->athlete_id);
	size_t consents = consent_list(unit, tenant, request->athlete_id);
	size_t treatments = treatments_of(unit, tenant, request->athlete_id);
	size_t erasures = erasure_of(unit, tenant, request->athlete_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, found);
	size_t count = db_result_rows(rows);
	if (count == 0)
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	Soleus__V1__Athlete **records = ARENA_ARRAY(call->arena, count, Soleus__V1__Athlete *);
	for (size_t row = 0; row < count; row++)
		records[row] = athlete_message(call->arena, rows, row);
	athlete_message_lists(call->arena, records, count, db_unit_result(unit, points),
			      db_unit_result(unit, identifiers));
	reply->athlete = records[0];
	if (strcasecmp(records[0]->athlete_id, request->athlete_id) != 0)
		reply->asked_athlete_id = request->athlete_id;
	add_merged(call->arena, records, rows, reply);
	add_consents(call->arena, db_unit_result(unit, consents), reply);
	reply->erasure = erasure_message_of(call->arena, db_unit_result(unit, erasures));
	reply->retention = retention_message_of(call->arena, db_unit_result(unit, treatments));
	return status_ok();
}
