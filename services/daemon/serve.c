/* The services that a daemon offers, with idempotency laid around its commands: a command that is
 * refused may have been done before, under the same key. */
#include "daemon/daemon_inside.h"

#include "daemon_access_text.h"

#include <assert.h>
#include <string.h>

/* A service whose calls pass through invoke() on their way to `inner`. */
struct guarded {
	ProtobufCService base;
	ProtobufCService *inner;
	const struct access_rule *rules;
	ProtobufCClosure answer; /* the bus's; the same for every call */
};

static bool is_command(const struct guarded *guarded, const struct call *call)
{
	for (const struct access_rule *rule = guarded->rules; rule->method; rule++)
		if (strcmp(rule->method, call->method) == 0)
			return rule->command;
	return false;
}

static struct guarded own;

/* The handler has ended; its reply lives until this returns. */
static FIBER void answered(const ProtobufCMessage *reply, void *data)
{
	struct call *call = data;
	if (call->status.code != STATUS_OK && is_command(&own, call))
		call->status = command_recall(call, call->status);
	own.answer(reply, data);
}

static FIBER void invoke(ProtobufCService *service, unsigned method,
			 const ProtobufCMessage *request, ProtobufCClosure answer, void *data)
{
	struct guarded *guarded = (struct guarded *)service;
	assert(guarded == &own && (!own.answer || own.answer == answer));
	own.answer = answer;
	own.inner->invoke(own.inner, method, request, answered, data);
}

struct status daemon_serve(struct daemon *daemon)
{
	static Soleus__V1__Daemon_Service daemon_service = SOLEUS__V1__DAEMON__INIT(daemon__);
	static ProtobufCService *services[] = {&daemon_service.base, NULL, NULL};
	const struct daemon_spec *spec = daemon->spec;
	if (spec->service) {
		own.inner = spec->service;
		own.base = (ProtobufCService){.descriptor = spec->service->descriptor,
					      .invoke = invoke};
		services[1] = &own.base;
	}
	const char *text = arena_printf(daemon->arena, "%s\n%s", spec->access ? spec->access : "",
					daemon_access);
	if (!text)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the access rules");
	struct status status = access_parse(daemon->arena, text, services, &own.rules);
	if (!status_is_ok(status))
		return status;
	return bus_serve(daemon->bus, daemon->settings.bind_rpc, services, own.rules,
			 daemon->events, &daemon->server);
}
