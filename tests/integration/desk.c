#include "desk.h"

#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct method *method_of(struct desk *desk, const char *rpc)
{
	for (unsigned i = 0; i < desk->count; i++)
		if (strcmp(desk->known[i].rpc, rpc) == 0)
			return &desk->known[i].method;
	assert_true(desk->count < DESK_METHODS);
	struct status status =
		method_find(desk->session->arena, rpc, &desk->known[desk->count].method);
	if (!status_is_ok(status))
		fail_msg("%s: %s", rpc, status.message);
	desk->known[desk->count].rpc = rpc;
	return &desk->known[desk->count++].method;
}

FIBER struct status desk_ask_again(struct desk *desk, const char *rpc, const char *key,
				   struct arena *arena, const ProtobufCMessage *request,
				   void *ret_reply)
{
	const struct session_call call = {.who = desk->who,
					  .organisation_id = desk->organisation_id,
					  .idempotency_key = key,
					  .patience_us = 20 * CLOCK_SECOND_US,
					  .arena = arena};
	ProtobufCMessage *reply = NULL;
	struct status status =
		session_call_message(desk->session, method_of(desk, rpc), &call, request, &reply);
	memcpy(ret_reply, &reply, sizeof(reply));
	return status;
}

FIBER struct status desk_ask(struct desk *desk, const char *rpc, struct arena *arena,
			     const ProtobufCMessage *request, void *ret_reply)
{
	return desk_ask_again(desk, rpc, NULL, arena, request, ret_reply);
}

struct crew {
	void (*work)(void *argument, unsigned number);
	void *argument;
	unsigned next;
	unsigned running;
	struct fiber *waits;
};

static void work_one(void *argument)
{
	struct crew *crew = argument;
	crew->work(crew->argument, crew->next++);
	if (--crew->running == 0)
		fiber_resume(crew->waits);
}

FIBER void desk_run(unsigned count, void (*work)(void *argument, unsigned number), void *argument)
{
	struct crew crew = {work, argument, 0, count + 1, fiber_current()};
	for (unsigned i = 0; i < count; i++)
		assert_true(status_is_ok(fiber_start(work_one, &crew)));
	if (--crew.running > 0)
		fiber_suspend();
}
