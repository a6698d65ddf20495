/* Deep or blocking work beside the loop: on a thread of libuv's pool, while the fiber waits.
 *
 * For libraries that need more stack than a fiber has, or that block (libical, zone files). The
 * work touches nothing but what `argument` leads to; nobody else may touch that until the call
 * returns. It is not cut short by a deadline or a drain, and exit() waits for it, so it is to be
 * bounded by its input.
 *
 * Cost: two thread switches, about 20 µs; libuv has four threads (UV_THREADPOOL_SIZE).
 *
 *     struct parsing parsing = {.text = request->ics};
 *     offload(parse, &parsing);
 */
#ifndef SOLEUS_LOOP_OFFLOAD_H
#define SOLEUS_LOOP_OFFLOAD_H

#include "loop/fiber.h"

/* Runs `work(argument)` on another thread and returns when it has ended. On a fiber only. */
FIBER void offload(void (*work)(void *argument), void *argument);

#endif
