#include "notes/handlers/note_words.h"

#include <string.h>

/* Texts one after the other, each ended by a line. The first walk counts, the second writes. */
struct words {
	char *text; /* NULL: count */
	size_t length;
};

static void take_text(struct words *words, const char *text)
{
	size_t length = text ? strlen(text) : 0;
	if (length == 0)
		return;
	if (words->text) {
		memcpy(words->text + words->length, text, length);
		words->text[words->length + length] = '\n';
	}
	words->length += length + 1;
}

/* Recursive as deep as a note is: three levels. */
static void take_message(struct words *words, const ProtobufCMessage *message)
{
	for (unsigned i = 0; message && i < message->descriptor->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
		const char *member = (const char *)message + field->offset;
		bool repeated = field->label == PROTOBUF_C_LABEL_REPEATED;
		size_t count = repeated ? *(const size_t *)(const void *)((const char *)message +
									  field->quantifier_offset)
					: 1;
		const void *const *values =
			repeated ? *(const void *const *const *)(const void *)member
				 : (const void *const *)(const void *)member;
		for (size_t at = 0; at < count; at++)
			if (field->type == PROTOBUF_C_TYPE_STRING)
				take_text(words, values[at]);
			else if (field->type == PROTOBUF_C_TYPE_MESSAGE)
				take_message(words, values[at]);
	}
}

const char *note_words(struct arena *arena, const Soleus__V1__Note *note)
{
	struct words words = {0};
	take_message(&words, &note->base);
	words.text = arena_alloc(arena, words.length + 1);
	if (!words.text)
		return NULL;
	words.length = 0;
	take_message(&words, &note->base);
	words.text[words.length] = '\0';
	return words.text;
}
