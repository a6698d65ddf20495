#include "callers.h"

#include "prater.h"

#include "base/clock.h"

#include <json-c/json.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct caller *callers_add(struct callers *callers, const char *rpc, const char *with)
{
	assert_true(callers->count < CALLERS_MAX);
	struct caller *caller = &callers->of[callers->count++];
	*caller = (struct caller){.all = callers, .rpc = rpc, .with = strdup(with)};
	return caller;
}

static void call_one(void *argument)
{
	struct caller *caller = argument;
	struct callers *all = caller->all;
	struct method method;
	struct json_object *reply = NULL;
	struct session_call call = {.who = caller->who ? caller->who : all->who,
				    .idempotency_key = caller->key,
				    .patience_us = 20 * CLOCK_SECOND_US};
	struct status status = method_find(all->session->arena, caller->rpc, &method);
	if (status_is_ok(status))
		status = session_call_json(all->session, &method, &call, caller->with, &reply);
	caller->code = status.code;
	caller->reply = strdup(reply ? json_object_to_json_string(reply) : "");
	json_object_put(reply);
	if (--all->running == 0)
		fiber_resume(all->judge);
}

static FIBER int call_all(struct session *session, void *argument)
{
	struct callers *callers = argument;
	callers->session = session;
	if (callers->timeout_us)
		session->options.timeout_us = callers->timeout_us;
	callers->judge = fiber_current();
	callers->running = callers->count;
	for (unsigned i = 0; i < callers->count; i++)
		fiber_start(call_one, &callers->of[i]);
	fiber_suspend();
	return 0;
}

void callers_call(struct callers *callers)
{
	house_runs(house, call_all, callers);
}

unsigned callers_told(const struct callers *callers, enum status_code code)
{
	unsigned count = 0;
	for (unsigned i = 0; i < callers->count; i++)
		count += callers->of[i].code == code;
	return count;
}

void callers_end(struct callers *callers)
{
	for (unsigned i = 0; i < callers->count; i++) {
		free(callers->of[i].with);
		free(callers->of[i].reply);
	}
	callers->count = 0;
}
