#include "reminders/handlers/join.h"

#include "reminders/handlers/links.h"
#include "reminders/rules/text.h"

#include <string.h>

#define JOIN_MOST 4 /* parts of one text */

/* What may have been taken already goes as it went: another part would be lost where the provider
 * makes one of two, and one that goes alone comes twice. */
static bool went_together(const struct queue_decision *one, const struct queue_decision *other)
{
	return one->lost_in && other->lost_in ? strcmp(one->lost_in, other->lost_in) == 0
					      : one->lost_in == other->lost_in;
}

static bool is_one_text(const struct programme *programme, const struct queue_message *one,
			const struct queue_message *other)
{
	enum programme_bundle bundle = programme->steps[one->purpose].bundle;
	return bundle != PROGRAMME_BUNDLE_NONE &&
	       bundle == programme->steps[other->purpose].bundle && one->due_at == other->due_at &&
	       strcmp(one->athlete_id, other->athlete_id) == 0 &&
	       strcmp(one->channel, other->channel) == 0 &&
	       strcmp(one->address, other->address) == 0;
}

/* Signed only for words that have a place for it. */
static const char *link_of(const struct queue_batch *batch, struct arena *arena,
			   const struct queue_message *message)
{
	const char *language, *words = programme_words(batch->programme, message->purpose,
						       message->language, &language);
	if (!(template_fields(words) & TEMPLATE_LINK))
		return NULL;
	return message_link_in_text(arena, batch->organisation_id, message->message_id,
				    message->facts.stale_at);
}

static struct message_part part_of(const struct queue_batch *batch, struct arena *arena,
				   const struct queue_message *message)
{
	return (struct message_part){
		.purpose = message->purpose,
		.fields = {
			.clinic = *message->clinic_name ? message->clinic_name : "Your clinic",
			.when = *message->visit_when ? message->visit_when : NULL,
			.step = message->step,
			.steps = message->steps,
			.until = *message->stale_when ? message->stale_when : NULL,
			.link = link_of(batch, arena, message),
		}};
}

static void suppress(struct queue_decision *decision, const char *why)
{
	decision->kind = WHETHER_SUPPRESS;
	decision->why = why;
}

static void explain(struct queue_decision *decision, struct arena *arena, const char *language)
{
	const struct queue_message *message = decision->message;
	decision->why = arena_printf(
		arena, "%s; consent for %s by %s%s, in %s%s%s", message->rule, message->consent,
		message->channel, message->has_guardian ? ", to the guardian" : "", language,
		decision->leader ? ", in one text with " : "",
		decision->leader ? message_purpose_name(decision->leader->message->purpose) : "");
}

/* One text of those parts; false: a field is not known. */
static bool write_text(const struct queue_batch *batch, struct arena *arena,
		       struct queue_decision *const *of, size_t count)
{
	struct message_part parts[JOIN_MOST] = {0};
	char text[MESSAGE_TEXT_BYTES];
	const char *language;
	for (size_t i = 0; i < count; i++)
		parts[i] = part_of(batch, arena, of[i]->message);
	if (message_text_of(batch->programme, of[0]->message->language, parts, count, text,
			    sizeof(text), &language) == 0)
		return false;
	for (size_t i = 0; i < count; i++) {
		of[i]->text = i ? of[0]->text : arena_strdup(arena, text);
		of[i]->leader = i ? of[0] : NULL;
		explain(of[i], arena, language);
	}
	return true;
}

/* In the order of a visit's life; of one class all are as urgent. */
static void sort(struct queue_decision **of, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct queue_decision *decision = of[i];
		const struct queue_message *message = decision->message;
		size_t at = i;
		for (; at > 0 && of[at - 1]->message->purpose > message->purpose; at--)
			of[at] = of[at - 1];
		of[at] = decision;
	}
}

static bool is_waiting(const struct queue_decision *decision)
{
	return decision->kind == WHETHER_SEND && !decision->text;
}

void join_texts(const struct queue_batch *batch, struct arena *arena,
		struct queue_decision *decisions)
{
	const struct programme *programme = batch->programme;
	size_t count = batch->count;
	for (size_t i = 0; i < count; i++) {
		struct queue_decision *decision = &decisions[i];
		const struct queue_message *message = decision->message;
		struct queue_decision *of[JOIN_MOST] = {decision};
		size_t parts = 1;
		if (!is_waiting(decision))
			continue;
		if (message->facts.is_reply) {
			decision->text = message->text;
			decision->why = "answers a text";
			continue;
		}
		if (programme->steps[message->purpose].off) {
			suppress(decision, "the programme has switched this step off");
			continue;
		}
		for (size_t j = i + 1; j < count && parts < JOIN_MOST; j++)
			if (is_waiting(&decisions[j]) &&
			    !programme->steps[decisions[j].message->purpose].off &&
			    went_together(decision, &decisions[j]) &&
			    is_one_text(programme, message, decisions[j].message))
				of[parts++] = &decisions[j];
		sort(of, parts);
		if (write_text(batch, arena, of, parts))
			continue;
		of[0] = decision; /* too long for one: its own, and the others theirs */
		if (parts == 1 || !write_text(batch, arena, of, 1))
			suppress(decision, "what its text must say is not known");
	}
}
