#include "reminders/handlers/escalation.h"

#include "base/text.h"
#include "reminders/rules/text.h"
#include "reminders/store/escalation.h"
#include "reminders/store/inbound.h"

static FIBER struct status tell(struct events *events, struct arena *arena,
				const char *organisation_id, const struct escalation_due *due,
				int64_t now)
{
	char text[MESSAGE_TEXT_BYTES];
	const struct message_fields fields = {
		.clinic = *due->clinic_name ? due->clinic_name : "Your clinic",
	};
	message_text(MESSAGE_ALERT_RAISED, &fields, text, sizeof(text));
	const char *step = arena_printf(arena, "%s %lld", due->alert_id, (long long)due->place);
	const struct inbound_reply message = {
		.message_id = step ? text_uuid_for(arena, "reminders.alert_told", step) : NULL,
		.athlete_id = "", /* staff: it is no message of the athlete's record */
		.clinic_id = due->clinic_id,
		.purpose = MESSAGE_ALERT_RAISED,
		.now = now,
		.channel = due->channel,
		.address = due->address,
		.text = text,
	};
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	if (!message.message_id || !unit)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory to tell of an alert");
	escalation_tell(unit, organisation_id, due, message.message_id, now);
	inbound_reply_plan(unit, organisation_id, &message);
	struct status status = db_run(events_db(events), unit);
	return !status_is_ok(status) && escalation_overtaken(unit) ? status_ok() : status;
}

static FIBER struct status tell_all(struct events *events, struct arena *arena,
				    const char *organisation_id, int64_t now)
{
	struct escalation_due *due;
	size_t count = 0;
	struct status status =
		escalation_due_read(events_db(events), arena, organisation_id, now, &due, &count);
	for (size_t i = 0; status_is_ok(status) && i < count; i++)
		status = tell(events, arena, organisation_id, &due[i], now);
	return status;
}

FIBER struct status escalate(struct events *events, struct arena *arena, int64_t now,
			     struct escalated *ret_escalated)
{
	struct escalation_waiting *waiting;
	size_t count = 0;
	struct escalated result = {.next_due_at = INT64_MAX};
	struct status first = escalation_outlook(events_db(events), arena, &waiting, &count);
	for (size_t i = 0; i < count; i++) {
		if (waiting[i].due_at > now) {
			if (waiting[i].due_at < result.next_due_at)
				result.next_due_at = waiting[i].due_at;
			continue;
		}
		struct status status = tell_all(events, arena, waiting[i].organisation_id, now);
		if (status_is_ok(first))
			first = status;
		result.told = true;
	}
	*ret_escalated = result;
	return first;
}
