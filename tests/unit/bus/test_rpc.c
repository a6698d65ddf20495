/* A server and its clients on one loop, over ipc: what a call gets back, who may call, and what
 * time, room and the end of a side do to it. */
#include "fixture.h"

#define COMMAND(key) (&(struct bus_call_options){.idempotency_key = (key)})

static const struct principal edge = {
	.kind = PRINCIPAL_EDGE, .name = "gateway", .roles = ROLE_SERVICE};
static const struct principal desk = {.kind = PRINCIPAL_PERSON,
				      .name = "ana.front",
				      .roles = ROLE_FRONT_DESK,
				      .organisation_id = ORGANISATION};

/* ---- What a call gets ---- */

static void echoes_body(struct loop *loop)
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
	assert_string_equal(answer.text, "fail"); /* a refusal may say more in its reply */

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
	assert_code(echo(link.client, "Store", "", COMMAND("key")).status,
		    STATUS_PERMISSION_DENIED);
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
	assert_string_equal(seen.principal.through, edge.name);
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
	assert_ok(slow_echo(link.client, 0, 0)); /* connected, on a busy machine too */
	assert_code(slow_echo(link.client, 600000, 200000), STATUS_DEADLINE_EXCEEDED);
	assert_int_equal(seen.calls, 2);

	/* The late reply disturbs nobody. */
	fiber_sleep_us(600000);
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

static void waits_half_a_second(void *argument)
{
	struct crowd *crowd = argument;
	crowd->codes[slow_echo(crowd->client, 0, 500000).code]++;
	crowd->left--;
}

static void waited_body(struct loop *loop)
{
	struct bus *bus;
	struct crowd crowd = {.left = 1};
	assert_ok(bus_open(loop, &(struct bus_options){.plain = &service}, &bus));
	assert_ok(bus_connect(bus, ipc_of("later"), NULL, &crowd.client));
	assert_ok(fiber_start(waits_half_a_second, &crowd));
	fiber_sleep_us(100000);
	struct bus_server *server;
	assert_ok(bus_serve(bus, ipc_of("later"), echo_services, echo_rules, NULL, &server));
	while (crowd.left > 0)
		fiber_sleep_us(1000);
	/* The server has no more time than its caller waits for it still. */
	assert_int_equal(crowd.codes[STATUS_OK], 1);
	assert_in_range(seen.left_us, 1, 400000);
	bus_client_close(crowd.client);
	bus_server_close(server);
	bus_close(bus);
}

static void refused_without_room_body(struct loop *loop)
{
	struct link link = link_of(loop, &service);
	struct arena *arena = arena_new(256);
	uint8_t request[259] = {0x0a, 0x80, 0x02};
	const uint8_t *reply = NULL;
	size_t length;
	memset(request + 3, 'x', 256);
	memcpy(request + 3, "refuse", 6);
	assert_code(bus_call_bytes(link.client, "soleus.test.Echo.Echo", NULL, request,
				   sizeof(request), arena, &reply, &length),
		    STATUS_INVALID_ARGUMENT);
	assert_null(reply);
	arena_free(arena);
	link_close(&link);
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

TEST(echoes)
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
TEST(waited)
TEST(refused_without_room)
TEST(stopping)
TEST(closing)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(echoes),         cmocka_unit_test(outcomes),
		cmocka_unit_test(unknown_method), cmocka_unit_test(command_key),
		cmocka_unit_test(undecodable),    cmocka_unit_test(role),
		cmocka_unit_test(tenant),         cmocka_unit_test(act_for),
		cmocka_unit_test(deadline),       cmocka_unit_test(in_flight),
		cmocka_unit_test(many),           cmocka_unit_test(no_server),
		cmocka_unit_test(waited),         cmocka_unit_test(refused_without_room),
		cmocka_unit_test(stopping),       cmocka_unit_test(closing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
