/* The life of a process around one libuv loop: start, timers, alarms, and an ordered end.
 *
 * There is one loop in a process and one thread that runs it. Callbacks always come later, from
 * the loop, never from inside the call that asks for them. Timers and alarms are plain members of
 * their owners: after loop_timer_stop the memory may be freed at once, unlike a uv handle's.
 *
 * Cost: all timers share one uv_timer and a heap, deferred calls one uv_idle; none of the calls
 * here makes a system call.
 *
 *     struct loop *loop = loop_new();
 *     loop_on_drain(loop, DRAIN_ACCEPT, "bus", bus_refuse, NULL, bus);
 *     loop_on_drain(loop, DRAIN_WORK, "calls", NULL, bus_is_idle, bus);
 *     struct status status = loop_run(loop);     // until SIGTERM, SIGINT or loop_stop_begin
 *     loop_free(loop);
 */
#ifndef SOLEUS_LOOP_LOOP_H
#define SOLEUS_LOOP_LOOP_H

#include "base/status.h"
#include "loop/fiber.h"
#include "loop/heap.h"

#include <stdbool.h>
#include <stdint.h>

struct uv_loop_s;
struct loop;

typedef void loop_callback(void *argument);

/* Makes the process's loop, takes over SIGTERM and SIGINT (see loop_run) and ignores SIGPIPE.
 * Asserts that there is none yet. NULL when out of memory or descriptors. */
struct loop *loop_new(void);

/* The one that loop_new made; NULL when there is none. */
struct loop *loop_current(void);

/* For rooms that have uv handles of their own. Each closes them before loop_free. */
struct uv_loop_s *loop_uv(struct loop *loop);

/* Runs until the drain has ended. SIGTERM and SIGINT begin it; once it has begun, a second signal
 * exits at once with 128 + its number, even when the loop hangs (before that, by the default
 * action). OK when every step was done; DEADLINE_EXCEEDED with the names of those that were not
 * (the text lives as long as the loop): what hangs may then be on a thread that exit() waits for,
 * so end the process with _exit. Once. */
struct status loop_run(struct loop *loop);

/* Closes the loop; NULL is allowed. Timers, alarms and deferred calls that are left never fire. A
 * uv handle that another room left open (after an abandoned drain) makes it return false: the
 * memory then stays, for the process is about to end anyway. */
bool loop_free(struct loop *loop);

/* Calls `callback(argument)` soon, from the loop, after the calls deferred before it. What is
 * deferred meanwhile waits for the next turn, so that input and output are not starved. Aborts
 * when out of memory. */
void loop_defer(struct loop *loop, loop_callback *callback, void *argument);

/* --- drain --- */

enum loop_drain_stage {
	DRAIN_ACCEPT, /* stop taking work: no new requests, connections, claims */
	DRAIN_WORK,   /* finish what is in flight: handlers, batches, replies */
	DRAIN_CLOSE,  /* close connections, sockets, uv handles */
};

#define LOOP_DRAIN_STEPS    64
#define LOOP_DRAIN_LIMIT_US INT64_C(9500000) /* the process is to be gone within 10 s */
#define LOOP_DRAIN_POLL_US  INT64_C(5000)

/* Adds a step. When its stage comes, `begin(what)` is called on the loop, once, in the order in
 * which steps were added (it may start fibers); then `done(what)` is asked, at once and every 5 ms,
 * until it says true. The next stage begins when all steps of this one are done. Either may be
 * NULL: nothing to begin, done as soon as begun. `name` is static. Not once the drain runs; at most
 * LOOP_DRAIN_STEPS (asserted). */
void loop_on_drain(struct loop *loop, enum loop_drain_stage stage, const char *name,
		   void (*begin)(void *what), bool (*done)(void *what), void *what);

/* The whole drain may take this long; then it is abandoned. */
void loop_drain_limit(struct loop *loop, int64_t limit_us);

/* Begins the drain soon, from the loop; further calls change nothing. Callable before loop_run. */
void loop_stop_begin(struct loop *loop);

/* True from loop_stop_begin or the first signal on. */
bool loop_is_stopping(const struct loop *loop);

/* --- timers: real time --- */

/* Zero is a stopped timer. The members are the loop's. */
struct loop_timer {
	struct loop_node node;
	int64_t repeat_us;
	loop_callback *callback;
	void *argument;
};

/* Calls `callback(argument)` from the loop after `delay_us`, then every `repeat_us` (0: once only;
 * turns that were missed are skipped). To the millisecond, never early. A timer that runs is
 * started anew. A one-shot timer is stopped when its callback is called: it may free its owner. So
 * may that of a repeating one, after stopping it. */
void loop_timer_start(struct loop *loop, struct loop_timer *timer, int64_t delay_us,
		      int64_t repeat_us, loop_callback *callback, void *argument);

/* Nothing happens when it does not run. */
void loop_timer_stop(struct loop *loop, struct loop_timer *timer);

bool loop_timer_is_running(const struct loop_timer *timer);

/* --- alarms: the time of the domain, real or driven --- */

#define LOOP_ALARM_DRIVEN_POLL_US INT64_C(5000)
#define LOOP_ALARM_REAL_POLL_US   INT64_C(100000)

/* Zero is a cleared alarm. The members are the loop's. */
struct loop_alarm {
	struct loop_node node;
	loop_callback *callback;
	void *argument;
};

/* Calls `callback(argument)` from the loop, once, when clock_now_us() reaches `at_us`; soon when
 * that has passed. Alarms fire in the order of their instants however far the clock jumps. While
 * any alarm is set, a driven clock is looked at every 5 ms; a real one when the first alarm is due,
 * and every 100 ms, so that a clock that is stepped, or begins to be driven, is noticed. */
void loop_alarm_set(struct loop *loop, struct loop_alarm *alarm, int64_t at_us,
		    loop_callback *callback, void *argument);

/* Nothing happens when it is not set. */
void loop_alarm_clear(struct loop *loop, struct loop_alarm *alarm);

bool loop_alarm_is_set(const struct loop_alarm *alarm);

#endif
