#include "reminders/handlers/hand_over.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/metrics.h"
#include "base/random.h"
#include "reminders/handlers/handed.h"
#include "reminders/rules/next_step.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDS 3 /* channels that are tried in one batch */

static struct metric handed_over = METRIC_COUNTER_BY(
	"soleus_reminders_handed_over_total", "provider", "Messages that a provider has taken.");
static struct metric refused = METRIC_COUNTER_BY("soleus_reminders_refused_total", "provider",
						 "Messages that a provider did not take.");
static struct metric maybe_twice =
	METRIC_COUNTER("soleus_reminders_maybe_twice_total",
		       "Messages handed over again because the answer to the first time was lost.");
METRICS_FROM_THE_START(&handed_over, &refused, &maybe_twice)

static struct status out_of_memory(void)
{
	return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for a batch");
}

/* ---- One message's way: later, or no more ---- */

static void put_off(struct handed *one, const char *why, int64_t until)
{
	one->decision->kind = WHETHER_WAIT;
	one->decision->why = why;
	one->decision->until = until;
	one->phase = HANDED_SETTLED;
}

static void give_up(struct handed *one, const char *why)
{
	one->decision->kind = WHETHER_SUPPRESS;
	one->decision->why = why;
	one->phase = HANDED_SETTLED;
	one->gave_up = true;
}

/* ---- What is known before ---- */

static void recall_row(const struct hand_over *batch, struct handed *one,
		       const struct passed_row *row)
{
	enum provider_fault fault = provider_fault(row->provider, atoi(row->error_code));
	bool lost = handover_is_lost(row->state);
	if (!batch->after_report && handover_was_taken(row->state) && !lost) {
		one->was_taken = true;
		one->phase = HANDED_SETTLED;
	}
	if (strcmp(row->channel, one->message.channel) != 0)
		return;
	one->tries++;
	one->failing_since = row->asked_at; /* the first comes last */
	if (row->state == HANDOVER_ASKED && !one->lost)
		one->lost = row;
	one->never |=
		lost && (fault == PROVIDER_FAULT_PERMANENT || fault == PROVIDER_FAULT_OPTED_OUT);
}

/* Earlier times: was one taken, what counts as a try on this channel, whose answer is lost? */
static void recall(const struct hand_over *batch, struct handed *one)
{
	one->tries = 0;
	one->failing_since = 0;
	one->lost = NULL;
	one->never = false;
	for (size_t i = 0; i < batch->passed.count; i++)
		if (strcmp(batch->passed.rows[i].message_id, one->message.message_id) == 0)
			recall_row(batch, one, &batch->passed.rows[i]);
}

static void go_by(const struct hand_over *batch, struct handed *one, const char *channel,
		  const char *address)
{
	one->provider = provider_of(channel);
	one->message.channel = channel;
	one->message.address = address;
	one->phase = HANDED_READY;
	recall(batch, one);
}

/* What rules/next_step.h says after `fault`; `why` is for the trace. */
static void step_on(struct hand_over *batch, struct handed *one, enum provider_fault fault,
		    int64_t not_before, const char *why)
{
	const struct next_step_facts facts = {
		.now = batch->now,
		.stale_at = one->message.facts.stale_at,
		.failing_since = one->failing_since ? one->failing_since : batch->now,
		.fallback_us = providers_fallback_us(),
		.not_before = not_before,
		.tries = one->tries ? one->tries : 1,
		.dice = (unsigned)random_below(NEXT_STEP_DICE),
		.fault = fault,
		.has_next = one->next != NULL,
	};
	struct next_step_answer answer = next_step(&facts);
	if (answer.step == NEXT_STEP_AGAIN) {
		put_off(one, why, answer.at);
	} else if (answer.step == NEXT_STEP_GIVE_UP) {
		give_up(one, why);
	} else {
		const struct next_row *next = one->next;
		one->next = one->next_count > 1 ? next + 1 : NULL;
		one->next_count--;
		go_by(batch, one, next->channel, next->address);
	}
}

static bool is_all_file(const struct hand_over *batch)
{
	for (size_t i = 0; i < batch->count; i++)
		if (batch->decisions[i].kind == WHETHER_SEND &&
		    !provider_is_file(provider_of(batch->decisions[i].message->channel)))
			return false;
	return true;
}

/* The latest time on this channel, when its answer was lost. */
static void recall_lost(const struct hand_over *batch, struct queue_decision *decision)
{
	const struct queue_message *message = decision->message;
	for (size_t i = 0; i < batch->passed.count && !decision->lost_in; i++) {
		const struct passed_row *row = &batch->passed.rows[i];
		if (row->state != HANDOVER_ASKED || strcmp(row->channel, message->channel) != 0 ||
		    strcmp(row->message_id, message->message_id) != 0)
			continue;
		decision->lost_in = *row->provider_ref ? row->provider_ref : row->message_id;
		decision->attempt = row->attempt;
	}
}

FIBER struct status hand_over_recall(struct hand_over *batch)
{
	const char *ids[PASSING_BATCH];
	size_t count = 0;
	batch->recalled = true;
	if (is_all_file(batch))
		return status_ok();
	assert(batch->count <= PASSING_BATCH);
	for (size_t i = 0; i < batch->count; i++)
		if (batch->decisions[i].kind == WHETHER_SEND)
			ids[count++] = batch->decisions[i].message->message_id;
	batch->led_ends =
		ARENA_ARRAY(batch->arena, batch->count * HANDED_ENDS + 1, struct passing_end);
	if (!batch->led_ends)
		return out_of_memory();
	struct status status = passed_read(events_db(batch->events), batch->arena,
					   batch->organisation_id, ids, count, &batch->passed);
	for (size_t i = 0; status_is_ok(status) && i < batch->count; i++)
		if (batch->decisions[i].kind == WHETHER_SEND)
			recall_lost(batch, &batch->decisions[i]);
	return status;
}

static void recall_each(struct hand_over *batch)
{
	const struct passed *passed = &batch->passed;
	for (size_t i = 0; i < batch->handed_count; i++) {
		struct handed *one = &batch->handed[i];
		recall(batch, one);
		for (size_t row = 0; row < passed->visit_count; row++)
			if (strcmp(passed->visits[row].message_id, one->message.message_id) == 0)
				one->visit = &passed->visits[row];
	}
}

/* Other channels of the person, for those that have no answer yet. */
static FIBER struct status read_next(struct hand_over *batch)
{
	const char *ids[PASSING_BATCH];
	struct next_row *rows;
	size_t count = 0, found;
	for (size_t i = 0; i < batch->handed_count; i++)
		if (batch->handed[i].phase == HANDED_FAILED && !batch->handed[i].knows_next)
			ids[count++] = batch->handed[i].message.message_id;
	if (count == 0)
		return status_ok();
	struct status status = next_channels(events_db(batch->events), batch->arena,
					     batch->organisation_id, ids, count, &rows, &found);
	for (size_t i = 0; status_is_ok(status) && i < batch->handed_count; i++) {
		struct handed *one = &batch->handed[i];
		if (one->phase != HANDED_FAILED || one->knows_next)
			continue;
		one->knows_next = true;
		for (size_t row = 0; row < found; row++) {
			if (strcmp(rows[row].message_id, one->message.message_id) != 0 ||
			    strcmp(rows[row].channel, one->message.channel) == 0)
				continue;
			if (one->next_count++ == 0)
				one->next = &rows[row];
		}
	}
	return status;
}

/* ---- Before the provider ---- */

static void fail(struct handed *one, enum provider_fault fault, int64_t not_before, const char *why)
{
	one->phase = HANDED_FAILED;
	one->fault = fault;
	one->not_before = not_before;
	one->why = why;
}

/* May it be asked now? */
static void admit(struct hand_over *batch, struct handed *one)
{
	struct gate *gate = &one->provider->gate;
	bool urgent = message_purpose_priority(one->message.purpose) == MESSAGE_PRIORITY_SAFETY;
	int64_t until;
	if (one->never)
		return fail(one, PROVIDER_FAULT_PERMANENT, 0, "the number takes no message");
	if (provider_is_file(one->provider))
		return;
	switch (gate_ask(gate, batch->organisation_id, urgent, batch->now, &until)) {
	case GATE_PASS:
		return;
	case GATE_RATE:
		/* Nobody failed: it waits for its turn, and is stale when that comes too late. */
		return put_off(one, "waits for the provider's rate limit", until);
	case GATE_OPEN:
		if (!one->failing_since || gate_failing_since(gate) < one->failing_since)
			one->failing_since = gate_failing_since(gate);
		return fail(one, PROVIDER_FAULT_TEMPORARY, until, "the provider fails");
	}
}

/* The answer to an earlier time was lost. */
static FIBER void resolve(struct hand_over *batch, struct handed *one)
{
	struct channel *channel = one->provider->channel;
	enum channel_found found = CHANNEL_CANNOT_TELL;
	struct outgoing outgoing = handed_outgoing(batch, one);
	bool by_own_key = *one->lost->provider_ref == '\0'; /* else it was said in another's text */
	if (by_own_key && strcmp(one->lost->provider, one->provider->name) == 0 && channel->find)
		found = channel->find(channel, batch->arena, &outgoing, one->lost->asked_at);
	if (found == CHANNEL_FOUND) {
		one->was_taken = true;
		one->attempt = one->lost->attempt;
		one->provider_ref = outgoing.provider_ref;
		one->phase = HANDED_SETTLED;
	} else if (found == CHANNEL_CANNOT_TELL && !(channel->takes_key && by_own_key)) {
		one->maybe_twice = true;
		metric_add(&maybe_twice, 1);
	}
}

/* One message that is about to be asked for, and where its attempt goes. */
struct asking {
	struct passing passing[PASSING_BATCH];
	int32_t *attempts[PASSING_BATCH];
	size_t count;
};

static void ask_for(struct asking *asking, const struct handed *one, const char *message_id,
		    const char *told_in, int32_t *ret_attempt)
{
	assert(asking->count < PASSING_BATCH);
	asking->attempts[asking->count] = ret_attempt;
	asking->passing[asking->count++] = (struct passing){
		.message_id = message_id,
		.channel = one->message.channel,
		.provider = one->provider->name,
		.address = one->message.address,
		.told_in = told_in,
	};
}

static FIBER struct status begin(struct hand_over *batch)
{
	struct asking asking = {.count = 0};
	for (size_t i = 0; i < batch->handed_count; i++) {
		struct handed *one = &batch->handed[i];
		if (one->phase == HANDED_READY)
			admit(batch, one);
		if (one->phase == HANDED_READY && one->lost)
			resolve(batch, one);
		if (one->phase != HANDED_READY || provider_is_file(one->provider))
			continue;
		const char *id = one->message.message_id;
		ask_for(&asking, one, id, "", &one->attempt);
		for (size_t j = 0; j < batch->count; j++)
			if (batch->decisions[j].leader == one->decision)
				ask_for(&asking, one, batch->decisions[j].message->message_id, id,
					&batch->decisions[j].attempt);
	}
	if (asking.count == 0)
		return status_ok();
	struct status status =
		passing_begin(events_db(batch->events), batch->arena, batch->organisation_id,
			      asking.passing, asking.count, batch->now);
	for (size_t i = 0; i < asking.count; i++)
		*asking.attempts[i] = asking.passing[i].attempt;
	return status;
}

/* ---- At the provider, and what it says ---- */

static void note_taken(struct hand_over *batch, struct handed *one, const struct outgoing *outgoing)
{
	one->phase = HANDED_SETTLED;
	one->is_sent = true;
	if (provider_is_file(one->provider))
		return;
	gate_tell_good(&one->provider->gate);
	metric_add(metric_with(&handed_over, one->provider->name), 1);
	one->provider_ref = outgoing->provider_ref;
	handed_ends(batch, one, HANDOVER_TAKEN, "");
}

static void note_refused(struct hand_over *batch, struct handed *one,
			 const struct outgoing *outgoing)
{
	const char *name = one->provider->name;
	enum provider_fault fault = provider_fault(name, outgoing->code);
	int64_t after = outgoing->retry_after_us;
	if (provider_is_file(one->provider)) {
		log_warn("channel did not take a message",
			 LOG_STR("message", one->message.message_id),
			 LOG_STR("why", outgoing->fault));
		return put_off(one, "the channel did not take it", batch->now + CLOCK_MINUTE_US);
	}
	gate_tell_fault(&one->provider->gate, fault, after, batch->now,
			(unsigned)random_below(GATE_DICE));
	metric_add(metric_with(&refused, name), 1);
	if (one->tries++ == 0)
		one->failing_since = batch->now;
	log_warn("provider did not take a message", LOG_STR("message", one->message.message_id),
		 LOG_STR("provider", name), LOG_INT("code", outgoing->code),
		 LOG_STR("why", outgoing->fault ? outgoing->fault : ""));
	/* Without an answer its row stays 'asked': the next try asks what became of this one. */
	if (!outgoing->unsure)
		handed_ends(batch, one, HANDOVER_REFUSED,
			    outgoing->code ? arena_printf(batch->arena, "%d", outgoing->code) : "");
	if (fault == PROVIDER_FAULT_OPTED_OUT)
		one->opted_out_address = one->message.address;
	fail(one, fault, after ? batch->now + after : 0,
	     arena_printf(batch->arena, "%s did not take it: %s%s", name,
			  outgoing->code ? provider_fault_name(fault) : "no answer",
			  outgoing->code ? arena_printf(batch->arena, ", code %d", outgoing->code)
					 : ""));
}

/* All that are ready for one provider, at once. */
static FIBER struct status ask(struct hand_over *batch, struct provider *provider)
{
	struct outgoing *outgoing = ARENA_ARRAY(batch->arena, batch->handed_count, struct outgoing);
	struct handed **whose = ARENA_ARRAY(batch->arena, batch->handed_count, struct handed *);
	size_t count = 0;
	if (!outgoing || !whose)
		return out_of_memory();
	for (size_t i = 0; i < batch->handed_count; i++) {
		struct handed *one = &batch->handed[i];
		if (one->phase != HANDED_READY || one->provider->channel != provider->channel)
			continue;
		whose[count] = one;
		outgoing[count++] = handed_outgoing(batch, one);
	}
	if (count > 0)
		provider->channel->send(provider->channel, batch->arena, outgoing, count);
	for (size_t i = 0; i < count; i++) {
		if (outgoing[i].sent)
			note_taken(batch, whose[i], &outgoing[i]);
		else
			note_refused(batch, whose[i], &outgoing[i]);
	}
	return status_ok();
}

/* One channel of each message that is ready. `ret_again`: some go on to the next. */
static FIBER struct status round_of(struct hand_over *batch, bool *ret_again)
{
	struct status status = begin(batch);
	static const char *const channels[] = {"sms", "email", "file"};
	for (size_t i = 0; status_is_ok(status) && i < 3; i++)
		status = ask(batch, provider_of(channels[i]));
	if (status_is_ok(status))
		status = read_next(batch);
	*ret_again = false;
	for (size_t i = 0; status_is_ok(status) && i < batch->handed_count; i++) {
		struct handed *one = &batch->handed[i];
		if (one->phase != HANDED_FAILED)
			continue;
		step_on(batch, one, one->fault, one->not_before, one->why);
		*ret_again |= one->phase == HANDED_READY;
	}
	return status;
}

/* ---- Face ---- */

FIBER struct status hand_over(struct hand_over *batch)
{
	batch->handed = ARENA_ARRAY(batch->arena, batch->count + 1, struct handed);
	batch->handed_count = 0;
	if (!batch->handed)
		return out_of_memory();
	for (size_t i = 0; i < batch->count; i++) {
		struct queue_decision *decision = &batch->decisions[i];
		if (decision->kind != WHETHER_SEND || decision->leader)
			continue;
		batch->handed[batch->handed_count++] = (struct handed){
			.decision = decision,
			.message = *decision->message,
			.provider = provider_of(decision->message->channel),
		};
	}
	struct status status = batch->recalled ? status_ok() : hand_over_recall(batch);
	recall_each(batch);
	bool again = batch->handed_count > 0;
	for (int i = 0; status_is_ok(status) && again && i < ROUNDS; i++)
		status = round_of(batch, &again);
	for (size_t i = 0; status_is_ok(status) && i < batch->handed_count; i++) {
		struct handed *one = &batch->handed[i];
		if (one->phase == HANDED_READY)
			put_off(one, one->why, batch->now + CLOCK_MINUTE_US);
		handed_decide(batch, one);
	}
	for (size_t i = 0; status_is_ok(status) && i < batch->count; i++)
		if (batch->decisions[i].leader)
			handed_follow(batch, &batch->decisions[i]);
	return status;
}
