#include "bus/wire.h"

#include "base/text.h"

#include <string.h>

enum wire_type {
	WIRE_VARINT = 0,
	WIRE_64BIT = 1,
	WIRE_BYTES = 2,
	WIRE_32BIT = 5,
};

/* One field as it stands in the bytes. */
struct item {
	uint32_t number;
	enum wire_type type;
	const uint8_t *content; /* of WIRE_BYTES */
	size_t length;
};

/* A message being walked, and the field of it that the walk is in: the path of a fault. */
struct level {
	const struct level *outer;
	const ProtobufCMessageDescriptor *type;
	const uint8_t *begin;
	const uint8_t *item; /* where the current item begins */
	const ProtobufCFieldDescriptor *field;
};

struct walk {
	struct arena *arena;
	struct faults *faults;
	enum wire_text text;
	unsigned found;
};

static bool read_varint(const uint8_t **at, const uint8_t *end, unsigned bytes_max,
			uint64_t *ret_number)
{
	uint64_t number = 0;
	for (unsigned i = 0; i < bytes_max && *at < end; i++) {
		uint8_t byte = *(*at)++;
		number |= (uint64_t)(byte & 0x7f) << 7 * i;
		if (!(byte & 0x80)) {
			*ret_number = number;
			return true;
		}
	}
	return false;
}

static bool skip(const uint8_t **at, const uint8_t *end, size_t length)
{
	if ((size_t)(end - *at) < length)
		return false;
	*at += length;
	return true;
}

static bool read_item(const uint8_t **at, const uint8_t *end, struct item *ret_item)
{
	uint64_t tag, number;
	if (!read_varint(at, end, 5, &tag) || tag > UINT32_MAX || tag >> 3 == 0)
		return false;
	*ret_item = (struct item){.number = (uint32_t)(tag >> 3), .type = tag & 7};
	switch (tag & 7) {
	case WIRE_VARINT:
		return read_varint(at, end, 10, &number);
	case WIRE_64BIT:
		return skip(at, end, 8);
	case WIRE_32BIT:
		return skip(at, end, 4);
	case WIRE_BYTES:
		if (!read_varint(at, end, 5, &number))
			return false;
		ret_item->content = *at;
		ret_item->length = number;
		return skip(at, end, number);
	default:
		return false; /* groups, and numbers that mean nothing */
	}
}

/* NULL, or what was expected. Most text is printable ASCII: eight bytes at a time, up to the first
 * that is not. */
static const char *text_fault(const uint8_t *bytes, size_t length, enum wire_text text)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones << 7;
	for (uint64_t word; length >= sizeof(word); bytes += sizeof(word), length -= sizeof(word)) {
		memcpy(&word, bytes, sizeof(word));
		if ((word | (word - ones * ' ') | (word + ones)) & highs)
			break;
	}
	if (!text_is_utf8((const char *)bytes, length))
		return "UTF-8 text without NUL";
	if (text == WIRE_TEXT_PLAIN && !text_is_plain((const char *)bytes, length))
		return "text without control characters (tabs and ends of lines may be) and "
		       "overrides of direction";
	return NULL;
}

static unsigned index_of_current(const struct level *level)
{
	unsigned index = 0;
	struct item item;
	for (const uint8_t *at = level->begin;
	     at < level->item && read_item(&at, level->item, &item);)
		index += item.number == level->field->id;
	return index;
}

static const char *path(struct arena *arena, const struct level *level)
{
	if (!level)
		return "";
	const char *outer = path(arena, level->outer);
	const char *dot = level->outer ? "." : "";
	if (!outer || !level->field)
		return outer;
	if (level->field->label != PROTOBUF_C_LABEL_REPEATED)
		return arena_printf(arena, "%s%s%s", outer, dot, level->field->name);
	return arena_printf(arena, "%s%s%s[%u]", outer, dot, level->field->name,
			    index_of_current(level));
}

static void fault(struct walk *walk, const struct level *level, const char *expected)
{
	if (walk->found++ < WIRE_FAULTS_MAX)
		faults_add(walk->faults, walk->arena, path(walk->arena, level), expected);
}

/* False when the bytes cannot be read any further. */
static bool check_message(struct walk *walk, struct level *level, const uint8_t *end,
			  unsigned depth)
{
	for (const uint8_t *at = level->begin; at < end;) {
		struct item item;
		level->item = at;
		level->field = 0;
		if (!read_item(&at, end, &item)) {
			fault(walk, level, "a well-formed message");
			return false;
		}
		level->field = protobuf_c_message_descriptor_get_field(level->type, item.number);
		if (!level->field || item.type != WIRE_BYTES)
			continue;
		if (level->field->type == PROTOBUF_C_TYPE_STRING) {
			const char *expected = text_fault(item.content, item.length, walk->text);
			if (expected)
				fault(walk, level, expected);
		}
		if (level->field->type != PROTOBUF_C_TYPE_MESSAGE)
			continue;
		if (depth == WIRE_DEPTH_MAX) {
			fault(walk, level, "less nesting");
			return false;
		}
		struct level inner = {
			.outer = level, .type = level->field->descriptor, .begin = item.content};
		if (!check_message(walk, &inner, item.content + item.length, depth + 1))
			return false;
	}
	return true;
}

bool wire_check(const ProtobufCMessageDescriptor *type, enum wire_text text, struct arena *arena,
		const uint8_t *bytes, size_t length, struct faults *faults)
{
	struct walk walk = {.arena = arena, .faults = faults, .text = text};
	struct level top = {.type = type, .begin = bytes};
	if (length > 0)
		check_message(&walk, &top, bytes + length, 1);
	return walk.found == 0;
}

bool wire_find(const uint8_t *bytes, size_t length, uint32_t number, const uint8_t **ret_content,
	       size_t *ret_length)
{
	bool found = false;
	struct item item;
	for (const uint8_t *at = bytes, *end = bytes + length;
	     at < end && read_item(&at, end, &item);)
		if (item.number == number && item.type == WIRE_BYTES) {
			*ret_content = item.content;
			*ret_length = item.length;
			found = true;
		}
	return found;
}
