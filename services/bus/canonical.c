#include "bus/canonical.h"

#include "bus/bus.h"

#include <string.h>

/* The member of a message that a field of its descriptor describes. */
static const void *member(const ProtobufCMessage *message, unsigned offset)
{
	return (const char *)message + offset;
}

static size_t count_of(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
	if (field->label == PROTOBUF_C_LABEL_REPEATED)
		return *(const size_t *)member(message, field->quantifier_offset);
	if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF &&
	    *(const uint32_t *)member(message, field->quantifier_offset) != field->id)
		return 0;
	return 1;
}

static const ProtobufCMessage *child_at(const ProtobufCMessage *message,
					const ProtobufCFieldDescriptor *field, size_t at)
{
	const void *into = member(message, field->offset);
	if (field->label == PROTOBUF_C_LABEL_REPEATED)
		return (*(const ProtobufCMessage *const *const *)into)[at];
	return *(const ProtobufCMessage *const *)into;
}

static const char *path_of(struct arena *arena, const ProtobufCFieldDescriptor *field, size_t at,
			   const char *below)
{
	const char *path = field->label == PROTOBUF_C_LABEL_REPEATED
				   ? arena_printf(arena, "%s[%zu].%s", field->name, at, below)
				   : arena_printf(arena, "%s.%s", field->name, below);
	return path ? path : field->name;
}

static const char *unknown_in(const ProtobufCMessage *message, struct arena *arena);

static const char *unknown_below(const ProtobufCMessage *message,
				 const ProtobufCFieldDescriptor *field, struct arena *arena)
{
	size_t count = count_of(message, field);
	for (size_t at = 0; at < count; at++) {
		const ProtobufCMessage *child = child_at(message, field, at);
		const char *below = child ? unknown_in(child, arena) : NULL;
		if (below)
			return path_of(arena, field, at, below);
	}
	return NULL;
}

/* Recursive as deep as the message, which wire_check bounds. */
static const char *unknown_in(const ProtobufCMessage *message, struct arena *arena)
{
	if (message->n_unknown_fields > 0) {
		const char *tag = arena_printf(arena, "%u", message->unknown_fields[0].tag);
		return tag ? tag : "";
	}
	for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
		const char *found = field->type == PROTOBUF_C_TYPE_MESSAGE
					    ? unknown_below(message, field, arena)
					    : NULL;
		if (found)
			return found;
	}
	return NULL;
}

const char *message_unknown_field(const ProtobufCMessage *message, struct arena *arena)
{
	return unknown_in(message, arena);
}

struct status canonical_decode(const ProtobufCMessageDescriptor *type, struct arena *arena,
			       const uint8_t *bytes, size_t length, ProtobufCMessage **ret_message)
{
	ProtobufCMessage *message;
	struct status status = message_decode(type, arena, bytes, length, &message);
	if (!status_is_ok(status))
		return status;
	struct faults faults = {0};
	const char *unknown = message_unknown_field(message, arena);
	if (unknown) {
		faults_add(&faults, arena, unknown, "a field that this version knows");
		return faults_status(&faults);
	}
	size_t again_length = 0;
	const uint8_t *again = message_encode(message, arena, &again_length);
	if (!again)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory to encode it again");
	if (again_length != length || (length > 0 && memcmp(again, bytes, length) != 0)) {
		faults_add(&faults, arena, "", "the canonical encoding");
		return faults_status(&faults);
	}
	*ret_message = message;
	return status_ok();
}
