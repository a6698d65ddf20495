#include "record/fhir_inside.h"

#include <string.h>

/* Our state of a message, FHIR's. */
static const char *const states[][2] = {
	{"planned", "preparation"},
	{"sent", "completed"},
	{"suppressed", "not-done"},
};

static const char *fhir_state(const char *state)
{
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (strcmp(states[i][0], state) == 0)
			return states[i][1];
	return "unknown";
}

static struct json_object *add_communication(struct fhir *fhir, const char *id, const char *state,
					     const char *category, const char *channel)
{
	struct json_object *communication = fhir_resource(fhir, "Communication", id);
	fhir_text(communication, "status", state);
	fhir_fill_concept(fhir_item(communication, "category"), FHIR_OWN "message", category, NULL);
	if (*channel)
		fhir_fill_concept(fhir_item(communication, "medium"), NULL, NULL, channel);
	fhir_subject(fhir, communication, "subject");
	return communication;
}

static void add_words(struct json_object *communication, const char *words)
{
	if (*words)
		fhir_text(fhir_item(communication, "payload"), "contentString", words);
}

static void add_message(struct fhir *fhir, const Soleus__V1__Message *message)
{
	struct json_object *sent =
		add_communication(fhir, message->message_id, fhir_state(message->state),
				  message->purpose, message->channel);
	fhir_extension(fhir, sent, "message", &message->base);
	fhir_concept(sent, "statusReason", NULL, NULL, message->why);
	fhir_fill_reference(fhir, fhir_item(sent, "recipient"), "Patient", fhir->patient_id);
	fhir_at(sent, "sent", message->sent_at);
	add_words(sent, message->text);
	if (!*message->answer)
		return;
	struct json_object *answer =
		add_communication(fhir, fhir_part_id(fhir, message->message_id, "answer", 1),
				  "completed", message->purpose, message->channel);
	fhir_fill_reference(fhir, fhir_item(answer, "inResponseTo"), "Communication",
			    message->message_id);
	fhir_subject(fhir, answer, "sender");
	add_words(answer, message->answer);
}

static void add_text(struct fhir *fhir, const Soleus__V1__Text *text)
{
	struct json_object *came = add_communication(fhir, text->text_id, "completed",
						     text->understood_as, text->channel);
	fhir_extension(fhir, came, "text", &text->base);
	fhir_subject(fhir, came, "sender");
	fhir_at(came, "received", text->received_at);
	add_words(came, text->text);
}

void fhir_messages(struct fhir *fhir)
{
	for (size_t i = 0; i < fhir->record->messages.count; i++)
		add_message(fhir, fhir->record->messages.items[i]);
	for (size_t i = 0; i < fhir->record->texts.count; i++)
		add_text(fhir, fhir->record->texts.items[i]);
}
