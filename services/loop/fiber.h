/* Fibers: functions that wait without callbacks, all on the loop's one thread.
 *
 * A fiber is a plain C function on a stack of its own. Where it would block it suspends, and the
 * loop goes on; whoever has its answer resumes it. Nothing else runs between two suspensions, so
 * what is read there stays true: no locks. A function marked FIBER may suspend; only such a
 * function, on a fiber, may call one. Nothing deep belongs on a fiber (name lookup, TLS, printf of
 * long double): its stack is small and ends at guard pages, where an overflow dies by SIGSEGV.
 *
 * Cost (x86-64, measured on the development machine): a resume with its suspension 60 to 90
 * ns, a start with its end 70 to 100 ns from the pool; no system call in either. A stack takes
 * address space for 192 KiB and memory for the pages that were ever touched, 4 KiB at least; 256
 * are kept for the next fibers.
 *
 *     static void greet(void *name) { fiber_sleep_us(1000); puts(name); }
 *     struct status status = fiber_start(greet, "athlete");
 */
#ifndef SOLEUS_LOOP_FIBER_H
#define SOLEUS_LOOP_FIBER_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FIBER /* marks a function that may suspend the fiber that calls it */

struct fiber;

typedef void fiber_main(void *argument);

/* Unmaps the idle stacks. For tests and for a clean exit; fibers can be started afterwards. */
void fiber_trim(void);

/* Runs `main(argument)` on a fiber, at once, until it first suspends or ends; then returns. May be
 * called on the loop or on a fiber. RESOURCE_EXHAUSTED when no stack can be had: `main` has not
 * run then. */
struct status fiber_start(fiber_main *main, void *argument);

/* The fiber that runs now; NULL on the loop. */
struct fiber *fiber_current(void);

/* Gives control back to whoever started or resumed this fiber; returns when it is resumed. For
 * bridges between callbacks and fibers: keep fiber_current() where the callback finds it, suspend,
 * and let the callback resume, exactly once. The callback must come later, from the loop. */
FIBER void fiber_suspend(void);

/* Resumes a fiber that is in fiber_suspend; exactly once for each suspension. On the loop: it runs
 * at once, and the call returns when it suspends again or has ended (do not touch it, or what
 * lives on its stack, after that). On another fiber: it runs soon, from the loop. A fiber in
 * fiber_wait or fiber_sleep_us is not to be resumed from outside. */
void fiber_resume(struct fiber *fiber);

/* Sleeps in real time, to the millisecond, never too short. Zero or less lets the loop turn once.
 * A drain does not cut it short: what is to end with it waits in a queue that the drain wakes. */
FIBER void fiber_sleep_us(int64_t duration_us);

/* Fibers that wait for one thing, first come first served. Zero is empty; must be empty when its
 * memory goes away. */
struct fiber_waiter;

struct fiber_queue {
	struct fiber_waiter *first;
	struct fiber_waiter *last;
};

/* Waits until woken (true) or until `timeout_us` has passed (false; less than zero waits for
 * ever). There are no spurious wakes, but others may run between the wake and the return: test
 * the condition again. */
FIBER bool fiber_wait(struct fiber_queue *queue, int64_t timeout_us);

/* Takes the first waiter (all of them) from the queue. They run soon, from the loop, in order,
 * never inside this call; the queue may go away at once. True when somebody waited. Callable on
 * the loop and on a fiber. */
bool fiber_wake_one(struct fiber_queue *queue);
bool fiber_wake_all(struct fiber_queue *queue);

/* One pointer of the current fiber, for the call it serves (trace, principal); NULL at its start
 * and on the loop. It is not inherited. Setting needs a fiber. */
void fiber_local_set(void *local);
void *fiber_local(void);

/* By when the current fiber's work is wanted, on clock_monotonic_us; INT64_MAX: whenever, as at its
 * start and on the loop. Whoever waits long for others (the database) stops there. It is not
 * inherited. Setting needs a fiber. */
void fiber_deadline_set(int64_t deadline_us);
int64_t fiber_deadline(void);

/* `hook(fiber_local())` is called after every switch and every fiber_local_set, so that what
 * follows the running call (log_trace) can be kept right. It must not suspend. NULL: none. */
void fiber_on_switch(void (*hook)(void *local));

/* The deepest that any stack has ever been used, in bytes, to the page: what the kernel says was
 * touched. Stacks are measured here and when they are unmapped, so fibers never pay for it. Costs
 * one mincore(2) for each stack. */
size_t fiber_stack_high_water(void);

/* The usable bytes of each stack. */
size_t fiber_stack_bytes(void);

/* Fibers that have started and not ended. */
unsigned fiber_count(void);

#endif
