#include "scheduling/handlers/check.h"
#include "scheduling/handlers/find_appointment.h"
#include "scheduling/handlers/messages.h"

RPC(Scheduling, scheduling, GetAppointment, get_appointment)
{
	struct check check = check_begin(call);
	check_id(&check, "appointment_id", request->appointment_id);
	if (check_failed(&check))
		return check_status(&check);
	struct appointment_row row;
	struct status status = find_appointment(call, request->appointment_id, &row, NULL);
	if (status_is_ok(status))
		reply->appointment = appointment_message(call->arena, &row);
	return status;
}
