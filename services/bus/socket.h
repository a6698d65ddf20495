/* A ZeroMQ socket on the libuv loop.
 *
 * ZMQ_FD only says "look again", and only once. So four handles serve each socket: a poll on the
 * descriptor wakes the loop and does nothing else; prepare reads ZMQ_EVENTS before the loop would
 * sleep, and starts an empty idle when there is work, so that it does not; check stops the idle and
 * works. A turn handles at most SOCKET_BUDGET messages of one socket, so that a busy one cannot
 * starve the rest; what is left is seen by the next prepare.
 *
 * Cost: two or three reads of ZMQ_EVENTS a turn, whatever the number of messages.
 */
#ifndef SOLEUS_BUS_SOCKET_H
#define SOLEUS_BUS_SOCKET_H

#include "base/status.h"
#include "loop/loop.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SOCKET_BUDGET 128

struct socket;

/* Takes one message; false when there was none. May close the socket. */
typedef bool socket_receive(void *argument);

/* There may be room to send; called only while wanted. May close the socket. */
typedef void socket_writable(void *argument);

/* Opens a socket of `type` that drops frames longer than `message_limit` together with their
 * connection, sends heartbeats, and does not linger. It does nothing before socket_start. */
struct status socket_open(struct loop *loop, void *zmq_context, int type, size_t message_limit,
			  struct socket **ret_socket);

/* For zmq_bind and the like, and for sending: any time. */
void *socket_zmq(struct socket *socket);

/* Sets an option that cannot fail unless we are wrong about it. */
void socket_option(struct socket *socket, int option, int value);

/* `writable` may be NULL. */
void socket_start(struct socket *socket, socket_receive *receive, socket_writable *writable,
		  void *argument);

void socket_want_writable(struct socket *socket, bool wanted);

/* clock_monotonic_us when the turn began in which messages are being received now. */
int64_t socket_turn_us(const struct socket *socket);

/* No callback comes any more; also from within one. NULL is allowed. */
void socket_close(struct socket *socket);

#endif
