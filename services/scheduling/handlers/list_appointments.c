#include "events/audit.h"
#include "scheduling/handlers/check.h"
#include "scheduling/handlers/messages.h"

#define LIMIT_USUAL 200
#define LIMIT_MAX   1000

static void check_request(struct check *check, const Soleus__V1__ListAppointmentsRequest *request)
{
	check_id_or_empty(check, "clinic_id", request->clinic_id);
	check_id_or_empty(check, "athlete_id", request->athlete_id);
	check_id_or_empty(check, "practitioner_id", request->practitioner_id);
	check_that(
		check,
		!!*request->clinic_id + !!*request->athlete_id + !!*request->practitioner_id == 1,
		"clinic_id", "a clinic's id, or athlete_id, or practitioner_id: one of the three");
	check_instant(check, "from_at", request->from_at);
	check_instant(check, "until_at", request->until_at);
	check_that(check, request->until_at > request->from_at, "until_at", "later than from_at");
	check_that(check, request->limit >= 0 && request->limit <= LIMIT_MAX, "limit", "1 to 1000");
}

static size_t add_list(struct db_unit *unit, const char *organisation_id,
		       const Soleus__V1__ListAppointmentsRequest *request)
{
	int64_t from_at = request->from_at, until_at = request->until_at;
	int64_t limit = request->limit ? request->limit : LIMIT_USUAL;
	if (*request->clinic_id)
		return appointments_of_clinic(unit, organisation_id, request->clinic_id, from_at,
					      until_at, limit);
	if (*request->practitioner_id)
		return appointments_of_practitioner(unit, organisation_id, request->practitioner_id,
						    from_at, until_at, limit);
	return appointments_of_athlete(unit, organisation_id, request->athlete_id, from_at,
				       until_at, limit);
}

RPC(Scheduling, scheduling, ListAppointments, list_appointments)
{
	struct check check = check_begin(call);
	check_request(&check, request);
	if (check_failed(&check))
		return check_status(&check);
	if (*request->athlete_id ? !may_see_athlete(call, request->athlete_id) : !is_staff(call))
		return status_error(STATUS_PERMISSION_DENIED,
				    "an athlete lists the own appointments: athlete_id");

	struct db_unit *unit = call_unit(call);
	audit_of_athlete(unit, call, request->athlete_id, "");
	size_t list = add_list(unit, call->organisation_id, request);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	reply->appointments = appointment_messages(call->arena, db_unit_result(unit, list),
						   &reply->n_appointments);
	return status;
}
