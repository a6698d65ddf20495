#include "reminders/handlers/inbound.h"

#include "base/clock.h"
#include "base/text.h"
#include "reminders/handlers/dispatcher.h"
#include "reminders/rules/text.h"
#include "reminders/store/lists.h"

#include "soleus/v1/reminders.pb-c.h"

#include <string.h>

#define INBOUND_ATTEMPTS 5

void inbound_understand(struct inbound *inbound, struct arena *arena)
{
	const struct inbound_known *known = &inbound->known;
	struct understanding *result = &inbound->understanding;
	*result = understand(inbound->text, &known->facts);
	inbound->sender =
		result->sender == UNDERSTAND_NONE ? NULL : &known->senders[result->sender];
	inbound->question =
		result->question == UNDERSTAND_NONE ? NULL : &known->questions[result->question];
	inbound->visit = result->visit == UNDERSTAND_NONE ? NULL : &known->questions[result->visit];
	inbound->reply_text = "";
	if (result->replies) {
		char text[MESSAGE_TEXT_BYTES];
		const struct inbound_sender *who = inbound->sender;
		if (!who && known->facts.sender_count > 0)
			who = &known->senders[0];
		struct message_fields fields = {
			.clinic = who && *who->clinic_name ? who->clinic_name : "Your clinic",
			.when = inbound->visit ? inbound->visit->visit_when : "",
		};
		message_text(result->reply, &fields, text, sizeof(text));
		inbound->reply_text = arena_strdup(arena, text);
	}
}

static Soleus__V1__Score *score(struct arena *arena, struct keyword_number number)
{
	Soleus__V1__Score *score = number.has ? ARENA_NEW(arena, Soleus__V1__Score) : NULL;
	if (score) {
		soleus__v1__score__init(score);
		score->value = number.value;
	}
	return score;
}

/* "calf:left,hamstring:right" */
static void set_areas(struct arena *arena, const char *areas, Soleus__V1__CheckInAnswered *answered)
{
	size_t most = 1;
	for (const char *at = areas; *at; at++)
		most += *at == ',';
	answered->areas = ARENA_ARRAY(arena, most, Soleus__V1__AnsweredArea *);
	while (answered->areas && *areas) {
		size_t length = strcspn(areas, ",");
		size_t name = strcspn(areas, ":,");
		Soleus__V1__AnsweredArea *area = ARENA_NEW(arena, Soleus__V1__AnsweredArea);
		if (!area)
			return;
		soleus__v1__answered_area__init(area);
		area->area = arena_strndup(arena, areas, name);
		if (name < length)
			area->side = arena_strndup(arena, areas + name + 1, length - name - 1);
		answered->areas[answered->n_areas++] = area;
		areas += length + (areas[length] == ',');
	}
}

static void add_answer_to_offer(const struct inbound *inbound, struct command *command)
{
	const struct understanding *result = &inbound->understanding;
	const struct inbound_question *question = inbound->question;
	Soleus__V1__OfferAnswered answered = SOLEUS__V1__OFFER_ANSWERED__INIT;
	answered.appointment_id = (char *)question->appointment_id;
	answered.athlete_id = (char *)question->record_id;
	answered.accept = result->takes_offer;
	answered.answered_at = inbound->received_at;
	command_event_at(command, question->appointment_id, question->clinic_id, &answered.base);
}

/* Scheduling keeps or cancels the visit, if it is still at the time that the athlete was told. */
static void add_wish(const struct inbound *inbound, struct command *command)
{
	const struct inbound_question *about = inbound->visit;
	Soleus__V1__VisitConfirmed comes = SOLEUS__V1__VISIT_CONFIRMED__INIT;
	Soleus__V1__VisitCancelAsked cancels = SOLEUS__V1__VISIT_CANCEL_ASKED__INIT;
	comes.appointment_id = cancels.appointment_id = (char *)about->appointment_id;
	comes.athlete_id = cancels.athlete_id = (char *)about->record_id;
	comes.starts_at = cancels.starts_at = about->visit_starts_at;
	comes.channel = cancels.channel = (char *)inbound->key.channel;
	comes.confirmed_at = cancels.asked_at = inbound->received_at;
	command_event_at(command, about->appointment_id, about->clinic_id,
			 inbound->understanding.wish == UNDERSTAND_COMES ? &comes.base
									 : &cancels.base);
}

static void add_answer(const struct inbound *inbound, struct command *command)
{
	struct arena *arena = command->call->arena;
	const struct understanding *result = &inbound->understanding;
	const struct inbound_question *question = inbound->question;
	const char *words = *result->answer ? result->answer : inbound->text;
	inbound_answer(command->unit, inbound->key.organisation_id, question->message_id, words,
		       inbound->now);
	if (result->answers_offer)
		add_answer_to_offer(inbound, command);
	if (!result->soreness.has && !result->readiness.has && !result->pain.has)
		return;
	Soleus__V1__CheckInAnswered answered = SOLEUS__V1__CHECK_IN_ANSWERED__INIT;
	enum message_purpose purpose = inbound->known.facts.questions[result->question].purpose;
	answered.message_id = (char *)question->message_id;
	answered.athlete_id = (char *)question->record_id;
	answered.encounter_id = (char *)question->encounter_id;
	answered.purpose = (char *)message_purpose_name(purpose);
	answered.answered_at =
		inbound->received_at > question->sent_at ? inbound->received_at : question->sent_at;
	answered.soreness = score(arena, result->soreness);
	answered.readiness = score(arena, result->readiness);
	answered.pain = score(arena, result->pain);
	set_areas(arena, question->areas, &answered);
	command_event_at(command, question->message_id, question->clinic_id, &answered.base);
}

/* The number's word holds for every athlete who has it. */
static void add_opt(const struct inbound *inbound, struct command *command, bool out)
{
	const struct inbound_known *known = &inbound->known;
	inbound_opt(command->unit, inbound->key.organisation_id, known->reply_address, out,
		    inbound->now);
	for (size_t i = 0; known->facts.opted_out != out && i < known->facts.sender_count; i++) {
		const struct inbound_sender *who = &known->senders[i];
		Soleus__V1__OptedOut opted_out = SOLEUS__V1__OPTED_OUT__INIT;
		Soleus__V1__OptedIn opted_in = SOLEUS__V1__OPTED_IN__INIT;
		opted_out.athlete_id = opted_in.athlete_id = (char *)who->athlete_id;
		opted_out.channel = opted_in.channel = (char *)known->reply_channel;
		command_event_at(command, who->athlete_id, who->clinic_id,
				 out ? &opted_out.base : &opted_in.base);
	}
}

static void add_alert(const struct inbound *inbound, struct command *command)
{
	struct arena *arena = command->call->arena;
	const struct inbound_sender *who = inbound->sender;
	size_t sharing = inbound->known.facts.sender_count;
	const char *alert_id = text_uuid7_new(arena);
	const char *reason = "A2: red-flag words in a text";
	if (sharing == 0)
		reason = "A2: red-flag words from a number that is nobody's";
	else if (sharing > 1)
		reason = arena_printf(
			arena, "A2: red-flag words from a number that %zu athletes share", sharing);
	Soleus__V1__AlertRaised raised = SOLEUS__V1__ALERT_RAISED__INIT;
	raised.alert_id = (char *)alert_id;
	raised.athlete_id = who ? (char *)who->athlete_id : "";
	raised.clinic_id = who ? (char *)who->clinic_id : "";
	raised.reason = (char *)reason;
	alert_add(command->unit, inbound->key.organisation_id, alert_id, raised.athlete_id,
		  raised.clinic_id, reason, inbound->now, "");
	command_event_at(command, alert_id, raised.clinic_id, &raised.base);
}

static void add_acknowledgements(const struct inbound *inbound, struct command *command)
{
	for (size_t i = 0; i < inbound->known.alert_count; i++) {
		const struct inbound_alert *alert = &inbound->known.alerts[i];
		Soleus__V1__AlertAcknowledged acknowledged = SOLEUS__V1__ALERT_ACKNOWLEDGED__INIT;
		acknowledged.alert_id = (char *)alert->alert_id;
		acknowledged.acknowledged_by = (char *)alert->name;
		alert_acknowledge(command->unit, inbound->key.organisation_id, alert->alert_id,
				  alert->name, inbound->now);
		command_event_at(command, alert->alert_id, alert->clinic_id, &acknowledged.base);
	}
}

/* Through the queue, to where the words came from. */
static void add_reply(const struct inbound *inbound, struct command *command)
{
	const struct inbound_reply reply = {
		.message_id = text_uuid7_new(command->call->arena),
		.athlete_id = inbound->sender ? inbound->sender->athlete_id : "",
		.clinic_id = inbound->sender ? inbound->sender->clinic_id : "",
		.purpose = inbound->understanding.reply,
		.now = inbound->now,
		.channel = inbound->known.reply_channel,
		.address = inbound->known.reply_address,
		.text = inbound->reply_text,
	};
	inbound_reply_plan(command->unit, inbound->key.organisation_id, &reply);
}

void inbound_apply(const struct inbound *inbound, struct command *command)
{
	struct arena *arena = command->call->arena;
	const struct understanding *result = &inbound->understanding;
	const char *athlete_id = inbound->sender ? inbound->sender->athlete_id : "";
	struct inbound_text text = {
		.key = inbound->key,
		.address = inbound->known.reply_address,
		.inbound_id = text_uuid7_new(arena),
		.athlete_id = athlete_id,
		.text = inbound->text,
		.received_at = inbound->received_at,
		.understood_as = result->understood_as,
		.reply_text = inbound->reply_text,
	};
	inbound_add(command->unit, &text);
	if (result->alert)
		add_alert(inbound, command);
	if (result->acknowledges)
		add_acknowledgements(inbound, command);
	if (result->opts_out || result->opts_in)
		add_opt(inbound, command, result->opts_out);
	if (inbound->question)
		add_answer(inbound, command);
	/* Under the text's id: an erasure of the one finds the other. */
	if (result->task)
		task_add(command->unit, inbound->key.organisation_id, text.inbound_id, athlete_id,
			 result->task, inbound->text, inbound->now);
	if (result->wish != UNDERSTAND_NO_WISH)
		add_wish(inbound, command);
	if (result->replies && (!inbound->shows_reply || result->alert))
		add_reply(inbound, command);
}

struct inbound inbound_of(const struct call *call, const char *channel, const char *source_id)
{
	int64_t now = clock_now_us();
	return (struct inbound){
		.key = {call->organisation_id, channel, source_id, "", ""},
		.text = "",
		.received_at = now,
		.now = now,
	};
}

/* True when somebody else was faster: the same text, or the answer to the same question. */
static bool was_overtaken(const struct command *command)
{
	return strcmp(db_unit_constraint(command->unit), INBOUND_ONCE) == 0 ||
	       strcmp(db_unit_sqlstate(command->unit), INBOUND_ANSWERED) == 0;
}

static FIBER struct status commit(struct inbound *inbound, struct call *call,
				  ProtobufCMessage *reply, char **ret_understood_as,
				  char **ret_reply_text, bool *ret_overtaken)
{
	struct command *command = command_begin(call);
	inbound_understand(inbound, call->arena);
	inbound_apply(inbound, command);
	*ret_understood_as = (char *)inbound->understanding.understood_as;
	*ret_reply_text = (char *)inbound->reply_text;
	dispatcher_expect_command();
	struct status status = command_commit(command, reply);
	dispatcher_command_done();
	*ret_overtaken = !status_is_ok(status) && was_overtaken(command);
	return status;
}

FIBER struct status inbound_take(struct inbound *inbound, struct call *call,
				 ProtobufCMessage *reply, char **ret_understood_as,
				 char **ret_reply_text)
{
	struct status status = status_ok();
	for (int attempt = 0; attempt < INBOUND_ATTEMPTS; attempt++) {
		bool overtaken = false;
		status = inbound_read(call_db(call), call->arena, &inbound->key, inbound->now,
				      &inbound->known);
		if (!status_is_ok(status))
			return status;
		if (inbound->known.seen) {
			*ret_understood_as = (char *)inbound->known.understood_as;
			*ret_reply_text = (char *)inbound->known.reply_text;
			return status_ok();
		}
		status =
			commit(inbound, call, reply, ret_understood_as, ret_reply_text, &overtaken);
		if (!overtaken)
			return status;
	}
	return status;
}
