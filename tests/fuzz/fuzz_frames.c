/* Arbitrary bytes as the frames of a request: decoding, and the decision what to do with it. No
 * frames whatever may crash the server, take more than the call's memory, or get a call past the
 * rules.
 *
 * Input: one byte that says who the peer is and how the server feels, then frames, each two bytes
 * of length (little endian) and its bytes; the last may be cut.
 *
 * The first two frames are also read as a reply, as a client would: of any bytes, for a client may
 * reach the wrong server.
 *
 * Built with libFuzzer it fuzzes (`fuzz_frames tests/fuzz/corpus/frames`);
 * tests/unit/bus/test_fuzz_corpus.c runs the corpus as an ordinary test.
 */
#include "base/text.h"
#include "bus/dispatch.h"
#include "bus/reply.h"
#include "echo.pb-c.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_BYTES ((size_t)1 << 20)
#define NOW_US      INT64_C(1000000000)

/* Unlike assert, also in a release build. */
#define REQUIRE(condition)                                                        \
	do {                                                                      \
		if (!(condition)) {                                               \
			fprintf(stderr, "fuzz_frames: not so: %s\n", #condition); \
			abort();                                                  \
		}                                                                 \
	} while (0)

#define ORGANISATION "01900000-0000-7000-8000-000000000001"

static const struct principal peers[] = {
	{.kind = PRINCIPAL_SERVICE, .name = "scheduling", .roles = ROLE_SERVICE},
	{.kind = PRINCIPAL_EDGE, .name = "gateway", .roles = ROLE_SERVICE},
	{.kind = PRINCIPAL_PERSON,
	 .name = "ana",
	 .roles = ROLE_FRONT_DESK,
	 .organisation_id = ORGANISATION},
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const struct method_table *methods(void)
{
	static const struct access_rule rules[] = {
		{"soleus.test.Echo.Echo", false, ROLE_SERVICE | ROLE_FRONT_DESK},
		{"soleus.test.Echo.Store", true, ROLE_SERVICE | ROLE_ATHLETE},
		{0},
	};
	static ProtobufCService echo = {.descriptor = &soleus__test__echo__descriptor};
	static ProtobufCService *const services[] = {&echo, NULL};
	static struct method_table *table;
	if (!table)
		REQUIRE(status_is_ok(method_table_new(services, rules, &table)));
	return table;
}

/* Frames point into `bytes`. */
static void split(const uint8_t *bytes, size_t length, struct dispatch_input *input)
{
	while (length >= 2) {
		size_t frame = (size_t)bytes[0] | (size_t)bytes[1] << 8;
		bytes += 2;
		length -= 2;
		if (frame > length)
			frame = length;
		if (input->frame_count < DISPATCH_FRAMES)
			input->frames[input->frame_count] = (struct frame){bytes, frame};
		input->frame_count++;
		bytes += frame;
		length -= frame;
	}
}

static void require_allowed(const struct dispatch_input *input, const struct call *call,
			    const struct dispatch *dispatch)
{
	const struct principal *principal = call->principal;
	REQUIRE(input->peer && !input->stopping && !input->full);
	REQUIRE(input->frame_count == DISPATCH_FRAMES);
	for (size_t i = 0; i < DISPATCH_FRAMES; i++)
		REQUIRE(input->frames[i].length <= input->message_limit_bytes);
	REQUIRE(dispatch->method && dispatch->request);
	REQUIRE(dispatch->request->descriptor == dispatch->method->input);
	REQUIRE(principal->roles & dispatch->method->roles);
	REQUIRE(input->peer->kind == PRINCIPAL_EDGE ||
		memcmp(principal, input->peer, sizeof(*principal)) == 0);
	if (principal->kind != input->peer->kind) {
		REQUIRE(text_is_uuid(principal->organisation_id));
		REQUIRE(!(principal->roles & (ROLE_SERVICE | ROLE_OPERATOR)));
	}
	REQUIRE(!principal->organisation_id[0] ||
		strcmp(call->organisation_id, principal->organisation_id) == 0);
	size_t key = strlen(call->idempotency_key);
	REQUIRE(key <= IDEMPOTENCY_KEY_MAX && (key > 0 || !dispatch->method->command));
	REQUIRE(call->deadline_us > input->now_us);
	REQUIRE(strcmp(call->method, dispatch->method->name) == 0);
	REQUIRE(call->clinic_id && call->traceparent);
}

/* A refusal reaches the client as it was said. */
static void require_answer(const struct dispatch *dispatch, struct arena *arena)
{
	zmq_msg_t header;
	uint8_t message_id[MESSAGE_ID_BYTES];
	struct status status;
	REQUIRE(dispatch->refusal.code != STATUS_OK && dispatch->refusal.message);
	REQUIRE(reply_header_frame(dispatch->message_id, dispatch->refusal, arena, 1 << 20,
				   &header));
	struct arena *client = arena_new(ARENA_BYTES);
	REQUIRE(reply_header_read(zmq_msg_data(&header), zmq_msg_size(&header), client, message_id,
				  &status));
	REQUIRE(status.code == dispatch->refusal.code);
	REQUIRE(memcmp(message_id, dispatch->message_id, MESSAGE_ID_BYTES) == 0);
	arena_free(client);
	zmq_msg_close(&header);
}

static void read_as_reply(const struct dispatch_input *input)
{
	uint8_t message_id[MESSAGE_ID_BYTES];
	struct status status;
	ProtobufCMessage *message;
	if (input->frame_count < 2)
		return;
	struct arena *arena = arena_new(ARENA_BYTES);
	const struct frame *header = &input->frames[0], *payload = &input->frames[1];
	if (reply_header_read(header->bytes, header->length, arena, message_id, &status)) {
		REQUIRE(status.code <= STATUS_UNAUTHENTICATED);
		REQUIRE(status_is_ok(status) || status.message);
		reply_status_copy(status, arena);
		status = message_decode(&soleus__test__echo_reply__descriptor, arena,
					payload->bytes, payload->length, &message);
		REQUIRE(!status_is_ok(status) ||
			message->descriptor == &soleus__test__echo_reply__descriptor);
	}
	arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	if (length < 1)
		return 0;
	struct dispatch_input input = {
		.peer = (bytes[0] & 3) < 3 ? &peers[bytes[0] & 3] : NULL,
		.message_limit_bytes = bytes[0] & 32 ? 64 : 1 << 20,
		.stopping = bytes[0] & 4,
		.full = bytes[0] & 8,
		.arrived_us = NOW_US - (bytes[0] & 16 ? 10000 : 0),
		.now_us = NOW_US,
	};
	split(bytes + 1, length - 1, &input);
	struct arena *arena = arena_new(ARENA_BYTES);
	struct call call = {.arena = arena};
	struct dispatch dispatch;
	switch (dispatch_decide(methods(), &input, &call, &dispatch)) {
	case DISPATCH_RUN:
		require_allowed(&input, &call, &dispatch);
		break;
	case DISPATCH_REFUSE:
		require_answer(&dispatch, arena);
		break;
	case DISPATCH_DROP:
		break;
	}
	arena_free(arena);
	read_as_reply(&input);
	return 0;
}
