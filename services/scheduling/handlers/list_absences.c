#include "scheduling/handlers/check.h"
#include "scheduling/store/absence.h"

#include "soleus/v1/scheduling.pb-c.h"

static Soleus__V1__Absence *absence_message(struct arena *arena, const struct absence_row *row)
{
	Soleus__V1__Absence *absence = ARENA_NEW(arena, Soleus__V1__Absence);
	if (!absence)
		return NULL;
	soleus__v1__absence__init(absence);
	absence->absence_id = (char *)row->absence_id;
	absence->practitioner_id = (char *)row->practitioner_id;
	absence->clinic_id = (char *)row->clinic_id;
	absence->room_id = (char *)row->room_id;
	absence->kind = (char *)row->kind;
	absence->title = (char *)row->title;
	absence->starts_at = row->starts_at;
	absence->ends_at = row->ends_at;
	return absence;
}

static void check_request(struct check *check, const Soleus__V1__ListAbsencesRequest *request)
{
	int owners = !!*request->practitioner_id + !!*request->clinic_id + !!*request->room_id;
	check_id_or_empty(check, "practitioner_id", request->practitioner_id);
	check_id_or_empty(check, "clinic_id", request->clinic_id);
	check_id_or_empty(check, "room_id", request->room_id);
	check_that(check, owners <= 1, "practitioner_id",
		   "practitioner_id, clinic_id or room_id, one of the three or none");
	check_instant(check, "from_at", request->from_at);
	check_instant(check, "until_at", request->until_at);
	check_that(check, request->until_at > request->from_at, "until_at", "later than from_at");
}

RPC(Scheduling, scheduling, ListAbsences, list_absences)
{
	struct check check = check_begin(call);
	check_request(&check, request);
	if (check_failed(&check))
		return check_status(&check);

	struct db_unit *unit = call_unit(call);
	size_t list = absence_list(unit, call->organisation_id, request->practitioner_id,
				   request->clinic_id, request->room_id, request->from_at,
				   request->until_at);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, list);
	size_t count = db_result_rows(rows);
	reply->absences = ARENA_ARRAY(call->arena, count, Soleus__V1__Absence *);
	for (size_t row = 0; reply->absences && row < count; row++) {
		const struct absence_row absence = absence_row(rows, row);
		reply->absences[reply->n_absences++] = absence_message(call->arena, &absence);
	}
	return status;
}
