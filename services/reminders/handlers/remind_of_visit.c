#include "base/clock.h"
#include "base/text.h"
#include "reminders/handlers/dispatcher.h"
#include "reminders/handlers/rpcs.h"
#include "reminders/store/ask.h"

RPC(Reminders, reminders, RemindOfVisit, remind_of_visit)
{
	int64_t now = clock_now_us();
	bool planned = false;
	struct check check = check_begin(call);
	check_id(&check, "appointment_id", request->appointment_id);
	check_instant(&check, "due_at", request->due_at);
	if (check_failed(&check))
		return check_status(&check);

	reply->message_id = (char *)text_uuid7_new(call->arena);
	reply->due_at = request->due_at > now ? request->due_at : now;
	struct asked_reminder asked = {
		.message_id = reply->message_id,
		.appointment_id = request->appointment_id,
		.due_at = reply->due_at,
		.now = now,
		.asked_by = call->principal->name,
		.key = call->idempotency_key,
		.fingerprint = command_fingerprint(call),
	};
	asked.reply = message_encode(&reply->base, call->arena, &asked.reply_length);
	if (!asked.message_id || !asked.reply)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the call");
	dispatcher_expect_command();
	struct status status =
		reminder_ask(call_db(call), call->arena, call->organisation_id, &asked, &planned);
	dispatcher_command_done();
	if (status_is_ok(status) && !planned)
		return status_error(STATUS_FAILED_PRECONDITION,
				    "there is no such booked visit that begins after due_at");
	return status;
}
