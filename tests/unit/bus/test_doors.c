/* What comes to the door: frames that are no request, keys that are not known, endpoints that
 * others could reach. */
#include "fixture.h"

#include "soleus/v1/bus.pb-c.h"

/* ---- Frames that are no request ---- */

struct raw {
	void *context;
	void *socket;
};

static struct raw raw_open(const char *endpoint)
{
	int none = 0;
	struct raw raw = {.context = zmq_ctx_new()};
	raw.socket = zmq_socket(raw.context, ZMQ_DEALER);
	zmq_setsockopt(raw.socket, ZMQ_LINGER, &none, sizeof(none));
	assert_int_equal(zmq_connect(raw.socket, endpoint), 0);
	return raw;
}

static void raw_close(struct raw *raw)
{
	zmq_close(raw->socket);
	zmq_ctx_term(raw->context);
}

static void raw_send(struct raw *raw, const void *bytes, size_t length, bool more)
{
	assert_int_equal(zmq_send(raw->socket, bytes, length, more ? ZMQ_SNDMORE : 0), length);
}

/* The status of the next reply; -1 when none comes. */
static FIBER int raw_reply(struct raw *raw, struct arena *arena)
{
	uint8_t bytes[512];
	for (int i = 0; i < 100; i++) {
		int length = zmq_recv(raw->socket, bytes, sizeof(bytes), ZMQ_DONTWAIT);
		if (length < 0) {
			fiber_sleep_us(1000);
			continue;
		}
		ProtobufCMessage *message;
		assert_ok(message_decode(&soleus__v1__reply_header__descriptor, arena, bytes,
					 (size_t)length, &message));
		while (zmq_recv(raw->socket, bytes, sizeof(bytes), ZMQ_DONTWAIT) >= 0)
			continue;
		const Soleus__V1__ReplyHeader *header = (const Soleus__V1__ReplyHeader *)message;
		assert_memory_equal(header->message_id.data, "0123456789abcdef", 16);
		return header->status ? header->status->code : STATUS_OK;
	}
	return -1;
}

static void bad_frames_body(struct loop *loop)
{
	static const char method[] = "soleus.test.Echo.Echo";
	static const char header[] = "\x0a\x10"
				     "0123456789abcdef";
	static const char bad_text[] = "\x0a\x10"
				       "0123456789abcdef\x12\x01\xff";
	static const char bad_id[] = "\x0a\x02zz";
	static const struct {
		const char *frames[5];
		size_t lengths[5];
		size_t count;
		int code;
	} cases[] = {
		{{method, header, ""}, {21, 18, 0}, 3, STATUS_OK},
		{{method}, {21}, 1, -1},
		{{""}, {0}, 1, -1},
		{{method, header}, {21, 18}, 2, STATUS_INVALID_ARGUMENT},
		{{method, header, "", ""}, {21, 18, 0, 0}, 4, STATUS_INVALID_ARGUMENT},
		{{method, bad_text, ""}, {21, 21, 0}, 3, STATUS_INVALID_ARGUMENT},
		{{method, bad_id, ""}, {21, 4, 0}, 3, -1},
		{{method, "", ""}, {21, 0, 0}, 3, -1},
		{{method, "\x0a\xff\xff\xff\xff\x0f", ""}, {21, 6, 0}, 3, -1},
		{{header, header, ""}, {18, 18, 0}, 3, STATUS_UNIMPLEMENTED},
		{{"", header, ""}, {0, 18, 0}, 3, STATUS_UNIMPLEMENTED},
		{{method, header, "\x0a\x05xy"}, {21, 18, 4}, 3, STATUS_INVALID_ARGUMENT},
	};
	struct link link = link_of(loop, &service);
	struct raw raw = raw_open(ipc_of("echo"));
	struct arena *arena = arena_new(1 << 20);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		for (size_t j = 0; j < cases[i].count; j++)
			raw_send(&raw, cases[i].frames[j], cases[i].lengths[j],
				 j + 1 < cases[i].count);
		int code = raw_reply(&raw, arena);
		if (code != cases[i].code)
			print_error("case %zu\n", i);
		assert_int_equal(code, cases[i].code);
	}
	raw_close(&raw);
	assert_ok(echo(link.client, "Echo", "", NULL).status);
	arena_free(arena);
	link_close(&link);
}

/* What a peer that knows no limit is told of a payload of this length. */
static FIBER int send_long(struct arena *arena, size_t length)
{
	struct raw raw = raw_open(ipc_of("echo"));
	char *payload = calloc(1, length);
	raw_send(&raw, "soleus.test.Echo.Echo", 21, true);
	raw_send(&raw,
		 "\x0a\x10"
		 "0123456789abcdef",
		 18, true);
	raw_send(&raw, payload, length, false);
	int code = raw_reply(&raw, arena);
	free(payload);
	raw_close(&raw);
	return code;
}

static void oversized_body(struct loop *loop)
{
	struct link link = link_open(
		loop, (struct bus_options){.plain = &service, .message_limit_bytes = 4096});
	struct arena *arena = arena_new(1 << 20);
	assert_int_equal(send_long(arena, 4097), STATUS_INVALID_ARGUMENT);
	assert_int_equal(send_long(arena, 16384), STATUS_INVALID_ARGUMENT);
	assert_int_equal(send_long(arena, 16385), -1); /* its connection has ended */

	/* Our own client does not even try; its connection is kept. */
	char big[10000];
	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	int64_t begun_us = clock_monotonic_us();
	struct status status = echo(link.client, "Echo", big, NULL).status;
	assert_code(status, STATUS_INVALID_ARGUMENT);
	assert_string_equal(status.message,
			    "the message is too long: 10002 bytes, where at most 4096 are taken");
	assert_true(clock_monotonic_us() - begun_us < CLOCK_SECOND_US);
	assert_int_equal(seen.calls, 0);
	assert_ok(echo(link.client, "Echo", "", NULL).status);
	link_close(&link);

	/* One that knows of a longer limit is told by the server. */
	link = link_open(loop, (struct bus_options){.plain = &service,
						    .message_limit_bytes = 4096,
						    .request_limit_bytes = 16384});
	status = echo(link.client, "Echo", big, NULL).status;
	assert_code(status, STATUS_INVALID_ARGUMENT);
	assert_non_null(strstr(status.message, "10002 bytes, where at most 4096"));
	link_close(&link);
	arena_free(arena);
}

/* ---- Keys ---- */

struct keys {
	struct key_pair server;
	struct key_pair known;
	struct key_pair stranger;
};

static struct keys keys_new(void)
{
	return (struct keys){key_pair_new(), key_pair_new(), key_pair_new()};
}

static void keyring_write(const struct key_pair *pair, const char *rest)
{
	char text[256];
	snprintf(text, sizeof(text), "# who may come in\n%s %s\n", pair ? pair->public_key : "#",
		 rest);
	file_write(path_of("keyring"), text);
}

static struct bus *bus_of(struct loop *loop, const struct key_pair *pair, struct keyring *keyring)
{
	struct bus *bus;
	assert_ok(bus_open(
		loop, &(struct bus_options){.secret_key = pair->secret_key, .keyring = keyring},
		&bus));
	return bus;
}

static void curve_body(struct loop *loop)
{
	struct keys keys = keys_new();
	struct keyring *keyring;
	keyring_write(&keys.known, "person ana.front front_desk " ORGANISATION " " SUBJECT);
	assert_ok(keyring_open(path_of("keyring"), &keyring));
	struct bus *bus = bus_of(loop, &keys.server, keyring);
	struct bus *known = bus_of(loop, &keys.known, NULL);
	struct bus *stranger = bus_of(loop, &keys.stranger, NULL);
	struct bus_server *server;
	struct bus_client *good, *bad, *plain;
	assert_ok(bus_serve(bus, ipc_of("curve"), echo_services, echo_rules, NULL, &server));
	assert_ok(bus_connect(known, ipc_of("curve"), keys.server.public_key, &good));
	assert_ok(bus_connect(stranger, ipc_of("curve"), keys.server.public_key, &bad));
	assert_ok(bus_connect(stranger, ipc_of("curve"), NULL, &plain));

	struct answer answer = echo(good, "Echo", "hello", NULL);
	assert_ok(answer.status);
	assert_string_equal(answer.text, "hello");
	assert_string_equal(seen.principal.key, keys.known.public_key);
	assert_string_equal(seen.principal.subject_id, SUBJECT);
	assert_string_equal(seen.organisation_id, ORGANISATION);

	struct bus_call_options shortly = {.timeout_us = 200000};
	assert_code(echo(bad, "Echo", "", &shortly).status, STATUS_UNAVAILABLE);
	assert_code(echo(plain, "Echo", "", &shortly).status, STATUS_UNAVAILABLE);
	assert_int_equal(seen.calls, 1);

	/* Revoked: the connection stands, its next message is refused; given back, it works. */
	keyring_write(NULL, "");
	fiber_sleep_us(150000);
	assert_code(echo(good, "Echo", "", NULL).status, STATUS_UNAUTHENTICATED);
	keyring_write(&keys.known, "service ana.front service * -");
	fiber_sleep_us(150000);
	assert_ok(echo(good, "Echo", "", NULL).status);
	assert_int_equal(seen.principal.kind, PRINCIPAL_SERVICE);

	bus_client_close(good);
	bus_client_close(bad);
	bus_client_close(plain);
	bus_server_close(server);
	bus_close(known);
	bus_close(stranger);
	bus_close(bus);
	keyring_close(keyring);
	answers_drop();
}

static void plain_refused_body(struct loop *loop)
{
	/* Without a principal for plain peers none gets in, not even over ipc. */
	struct link link = link_open(loop, (struct bus_options){0});
	struct bus_call_options shortly = {.timeout_us = 100000};
	assert_code(echo(link.client, "Echo", "", &shortly).status, STATUS_UNAVAILABLE);
	assert_int_equal(seen.calls, 0);
	link_close(&link);
}

/* Who comes second is told so, and who serves goes on serving. */
static void served_once_body(struct loop *loop)
{
	struct bus *second;
	struct bus_server *other = NULL;
	struct link link = link_open(loop, (struct bus_options){.plain = &service});
	assert_ok(bus_open(loop, &(struct bus_options){.plain = &service}, &second));
	assert_code(bus_serve(second, ipc_of("echo"), echo_services, echo_rules, NULL, &other),
		    STATUS_FAILED_PRECONDITION);
	bus_close(second);
	assert_ok(echo(link.client, "Echo", "still here", NULL).status);
	link_close(&link);
	link = link_open(loop, (struct bus_options){.plain = &service});
	assert_ok(echo(link.client, "Echo", "here again", NULL).status);
	link_close(&link);
}

static void endpoints_body(struct loop *loop)
{
	static const struct {
		const char *endpoint;
		enum status_code code;
	} cases[] = {
		{"tcp://127.0.0.1:*", STATUS_OK},
		{"tcp://*:*", STATUS_FAILED_PRECONDITION},
		{"tcp://0.0.0.0:*", STATUS_FAILED_PRECONDITION},
		{"tcp://10.0.0.1:7000", STATUS_FAILED_PRECONDITION},
		{"tcp://127.0.0.1.example.org:7000", STATUS_FAILED_PRECONDITION},
		{"tcp://[::]:*", STATUS_FAILED_PRECONDITION},
		{"tcp://127.0.0.1", STATUS_INVALID_ARGUMENT},
		{"tcp://127.0.0.1:1;10.0.0.1:7000", STATUS_INVALID_ARGUMENT},
		{"inproc://echo", STATUS_INVALID_ARGUMENT},
		{"", STATUS_INVALID_ARGUMENT},
	};
	struct bus *bus;
	assert_ok(bus_open(loop, &(struct bus_options){.plain = &service}, &bus));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct bus_server *server = NULL;
		struct status status =
			bus_serve(bus, cases[i].endpoint, echo_services, echo_rules, NULL, &server);
		if (status.code != cases[i].code)
			print_error("%s\n", cases[i].endpoint);
		assert_code(status, cases[i].code);
		bus_server_close(server);
	}
	struct bus_client *client;
	assert_code(bus_connect(bus, "tcp://10.0.0.1:7000", NULL, &client),
		    STATUS_FAILED_PRECONDITION);
	assert_code(bus_connect(bus, "tcp://10.0.0.1:7000", "short", &client),
		    STATUS_FAILED_PRECONDITION);
	bus_close(bus);

	/* With keys the same endpoints are fine. */
	struct key_pair pair = key_pair_new();
	bus = bus_of(loop, &pair, NULL);
	struct bus_server *server;
	assert_ok(bus_serve(bus, "tcp://0.0.0.0:*", echo_services, echo_rules, NULL, &server));
	bus_server_close(server);
	assert_code(bus_connect(bus, "tcp://127.0.0.1:7000", "short", &client),
		    STATUS_INVALID_ARGUMENT);
	bus_close(bus);
	assert_code(bus_open(loop, &(struct bus_options){.secret_key = "short"}, &bus),
		    STATUS_INVALID_ARGUMENT);
}

TEST(bad_frames)
TEST(oversized)
TEST(curve)
TEST(plain_refused)
TEST(served_once)
TEST(endpoints)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_frames),  cmocka_unit_test(oversized),
		cmocka_unit_test(curve),       cmocka_unit_test(plain_refused),
		cmocka_unit_test(served_once), cmocka_unit_test(endpoints),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
