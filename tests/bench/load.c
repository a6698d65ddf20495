#include "load.h"

#include "figures.h"
#include "group.h"

#include "base/clock.h"
#include "loop/fiber.h"

#include <stdlib.h>

FIBER ProtobufCMessage *load_call(struct load *load, const ProtobufCMessage *request)
{
	struct session_call call = {.who = load->who};
	ProtobufCMessage *reply = NULL;
	load->fault = session_call_message(load->session, &load->found, &call, request, &reply);
	return status_is_ok(load->fault) ? reply : NULL;
}

static FIBER void ask_until_over(void *argument)
{
	struct load *load = argument;
	int64_t begun_us;
	while ((begun_us = clock_monotonic_us()) < load->until_us && load->done < load->most) {
		if (!load->ask(load, load->next++)) {
			load->until_us = 0;
			break;
		}
		load->latencies_us[load->done++] = (double)(clock_monotonic_us() - begun_us);
	}
	if (--load->running == 0)
		fiber_resume(load->judge);
}

FIBER int load_run(struct session *session, void *argument)
{
	struct load *load = argument;
	session->options.organisation_id = GROUP_ORGANISATION;
	load->session = session;
	load->fault = method_find(session->arena, load->method, &load->found);
	load->judge = fiber_current();
	load->latencies_us = calloc(load->most + load->in_flight, sizeof(double));
	load->done = load->counted = 0;
	load->running = load->in_flight;
	int64_t begun_us = clock_monotonic_us();
	load->until_us = begun_us + load->seconds * CLOCK_SECOND_US;
	for (unsigned i = 0; i < load->in_flight; i++)
		if (!status_is_ok(fiber_start(ask_until_over, load)))
			abort();
	fiber_suspend();
	load->rate = load->done / ((double)(clock_monotonic_us() - begun_us) / 1e6);
	load->p50_us = figure_quantile(load->latencies_us, load->done, 0.5);
	load->p99_us = figure_quantile(load->latencies_us, load->done, 0.99);
	free(load->latencies_us);
	return status_is_ok(load->fault) ? 0 : session_complain("bench", load->fault);
}
