/* The canonical encoding: one million generated notes come back byte for byte, and what is packed
 * otherwise is refused. TEST_SEED makes the same notes again; TEST_NOTES makes more or fewer. */
#include "base/random.h"
#include "bus/bus.h"
#include "bus/canonical.h"

#include "soleus/v1/notes_record.pb-c.h"
#include "soleus/v1/notes_signature.pb-c.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define ARENA_BYTES ((size_t)1 << 20)
#define NOTES       1000000

static unsigned long setting(const char *name, unsigned long fallback)
{
	const char *given = getenv(name);
	return given ? strtoul(given, NULL, 10) : fallback;
}

/* ---- Any message of a type ---- */

static char *any_text(struct arena *arena)
{
	static const char *const words[] = {"",   "calf", "Müller", "0", "x \xF0\x9F\xA6\xB5",
					    "\n", "left", "naïve",  "…", "\x01"};
	char text[64] = "";
	for (uint64_t i = random_below(4); i > 0; i--)
		strncat(text, words[random_below(10)], sizeof(text) - strlen(text) - 1);
	return arena_strdup(arena, text);
}

static uint64_t any_number(void)
{
	static const uint64_t edges[] = {0, 1, 127, 128, UINT64_MAX, INT64_MAX, INT32_MAX, 300};
	return random_below(2) ? edges[random_below(8)] : random_u64() >> random_below(64);
}

static double any_double(void)
{
	static const double edges[] = {0, -0.0, 1.5, -7, 1e308, 5e-324, 0.1, 1e9};
	return edges[random_below(8)];
}

static void set_any(struct arena *arena, const ProtobufCFieldDescriptor *field, void *value,
		    int depth);

static ProtobufCMessage *any_message(struct arena *arena, const ProtobufCMessageDescriptor *type,
				     int depth)
{
	ProtobufCMessage *message = arena_alloc(arena, type->sizeof_message);
	assert_non_null(message);
	protobuf_c_message_init(type, message);
	for (unsigned i = 0; i < type->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &type->fields[i];
		char *into = (char *)message + field->offset;
		if (field->label != PROTOBUF_C_LABEL_REPEATED) {
			if (random_below(2))
				set_any(arena, field, into, depth);
			continue;
		}
		size_t count = random_below(depth ? 2 : 4);
		void **list = arena_alloc(arena, (count + 1) * sizeof(void *));
		for (size_t at = 0; at < count; at++)
			set_any(arena, field, &list[at], depth);
		*(void ***)(void *)into = list;
		*(size_t *)(void *)((char *)message + field->quantifier_offset) = count;
	}
	return message;
}

/* Repeated fields of a note are texts and messages. */
static void set_any(struct arena *arena, const ProtobufCFieldDescriptor *field, void *value,
		    int depth)
{
	switch (field->type) {
	case PROTOBUF_C_TYPE_STRING:
		*(char **)value = any_text(arena);
		break;
	case PROTOBUF_C_TYPE_MESSAGE:
		*(ProtobufCMessage **)value = any_message(arena, field->descriptor, depth + 1);
		break;
	case PROTOBUF_C_TYPE_BYTES:
		((ProtobufCBinaryData *)value)->data = (uint8_t *)any_text(arena);
		((ProtobufCBinaryData *)value)->len =
			strlen((const char *)((ProtobufCBinaryData *)value)->data);
		break;
	case PROTOBUF_C_TYPE_BOOL:
		*(protobuf_c_boolean *)value = 1;
		break;
	case PROTOBUF_C_TYPE_DOUBLE:
		*(double *)value = any_double();
		break;
	case PROTOBUF_C_TYPE_INT32:
		*(int32_t *)value = (int32_t)any_number();
		break;
	case PROTOBUF_C_TYPE_INT64:
		*(int64_t *)value = (int64_t)any_number();
		break;
	default:
		fail_msg("%s has a type that this test does not make", field->name);
	}
}

static void test_notes_come_back_byte_for_byte(void **state)
{
	(void)state;
	unsigned long seed = setting("TEST_SEED", (unsigned long)time(NULL));
	unsigned long notes = setting("TEST_NOTES", NOTES);
	struct arena *arena = arena_new(ARENA_BYTES);
	print_message("TEST_SEED=%lu\n", seed);
	random_seed(seed);
	for (unsigned long i = 0; i < notes; i++) {
		const ProtobufCMessageDescriptor *type =
			i % 8 ? &soleus__v1__note__descriptor : &soleus__v1__note_seal__descriptor;
		ProtobufCMessage *message = any_message(arena, type, 0), *again;
		size_t length = 0, again_length = 0;
		const uint8_t *bytes = message_encode(message, arena, &length);
		struct status status = canonical_decode(type, arena, bytes, length, &again);
		if (!status_is_ok(status))
			fail_msg("note %lu of TEST_SEED=%lu: %s", i, seed, status.message);
		const uint8_t *same = message_encode(again, arena, &again_length);
		assert_int_equal(length, again_length);
		assert_memory_equal(bytes, same, length);
		arena_reset(arena);
	}
	arena_free(arena);
}

/* ---- What is not canonical ---- */

static const struct {
	const char *why;
	const char *bytes;
	size_t length;
	bool taken;
} packings[] = {
	{"fields in order",
	 "\x0A\x01"
	 "a"
	 "\x12\x01"
	 "b",
	 6, true},
	{"nothing", "", 0, true},
	{"fields out of order",
	 "\x12\x01"
	 "b"
	 "\x0A\x01"
	 "a",
	 6, false},
	{"a field twice: the last one counts",
	 "\x0A\x01"
	 "a"
	 "\x0A\x01"
	 "b",
	 6, false},
	{"a default value written out", "\x0A\x00", 2, false},
	{"a length in more bytes than it needs",
	 "\x0A\x81\x00"
	 "a",
	 4, false},
	{"a field that no version knows",
	 "\x0A\x01"
	 "a"
	 "\xF8\x7F\x01",
	 6, false},
	{"one inside a part", "\x2A\x03\xF8\x7F\x01", 5, false},
	{"a part that is empty", "\x2A\x00", 2, true},
};

static void test_other_packings_are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(packings) / sizeof(packings[0]); i++) {
		struct arena *arena = arena_new(ARENA_BYTES);
		ProtobufCMessage *message;
		struct status status = canonical_decode(&soleus__v1__note__descriptor, arena,
							(const uint8_t *)packings[i].bytes,
							packings[i].length, &message);
		if (status_is_ok(status) != packings[i].taken)
			fail_msg("%s: %s", packings[i].why, status_code_name(status.code));
		arena_free(arena);
	}
}

static void test_an_unknown_field_is_named(void **state)
{
	(void)state;
	struct arena *arena = arena_new(ARENA_BYTES);
	ProtobufCMessage *message;
	assert_true(status_is_ok(message_decode(&soleus__v1__note__descriptor, arena,
						(const uint8_t *)"\x2A\x00\x2A\x03\xF8\x7F\x01", 7,
						&message)));
	assert_string_equal(message_unknown_field(message, arena), "findings[1].2047");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_notes_come_back_byte_for_byte),
		cmocka_unit_test(test_other_packings_are_refused),
		cmocka_unit_test(test_an_unknown_field_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
