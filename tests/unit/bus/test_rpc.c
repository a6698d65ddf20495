/* A server and its clients on one loop, over ipc: what a call gets back, and who is refused. */
#include "fixture.h"

#include "base/clock.h"
#include "soleus/v1/bus.pb-c.h"

#define COMMAND(key) (&(struct bus_call_options){.idempotency_key = (key)})

static const struct principal service = {
	.kind = PRINCIPAL_SERVICE, .name = "tester", .roles = ROLE_SERVICE};
static const struct principal edge = {
	.kind = PRINCIPAL_EDGE, .name = "gateway", .roles = ROLE_SERVICE};
static const struct principal desk = {.kind = PRINCIPAL_PERSON,
				      .name = "ana.front",
				      .roles = ROLE_FRONT_DESK,
				      .organisation_id = ORGANISATION};

/* ---- A plain link: one peer, whoever the test says it is ---- */

struct link {
	struct bus *bus;
	struct bus_server *server;
	struct bus_client *client;
};

static struct link link_open(struct loop *loop, struct bus_options options)
{
	struct link link;
	assert_ok(bus_open(loop, &options, &link.bus));
	assert_ok(bus_serve(link.bus, ipc_of("echo"), echo_services, echo_rules, &seen,
			    &link.server));
	assert_ok(bus_connect(link.bus, ipc_of("echo"), NULL, &link.client));
	return link;
}

static struct link link_of(struct loop *loop, const struct principal *principal)
{
	return link_open(loop, (struct bus_options){.plain = principal});
}

static void link_close(struct link *link)
{
	bus_client_close(link->client);
	bus_server_close(link->server);
	bus_close(link->bus);
	answers_drop();
}

/* ---- What a call gets ---- */

static void echo_body_test(struct loop *loop)
{
	struct link link = link_of(loop, &service);
	struct answer answer = echo(link.client, "Echo", "hello",
				    &(struct bus_call_options){.organisation_id = ORGANISATION,
							       .traceparent = TRACEPARENT});
	assert_ok(answer.status);
	assert_string_equal(answer.text, "hello");
	assert_string_equal(seen.principal.name, "tester");
	assert_string_equal(seen.organisation_id, ORGANISATION);
	assert_string_equal(seen.traceparent, TRACEPARENT);
	assert_ptr_equal(seen.context, &seen);

	answer = echo(link.client, "soleus.test.Echo.Echo", "by full name",
		      &(struct bus_call_options){.traceparent = "\"injected\""});
	assert_ok(answer.status);
	assert_string_equal(seen.traceparent, "");

	assert_ok(echo(link.client, "Store", "kept", COMMAND("key-1")).status);
	assert_string_equal(seen.idempotency_key, "key-1");
	link_close(&link);
}

static void outcomes_body(struct loop *loop)
{
	struct link link = link_of(loop, &service);
	struct answer answer = echo(link.client, "Echo", "fail", NULL);
	assert_code(answer.status, STATUS_INVALID_ARGUMENT);
	assert_string_equal(answer.status.faults->field, "text");
	assert_string_equal(answer.status.faults->expected, "anything but this");
	assert_null(answer.status.faults->next);

	answer = echo(link.client, "Echo", "stored", NULL);
	assert_ok(answer.status);
	assert_string_equal(answer.text, "old");

	assert_code(echo(link.client, "Echo", "long", NULL).status, STATUS_INTERNAL);
	assert_code(echo(link.client, "Echo", "silent", NULL).status, STATUS_INTERNAL);
	assert_ok(echo(link.client, "Echo", "still here", NULL).status);
	link_close(&link);
}

static void unknown_method_body(struct loop *loop)
{
	struct link link = link_of(loop, &service);
	struct arena *arena = arena_new(1 << 16);
	const uint8_t *reply;
	size_t length;
	assert_code(bus_call_bytes(link.client, "soleus.test.Echo.Shout", NULL, NULL, 0, arena,
				   &reply, &length),
		    STATUS_UNIMPLEMENTED);
	assert_code(echo(link.client, "Shout", "", NULL).status, STATUS_UNIMPLEMENTED);
	assert_int_equal(seen.calls, 0);
	arena_free(arena);
	link_close(&link);
}

static void command_key_body(struct loop *loop)
{
	static const char long_key[] = "0123456789012345678901234567890123456789"
				       "01234567890123456789012345";
	struct link link = link_of(loop, &service);
	const char *const keys[] = {"", long_key, NULL};
	for (size_t i = 0; i < 3; i++) {
		struct answer answer = echo(link.client, "Store", "", COMMAND(keys[i]));
		assert_code(answer.status, STATUS_INVALID_ARGUMENT);
		assert_string_equal(answer.status.faults->field, "idempotency_key");
	}
	assert_int_equal(seen.calls, 0);
	link_close(&link);
}

static void undecodable_body(struct loop *loop)
{
	struct link link = link_of(loop, &service);
	struct arena *arena = arena_new(1 << 16);
	const uint8_t *reply;
	size_t length;
	struct status status =
		bus_call_bytes(link.client, "soleus.test.Echo.Echo", NULL,
			       (const uint8_t *)"\x0a\x02\xff\xfe", 4, arena, &reply, &length);
	assert_code(status, STATUS_INVALID_ARGUMENT);
	assert_string_equal(status.faults->field, "text");
	assert_int_equal(seen.calls, 0);
	arena_free(arena);
	link_close(&link);
}

/* ---- Who may ---- */

static void role_body(struct loop *loop)
{
	struct link link = link_of(loop, &desk);
	assert_ok(echo(link.client, "Echo", "", NULL).status);
	assert_code(echo(link.client, "Store", "", COMMAND("key")).status, STATUS_PERMISSION_DENIED);
	assert_int_equal(seen.calls, 1);
	link_close(&link);
}

static void tenant_body(struct loop *loop)
{
	struct link link = link_of(loop, &desk);
	assert_ok(echo(link.client, "Echo", "", NULL).status);
	assert_string_equal(seen.organisation_id, ORGANISATION);
	assert_ok(echo(link.client, "Echo", "",
		       &(struct bus_call_options){.organisation_id = ORGANISATION})
			  .status);
	assert_code(echo(link.client, "Echo", "",
			 &(struct bus_call_options){.organisation_id = ELSEWHERE})
			    .status,
		    STATUS_PERMISSION_DENIED);
	assert_code(
		echo(link.client, "Echo", "", &(struct bus_call_options){.organisation_id = "x"})
			.status,
		STATUS_INVALID_ARGUMENT);
	assert_code(
		echo(link.client, "Echo", "", &(struct bus_call_options){.act_for = &desk}).status,
		STATUS_PERMISSION_DENIED);
	assert_int_equal(seen.calls, 2);
	link_close(&link);
}

static void act_for_body(struct loop *loop)
{
	struct link link = link_of(loop, &edge);
	struct principal whom = desk;
	strcpy(whom.subject_id, SUBJECT);
	struct bus_call_options options = {.act_for = &whom, .idempotency_key = "key"};
	assert_ok(echo(link.client, "Echo", "", &options).status);
	assert_string_equal(seen.principal.name, "ana.front");
	assert_string_equal(seen.principal.subject_id, SUBJECT);
	assert_string_equal(seen.organisation_id, ORGANISATION);
	assert_int_equal(seen.principal.roles, ROLE_FRONT_DESK);
	assert_int_equal(seen.principal.kind, PRINCIPAL_PERSON);

	/* The edge's own roles do not count while it acts for somebody. */
	assert_code(echo(link.client, "Store", "", &options).status, STATUS_PERMISSION_DENIED);
	options.organisation_id = ELSEWHERE;
	assert_code(echo(link.client, "Echo", "", &options).status, STATUS_PERMISSION_DENIED);
	options.organisation_id = NULL;
	whom.roles = ROLE_FRONT_DESK | ROLE_OPERATOR;
	assert_code(echo(link.client, "Echo", "", &options).status, STATUS_PERMISSION_DENIED);
	whom = desk;
	whom.organisation_id[0] = '\0';
	assert_code(echo(link.client, "Echo", "", &options).status, STATUS_INVALID_ARGUMENT);
	assert_int_equal(seen.calls, 1);
	link_close(&link);
}

/* ---- Time and room ---- */

static FIBER struct status slow_echo(struct bus_client *client, int64_t delay_us,
				     int64_t timeout_us)
{
	Soleus__Test__EchoRequest request = SOLEUS__TEST__ECHO_REQUEST__INIT;
	ProtobufCMessage *reply;
	struct arena *arena = arena_new(1 << 16);
	request.text = (char *)"";
	request.delay_us = delay_us;
	struct bus_call_options options = {.timeout_us = timeout_us};
	struct status status = bus_call(client, &soleus__test__echo__descriptor, "Echo", &options,
					&request.base, arena, &reply);
	arena_free(arena);
	status.message = ""; /* went with the arena */
	status.faults = NULL;
	return status;
}

static void deadline_body(struct loop *loop)
{
	struct link link = link_of(loop, &service);
	assert_code(slow_echo(link.client, 100000, 20000), STATUS_DEADLINE_EXCEEDED);
	assert_int_equal(seen.calls, 1);

	/* The late reply disturbs nobody. */
	fiber_sleep_us(120000);
	assert_ok(slow_echo(link.client, 0, 0));
	assert_int_equal(bus_server_in_flight(link.server), 0);
	link_close(&link);
}

struct crowd {
	struct bus_client *client;
	unsigned left;
	unsigned codes[17];
};

static void crowd_member(void *argument)
{
	struct crowd *crowd = argument;
	crowd->codes[slow_echo(crowd->client, 30000, 0).code]++;
	crowd->left--;
}

static void crowd_run(struct crowd *crowd, unsigned count)
{
	crowd->left = count;
	for (unsigned i = 0; i < count; i++)
		assert_ok(fiber_start(crowd_member, crowd));
	while (crowd->left > 0)
		fiber_sleep_us(1000);
}

static void in_flight_body(struct loop *loop)
{
	struct link link = link_open(
		loop, (struct bus_options){.plain = &service, .in_flight_per_principal = 4});
	struct crowd crowd = {.client = link.client};
	crowd_run(&crowd, 10);
	assert_int_equal(crowd.codes[STATUS_OK], 4);
	assert_int_equal(crowd.codes[STATUS_RESOURCE_EXHAUSTED], 6);
	assert_int_equal(bus_server_in_flight(link.server), 0);
	assert_ok(slow_echo(link.client, 0, 0));
	link_close(&link);

	link = link_open(loop, (struct bus_options){.plain = &service, .in_flight = 3});
	crowd = (struct crowd){.client = link.client};
	crowd_run(&crowd, 10);
	assert_int_equal(crowd.codes[STATUS_OK], 3);
	assert_int_equal(crowd.codes[STATUS_RESOURCE_EXHAUSTED], 7);
	link_close(&link);
}

static void many_body(struct loop *loop)
{
	struct link link = link_of(loop, &service);
	struct crowd crowd = {.client = link.client};
	crowd_run(&crowd, 200);
	assert_int_equal(crowd.codes[STATUS_OK], 200);
	link_close(&link);
}

/* ---- Beginning and end ---- */

static void no_server_body(struct loop *loop)
{
	struct bus *bus;
	struct bus_client *client;
	assert_ok(bus_open(loop, &(struct bus_options){.plain = &service}, &bus));
	assert_ok(bus_connect(bus, ipc_of("nobody"), NULL, &client));
	assert_code(slow_echo(client, 0, 30000), STATUS_UNAVAILABLE);

	/* Calls wait for the first connection. */
	struct crowd crowd = {.client = client, .left = 3};
	for (int i = 0; i < 3; i++)
		assert_ok(fiber_start(crowd_member, &crowd));
	struct bus_server *server;
	assert_ok(bus_serve(bus, ipc_of("nobody"), echo_services, echo_rules, NULL, &server));
	while (crowd.left > 0)
		fiber_sleep_us(1000);
	assert_int_equal(crowd.codes[STATUS_OK], 3);

	/* And for the next one, when the server comes again. */
	bus_server_close(server);
	fiber_sleep_us(20000);
	assert_ok(bus_serve(bus, ipc_of("nobody"), echo_services, echo_rules, NULL, &server));
	assert_ok(slow_echo(client, 0, 0));
	bus_client_close(client);
	bus_server_close(server);
	bus_close(bus);
}

static void stopping_body(struct loop *loop)
{
	struct link link = link_of(loop, &service);
	struct crowd crowd = {.client = link.client, .left = 1};
	assert_ok(fiber_start(crowd_member, &crowd));
	while (seen.calls == 0)
		fiber_sleep_us(1000);
	bus_server_stop_accepting(link.server);
	assert_code(echo(link.client, "Echo", "", NULL).status, STATUS_UNAVAILABLE);
	assert_int_equal(bus_server_in_flight(link.server), 1);
	while (crowd.left > 0)
		fiber_sleep_us(1000);
	assert_int_equal(crowd.codes[STATUS_OK], 1);
	link_close(&link);
}

static void closing_body(struct loop *loop)
{
	struct link link = link_of(loop, &service);
	struct crowd crowd = {.client = link.client, .left = 2};
	assert_ok(fiber_start(crowd_member, &crowd));
	assert_ok(fiber_start(crowd_member, &crowd));
	while (seen.calls < 2)
		fiber_sleep_us(1000);
	/* The handlers sleep still; their server and their callers' client go away. */
	link_close(&link);
	while (crowd.left > 0)
		fiber_sleep_us(1000);
	assert_int_equal(crowd.codes[STATUS_CANCELLED], 2);
	fiber_sleep_us(50000);
}

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

static void oversized_body(struct loop *loop)
{
	struct link link = link_open(
		loop, (struct bus_options){.plain = &service, .message_limit_bytes = 4096});
	struct raw raw = raw_open(ipc_of("echo"));
	struct arena *arena = arena_new(1 << 20);
	char *big = calloc(1, 10000);
	raw_send(&raw, "soleus.test.Echo.Echo", 21, true);
	raw_send(&raw, "\x0a\x10"
		       "0123456789abcdef", 18, true);
	raw_send(&raw, big, 10000, false);
	assert_int_equal(raw_reply(&raw, arena), -1);
	assert_int_equal(seen.calls, 0);
	raw_close(&raw);

	/* Our own client does not even try; its connection is kept. */
	memset(big, 'x', 9999);
	assert_code(echo(link.client, "Echo", big, NULL).status, STATUS_INVALID_ARGUMENT);
	assert_ok(echo(link.client, "Echo", "", NULL).status);
	free(big);
	arena_free(arena);
	link_close(&link);
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
		struct status status = bus_serve(bus, cases[i].endpoint, echo_services, echo_rules,
						 NULL, &server);
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

#define TEST(name)                                                                                 \
	static void name(void **state)                                                             \
	{                                                                                          \
		(void)state;                                                                       \
		on_fiber(name##_body);                                                             \
	}

static void echo_test(void **state)
{
	(void)state;
	on_fiber(echo_body_test);
}

TEST(outcomes)
TEST(unknown_method)
TEST(command_key)
TEST(undecodable)
TEST(role)
TEST(tenant)
TEST(act_for)
TEST(deadline)
TEST(in_flight)
TEST(many)
TEST(no_server)
TEST(stopping)
TEST(closing)
TEST(bad_frames)
TEST(oversized)
TEST(curve)
TEST(plain_refused)
TEST(endpoints)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(echo_test),      cmocka_unit_test(outcomes),
		cmocka_unit_test(unknown_method), cmocka_unit_test(command_key),
		cmocka_unit_test(undecodable),    cmocka_unit_test(role),
		cmocka_unit_test(tenant),         cmocka_unit_test(act_for),
		cmocka_unit_test(deadline),       cmocka_unit_test(in_flight),
		cmocka_unit_test(many),           cmocka_unit_test(no_server),
		cmocka_unit_test(stopping),       cmocka_unit_test(closing),
		cmocka_unit_test(bad_frames),     cmocka_unit_test(oversized),
		cmocka_unit_test(curve),          cmocka_unit_test(plain_refused),
		cmocka_unit_test(endpoints),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
