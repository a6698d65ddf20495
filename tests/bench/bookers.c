#include "bookers.h"

#include "base/clock.h"
#include "figures.h"
#include "loop/fiber.h"

#include "soleus/v1/scheduling.pb-c.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BOOKINGS_MOST 400000 /* of one run */

struct load {
	struct group *group;
	struct session *session;
	struct method book;
	unsigned in_flight;
	unsigned seconds;
	unsigned first_hour;
	unsigned next; /* booking's number */
	int64_t until_us;
	unsigned running;
	double *latencies_us;
	unsigned booked;
	struct status fault;
	struct fiber *judge;
};

static struct status book(struct load *load, unsigned number)
{
	unsigned each = load->group->practitioners / load->group->clinics;
	int practitioner = (int)(number % load->group->practitioners);
	int64_t hour = load->first_hour + number / load->group->practitioners;
	char ids[5][37];
	Soleus__V1__BookRequest request = SOLEUS__V1__BOOK_REQUEST__INIT;
	struct session_call call = {.who = "bench"};
	ProtobufCMessage *reply;
	snprintf(ids[0], 37, GROUP_ID, GROUP_PRACTITIONER, practitioner);
	snprintf(ids[1], 37, GROUP_ID, GROUP_ROOM, practitioner);
	snprintf(ids[2], 37, GROUP_ID, GROUP_ATHLETE, practitioner);
	snprintf(ids[3], 37, GROUP_ID, GROUP_CLINIC, practitioner / (int)each);
	snprintf(ids[4], 37, GROUP_ID, GROUP_SERVICE, 0);
	request.practitioner_id = ids[0];
	request.room_id = ids[1];
	request.athlete_id = ids[2];
	request.clinic_id = ids[3];
	request.service_id = ids[4];
	request.starts_at = load->group->first_us + hour * CLOCK_HOUR_US;
	return session_call_message(load->session, &load->book, &call, &request.base, &reply);
}

static void book_until_over(void *argument)
{
	struct load *load = argument;
	int64_t begun_us;
	while ((begun_us = clock_monotonic_us()) < load->until_us && status_is_ok(load->fault) &&
	       load->booked < BOOKINGS_MOST) {
		struct status status = book(load, load->next++);
		if (!status_is_ok(status))
			load->fault = status;
		else
			load->latencies_us[load->booked++] =
				(double)(clock_monotonic_us() - begun_us);
	}
	if (--load->running == 0)
		fiber_resume(load->judge);
}

static FIBER int book_for_a_while(struct session *session, void *argument)
{
	struct load *load = argument;
	load->session = session;
	load->judge = fiber_current();
	session->options.organisation_id = GROUP_ORGANISATION;
	load->fault = method_find(session->arena, "Scheduling.Book", &load->book);
	if (!status_is_ok(load->fault))
		return session_complain("bench", load->fault);
	load->until_us = clock_monotonic_us() + load->seconds * CLOCK_SECOND_US;
	load->running = load->in_flight;
	for (unsigned i = 0; i < load->in_flight; i++)
		if (!status_is_ok(fiber_start(book_until_over, load)))
			abort();
	fiber_suspend();
	return status_is_ok(load->fault) ? 0 : session_complain("bench", load->fault);
}

struct booked bookers_run(struct group *group, unsigned in_flight, unsigned seconds)
{
	struct load load = {
		.group = group,
		.in_flight = in_flight,
		.seconds = seconds,
		.first_hour = group->next_hour,
		.latencies_us = calloc(BOOKINGS_MOST + 1024, sizeof(double)),
	};
	house_runs(group->house, book_for_a_while, &load);
	group_take_hours(group, load.next);
	struct booked booked = {
		.rate = (double)load.booked / seconds,
		.p50_us = figure_quantile(load.latencies_us, load.booked, 0.5),
		.p99_us = figure_quantile(load.latencies_us, load.booked, 0.99),
	};
	free(load.latencies_us);
	return booked;
}
