#include "reminders/handlers/handed.h"

#include "base/text.h"
#include "reminders/handlers/delivery_watch.h"
#include "reminders/handlers/provider_opt_out.h"
#include "reminders/store/inbound.h"

#include "soleus/v1/reminders.pb-c.h"

#include <string.h>

/* What tells of the visit itself brings it along. */
static bool brings_visit(enum message_purpose purpose)
{
	return purpose == MESSAGE_BOOKING_CONFIRMATION || purpose == MESSAGE_VISIT_MOVED ||
	       purpose == MESSAGE_VISIT_CANCELLED;
}

struct outgoing handed_outgoing(const struct hand_over *batch, const struct handed *one)
{
	const struct queue_message *message = &one->message;
	struct outgoing outgoing = {
		.organisation_id = batch->organisation_id,
		.message_id = message->message_id,
		.channel = message->channel,
		.address = message->address,
		.purpose = message_purpose_name(message->purpose),
		.due_at = message->due_at,
		.text = one->decision->text,
		.clinic_name = message->clinic_name,
	};
	const struct visit_row *row = one->visit;
	struct outgoing_visit *visit = row && brings_visit(message->purpose)
					       ? ARENA_NEW(batch->arena, struct outgoing_visit)
					       : NULL;
	if (visit)
		*visit = (struct outgoing_visit){
			.appointment_id = row->appointment_id,
			.version = row->version,
			.starts_at = row->starts_at,
			.ends_at = row->ends_at,
			.clinic_name = row->clinic_name,
			.zone = row->zone,
			.cancelled = message->purpose == MESSAGE_VISIT_CANCELLED,
		};
	outgoing.visit = visit;
	return outgoing;
}

static void end_led(struct hand_over *batch, const struct handed *one, enum handover_state state,
		    const char *error_code)
{
	for (size_t i = 0; i < batch->count; i++) {
		const struct queue_decision *led = &batch->decisions[i];
		if (led->leader != one->decision || led->attempt == 0)
			continue;
		batch->led_ends[batch->led_end_count++] = (struct passing_end){
			.message_id = led->message->message_id,
			.attempt = led->attempt,
			.state = state,
			.error_code = error_code,
		};
	}
}

void handed_ends(struct hand_over *batch, struct handed *one, enum handover_state state,
		 const char *error_code)
{
	int64_t fallback_us = providers_fallback_us();
	bool watched = state == HANDOVER_TAKEN && fallback_us > 0 && !one->message.facts.is_reply &&
		       one->provider->channel->reports;
	if (one->end_count == HANDED_ENDS)
		return;
	one->ends[one->end_count++] = (struct passing_end){
		.message_id = one->message.message_id,
		.attempt = one->attempt,
		.state = state,
		.provider_ref = one->provider_ref,
		.error_code = error_code,
		.watch_at = watched ? batch->now + fallback_us : 0,
	};
	end_led(batch, one, state, error_code);
}

void handed_decide(struct hand_over *batch, struct handed *one)
{
	struct queue_decision *decision = one->decision;
	struct queue_message *message = arena_memdup(batch->arena, &one->message, sizeof(*message));
	if (one->was_taken && one->attempt)
		handed_ends(batch, one, HANDOVER_TAKEN, "");
	if (!message || decision->kind != WHETHER_SEND)
		return;
	bool moved = strcmp(decision->message->channel, message->channel) != 0;
	decision->message = message;
	if (one->was_taken)
		decision->why = arena_printf(batch->arena, "%s; %s had it already", decision->why,
					     one->provider->name);
	else if (moved)
		decision->why = arena_printf(batch->arena, "%s; then by %s: %s", decision->why,
					     message->channel, one->why);
}

void handed_follow(const struct hand_over *batch, struct queue_decision *decision)
{
	const struct queue_decision *leader = decision->leader;
	struct queue_message *message =
		arena_memdup(batch->arena, decision->message, sizeof(*message));
	if (!message)
		return; /* db_run refuses a unit whose arena was full */
	message->channel = leader->message->channel;
	message->address = leader->message->address;
	decision->message = message;
	decision->kind = leader->kind;
	decision->until = leader->until;
	decision->over = leader->over;
	if (leader->kind != WHETHER_SEND)
		decision->why = leader->why;
}

/* ---- Writing ---- */

void tell_staff(struct events *events, struct db_unit *unit, const char *organisation_id,
		const struct queue_message *message, const char *why, int64_t now)
{
	struct arena *arena = db_unit_arena(unit);
	const char *task = whether_task(message->purpose, false);
	task_add(unit, organisation_id, message->message_id, message->athlete_id,
		 task ? task : TASK_NOT_SENT, why, now);
	if (message_purpose_priority(message->purpose) != MESSAGE_PRIORITY_SAFETY)
		return;
	Soleus__V1__AlertRaised raised = SOLEUS__V1__ALERT_RAISED__INIT;
	raised.alert_id = (char *)text_uuid7_new(arena);
	raised.athlete_id = (char *)message->athlete_id;
	raised.clinic_id = (char *)message->clinic_id;
	raised.reason = (char *)arena_printf(arena, "A2: a message of safety (%s) reaches nobody",
					     message_purpose_name(message->purpose));
	if (!raised.alert_id || !raised.reason)
		return; /* db_run refuses a unit whose arena was full */
	alert_add(unit, organisation_id, raised.alert_id, raised.athlete_id, raised.clinic_id,
		  raised.reason, now, "");
	events_emit(events, unit, organisation_id, message->clinic_id, raised.alert_id,
		    &raised.base);
}

static FIBER struct status write_opt_out(const struct hand_over *batch, struct db_unit *unit,
					 const struct handed *one)
{
	const struct provider_opt_out from = {
		.organisation_id = batch->organisation_id,
		.channel = "sms",
		.address = one->opted_out_address,
		.now = batch->now,
	};
	return one->opted_out_address ? provider_opt_out(batch->events, unit, &from) : status_ok();
}

/* All that its text says. */
static void trace_twice(const struct hand_over *batch, struct db_unit *unit,
			const struct handed *one)
{
	for (size_t i = 0; i < batch->count; i++) {
		const struct queue_decision *of = &batch->decisions[i];
		const struct trace_line twice = {of->message->message_id, "maybe_twice",
						 one->message.channel,
						 "the answer to an earlier time was lost"};
		if (of == one->decision || of->leader == one->decision)
			trace_put(unit, batch->organisation_id, &twice, 1, batch->now);
	}
}

FIBER struct status hand_over_write(struct hand_over *batch, struct db_unit *unit)
{
	struct status status = status_ok();
	passing_put(unit, batch->organisation_id, batch->led_ends, batch->led_end_count,
		    batch->now);
	for (size_t i = 0; status_is_ok(status) && i < batch->handed_count; i++) {
		struct handed *one = &batch->handed[i];
		passing_put(unit, batch->organisation_id, one->ends, one->end_count, batch->now);
		if (one->maybe_twice && one->is_sent)
			trace_twice(batch, unit, one);
		if (one->gave_up)
			tell_staff(batch->events, unit, batch->organisation_id, &one->message,
				   one->why, batch->now);
		status = write_opt_out(batch, unit, one);
	}
	return status;
}

void hand_over_written(const struct hand_over *batch)
{
	for (size_t i = 0; i < batch->handed_count; i++)
		for (size_t end = 0; end < batch->handed[i].end_count; end++)
			if (batch->handed[i].ends[end].watch_at) {
				delivery_watch_wake();
				return;
			}
}
