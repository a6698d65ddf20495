/* Idempotency around handlers: a command that refuses because its first time has been done gives
 * the reply of then. */
#include "daemon/daemon_inside.h"
#include "world.h"

#include "echo.pb-c.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static unsigned stored;

/* A query that is always refused. */
static FIBER void test__echo(Soleus__Test__Echo_Service *self,
			     const Soleus__Test__EchoRequest *request,
			     Soleus__Test__EchoReply_Closure answer, void *data)
{
	struct call *call = data;
	(void)self;
	(void)request;
	call->status = status_error(STATUS_NOT_FOUND, "there is no echo");
	answer(NULL, data);
}

/* A command that can be done once, as signing a note can: it looks first, then writes. */
static FIBER void test__store(Soleus__Test__Echo_Service *self,
			      const Soleus__Test__EchoRequest *request,
			      Soleus__Test__EchoReply_Closure answer, void *data)
{
	struct call *call = data;
	Soleus__Test__EchoReply reply = SOLEUS__TEST__ECHO_REPLY__INIT;
	(void)self;
	if (stored > 0) {
		call->status = status_error(STATUS_FAILED_PRECONDITION, "it is stored");
	} else {
		reply.text = request->text;
		call->status = command_commit(command_begin(call), &reply.base);
		stored += status_is_ok(call->status);
	}
	answer(&reply, data);
}

struct client {
	struct world *world;
	struct bus_client *bus;
};

static FIBER struct status ask(const struct client *client, const char *method, const char *key,
			       const char *text, const char **ret_text)
{
	Soleus__Test__EchoRequest request = SOLEUS__TEST__ECHO_REQUEST__INIT;
	ProtobufCMessage *reply = NULL;
	struct bus_call_options options = {.organisation_id = client->world->organisation_id,
					   .idempotency_key = key};
	request.text = (char *)text;
	struct status status = bus_call(client->bus, &soleus__test__echo__descriptor, method,
					&options, &request.base, client->world->arena, &reply);
	*ret_text = status_is_ok(status) ? ((Soleus__Test__EchoReply *)reply)->text : "";
	return status;
}

static FIBER void done_before(struct world *world)
{
	static Soleus__Test__Echo_Service service = SOLEUS__TEST__ECHO__INIT(test__);
	static const struct daemon_spec spec = {.name = "test",
						.service = &service.base,
						.access =
							"soleus.test.Echo.Echo query service\n"
							"soleus.test.Echo.Store command service\n"};
	struct daemon daemon = {
		.spec = &spec, .arena = world->arena, .bus = world->bus, .events = world->source};
	struct client client = {.world = world};
	const char *text;
	daemon.settings.bind_rpc = arena_printf(world->arena, "ipc://%s/test.rpc", world->folder);
	assert_int_equal(daemon_serve(&daemon).code, STATUS_OK);
	assert_int_equal(bus_connect(world->bus, daemon.settings.bind_rpc, NULL, &client.bus).code,
			 STATUS_OK);

	assert_int_equal(ask(&client, "Store", "one", "hello", &text).code, STATUS_OK);
	assert_string_equal(text, "hello");
	assert_int_equal(ask(&client, "Store", "one", "hello", &text).code, STATUS_OK);
	assert_string_equal(text, "hello");
	assert_int_equal(ask(&client, "Store", "two", "hello", &text).code,
			 STATUS_FAILED_PRECONDITION);
	assert_int_equal(ask(&client, "Store", "one", "other", &text).code,
			 STATUS_INVALID_ARGUMENT);
	/* A query's key stands for nothing. */
	assert_int_equal(ask(&client, "Echo", "one", "hello", &text).code, STATUS_NOT_FOUND);
	assert_int_equal(stored, 1);

	bus_client_close(client.bus);
	bus_server_close(daemon.server);
}

static void a_refusal_after_success_gives_the_reply(void **state)
{
	world_play(*state, done_before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_refusal_after_success_gives_the_reply)};
	return cmocka_run_group_tests_name("daemon_serve", tests, world_open, world_close);
}
