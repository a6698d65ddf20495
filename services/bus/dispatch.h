/* What is to be done with a request: a pure function of its frames, of who sent it, and of the
 * time. It knows no socket, so that a fuzzer and a table of tests can drive it.
 *
 * In the order of the questions: can it be answered at all, is there room, who is it, what do they
 * want, for whom, may they, is it safe to repeat, is there time left, does the payload read.
 */
#ifndef SOLEUS_BUS_DISPATCH_H
#define SOLEUS_BUS_DISPATCH_H

#include "bus/bus.h"
#include "bus/message_id.h"
#include "bus/method_table.h"

#define IDEMPOTENCY_KEY_MAX 64
#define DISPATCH_FRAMES     3 /* method, header, payload */

struct frame {
	const uint8_t *bytes;
	size_t length;
};

struct dispatch_input {
	struct frame frames[DISPATCH_FRAMES];
	size_t frame_count;           /* how many came; those beyond DISPATCH_FRAMES are not here */
	const struct principal *peer; /* whose key the connection has; NULL: nobody's (any more) */
	size_t message_limit_bytes;   /* of each frame */
	bool stopping;
	bool full;          /* too much in flight, of this peer or of all */
	int64_t arrived_us; /* both on clock_monotonic_us */
	int64_t now_us;
};

enum dispatch_verdict {
	DISPATCH_DROP,   /* no message id can be read, so nobody would know the answer */
	DISPATCH_REFUSE, /* answer with `refusal` */
	DISPATCH_RUN,    /* call `method` with `request` */
};

struct dispatch {
	uint8_t message_id[MESSAGE_ID_BYTES]; /* unless DROP */
	bool malformed;                       /* REFUSE because of the frames themselves */
	struct status refusal;                /* REFUSE; text in the call's arena */
	const struct method *method;          /* RUN; REFUSE when the method was known; else NULL */
	ProtobufCMessage *request;            /* RUN */
};

/* `call->arena` is set; RUN fills the rest of what a handler may read, except `context`. Texts of
 * the call live in the arena; its request bytes are those of the frame. */
enum dispatch_verdict dispatch_decide(const struct method_table *methods,
				      const struct dispatch_input *input, struct call *call,
				      struct dispatch *ret_dispatch);

#endif
