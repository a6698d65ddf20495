#include "reminders/rules/understand.h"

#include <string.h>

/* Ours: two messages within it are read together. */
#define CLOSE_TOGETHER_US (INT64_C(6) * 3600 * 1000000)

typedef bool asks(enum message_purpose purpose);

static bool asks_check_in(enum message_purpose purpose)
{
	return purpose == MESSAGE_CHECK_IN;
}

static bool asks_measure(enum message_purpose purpose)
{
	return purpose == MESSAGE_MEASURES_48H || purpose == MESSAGE_MEASURES_10D ||
	       purpose == MESSAGE_MEASURES_4W;
}

static bool asks_number(enum message_purpose purpose)
{
	return asks_check_in(purpose) || asks_measure(purpose);
}

static bool asks_red_flag(enum message_purpose purpose)
{
	return purpose == MESSAGE_RED_FLAG_24H || purpose == MESSAGE_RED_FLAG_72H;
}

static bool asks_plan(enum message_purpose purpose)
{
	return purpose == MESSAGE_PLAN_STEP;
}

static bool asks_visit(enum message_purpose purpose)
{
	return purpose == MESSAGE_BOOKING_CONFIRMATION || purpose == MESSAGE_REMINDER_48H ||
	       purpose == MESSAGE_REMINDER_3H || purpose == MESSAGE_VISIT_MOVED ||
	       purpose == MESSAGE_TIMING_CLASH;
}

static bool asks_offer(enum message_purpose purpose)
{
	return purpose == MESSAGE_WAITLIST_OFFER;
}

static bool asks_yes_or_no(enum message_purpose purpose)
{
	return asks_red_flag(purpose) || asks_plan(purpose) || asks_offer(purpose) ||
	       asks_visit(purpose);
}

static size_t newest(const struct understand_facts *facts, asks *matches)
{
	for (size_t i = 0; i < facts->question_count; i++)
		if (matches(facts->questions[i].purpose) && !facts->questions[i].has_answer)
			return i;
	return UNDERSTAND_NONE;
}

/* The newest message about a visit, answered or not. */
static size_t newest_of_visit(const struct understand_facts *facts)
{
	for (size_t i = 0; i < facts->question_count; i++)
		if (asks_visit(facts->questions[i].purpose))
			return i;
	return UNDERSTAND_NONE;
}

/* Whose text it is: who was asked, else the only one with that number. */
static size_t sender_of(const struct understand_facts *facts, size_t question)
{
	if (question == UNDERSTAND_NONE)
		return facts->sender_count == 1 ? 0 : UNDERSTAND_NONE;
	for (size_t i = 0; i < facts->sender_count; i++)
		if (strcmp(facts->senders[i].athlete_id, facts->questions[question].athlete_id) ==
		    0)
			return i;
	return UNDERSTAND_NONE;
}

static void answer(struct understanding *result, const struct understand_facts *facts,
		   size_t question, const char *as, const char *words)
{
	if (question == UNDERSTAND_NONE)
		return; /* stays unknown, a task */
	result->understood_as = as;
	result->question = question;
	result->sender = sender_of(facts, question);
	result->answer = words;
	result->task = NULL;
}

static void reply(struct understanding *result, const char *as, enum message_purpose purpose)
{
	result->understood_as = as;
	result->task = NULL;
	result->replies = true;
	result->reply = purpose;
}

/* A2: advice at once, an alert until acknowledged, whether or not anything was asked. A number that
 * several share is taken as that of who was asked last, else treated last: someone must look. */
static void raise_alert(struct understanding *result, const struct understand_facts *facts)
{
	result->question = newest(facts, asks_red_flag);
	result->answer = "red flag";
	result->sender = sender_of(facts, result->question);
	if (result->sender == UNDERSTAND_NONE && facts->sender_count > 0)
		result->sender = sender_of(facts, facts->question_count > 0 ? 0 : UNDERSTAND_NONE);
	if (result->sender == UNDERSTAND_NONE && facts->sender_count > 0)
		result->sender = 0;
	result->alert = true;
	reply(result, "red_flag", MESSAGE_EMERGENCY_ADVICE);
}

/* A1 asks two numbers, a measure one; the unlabelled number of a measure is pain. */
static void take_numbers(struct understanding *result, const struct understand_facts *facts,
			 const struct keyword_result *words)
{
	size_t question = newest(facts, words->readiness.has ? asks_check_in : asks_number);
	if (question == UNDERSTAND_NONE)
		return;
	answer(result, facts, question, "answer", "");
	if (asks_measure(facts->questions[question].purpose)) {
		result->pain = words->soreness;
	} else {
		result->soreness = words->soreness;
		result->readiness = words->readiness;
	}
}

static size_t newest_open_offer(const struct understand_facts *facts)
{
	for (size_t i = 0; i < facts->question_count; i++)
		if (asks_offer(facts->questions[i].purpose) && !facts->questions[i].has_ended)
			return i;
	return UNDERSTAND_NONE;
}

/* What YES and NO answer. An open offer asks for these words: it goes before newer texts about a
 * visit, which ask for others, and before offers that have ended. */
static size_t newest_yes_or_no(const struct understand_facts *facts)
{
	size_t question = newest(facts, asks_yes_or_no);
	size_t offer = newest_open_offer(facts);
	if (question == UNDERSTAND_NONE || offer == UNDERSTAND_NONE)
		return question;
	enum message_purpose purpose = facts->questions[question].purpose;
	return asks_visit(purpose) || asks_offer(purpose) ? offer : question;
}

/* A yes that comes too late is told so; a no then says nothing new. */
static void take_offer(struct understanding *result, const struct understand_facts *facts,
		       size_t question, bool takes)
{
	answer(result, facts, question, "answer", takes ? "yes" : "no");
	result->answers_offer = !facts->questions[question].has_ended;
	result->takes_offer = takes;
	if (takes && !result->answers_offer) {
		result->replies = true;
		result->reply = MESSAGE_WAITLIST_GONE;
	}
}

static void confirm(struct understanding *result, const struct understand_facts *facts)
{
	size_t open = newest(facts, asks_visit);
	result->visit = open == UNDERSTAND_NONE ? newest_of_visit(facts) : open;
	if (result->visit == UNDERSTAND_NONE)
		return;
	answer(result, facts, result->visit, "confirm", "confirmed");
	result->question = open;
	result->wish = UNDERSTAND_COMES;
}

/* A red-flag text asks for NO when all is well: YES is doubtful, and what is doubtful is acted on.
 */
static void take_yes(struct understanding *result, const struct understand_facts *facts)
{
	size_t question = newest_yes_or_no(facts);
	if (question == UNDERSTAND_NONE)
		return;
	enum message_purpose purpose = facts->questions[question].purpose;
	if (asks_red_flag(purpose))
		raise_alert(result, facts);
	else if (asks_offer(purpose))
		take_offer(result, facts, question, true);
	else if (asks_plan(purpose))
		answer(result, facts, question, "answer", "done");
	else
		confirm(result, facts);
}

static void take_no(struct understanding *result, const struct understand_facts *facts)
{
	size_t question = newest_yes_or_no(facts);
	if (question == UNDERSTAND_NONE)
		return;
	enum message_purpose purpose = facts->questions[question].purpose;
	if (asks_red_flag(purpose))
		answer(result, facts, question, "answer", "no");
	else if (asks_offer(purpose))
		take_offer(result, facts, question, false);
	else if (asks_plan(purpose))
		answer(result, facts, question, "answer", "not done");
}

/* True when a message about another visit, of whomever with this number, came close to this one. */
static bool may_mean_another(const struct understand_facts *facts, size_t visit)
{
	const struct understand_question *meant = &facts->questions[visit];
	for (size_t i = 0; i < facts->question_count; i++) {
		const struct understand_question *other = &facts->questions[i];
		int64_t apart = meant->sent_at - other->sent_at;
		if (i != visit && asks_visit(other->purpose) && meant->appointment_id &&
		    other->appointment_id &&
		    strcmp(meant->appointment_id, other->appointment_id) != 0 &&
		    (apart < 0 ? -apart : apart) < CLOSE_TOGETHER_US)
			return true;
	}
	return false;
}

/* M, and an X that may mean either of two visits: staff have a task, and the athlete is told what
 * comes next. Else X is done. */
static void take_visit_wish(struct understanding *result, const struct understand_facts *facts,
			    const char *as, const char *task)
{
	size_t visit = newest_of_visit(facts);
	bool cancels = strcmp(as, "cancel") == 0;
	bool does = cancels && visit != UNDERSTAND_NONE && !may_mean_another(facts, visit);
	if (does || !cancels)
		answer(result, facts, visit, as, as);
	reply(result, as, does ? MESSAGE_CANCEL_ASKED : MESSAGE_VISIT_WISH_TOLD);
	result->visit = visit;
	result->wish = does ? UNDERSTAND_CANCELS : UNDERSTAND_NO_WISH;
	result->task = does ? NULL : task;
	if (visit != UNDERSTAND_NONE)
		result->sender = sender_of(facts, visit);
	if (visit != UNDERSTAND_NONE && facts->questions[visit].has_answer)
		result->question = UNDERSTAND_NONE;
}

/* Who was told of an alert and answers at all like that takes it: nobody waits for another word. */
static bool acknowledges(enum keyword_kind kind)
{
	return kind == KEYWORD_ACKNOWLEDGE || kind == KEYWORD_YES || kind == KEYWORD_CONFIRM;
}

struct understanding understand(const char *text, const struct understand_facts *facts)
{
	struct keyword_context context = {.opted_out = facts->opted_out};
	for (size_t i = 0; i < facts->sender_count; i++)
		context.has_coming_visit |= facts->senders[i].has_coming_visit;
	struct keyword_result words = keyword_parse(text, &context);
	struct understanding result = {
		.understood_as = "unknown",
		.sender = sender_of(facts, UNDERSTAND_NONE),
		.question = UNDERSTAND_NONE,
		.visit = UNDERSTAND_NONE,
		.answer = "",
		.task = facts->sender_count > 0 ? "unknown_text" : "unknown_number",
	};
	if (facts->has_alert && acknowledges(words.kind)) {
		result.understood_as = "acknowledge";
		result.acknowledges = true;
		result.task = NULL;
		return result;
	}
	switch (words.kind) {
	case KEYWORD_RED_FLAG:
		raise_alert(&result, facts);
		result.opts_out = words.opts_out;
		break;
	case KEYWORD_STOP:
		reply(&result, "opt_out", MESSAGE_STOP_CONFIRMED);
		result.opts_out = true;
		result.replies = !facts->opted_out; /* one confirming text */
		result.task = words.visit_task ? "cancel_or_opt_out" : NULL;
		break;
	case KEYWORD_START:
		reply(&result, "opt_in", MESSAGE_START_CONFIRMED);
		result.opts_in = true;
		break;
	case KEYWORD_HELP:
		reply(&result, "help", MESSAGE_HELP);
		break;
	case KEYWORD_NUMBERS:
		take_numbers(&result, facts, &words);
		break;
	case KEYWORD_YES:
		take_yes(&result, facts);
		break;
	case KEYWORD_NO:
		take_no(&result, facts);
		break;
	case KEYWORD_CONFIRM:
		confirm(&result, facts);
		break;
	case KEYWORD_MOVE:
		take_visit_wish(&result, facts, "move", "move_visit");
		break;
	case KEYWORD_CANCEL_VISIT:
		take_visit_wish(&result, facts, "cancel", "cancel_visit");
		break;
	case KEYWORD_DONE:
		answer(&result, facts, newest(facts, asks_plan), "answer", "done");
		break;
	case KEYWORD_NOT_DONE:
		answer(&result, facts, newest(facts, asks_plan), "answer", "not done");
		break;
	case KEYWORD_ACKNOWLEDGE:
	case KEYWORD_EMPTY:
	case KEYWORD_FREE_TEXT:
		if (words.denies_red_flag)
			answer(&result, facts, newest(facts, asks_red_flag), "answer", "");
		break;
	}
	return result;
}
