#include "reminders/handlers/send.h"

#include "base/clock.h"
#include "base/metrics.h"
#include "base/text.h"
#include "reminders/handlers/hand_over.h"
#include "reminders/handlers/join.h"
#include "reminders/handlers/providers.h"
#include "reminders/store/inbound.h"
#include "reminders/store/lapse.h"
#include "reminders/store/zone.h"

#include "soleus/v1/reminders.pb-c.h"

#include <string.h>

static struct metric decided =
	METRIC_COUNTER_BY("soleus_reminders_decided_total", "outcome", "Messages decided.");
METRICS_FROM_THE_START(&decided)

/* An athlete whose plan has ended is asked back while there is a reason to. */
static FIBER struct status judge_lapse(struct db *db, struct arena *arena,
				       const char *organisation_id,
				       const struct queue_message *message,
				       struct queue_decision *decision)
{
	const char *why;
	struct status status = lapse_read(db, arena, organisation_id, message->message_id,
					  message->facts.now, &why);
	if (status_is_ok(status) && *why) {
		decision->kind = WHETHER_SUPPRESS;
		decision->why = why;
		decision->over = true;
	}
	return status;
}

/* The claim knows the offset of this instant alone; when the window is closed the next opening may
 * lie behind a change of the clocks. */
static FIBER struct status judge(struct db *db, struct arena *arena,
				 const struct queue_batch *batch, struct queue_message *message,
				 struct queue_decision *decision)
{
	const char *organisation_id = batch->organisation_id;
	struct whether_facts *facts = &message->facts;
	facts->window = &batch->programme->window;
	if (!facts->is_reply && !send_window_is_open(facts->window, &facts->zone, facts->now)) {
		struct status status =
			zone_read(db, arena, organisation_id, message->athlete_id,
				  message->clinic_id, facts->now, facts->now, &facts->zone);
		if (!status_is_ok(status))
			return status;
	}
	struct whether whether = whether_to_send(facts);
	*decision = (struct queue_decision){
		.message = message,
		.kind = whether.kind,
		.why = whether.why,
		.until = whether.until,
		.over = whether.over,
	};
	return whether.kind == WHETHER_SEND && message->purpose == MESSAGE_REBOOKING
		       ? judge_lapse(db, arena, organisation_id, message, decision)
		       : status_ok();
}

/* What was sent of `clinic_id`, as one event. False when the arena is full. */
static bool add_event(struct events *events, struct db_unit *unit, const struct queue_batch *batch,
		      const struct queue_decision *decisions, const char *clinic_id, int64_t now)
{
	struct arena *arena = db_unit_arena(unit);
	Soleus__V1__MessagesSent sent = SOLEUS__V1__MESSAGES_SENT__INIT;
	Soleus__V1__SentMessage *all = ARENA_ARRAY(arena, batch->count, Soleus__V1__SentMessage);
	sent.messages = ARENA_ARRAY(arena, batch->count, Soleus__V1__SentMessage *);
	if (!all || !sent.messages)
		return false;
	for (size_t i = 0; i < batch->count; i++) {
		const struct queue_message *message = decisions[i].message;
		if (decisions[i].kind != WHETHER_SEND || strcmp(message->clinic_id, clinic_id) != 0)
			continue;
		Soleus__V1__SentMessage *one = &all[sent.n_messages];
		soleus__v1__sent_message__init(one);
		one->message_id = (char *)message->message_id;
		one->athlete_id = (char *)message->athlete_id;
		one->purpose = (char *)message_purpose_name(message->purpose);
		sent.messages[sent.n_messages++] = one;
	}
	sent.sent_at = now;
	events_emit(events, unit, batch->organisation_id, clinic_id, batch->lease_id, &sent.base);
	return true;
}

/* One for each clinic: a batch is of few. */
static void add_events(struct events *events, struct db_unit *unit, const struct queue_batch *batch,
		       const struct queue_decision *decisions, int64_t now)
{
	for (size_t i = 0; i < batch->count; i++) {
		const char *clinic_id = decisions[i].message->clinic_id;
		size_t before = 0;
		while (before < i && (decisions[before].kind != WHETHER_SEND ||
				      strcmp(decisions[before].message->clinic_id, clinic_id) != 0))
			before++;
		if (decisions[i].kind == WHETHER_SEND && before == i &&
		    !add_event(events, unit, batch, decisions, clinic_id, now))
			return;
	}
}

/* One task for each message, by its id, however often the batch is tried. */
static void add_tasks(struct db_unit *unit, const char *organisation_id,
		      const struct queue_decision *decisions, size_t count, int64_t now)
{
	for (size_t i = 0; i < count; i++) {
		const struct queue_message *message = decisions[i].message;
		const char *task = whether_task(message->purpose, decisions[i].over);
		if (task && decisions[i].kind == WHETHER_SUPPRESS)
			task_add(unit, organisation_id, message->message_id, message->athlete_id,
				 task, decisions[i].why, now);
	}
}

static void count_outcomes(const struct queue_decision *decisions, size_t count)
{
	static const char *const outcomes[] = {"sent", "suppressed", "deferred"};
	for (size_t i = 0; i < count; i++)
		metric_add(metric_with(&decided, outcomes[decisions[i].kind]), 1);
}

FIBER struct status send_batch(struct events *events, struct arena *arena,
			       const struct queue_waiting *waiting, int64_t now, size_t *ret_count)
{
	struct db *db = events_db(events);
	const char *organisation_id = waiting->organisation_id;
	struct queue_limits limits = providers_limits();
	struct queue_batch batch = {0};
	int64_t leased_until_us = clock_monotonic_us() + limits.lease_us / 2;
	struct status status = queue_claim(db, arena, waiting, now, &limits, &batch);
	struct queue_decision *decisions =
		ARENA_ARRAY(arena, batch.count + 1, struct queue_decision);
	if (status_is_ok(status) && !decisions)
		status = status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for a batch");
	for (size_t i = 0; status_is_ok(status) && i < batch.count; i++)
		status = judge(db, arena, &batch, &batch.messages[i], &decisions[i]);
	if (!status_is_ok(status))
		return status;
	struct hand_over handing = {
		.events = events,
		.arena = arena,
		.organisation_id = organisation_id,
		.decisions = decisions,
		.count = batch.count,
		.now = now,
	};
	status = hand_over_recall(&handing);
	if (!status_is_ok(status))
		return status;
	join_texts(&batch, arena, decisions);
	/* Another may hold the batch by now: better late than twice. */
	if (clock_monotonic_us() > leased_until_us)
		return status_error(STATUS_ABORTED, "the lease ended before the batch was sent");
	status = hand_over(&handing);
	if (!status_is_ok(status))
		return status;
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	queue_decide(unit, &batch, decisions, now);
	add_events(events, unit, &batch, decisions, now);
	add_tasks(unit, organisation_id, decisions, batch.count, now);
	status = hand_over_write(&handing, unit);
	if (batch.lanes > 0 && status_is_ok(status))
		status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	hand_over_written(&handing);
	count_outcomes(decisions, batch.count);
	events_kick(events);
	*ret_count = batch.count;
	return status_ok();
}
