#include "bus/bus.h"
#include "bus/wire.h"

/* protobuf-c's allocator over an arena: what it takes ends with the arena, refusal is remembered.
 */
struct budget {
	struct arena *arena;
	bool exceeded;
};

static void *budget_alloc(void *data, size_t bytes)
{
	struct budget *budget = data;
	void *memory = arena_alloc(budget->arena, bytes);
	budget->exceeded |= !memory;
	return memory;
}

static void budget_free(void *data, void *memory)
{
	(void)data;
	(void)memory;
}

static struct status decode(const ProtobufCMessageDescriptor *type, enum wire_text text,
			    struct arena *arena, const uint8_t *bytes, size_t length,
			    ProtobufCMessage **ret_message)
{
	struct faults faults = {0};
	if (!wire_check(type, text, arena, bytes, length, &faults))
		return faults_status(&faults);

	struct budget budget = {.arena = arena};
	ProtobufCAllocator allocator = {budget_alloc, budget_free, &budget};
	ProtobufCMessage *message = protobuf_c_message_unpack(type, &allocator, length, bytes);
	if (message) {
		*ret_message = message;
		return status_ok();
	}
	if (budget.exceeded)
		return status_error(STATUS_INVALID_ARGUMENT,
				    "the message needs more memory than a call may have");
	faults_add(&faults, arena, "", "a well-formed message");
	return faults_status(&faults);
}

struct status message_decode(const ProtobufCMessageDescriptor *type, struct arena *arena,
			     const uint8_t *bytes, size_t length, ProtobufCMessage **ret_message)
{
	return decode(type, WIRE_TEXT_ANY, arena, bytes, length, ret_message);
}

struct status message_decode_plain(const ProtobufCMessageDescriptor *type, struct arena *arena,
				   const uint8_t *bytes, size_t length,
				   ProtobufCMessage **ret_message)
{
	return decode(type, WIRE_TEXT_PLAIN, arena, bytes, length, ret_message);
}

const uint8_t *message_encode(const ProtobufCMessage *message, struct arena *arena,
			      size_t *ret_length)
{
	size_t length = protobuf_c_message_get_packed_size(message);
	uint8_t *bytes = arena_alloc(arena, length);
	if (!bytes)
		return 0;
	*ret_length = protobuf_c_message_pack(message, bytes);
	return bytes;
}
