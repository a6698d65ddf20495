#include "ctl/session.h"

#include "base/clock.h"
#include "base/text.h"
#include "bus/server_keys.h"
#include "ctl/json.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define RETRY_PAUSE_US (CLOCK_SECOND_US / 10)

/* A key that this session speaks with, and its connections. */
struct identity {
	const char *who;
	struct bus *bus;
	struct bus_client *clients[8]; /* one for each daemon, as in method_daemons */
	struct identity *next;
};

struct run {
	struct session session;
	FIBER int (*work)(struct session *, void *);
	void *argument;
	int code;
	bool over;
};

static void run_work(void *argument)
{
	struct run *run = argument;
	run->code = run->work(&run->session, run->argument);
	run->over = true;
	loop_stop_begin(run->session.loop);
}

static void close_identities(struct session *session)
{
	for (struct identity *identity = session->identities; identity; identity = identity->next) {
		for (size_t i = 0; method_daemons[i]; i++) {
			if (identity->clients[i])
				bus_client_close(identity->clients[i]);
		}
		bus_close(identity->bus);
	}
	session->identities = NULL;
}

/* After Ctrl-C the work sees loop_is_stopping, and ends before its connections do. */
static bool work_is_over(void *argument)
{
	return ((struct run *)argument)->over;
}

static void begin_close(void *argument)
{
	close_identities(argument);
}

static void start_work(void *argument)
{
	struct run *run = argument;
	struct status status = fiber_start(run_work, run);
	if (!status_is_ok(status)) {
		run->code = session_complain("start", status);
		run->over = true;
		loop_stop_begin(run->session.loop);
	}
}

int session_run(const struct session_options *options, FIBER int (*work)(struct session *, void *),
		void *argument)
{
	struct run run = {.work = work, .argument = argument, .code = 1};
	run.session.options = *options;
	run.session.arena = arena_new((size_t)1 << 30);
	run.session.loop = loop_new();
	if (!run.session.arena || !run.session.loop) {
		fprintf(stderr, "soleusctl: out of memory\n");
		return 1;
	}
	loop_on_drain(run.session.loop, DRAIN_WORK, "work", NULL, work_is_over, &run);
	loop_on_drain(run.session.loop, DRAIN_CLOSE, "connections", begin_close, NULL,
		      &run.session);
	loop_defer(run.session.loop, start_work, &run);
	if (!status_is_ok(loop_run(run.session.loop))) {
		fflush(NULL);
		_exit(1); /* what hangs is on a thread that exit() would wait for */
	}
	loop_free(run.session.loop);
	fiber_trim();
	arena_free(run.session.arena);
	return run.code;
}

const char *session_endpoint(const struct session *session, const char *daemon, const char *kind)
{
	char name[64];
	snprintf(name, sizeof(name), "SOLEUS_%s_%s", daemon, kind);
	for (char *at = name; *at; at++)
		*at = (char)toupper((unsigned char)*at);
	const char *given = getenv(name);
	if (given)
		return given;
	return arena_printf(session->arena, "ipc://%s/%s.%s", session->options.run_dir, daemon,
			    kind);
}

static struct status read_key(struct session *session, const char *who, char ret_key[KEY_CHARS + 1])
{
	const char *path =
		arena_printf(session->arena, "%s/%s.secret", session->options.keys_dir, who);
	FILE *file = fopen(path, "re");
	if (!file)
		return status_errorf(session->arena, STATUS_UNAUTHENTICATED, "cannot read %s: %m",
				     path);
	size_t length = fread(ret_key, 1, KEY_CHARS, file);
	fclose(file);
	ret_key[length] = '\0';
	if (length != KEY_CHARS)
		return status_errorf(session->arena, STATUS_UNAUTHENTICATED,
				     "%s does not hold a key of 40 characters", path);
	return status_ok();
}

struct status session_server_key(struct session *session, const char *daemon, const char **ret_key)
{
	const char *path = arena_printf(session->arena, "%s/servers", session->options.keys_dir);
	return server_key_read(path, daemon, session->arena, ret_key);
}

/* What the daemons take: they say so themselves, but only of what is not far too long. */
static size_t request_limit(void)
{
	const char *text = getenv("SOLEUS_MESSAGE_LIMIT_BYTES");
	long long limit = text ? strtoll(text, NULL, 10) : 0;
	return limit > 0 ? (size_t)limit : (size_t)1 << 20;
}

static struct status open_identity(struct session *session, const char *who,
				   struct identity **ret_identity)
{
	for (struct identity *known = session->identities; known; known = known->next) {
		if (strcmp(known->who, who) == 0) {
			*ret_identity = known;
			return status_ok();
		}
	}
	struct identity *identity = ARENA_NEW(session->arena, struct identity);
	char *key = arena_alloc(session->arena, KEY_CHARS + 1);
	struct status status = read_key(session, who, key);
	if (!status_is_ok(status))
		return status;
	struct bus_options options = {
		.secret_key = key,
		.message_limit_bytes = (size_t)64 << 20, /* whatever a daemon may send */
		.request_limit_bytes = request_limit(),
		.arena_limit_bytes = (size_t)64 << 20,
		.in_flight_per_principal = 256,
		.in_flight = 4096,
	};
	status = bus_open(session->loop, &options, &identity->bus);
	if (!status_is_ok(status))
		return status;
	identity->who = arena_strdup(session->arena, who);
	identity->next = session->identities;
	session->identities = identity;
	*ret_identity = identity;
	return status_ok();
}

struct status session_bus(struct session *session, const char *who, struct bus **ret_bus)
{
	struct identity *identity;
	struct status status = open_identity(session, who, &identity);
	if (status_is_ok(status))
		*ret_bus = identity->bus;
	return status;
}

/* False when nobody listens on a unix socket. What cannot be asked so, may be there. */
static bool may_be_there(const char *endpoint)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (strncmp(endpoint, "ipc://", 6) != 0 || strlen(endpoint + 6) >= sizeof(address.sun_path))
		return true;
	memcpy(address.sun_path, endpoint + 6, strlen(endpoint + 6) + 1);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return true;
	bool refused = connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0 &&
		       (errno == ENOENT || errno == ENOTDIR || errno == ECONNREFUSED);
	close(fd);
	return !refused;
}

static struct status open_client(struct session *session, const char *who, const char *daemon,
				 struct bus_client **ret_client)
{
	struct identity *identity;
	struct status status = open_identity(session, who, &identity);
	if (!status_is_ok(status))
		return status;
	size_t i = 0;
	while (strcmp(method_daemons[i], daemon) != 0)
		i++;
	if (!identity->clients[i]) {
		const char *server_key = NULL;
		status = session_server_key(session, daemon, &server_key);
		if (!status_is_ok(status))
			return status;
		const char *endpoint = session_endpoint(session, daemon, "rpc");
		if (!may_be_there(endpoint))
			return status_errorf(session->arena, STATUS_UNAVAILABLE,
					     "soleus-%s is not running: nobody listens at %s",
					     daemon, endpoint);
		status = bus_connect(identity->bus, endpoint, server_key, &identity->clients[i]);
		if (!status_is_ok(status))
			return status;
	}
	*ret_client = identity->clients[i];
	return status_ok();
}

static bool may_heal(struct status status)
{
	return status.code == STATUS_UNAVAILABLE || status.code == STATUS_DEADLINE_EXCEEDED ||
	       status.code == STATUS_RESOURCE_EXHAUSTED || status.code == STATUS_ABORTED;
}

/* One attempt. Without a reply the status says whom it was that did not answer. */
static FIBER struct status ask(struct session *session, const struct method *method,
			       const struct session_call *call, const struct bus_call_options *with,
			       const uint8_t *bytes, size_t length, ProtobufCMessage **ret_reply)
{
	struct bus_client *client = NULL;
	struct arena *arena = call->arena ? call->arena : session->arena;
	const uint8_t *reply = NULL;
	size_t reply_length = 0;
	struct status status = open_client(session, call->who ? call->who : session->options.as,
					   method->daemon, &client);
	if (!status_is_ok(status))
		return status;
	status = bus_call_bytes(client, method->full_name, with, bytes, length, arena, &reply,
				&reply_length);
	if (!reply &&
	    (status.code == STATUS_UNAVAILABLE || status.code == STATUS_DEADLINE_EXCEEDED))
		status.message = arena_printf(arena, "soleus-%s at %s: %s", method->daemon,
					      session_endpoint(session, method->daemon, "rpc"),
					      status.message);
	if (!reply && !status_is_ok(status))
		return status;
	struct status decoded =
		message_decode(method->descriptor->output, arena, reply, reply_length, ret_reply);
	return status_is_ok(status) ? decoded : status;
}

struct status session_call_message(struct session *session, const struct method *method,
				   const struct session_call *call, const ProtobufCMessage *request,
				   ProtobufCMessage **ret_reply)
{
	const struct session_options *options = &session->options;
	struct arena *arena = call->arena ? call->arena : session->arena;
	const char *key = call->idempotency_key ? call->idempotency_key : options->key;
	struct bus_call_options with = {
		.organisation_id =
			call->organisation_id ? call->organisation_id : options->organisation_id,
		.clinic_id = call->clinic_id ? call->clinic_id : options->clinic_id,
		.idempotency_key = key ? key : text_uuid7_new(arena),
		.timeout_us = options->timeout_us,
	};
	size_t length;
	const uint8_t *bytes = message_encode(request, arena, &length);
	int64_t until_us = clock_monotonic_us() + call->patience_us;
	*ret_reply = NULL;
	if (!bytes)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "the request is too long");
	for (;;) {
		struct status status = ask(session, method, call, &with, bytes, length, ret_reply);
		if (!may_heal(status) || clock_monotonic_us() >= until_us ||
		    loop_is_stopping(session->loop))
			return status;
		fiber_sleep_us(RETRY_PAUSE_US);
	}
}

struct status session_call_json(struct session *session, const struct method *method,
				const struct session_call *call, const char *request_json,
				struct json_object **ret_reply)
{
	ProtobufCMessage *request, *reply;
	*ret_reply = NULL;
	struct status status =
		json_to_message(session->arena, method->descriptor->input, request_json, &request);
	if (!status_is_ok(status))
		return status;
	status = session_call_message(session, method, call, request, &reply);
	if (reply)
		*ret_reply = json_from_message(reply);
	return status;
}

static bool lacks_organisation(struct status status)
{
	for (const struct fault *fault = status.faults; fault; fault = fault->next)
		if (strcmp(fault->field, "organisation_id") == 0)
			return true;
	return false;
}

/* What helps against a status, beyond what its message says. */
static const char *advice(struct status status)
{
	if (lacks_organisation(status))
		return "say which organisation with --organisation UUID, or take a key that is "
		       "bound to one: --as NAME";
	switch (status.code) {
	case STATUS_UNAVAILABLE:
	case STATUS_DEADLINE_EXCEEDED:
		return "`soleusctl status` shows which daemons answer; scripts/run starts them "
		       "all, "
		       "in containers `podman-compose -f deploy/compose.yaml up -d` does.\n"
		       "        Are SOLEUS_RUN_DIR and the key of --as theirs? With the same --key "
		       "a command is done once, however often you ask";
	case STATUS_UNAUTHENTICATED:
		return "`soleusctl keys list` shows whose keys there are, `soleusctl keys issue` "
		       "makes one.\n"
		       "        Keys are in SOLEUS_KEYS_DIR, else in SOLEUS_RUN_DIR/keys; after "
		       "scripts/run: . var/env";
	case STATUS_PERMISSION_DENIED:
		return "another role may do this: --as NAME takes another key";
	default:
		return NULL;
	}
}

int session_complain(const char *what, struct status status)
{
	fprintf(stderr, "%s: %s: %s\n", what, status_code_name(status.code),
		status.message ? status.message : "");
	for (const struct fault *fault = status.faults; fault; fault = fault->next)
		fprintf(stderr, "  %s: expected %s\n", fault->field, fault->expected);
	const char *next = advice(status);
	if (next)
		fprintf(stderr, "  next: %s\n", next);
	return 1;
}
