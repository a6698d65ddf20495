/* Messages from outside: what is refused, and where the fault is said to be. */
#include "fixture.h"

#include "bus/request.h"
#include "bus/wire.h"

static const ProtobufCMessageDescriptor *const echo_type = &soleus__test__echo_request__descriptor;

struct decoding {
	const char *name;
	const char *bytes;
	size_t length;
	enum status_code code;
	const char *field; /* of the first fault; NULL for none */
};

#define DECODING(name, bytes, code, field)                  \
	{                                                   \
		name, bytes, sizeof(bytes) - 1, code, field \
	}

static const struct decoding decodings[] = {
	DECODING("nothing is all defaults", "", STATUS_OK, NULL),
	DECODING("text", "\x0a\x02hi", STATUS_OK, NULL),
	DECODING("umlauts", "\x0a\x04\xc3\xa4\xc3\xb6", STATUS_OK, NULL),
	DECODING("an unknown field", "\xa2\x06\x01x", STATUS_OK, NULL),
	DECODING("blobs may be anything", "\x12\x04\x12\x02\xff\x00", STATUS_OK, NULL),
	DECODING("NUL in text",
		 "\x0a\x03"
		 "a\x00z",
		 STATUS_INVALID_ARGUMENT, "text"),
	DECODING("NUL behind eight letters",
		 "\x0a\x0a"
		 "abcdefgh\x00z",
		 STATUS_INVALID_ARGUMENT, "text"),
	DECODING("bytes that are not UTF-8", "\x0a\x01\xff", STATUS_INVALID_ARGUMENT, "text"),
	DECODING("UTF-8 that is cut", "\x0a\x09zzzzzzzz\xc3", STATUS_INVALID_ARGUMENT, "text"),
	DECODING("a surrogate", "\x0a\x03\xed\xa0\x80", STATUS_INVALID_ARGUMENT, "text"),
	DECODING("the third part's name", "\x12\x03\x0a\x01x\x12\x00\x12\x03\x0a\x01\xff",
		 STATUS_INVALID_ARGUMENT, "parts[2].name"),
	DECODING("a length beyond the end", "\x0a\x05hi", STATUS_INVALID_ARGUMENT, ""),
	DECODING("a length beyond an inner end", "\x12\x02\x0a\x05", STATUS_INVALID_ARGUMENT,
		 "parts[0]"),
	DECODING("a tag alone", "\x0a", STATUS_INVALID_ARGUMENT, ""),
	DECODING("field number 0", "\x02\x00", STATUS_INVALID_ARGUMENT, ""),
	DECODING("a group", "\x0b\x0c", STATUS_INVALID_ARGUMENT, ""),
	DECODING("a number for text", "\x08\x01", STATUS_INVALID_ARGUMENT, ""),
	DECODING("a number that never ends", "\x18\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
		 STATUS_INVALID_ARGUMENT, ""),
};

static const struct decoding plain_decodings[] = {
	DECODING("lines",
		 "\x0a\x0b"
		 "one\n\ttwo\r\nx"
		 "",
		 STATUS_OK, NULL),
	DECODING("a bell behind eight letters",
		 "\x0a\x09"
		 "abcdefgh\a",
		 STATUS_INVALID_ARGUMENT, "text"),
	DECODING("a bell among eight letters",
		 "\x0a\x08"
		 "abc\aefgh",
		 STATUS_INVALID_ARGUMENT, "text"),
	DECODING("DEL among eight letters",
		 "\x0a\x08"
		 "abc\x7f"
		 "efgh",
		 STATUS_INVALID_ARGUMENT, "text"),
	DECODING("an override of direction", "\x12\x05\x0a\x03\xe2\x80\xae",
		 STATUS_INVALID_ARGUMENT, "parts[0].name"),
	DECODING("NUL", "\x0a\x01\x00", STATUS_INVALID_ARGUMENT, "text"),
};

/* What is kept or came from another service is read whatever it holds; what people type is not. */
static void decoding_what_people_type(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(plain_decodings) / sizeof(plain_decodings[0]); i++) {
		const struct decoding *it = &plain_decodings[i];
		struct arena *arena = arena_new(1 << 16);
		ProtobufCMessage *message = NULL;
		struct status status = message_decode_plain(
			echo_type, arena, (const uint8_t *)it->bytes, it->length, &message);
		if (status.code != it->code)
			print_error("%s\n", it->name);
		assert_code(status, it->code);
		if (it->field)
			assert_string_equal(status.faults->field, it->field);
		bool nul = strcmp(it->name, "NUL") == 0;
		assert_code(message_decode(echo_type, arena, (const uint8_t *)it->bytes, it->length,
					   &message),
			    nul ? STATUS_INVALID_ARGUMENT : STATUS_OK);
		arena_free(arena);
	}
}

static void decoding(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(decodings) / sizeof(decodings[0]); i++) {
		const struct decoding *it = &decodings[i];
		struct arena *arena = arena_new(1 << 16);
		/* A copy of exactly its length, so that AddressSanitizer sees an overrun. */
		uint8_t *bytes = malloc(it->length ? it->length : 1);
		memcpy(bytes, it->bytes, it->length);
		ProtobufCMessage *message = NULL;
		struct status status =
			message_decode(echo_type, arena, bytes, it->length, &message);
		if (status.code != it->code)
			print_error("%s\n", it->name);
		assert_code(status, it->code);
		if (it->field)
			assert_string_equal(status.faults->field, it->field);
		else
			assert_non_null(message);
		free(bytes);
		arena_free(arena);
	}
}

static void all_faults_at_once(void **state)
{
	(void)state;
	uint8_t bytes[64 * 3];
	for (size_t i = 0; i < sizeof(bytes); i += 3)
		memcpy(bytes + i, "\x0a\x01\xff", 3);
	struct arena *arena = arena_new(1 << 16);
	ProtobufCMessage *message;
	struct status status = message_decode(echo_type, arena, bytes, 6, &message);
	assert_non_null(status.faults->next);
	assert_null(status.faults->next->next);

	status = message_decode(echo_type, arena, bytes, sizeof(bytes), &message);
	unsigned count = 0;
	for (const struct fault *fault = status.faults; fault; fault = fault->next)
		count++;
	assert_int_equal(count, WIRE_FAULTS_MAX);
	arena_free(arena);
}

static void budget(void **state)
{
	(void)state;
	/* Each empty part takes two bytes on the wire and many in memory. */
	size_t length = 200000;
	uint8_t *bytes = malloc(length);
	for (size_t i = 0; i < length; i += 2)
		memcpy(bytes + i, "\x12\x00", 2);
	struct arena *arena = arena_new(1 << 20);
	ProtobufCMessage *message;
	struct status status = message_decode(echo_type, arena, bytes, length, &message);
	assert_code(status, STATUS_INVALID_ARGUMENT);
	assert_string_equal(status.message, "the message needs more memory than a call may have");
	arena_reset(arena);
	assert_ok(message_decode(echo_type, arena, bytes, 200, &message));
	arena_free(arena);
	free(bytes);
}

static void round_trip(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 16);
	Soleus__Test__EchoRequest request = SOLEUS__TEST__ECHO_REQUEST__INIT;
	request.text = (char *)"Übung";
	request.delay_us = -5;
	size_t length;
	const uint8_t *bytes = message_encode(&request.base, arena, &length);
	ProtobufCMessage *message;
	assert_ok(message_decode(echo_type, arena, bytes, length, &message));
	const Soleus__Test__EchoRequest *back = (const Soleus__Test__EchoRequest *)message;
	assert_string_equal(back->text, "Übung");
	assert_int_equal(back->delay_us, -5);
	arena_free(arena);

	/* No room to pack. */
	arena = arena_new(4);
	assert_null(message_encode(&request.base, arena, &length));
	arena_free(arena);
}

static void finding(void **state)
{
	(void)state;
	const uint8_t *content;
	size_t length;
	const uint8_t *twice = (const uint8_t *)"\x0a\x01x\x0a\x01y\xff";
	assert_true(wire_find(twice, 7, 1, &content, &length));
	assert_int_equal(length, 1);
	assert_int_equal(content[0], 'y');
	assert_false(wire_find(twice, 7, 2, &content, &length));
	assert_false(wire_find(twice, 0, 1, &content, &length));
	assert_false(wire_find((const uint8_t *)"\x08\x01", 2, 1, &content, &length));
}

static void message_ids(void **state)
{
	(void)state;
	struct message_ids ids = {0};
	uint8_t before[MESSAGE_ID_BYTES] = {0}, id[MESSAGE_ID_BYTES];
	for (int i = 0; i < 1000; i++) {
		message_id_next(&ids, id);
		assert_true(memcmp(before, id, sizeof(id)) < 0);
		assert_int_equal(id[6] >> 4, 7);
		assert_int_equal(id[8] >> 6, 2);
		memcpy(before, id, sizeof(id));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decoding),           cmocka_unit_test(decoding_what_people_type),
		cmocka_unit_test(all_faults_at_once), cmocka_unit_test(budget),
		cmocka_unit_test(round_trip),         cmocka_unit_test(finding),
		cmocka_unit_test(message_ids),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
