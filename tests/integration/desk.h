/* Calls of a test that makes many, with messages instead of JSON.
 *
 *     Soleus__V1__BookReply *booked;
 *     struct status status = desk_ask(&desk, "Scheduling.Book", arena, &request.base, &booked);
 */
#ifndef SOLEUS_TESTS_DESK_H
#define SOLEUS_TESTS_DESK_H

#include "ctl/session.h"

#define DESK_METHODS 32

struct desk {
	struct session *session;
	const char *who;
	const char *organisation_id;
	struct {
		const char *rpc;
		struct method method;
	} known[DESK_METHODS];
	unsigned count;
};

/* FIBER. The reply lives in `arena`; `ret_reply` is where its pointer goes, NULL without one. */
FIBER struct status desk_ask(struct desk *desk, const char *rpc, struct arena *arena,
			     const ProtobufCMessage *request, void *ret_reply);

/* FIBER. The same with an idempotency key of the caller's. */
FIBER struct status desk_ask_again(struct desk *desk, const char *rpc, const char *key,
				   struct arena *arena, const ProtobufCMessage *request,
				   void *ret_reply);

/* FIBER. Runs `work` on `count` fibers at once, each with its number, and waits for all of them. */
FIBER void desk_run(unsigned count, void (*work)(void *argument, unsigned number), void *argument);

#endif
