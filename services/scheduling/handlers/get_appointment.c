#include "scheduling/handlers/change.h"
#include "scheduling/handlers/check.h"
#include "scheduling/handlers/messages.h"

static FIBER struct status read_history(struct call *call, const char *appointment_id,
					Soleus__V1__GetAppointmentReply *reply)
{
	struct db_unit *unit = call_unit(call);
	size_t index = appointment_history(unit, call->organisation_id, appointment_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, index);
	size_t count = db_result_rows(rows);
	reply->history = ARENA_ARRAY(call->arena, count, Soleus__V1__AppointmentVersion *);
	for (size_t row = 0; row < count; row++) {
		const struct appointment_version version = appointment_version(rows, row);
		reply->history[reply->n_history++] = version_message(call->arena, &version);
	}
	return status;
}

RPC(Scheduling, scheduling, GetAppointment, get_appointment)
{
	struct check check = check_begin(call);
	check_id(&check, "appointment_id", request->appointment_id);
	if (check_failed(&check))
		return check_status(&check);
	struct appointment_row row;
	struct status status = find_appointment(call, request->appointment_id, &row);
	if (!status_is_ok(status))
		return status;
	reply->appointment = appointment_message(call->arena, &row);
	return request->with_history ? read_history(call, request->appointment_id, reply) : status;
}
