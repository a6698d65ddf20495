/* Who may connect: the ZeroMQ authentication protocol (RFC 27), answered on the loop.
 *
 * libzmq asks at inproc://zeromq.zap.01 for each new connection, and once more is the key looked up
 * with each request: what is granted here ends when the keyring forgets the key.
 */
#ifndef SOLEUS_BUS_ZAP_H
#define SOLEUS_BUS_ZAP_H

#include "base/status.h"
#include "bus/frames.h"
#include "bus/principal.h"
#include "loop/loop.h"

#include <stdbool.h>

#define ZAP_DOMAIN_CALLS  "calls"  /* every principal */
#define ZAP_DOMAIN_EVENTS "events" /* services, edges, operators of every organisation */
#define ZAP_USER_PLAIN    "plain"  /* the user id of a peer without a key */

struct socket;

struct zap {
	struct socket *socket;
	struct keyring *keyring; /* NULL: no key is known */
	bool plain; /* peers without a key are let in; only when we have no key either */
	char guest[KEY_CHARS + 1]; /* a key of the self test, let in as well; "" for none */
	unsigned refused;
};

/* Binds the handler; before any other socket of the context. It answers only zap_answer until
 * zap_start hands it to the loop. */
struct status zap_open(struct zap *zap, struct loop *loop, void *zmq_context);
void zap_start(struct zap *zap);
void zap_close(struct zap *zap);

/* Answers one question; false when none is waiting. */
bool zap_answer(struct zap *zap);

/* The user id for what one question asks; NULL to refuse. Its memory is `user_id`. */
const char *zap_decide(struct zap *zap, struct frames *question, char user_id[KEY_CHARS + 1]);

#endif
