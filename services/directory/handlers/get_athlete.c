#include "directory/handlers/athlete_message.h"
#include "directory/handlers/check.h"
#include "directory/store/athlete.h"
#include "events/audit.h"

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
		reply->consents[reply->n_consents++] = consent;
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
	const char *const ids[] = {request->athlete_id};
	struct db_unit *unit = call_unit(call);
	audit_of_athlete(unit, call, request->athlete_id, "");
	size_t found = athlete_find(unit, tenant, request->athlete_id);
	size_t points = athlete_contact_points(unit, tenant, ids, 1);
	size_t identifiers = athlete_identifiers(unit, tenant, ids, 1);
	size_t consents = consent_list(unit, tenant, request->athlete_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	if (db_result_rows(db_unit_result(unit, found)) == 0)
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	reply->athlete = athlete_message(call->arena, db_unit_result(unit, found), 0);
	athlete_message_lists(call->arena, &reply->athlete, 1, db_unit_result(unit, points),
			      db_unit_result(unit, identifiers));
	add_consents(call->arena, db_unit_result(unit, consents), reply);
	return status_ok();
}
