#include "enqueue.h"

#include "base/clock.h"
#include "base/text.h"
#include "events_sql.h"
#include "loop/fiber.h"
#include "reminders/store/ask.h"
#include "reminders_sql.h"

#include <stdio.h>
#include <stdlib.h>

#define CALL_ARENA_BYTES ((size_t)64 << 10)

struct load {
	struct mailing *mailing;
	unsigned in_flight;
	unsigned lanes;
	unsigned seconds;
	struct db *db;
	bool closed;
	int64_t until_us;
	unsigned running;
	unsigned next; /* visit's number */
	unsigned planned;
	struct status fault;
	struct fiber *judge;
};

/* Number n is of visit n, in turn of the organisations. */
static FIBER void enqueue(struct load *load, struct arena *arena, unsigned n)
{
	unsigned organisation = n % MAILING_ORGANISATIONS;
	unsigned athlete = n / MAILING_ORGANISATIONS % MAILING_ATHLETES;
	const struct asked_reminder asked = {
		.message_id = text_uuid7_new(arena),
		.appointment_id = arena_printf(arena, MAILING_VISIT, organisation, athlete),
		.due_at = clock_now_us() + CLOCK_DAY_US,
		.now = clock_now_us(),
		.asked_by = "bench.desk",
		.key = text_uuid7_new(arena),
		.fingerprint = "0123456789abcdef0123456789abcdef",
		.reply = "as long as the reply of RemindOfVisit: 46 bytes",
		.reply_length = 46,
	};
	bool planned = false;
	load->fault = reminder_ask(load->db, arena,
				   arena_printf(arena, MAILING_ORGANISATION, organisation), &asked,
				   &planned);
	if (status_is_ok(load->fault) && !planned)
		load->fault = status_error(STATUS_INTERNAL, "a reminder was not planned");
	load->planned += planned;
}

static void enqueue_until_over(void *argument)
{
	struct load *load = argument;
	struct arena *arena = arena_new(CALL_ARENA_BYTES);
	while (clock_monotonic_us() < load->until_us && status_is_ok(load->fault)) {
		enqueue(load, arena, load->next++);
		arena_reset(arena);
	}
	arena_free(arena);
	if (--load->running == 0)
		fiber_resume(load->judge);
}

static void on_closed(void *argument)
{
	((struct load *)argument)->closed = true;
}

static void begin_close(void *argument)
{
	struct load *load = argument;
	db_close(load->db, on_closed, load);
}

static bool is_closed(void *argument)
{
	return ((struct load *)argument)->closed;
}

static FIBER int enqueue_for_a_while(struct session *session, void *argument)
{
	static const struct db_statement *const *lists[3];
	struct load *load = argument;
	lists[0] = events_statements;
	lists[1] = reminders_statements;
	const struct db_options options = {
		.url = arena_printf(session->arena, "host=%s user=reminders dbname=soleus",
				    load->mailing->house->socket),
		.application = "bench",
		.statements = lists,
		.lanes = load->lanes,
		.batch_limit = 64,
		.statement_timeout_us = 5 * CLOCK_SECOND_US,
		.refuse_privileged = true,
	};
	struct status status = db_open(session->loop, &options, &load->db);
	if (status_is_ok(status)) {
		loop_on_drain(session->loop, DRAIN_CLOSE, "database", begin_close, is_closed, load);
		status = db_wait_ready(load->db, 10 * CLOCK_SECOND_US);
	}
	if (!status_is_ok(status))
		return session_complain("bench", status);
	load->judge = fiber_current();
	load->until_us = clock_monotonic_us() + load->seconds * CLOCK_SECOND_US;
	load->running = load->in_flight;
	for (unsigned i = 0; i < load->in_flight; i++)
		if (!status_is_ok(fiber_start(enqueue_until_over, load)))
			abort();
	fiber_suspend();
	return status_is_ok(load->fault) ? 0 : session_complain("bench", load->fault);
}

double enqueue_run(struct mailing *mailing, unsigned in_flight, unsigned lanes, unsigned seconds)
{
	struct load load = {
		.mailing = mailing,
		.in_flight = in_flight,
		.lanes = lanes,
		.seconds = seconds,
	};
	house_runs(mailing->house, enqueue_for_a_while, &load);
	return (double)load.planned / seconds;
}
