#include "loop/fiber_inside.h"
#include "loop/loop_inside.h"

#include <assert.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#define DEFERRED_FIRST_SIZE 64
#define LAST_TURNS          8

static struct loop *the_loop;

struct loop *loop_current(void)
{
	return the_loop;
}

struct uv_loop_s *loop_uv(struct loop *loop)
{
	return &loop->uv;
}

/* --- deferred calls --- */

/* Only those that are there now: a call that defers itself must not keep input and output out. */
static void run_deferred(uv_idle_t *turn)
{
	struct loop *loop = turn->data;
	for (unsigned left = loop->deferred_count; left > 0; left--) {
		struct deferred call = loop->deferred[loop->deferred_first];
		loop->deferred_first = (loop->deferred_first + 1) & (loop->deferred_size - 1);
		loop->deferred_count--;
		call.callback(call.argument);
	}
	if (loop->deferred_count == 0)
		uv_idle_stop(turn);
}

static void deferred_grow(struct loop *loop)
{
	unsigned size = loop->deferred_size ? 2 * loop->deferred_size : DEFERRED_FIRST_SIZE;
	struct deferred *ring = calloc(size, sizeof(*ring));
	if (ring == NULL)
		abort();
	for (unsigned i = 0; i < loop->deferred_count; i++)
		ring[i] = loop->deferred[(loop->deferred_first + i) & (loop->deferred_size - 1)];
	free(loop->deferred);
	loop->deferred = ring;
	loop->deferred_size = size;
	loop->deferred_first = 0;
}

void loop_defer(struct loop *loop, loop_callback *callback, void *argument)
{
	if (loop->deferred_count == loop->deferred_size)
		deferred_grow(loop);
	unsigned last = (loop->deferred_first + loop->deferred_count) & (loop->deferred_size - 1);
	loop->deferred[last] = (struct deferred){callback, argument};
	if (loop->deferred_count++ == 0 && !uv_is_closing((uv_handle_t *)&loop->turn))
		uv_idle_start(&loop->turn, run_deferred);
}

/* --- signals --- */

static void exit_at_once(int number)
{
	_exit(128 + number);
}

static void set_action(int number, void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler};
	sigemptyset(&action.sa_mask);
	sigaction(number, &action, NULL);
}

/* The first signal. The next is not left to the loop, which may hang, nor to the default action,
 * which process 1 of a container does not have. */
static void on_signal(uv_signal_t *handle, int number)
{
	struct loop *loop = handle->data;
	(void)number;
	uv_signal_stop(&loop->terminate);
	uv_signal_stop(&loop->interrupt);
	set_action(SIGTERM, exit_at_once);
	set_action(SIGINT, exit_at_once);
	loop_stop_begin(loop);
}

/* --- life --- */

static bool open_handles(struct loop *loop)
{
	/* One-shot: until on_signal has run, a second signal finds the default action. */
	return uv_timer_init(&loop->uv, &loop->timer) == 0 &&
	       uv_idle_init(&loop->uv, &loop->turn) == 0 &&
	       uv_signal_init(&loop->uv, &loop->terminate) == 0 &&
	       uv_signal_init(&loop->uv, &loop->interrupt) == 0 &&
	       uv_signal_start_oneshot(&loop->terminate, on_signal, SIGTERM) == 0 &&
	       uv_signal_start_oneshot(&loop->interrupt, on_signal, SIGINT) == 0;
}

struct loop *loop_new(void)
{
	assert(the_loop == NULL);
	struct loop *loop = calloc(1, sizeof(*loop));
	if (loop == NULL)
		return NULL;
	if (uv_loop_init(&loop->uv) != 0) {
		free(loop);
		return NULL;
	}
	loop->timer.data = loop->turn.data = loop->terminate.data = loop->interrupt.data = loop;
	loop->drain.limit_us = LOOP_DRAIN_LIMIT_US;
	the_loop = loop;
	if (!open_handles(loop)) {
		loop_free(loop);
		return NULL;
	}
	set_action(SIGPIPE, SIG_IGN);
	return loop;
}

struct status loop_run(struct loop *loop)
{
	assert(fiber_current() == NULL);
	while (loop->drain.state != DRAIN_ENDED)
		uv_run(&loop->uv, UV_RUN_DEFAULT);
	/* Fibers that the last steps woke come to their end, too. */
	for (int turns = 0; turns < LAST_TURNS && loop->deferred_count > 0; turns++)
		uv_run(&loop->uv, UV_RUN_NOWAIT);
	return loop->drain.outcome;
}

static void close_own(uv_handle_t *handle)
{
	/* Unknown when loop_new did not get so far. */
	if (handle->type != UV_UNKNOWN_HANDLE)
		uv_close(handle, NULL);
}

bool loop_free(struct loop *loop)
{
	if (loop == NULL)
		return true;
	close_own((uv_handle_t *)&loop->timer);
	close_own((uv_handle_t *)&loop->turn);
	close_own((uv_handle_t *)&loop->terminate);
	close_own((uv_handle_t *)&loop->interrupt);
	/* A turn calls the close callbacks, ours and those that other rooms still wait for. */
	bool closed = false;
	for (int turns = 0; turns < LAST_TURNS && !closed; turns++) {
		uv_run(&loop->uv, UV_RUN_NOWAIT);
		closed = uv_loop_close(&loop->uv) == 0;
	}
	fiber_forget_ready();
	the_loop = NULL;
	set_action(SIGTERM, SIG_DFL);
	set_action(SIGINT, SIG_DFL);
	if (!closed)
		return false;
	free(loop->deferred);
	free(loop);
	return true;
}
