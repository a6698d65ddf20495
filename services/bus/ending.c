#include "bus/ending.h"

#include "base/clock.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <zmq.h>

/* Of two: who waits, and the thread. The last one frees it. */
struct ending {
	void *zmq_context;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	unsigned owners;
	bool ended;
};

static void release(struct ending *ending, bool ended)
{
	pthread_mutex_lock(&ending->lock);
	ending->ended |= ended;
	bool last = --ending->owners == 0;
	pthread_cond_signal(&ending->changed);
	pthread_mutex_unlock(&ending->lock);
	if (!last)
		return;
	pthread_cond_destroy(&ending->changed);
	pthread_mutex_destroy(&ending->lock);
	free(ending);
}

static void end(void *zmq_context)
{
	while (zmq_ctx_term(zmq_context) != 0 && errno == EINTR)
		continue;
}

static void *end_on_thread(void *argument)
{
	struct ending *ending = argument;
	end(ending->zmq_context);
	release(ending, true);
	return NULL;
}

/* Signals are for the loop's thread. */
static bool start_thread(struct ending *ending)
{
	pthread_t thread;
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	bool started = pthread_create(&thread, NULL, end_on_thread, ending) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (started)
		pthread_detach(thread);
	return started;
}

struct ending *ending_begin(void *zmq_context)
{
	struct ending *ending = calloc(1, sizeof(*ending));
	pthread_condattr_t monotonic;
	if (!ending) {
		end(zmq_context);
		return NULL;
	}
	ending->zmq_context = zmq_context;
	ending->owners = 2;
	pthread_mutex_init(&ending->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&ending->changed, &monotonic);
	pthread_condattr_destroy(&monotonic);
	if (start_thread(ending))
		return ending;
	end(zmq_context);
	ending->owners = 1;
	release(ending, true);
	return NULL;
}

bool ending_wait(struct ending *ending, int64_t limit_us)
{
	if (!ending)
		return true;
	int64_t until_us = clock_monotonic_us() + limit_us;
	struct timespec until = {.tv_sec = until_us / CLOCK_SECOND_US,
				 .tv_nsec = until_us % CLOCK_SECOND_US * 1000};
	int failed = 0;
	pthread_mutex_lock(&ending->lock);
	while (!ending->ended && !failed)
		failed = pthread_cond_timedwait(&ending->changed, &ending->lock, &until);
	bool ended = ending->ended;
	pthread_mutex_unlock(&ending->lock);
	return ended;
}

void ending_leave(struct ending *ending)
{
	if (ending)
		release(ending, false);
}
