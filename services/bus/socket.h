/* A ZeroMQ socket on the libuv loop.
 *
 * ZMQ_FD only says "look again", and only once. So four handles serve each socket: a poll on the
 * descriptor wakes the loop and does nothing else; prepare reads ZMQ_EVENTS before the loop would
 * sleep, and starts an empty idle when there is work, so that it does not; check stops the idle and
 * works. A turn handles at most SOCKET_BUDGET messages of one socket, so that a busy one cannot
 * starve the rest; what is left is seen by the next prepare.
 *
 * What is to be sent is kept by its owner and goes out in bursts: whenever SOCKET_BURST messages
 * have been received, and before the loop sleeps. Held back to the end of the turn, the two sides
 * take turns instead of working side by side: some 10 % fewer calls with 64 in flight (14 paired
 * rounds on two shared cores, slower in 11; with CURVE in 10). Bursts of 1 and of 4 could not be
 * told apart; 4 is in the middle of what was tried.
 *
 * Cost: one read of ZMQ_EVENTS a turn, and one failing receive in a turn that had messages.
 */
#ifndef SOLEUS_BUS_SOCKET_H
#define SOLEUS_BUS_SOCKET_H

#include "base/status.h"
#include "loop/loop.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SOCKET_BUDGET 128
#define SOCKET_BURST  4

/* ZeroMQ's own threads: one carries all links; what has to ask a name server where its peer is has
 * another, for there it stands still until the name server answers. */
#define SOCKET_THREADS 2

struct socket;

/* Takes one message; false when there was none. May close the socket. */
typedef bool socket_receive(void *argument);

/* Sends what there is; false when there was no room for all of it. It must not run anything else of
 * the program: it comes in prepare, too. */
typedef bool socket_flush(void *argument);

/* Opens a socket of `type` that drops frames longer than `message_limit` together with their
 * connection, sends heartbeats, and does not linger. It does nothing before socket_start. */
struct status socket_open(struct loop *loop, void *zmq_context, int type, size_t message_limit,
			  struct socket **ret_socket);

/* Before connecting to an endpoint with a name to be looked up. */
void socket_looks_up(struct socket *socket);

/* For zmq_bind and the like, and for sending: any time. */
void *socket_zmq(struct socket *socket);

/* Sets an option that cannot fail unless we are wrong about it. */
void socket_option(struct socket *socket, int option, int value);

/* Hands over a descriptor that is closed with the socket. */
void socket_keep(struct socket *socket, int descriptor);

/* `flush` may be NULL for those that never call socket_flush_soon. */
void socket_start(struct socket *socket, socket_receive *receive, socket_flush *flush,
		  void *argument);

/* Calls `flush` before the loop sleeps at the latest, and in each turn from then on until it says
 * true. */
void socket_flush_soon(struct socket *socket);

/* clock_monotonic_us when the turn began in which messages are being received now. */
int64_t socket_turn_us(const struct socket *socket);

/* No callback comes any more; also from within one. NULL is allowed. */
void socket_close(struct socket *socket);

#endif
