/* What the tests of the bus share: a loop, a temporary folder, keys, an echo service, and a body
 * that runs on a fiber. */
#ifndef SOLEUS_TESTS_UNIT_BUS_FIXTURE_H
#define SOLEUS_TESTS_UNIT_BUS_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "bus/bus.h"
#include "echo.pb-c.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zmq.h>

#define ORGANISATION "01900000-0000-7000-8000-000000000001"
#define ELSEWHERE    "01900000-0000-7000-8000-000000000002"
#define SUBJECT      "01900000-0000-7000-8000-000000000003"
#define TRACEPARENT  "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

struct key_pair {
	char public_key[41];
	char secret_key[41];
};

static inline struct key_pair key_pair_new(void)
{
	struct key_pair pair;
	assert_int_equal(zmq_curve_keypair(pair.public_key, pair.secret_key), 0);
	return pair;
}

#define assert_ok(status)         assert_code(status, STATUS_OK)
#define assert_code(status, code) assert_code_at((status), (code), __FILE__, __LINE__)

static inline void assert_code_at(struct status status, enum status_code code, const char *file,
				  int line)
{
	if (status.code == code)
		return;
	print_error("expected %s, got %s: %s\n", status_code_name(code),
		    status_code_name(status.code), status.message ? status.message : "");
	for (const struct fault *fault = status.faults; fault; fault = fault->next)
		print_error("  %s: %s\n", fault->field, fault->expected);
	_fail(file, line);
}

/* ---- The echo service ---- */

/* What the last handler saw. */
struct seen {
	unsigned calls;
	struct principal principal;
	char organisation_id[64];
	char traceparent[64];
	char idempotency_key[80];
	int64_t left_us; /* to its deadline */
	void *context;
};

static struct seen seen;

static inline void echo_body(const Soleus__Test__EchoRequest *request,
			     Soleus__Test__EchoReply_Closure answer, struct call *call)
{
	Soleus__Test__EchoReply reply = SOLEUS__TEST__ECHO_REPLY__INIT;
	seen.calls++;
	seen.principal = *call->principal;
	seen.context = call->context;
	seen.left_us = call->deadline_us - clock_monotonic_us();
	snprintf(seen.organisation_id, sizeof(seen.organisation_id), "%s", call->organisation_id);
	snprintf(seen.traceparent, sizeof(seen.traceparent), "%s", call->traceparent);
	snprintf(seen.idempotency_key, sizeof(seen.idempotency_key), "%s", call->idempotency_key);
	if (request->delay_us)
		fiber_sleep_us(request->delay_us);
	if (strcmp(request->text, "fail") == 0 || strncmp(request->text, "refuse", 6) == 0) {
		struct faults faults = {0};
		faults_add(&faults, call->arena, "text", "anything but this");
		call->status = faults_status(&faults);
	}
	if (strcmp(request->text, "stored") == 0) {
		call->stored_reply = (const uint8_t *)"\x0a\x03old";
		call->stored_reply_length = 5;
	}
	reply.text = request->text;
	if (strcmp(request->text, "long") == 0) {
		reply.text = arena_alloc(call->arena, (2 << 20) + 1);
		memset(reply.text, 'x', 2 << 20);
	}
	if (strcmp(request->text, "silent") == 0)
		return;
	answer(&reply, call);
}

static inline void echo__echo(Soleus__Test__Echo_Service *service,
			      const Soleus__Test__EchoRequest *request,
			      Soleus__Test__EchoReply_Closure answer, void *data)
{
	(void)service;
	echo_body(request, answer, data);
}

static inline void echo__store(Soleus__Test__Echo_Service *service,
			       const Soleus__Test__EchoRequest *request,
			       Soleus__Test__EchoReply_Closure answer, void *data)
{
	(void)service;
	echo_body(request, answer, data);
}

static Soleus__Test__Echo_Service echo_service = SOLEUS__TEST__ECHO__INIT(echo__);
static ProtobufCService *const echo_services[] = {(ProtobufCService *)&echo_service, NULL};

static const struct access_rule echo_rules[] __attribute__((unused)) = {
	{"soleus.test.Echo.Echo", false, ROLE_SERVICE | ROLE_FRONT_DESK},
	{"soleus.test.Echo.Store", true, ROLE_SERVICE},
	{0},
};

/* ---- A folder ---- */

static char folder[64];

static inline void folder_make(void)
{
	snprintf(folder, sizeof(folder), "/tmp/soleus-bus-XXXXXX");
	assert_non_null(mkdtemp(folder));
}

static inline const char *in_folder(const char *format, const char *name)
{
	static char paths[4][128];
	static unsigned next;
	char *path = paths[next++ % 4];
	char inner[96];
	snprintf(inner, sizeof(inner), "%s/%s", folder, name);
	snprintf(path, sizeof(paths[0]), format, inner);
	return path;
}

static inline const char *path_of(const char *name)
{
	return in_folder("%s", name);
}

static inline const char *ipc_of(const char *name)
{
	return in_folder("ipc://%s", name);
}

static inline void folder_drop(void)
{
	char command[96];
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	assert_int_equal(system(command), 0);
}

/* Replaces a file at once, as soleusctl does. */
static inline void file_write(const char *path, const char *text)
{
	char fresh[160];
	snprintf(fresh, sizeof(fresh), "%s.new", path);
	FILE *file = fopen(fresh, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	assert_int_equal(rename(fresh, path), 0);
}

/* ---- A body on a fiber of a loop ---- */

typedef FIBER void fixture_body(struct loop *loop);

static struct loop *fixture_loop;

static inline void fixture_main(void *argument)
{
	fixture_body *body = *(fixture_body **)argument;
	body(fixture_loop);
	loop_stop_begin(fixture_loop);
}

/* A failed assertion jumps out of the fiber: the test program then ends with the failure. */
static inline void on_fiber(fixture_body *body)
{
	folder_make();
	memset(&seen, 0, sizeof(seen));
	fixture_loop = loop_new();
	assert_ok(fiber_start(fixture_main, &body));
	assert_ok(loop_run(fixture_loop));
	assert_true(loop_free(fixture_loop));
	fiber_trim();
	folder_drop();
}

/* ---- Calls ---- */

struct answer {
	struct status status;
	char text[64];
};

static struct arena *answer_arena;

/* One echo; the texts of the status live until the next. */
static inline FIBER struct answer echo(struct bus_client *client, const char *method,
				       const char *text, const struct bus_call_options *options)
{
	struct answer answer = {0};
	Soleus__Test__EchoRequest request = SOLEUS__TEST__ECHO_REQUEST__INIT;
	ProtobufCMessage *reply = 0;
	request.text = (char *)text;
	if (!answer_arena)
		answer_arena = arena_new(64 << 20);
	arena_reset(answer_arena);
	answer.status = bus_call(client, &soleus__test__echo__descriptor, method, options,
				 &request.base, answer_arena, &reply);
	if (reply)
		snprintf(answer.text, sizeof(answer.text), "%s",
			 ((Soleus__Test__EchoReply *)reply)->text);
	return answer;
}

static inline void answers_drop(void)
{
	arena_free(answer_arena);
	answer_arena = 0;
}

static const struct principal service __attribute__((unused)) = {
	.kind = PRINCIPAL_SERVICE, .name = "tester", .roles = ROLE_SERVICE};

/* ---- A plain link: one peer, whoever the test says it is ---- */

struct link {
	struct bus *bus;
	struct bus_server *server;
	struct bus_client *client;
};

static inline struct link link_open(struct loop *loop, struct bus_options options)
{
	struct link link;
	assert_ok(bus_open(loop, &options, &link.bus));
	assert_ok(bus_serve(link.bus, ipc_of("echo"), echo_services, echo_rules, &seen,
			    &link.server));
	assert_ok(bus_connect(link.bus, ipc_of("echo"), NULL, &link.client));
	return link;
}

static inline struct link link_of(struct loop *loop, const struct principal *principal)
{
	return link_open(loop, (struct bus_options){.plain = principal});
}

static inline void link_close(struct link *link)
{
	bus_client_close(link->client);
	bus_server_close(link->server);
	bus_close(link->bus);
	answers_drop();
}

/* A test `name` that runs `name_body` on a fiber. */
#define TEST(name)                     \
	static void name(void **state) \
	{                              \
		(void)state;           \
		on_fiber(name##_body); \
	}

#endif
