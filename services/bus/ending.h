/* The end of a ZeroMQ context, which may take as long as a name server is silent: ZeroMQ looks
 * names up on its own threads, and nothing interrupts it there. So the end is waited for on a
 * thread that can be left behind. */
#ifndef SOLEUS_BUS_ENDING_H
#define SOLEUS_BUS_ENDING_H

#include <stdbool.h>
#include <stdint.h>

struct ending;

/* Begins to end a context whose sockets are closed. Without memory or a thread it is ended before
 * this returns, however long that takes, and NULL is returned. */
struct ending *ending_begin(void *zmq_context);

/* True when the context has ended, within `limit_us` of now. NULL has ended. */
bool ending_wait(struct ending *ending, int64_t limit_us);

/* Looks no more. A context that has not ended then goes on with it, on a thread that does not keep
 * the process from ending. */
void ending_leave(struct ending *ending);

#endif
