#include "reminders/handlers/preview.h"

#include "base/text.h"
#include "reminders/handlers/links.h"
#include "reminders/handlers/programme_form.h"
#include "reminders/rules/text.h"
#include "reminders/rules/whether.h"

#include <stdio.h>
#include <string.h>

/* "2026-03-02 08:00" in the recipient's zone. */
static const char *local_time(const struct preview *preview, int64_t at)
{
	char text[TEXT_INSTANT_BYTES];
	int64_t offset = preview->zone.offset_seconds_at(preview->zone.zone, at);
	text_from_instant(at + offset * INT64_C(1000000), text);
	text[10] = ' ';
	text[16] = '\0';
	return arena_strdup(preview->arena, text);
}

static const struct preview_way *way_of(const struct preview *preview, enum message_purpose purpose)
{
	return strcmp(whether_consent(purpose), "reminders") == 0 ? &preview->reach->reminders
								  : &preview->reach->check_ins;
}

/* Judged as it will be when it is due; "": it is sent. */
static const char *not_sent(const struct preview *preview, const struct planned_message *message)
{
	const struct preview_way *way = way_of(preview, message->purpose);
	const struct whether_facts facts = {
		.now = message->due_at,
		.planned_at = message->due_at - WHETHER_CONSENT_GRACE_US,
		.stale_at = message->stale_at,
		.purpose = message->purpose,
		.visit = WHETHER_VISIT_BOOKED,
		.has_consent = way->has_consent,
		.has_address = *way->channel != '\0',
		.opted_out = way->opted_out,
		.zone = preview->zone,
		.window = &preview->programme->window,
	};
	if (message->unsent)
		return arrange_unsent[message->unsent];
	return whether_to_send(&facts).why;
}

static Soleus__V1__PreviewedMessage *new_message(const struct preview *preview,
						 enum message_purpose purpose)
{
	Soleus__V1__PreviewedMessage *made =
		ARENA_NEW(preview->arena, Soleus__V1__PreviewedMessage);
	if (!made)
		return NULL;
	soleus__v1__previewed_message__init(made);
	made->athlete_id = (char *)preview->visit->athlete_id;
	made->appointment_id = (char *)preview->visit->appointment_id;
	made->step = (char *)message_purpose_name(purpose);
	made->rule = (char *)message_purpose_rule(purpose);
	return made;
}

static Soleus__V1__PreviewedMessage *describe(const struct preview *preview,
					      const struct planned_message *message)
{
	char trace[ARRANGE_TRACE_BYTES];
	Soleus__V1__PreviewedMessage *made = new_message(preview, message->purpose);
	if (!made)
		return NULL;
	arrange_trace(preview->programme, message, trace);
	made->trace = (char *)arena_strdup(preview->arena, trace);
	made->due_at = message->due_at;
	made->local_due = (char *)local_time(preview, message->due_at);
	made->channel = (char *)way_of(preview, message->purpose)->channel;
	made->to_guardian = preview->reach->has_guardian;
	made->not_sent = (char *)not_sent(preview, message);
	return made;
}

static struct message_part part_of(const struct preview *preview,
				   const struct planned_message *message)
{
	const char *stale = local_time(preview, message->stale_at);
	return (struct message_part){
		.purpose = message->purpose,
		.fields = {
			.clinic = *preview->reach->clinic_name ? preview->reach->clinic_name
							       : "Your clinic",
			.when = *preview->reach->visit_when ? preview->reach->visit_when : NULL,
			.step = message->step,
			.steps = message->steps,
			.until = strlen(stale) > 11 ? stale + 11 : NULL,
			.link = message_link_sample(),
		}};
}

static bool is_one_text(const struct planned_message *one, const struct planned_message *other)
{
	return one->bundle != PROGRAMME_BUNDLE_NONE && one->bundle == other->bundle &&
	       one->due_at == other->due_at;
}

/* The words of those that go out, each with what is said in the same text. */
static void write_texts(const struct preview *preview, const struct planned_message *messages,
			Soleus__V1__PreviewedMessage **made, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct message_part parts[FOLLOW_UP_MAX];
		char text[MESSAGE_TEXT_BYTES];
		const char *language;
		size_t part_count = 0;
		made[i]->with = ARENA_ARRAY(preview->arena, count, char *);
		for (size_t j = 0; made[i]->with && j < count; j++) {
			if (j != i &&
			    (*made[j]->not_sent || !is_one_text(&messages[i], &messages[j])))
				continue;
			parts[part_count++] = part_of(preview, &messages[j]);
			if (j != i)
				made[i]->with[made[i]->n_with++] = made[j]->step;
		}
		if (*made[i]->not_sent)
			made[i]->n_with = 0;
		if (*made[i]->not_sent)
			parts[0] = part_of(preview, &messages[i]);
		if (message_text_of(preview->programme, preview->reach->language, parts,
				    *made[i]->not_sent ? 1 : part_count, text, sizeof(text),
				    &language) == 0)
			continue;
		struct segments cost = segments_count(text);
		made[i]->language = (char *)language;
		made[i]->text = (char *)arena_strdup(preview->arena, text);
		made[i]->cost = cost_message(preview->arena, text, &cost);
	}
}

static size_t tell(const struct preview *preview, struct planned_message *messages, size_t count,
		   Soleus__V1__PreviewedMessage **ret_messages)
{
	size_t made = 0;
	arrange(preview->programme, &preview->zone, preview->taken, preview->taken_count, messages,
		count);
	for (size_t i = 0; i < count; i++) {
		if (messages[i].due_at < preview->since)
			continue;
		messages[made] = messages[i];
		ret_messages[made] = describe(preview, &messages[made]);
		made += ret_messages[made] != NULL;
	}
	write_texts(preview, messages, ret_messages, made);
	return made;
}

/* What a step that was not planned says of itself. */
static size_t tell_left_out(const struct preview *preview, unsigned on, bool thorax,
			    const struct planned_message *messages, size_t count,
			    Soleus__V1__PreviewedMessage **ret_messages)
{
	size_t made = 0;
	for (int i = 0; i < MESSAGE_PURPOSES; i++) {
		const struct programme_step *step = &preview->programme->steps[i];
		bool is_planned = !(step->on & on);
		for (size_t m = 0; m < count; m++)
			is_planned |= (int)messages[m].purpose == i;
		if (is_planned)
			continue;
		Soleus__V1__PreviewedMessage *message =
			new_message(preview, (enum message_purpose)i);
		if (!message)
			continue;
		message->not_sent = step->off ? "the programme has switched this step off"
				    : step->when == PROGRAMME_WHEN_THORAX && !thorax
					    ? "only after a site over the thorax (R4)"
				    : step->due.anchor == PROGRAMME_PLAN ||
						    step->due.anchor == PROGRAMME_PLANEND
					    ? "the note has no plan"
					    : "its moment is over when the visit is booked";
		ret_messages[made++] = message;
	}
	return made;
}

size_t preview_booking(const struct preview *preview, Soleus__V1__PreviewedMessage **ret_messages)
{
	struct planned_message messages[FOLLOW_UP_MAX], planned[FOLLOW_UP_MAX];
	const struct follow_up_booking booking = {
		.booked_at = preview->visit->booked_at,
		.visit_starts_at = preview->visit->starts_at,
		.moved = preview->visit->moved,
		.zone = preview->zone,
	};
	size_t count = follow_up_for_booking(preview->programme, &booking, messages, FOLLOW_UP_MAX);
	memcpy(planned, messages, sizeof(messages));
	size_t made = tell(preview, messages, count, ret_messages);
	return made + tell_left_out(preview,
				    booking.moved ? PROGRAMME_ON_MOVED : PROGRAMME_ON_BOOKED, false,
				    planned, count, ret_messages + made);
}

size_t preview_note(const struct preview *preview, const struct follow_up_note *note,
		    Soleus__V1__PreviewedMessage **ret_messages)
{
	struct planned_message messages[FOLLOW_UP_MAX], planned[FOLLOW_UP_MAX];
	size_t count = follow_up_for_note(preview->programme, note, messages, FOLLOW_UP_MAX);
	memcpy(planned, messages, sizeof(messages));
	size_t made = tell(preview, messages, count, ret_messages);
	return made + tell_left_out(preview, PROGRAMME_ON_SIGNED, note->thorax, planned, count,
				    ret_messages + made);
}
