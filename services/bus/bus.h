/* The bus: RPC over ROUTER/DEALER by protobuf-c service descriptors, events over XPUB/SUB.
 *
 * A request is three frames: method ("soleus.v1.Scheduling.Book"), soleus.v1.RequestHeader,
 * payload. A reply is two: soleus.v1.ReplyHeader (message id, Status), payload (with an error too,
 * when the handler filled its reply). The server decodes header and payload into the arena of the
 * call under a byte budget, finds principal, role, deadline and room in flight, and runs the
 * handler on a fiber. Nothing is dispatched by a table of our own: the generated service struct is
 * the table, and access.conf says who may call.
 *
 * ZeroMQ drops silently at its limits. So: a reply that cannot be sent is counted, not awaited;
 * an event is a hint, the outbox is the truth.
 *
 * What a turn of the loop makes leaves in small bursts, the last just before the loop sleeps.
 *
 * Links are CURVE. Plain links exist for tests and benchmarks, on ipc and loopback only, and give
 * every peer the one principal that the configuration names. A key that the keyring forgets is
 * refused with its next request; as a subscriber only when it connects again.
 */
#ifndef SOLEUS_BUS_BUS_H
#define SOLEUS_BUS_BUS_H

#include "base/arena.h"
#include "base/status.h"
#include "bus/principal.h"
#include "loop/fiber.h"
#include "loop/loop.h"

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bus;

struct bus_options {
	const char *secret_key;  /* Z85; NULL: plain links only */
	struct keyring *keyring; /* who may connect; NULL with plain links */
	/* Who a plain peer is; NULL refuses plain peers, and so does a bus with a secret key. */
	const struct principal *plain;
	/* A message longer than this is refused: 1 MiB. A server still reads one up to four times
	 * as long, to refuse it in words; one that is longer yet, or no request, ends its
	 * connection. */
	size_t message_limit_bytes;
	size_t request_limit_bytes;       /* of what clients send: message_limit_bytes */
	size_t arena_limit_bytes;         /* memory of one call: 16 MiB */
	unsigned in_flight_per_principal; /* beyond it RESOURCE_EXHAUSTED: 256 */
	unsigned in_flight;               /* of all principals: 4096 */
};

/* Makes the ZeroMQ context and binds the ZAP handler before any socket. With CURVE it then tries
 * a stranger's key against itself and fails (FAILED_PRECONDITION) when that gets in: some 25 ms, at
 * most five seconds. Without a keyring nobody gets in, and there is nothing to try. */
struct status bus_open(struct loop *loop, const struct bus_options *options, struct bus **ret_bus);

#define BUS_CLOSE_LIMIT_US INT64_C(3000000)

/* Ends the context and waits for it; all servers, clients, publishers and subscribers must be
 * closed. Last replies may take a second. A context that has not ended after BUS_CLOSE_LIMIT_US,
 * because ZeroMQ asks a silent name server where a peer is, is left behind: its threads end with
 * the process. NULL is allowed. */
void bus_close(struct bus *bus);

/* The same for a loop that goes on turning: begins it, and is to be asked again until it says true;
 * `bus` is gone then. */
bool bus_try_close(struct bus *bus);

/* ---- Serving ---------------------------------------------------------------------------- */

/* One request in progress. Everything in it lives as long as its arena: until the reply is sent. On
 * its fiber it is fiber_local(), so that log lines carry its trace: nobody else sets that. */
struct call {
	struct arena *arena;
	const char *method;                /* full name */
	const struct principal *principal; /* a copy of its own */
	const char *organisation_id; /* the tenant: the principal's, else the header's; may be "" */
	const char *clinic_id;       /* may be "" */
	const char *idempotency_key; /* may be "" for a query */
	const char *traceparent;
	const uint8_t *request_bytes; /* the payload as it came, for the idempotency hash */
	size_t request_length;
	int64_t deadline_us;  /* on clock_monotonic_us */
	void *context;        /* of the server: struct events * in a daemon */
	struct status status; /* how the handler ended */
	ProtobufCMessage *reply;
	const uint8_t *stored_reply; /* set by events: send these bytes instead of `reply` */
	size_t stored_reply_length;
};

/* Who may call which method, and whether it changes something. Read from access.conf:
 * "METHOD command|query ROLE…", checked against the descriptors. */
struct access_rule {
	const char *method;
	bool command; /* needs an idempotency key */
	unsigned roles;
};

struct bus_server;

/* Parses `text` (access.conf) and checks it: a method of `services` without a line, a line without
 * a method and an unknown role are faults, with their line. */
struct status access_parse(struct arena *arena, const char *text, ProtobufCService *const *services,
			   const struct access_rule **ret_rules);

/* Binds `endpoint` and serves `services` (NULL-ended). Refuses (FAILED_PRECONDITION) a
 * non-loopback tcp endpoint without CURVE. `rules` must outlive the server. */
struct status bus_serve(struct bus *bus, const char *endpoint, ProtobufCService *const *services,
			const struct access_rule *rules, void *context,
			struct bus_server **ret_server);

/* Answers UNAVAILABLE to whatever comes from now on; work in flight goes on. */
void bus_server_stop_accepting(struct bus_server *server);
size_t bus_server_in_flight(const struct bus_server *server);
void bus_server_close(struct bus_server *server);

/* A handler reads from top to bottom:
 *
 *     RPC(Scheduling, scheduling, Book, book)
 *     {
 *             …decode, check, one query…
 *             reply->appointment_id = …;   // in call->arena
 *             return status_ok();
 *     }
 *
 * The macro makes scheduling__book for the generated SOLEUS__V1__SCHEDULING__INIT(scheduling__)
 * and declares the body: FIBER static struct status book(struct call *call,
 * const Soleus__V1__BookRequest *request, Soleus__V1__BookReply *reply). */
#define RPC(Service, service, Method, method)                                                    \
	static FIBER struct status method(struct call *call,                                     \
					  const Soleus__V1__##Method##Request *request,          \
					  Soleus__V1__##Method##Reply *reply);                   \
	void service##__##method(Soleus__V1__##Service##_Service *self,                          \
				 const Soleus__V1__##Method##Request *request,                   \
				 Soleus__V1__##Method##Reply##_Closure answer, void *data);      \
	FIBER void service##__##method(Soleus__V1__##Service##_Service *self,                    \
				       const Soleus__V1__##Method##Request *request,             \
				       Soleus__V1__##Method##Reply##_Closure answer, void *data) \
	{                                                                                        \
		struct call *call = data;                                                        \
		Soleus__V1__##Method##Reply reply;                                               \
		(void)self;                                                                      \
		soleus__v1__##method##_reply__init(&reply);                                      \
		call->reply = &reply.base;                                                       \
		call->status = method(call, request, &reply);                                    \
		answer(&reply, data);                                                            \
	}                                                                                        \
	static FIBER struct status method(struct call *call,                                     \
					  const Soleus__V1__##Method##Request *request,          \
					  Soleus__V1__##Method##Reply *reply)

/* ---- Calling ---------------------------------------------------------------------------- */

struct bus_client;

/* Connects (lazily, for ever) to `endpoint`; `server_key` Z85, NULL on a plain link. */
struct status bus_connect(struct bus *bus, const char *endpoint, const char *server_key,
			  struct bus_client **ret_client);
void bus_client_close(struct bus_client *client);

#define BUS_TIMEOUT_US     INT64_C(5000000)
#define BUS_TIMEOUT_MAX_US INT64_C(3600000000)

struct bus_call_options {
	const char *organisation_id;
	const char *clinic_id;
	const char *idempotency_key;
	const char *traceparent;
	int64_t timeout_us;              /* 0: BUS_TIMEOUT_US; BUS_TIMEOUT_MAX_US at most */
	const struct principal *act_for; /* of an edge: for whom; NULL else */
};

/* FIBER. One call by full method name ("soleus.v1.Scheduling.Book"): the bytes in, the bytes out.
 * The remote status comes back as it was, copied into `arena`, with whatever reply the handler
 * filled in; without one `*ret_reply` is untouched. DEADLINE_EXCEEDED when nothing came in time:
 * the outcome of a command is then unknown, ask again with the same key. From here: UNAVAILABLE
 * when it could not even be sent within its time, INVALID_ARGUMENT when it is longer than servers
 * take, CANCELLED when the client is closed meanwhile. */
FIBER struct status bus_call_bytes(struct bus_client *client, const char *method,
				   const struct bus_call_options *options, const uint8_t *request,
				   size_t request_length, struct arena *arena,
				   const uint8_t **ret_reply, size_t *ret_reply_length);

/* FIBER. As above, with messages; "Book" will do as `method`. `*ret_reply` lives in `arena`. */
FIBER struct status bus_call(struct bus_client *client, const ProtobufCServiceDescriptor *service,
			     const char *method, const struct bus_call_options *options,
			     const ProtobufCMessage *request, struct arena *arena,
			     ProtobufCMessage **ret_reply);

/* ---- Events ----------------------------------------------------------------------------- */

struct bus_publisher;
/* Events are of every organisation: only services, edges and operators of every
 * organisation may subscribe. */
struct status bus_publish_on(struct bus *bus, const char *endpoint,
			     struct bus_publisher **ret_publisher);
/* Two frames: topic, bytes. Lost when nobody listens, a listener is slow, or they are longer than
 * message_limit_bytes. */
void bus_publish(struct bus_publisher *publisher, const char *topic, const uint8_t *bytes,
		 size_t length);
void bus_publisher_close(struct bus_publisher *publisher);

struct bus_subscriber;
/* On the loop, not on a fiber; `bytes` are gone when it returns. */
typedef void bus_event(void *argument, const char *topic, const uint8_t *bytes, size_t length);
struct status bus_subscribe(struct bus *bus, const char *endpoint, const char *server_key,
			    const char *topic_prefix, bus_event *event, void *argument,
			    struct bus_subscriber **ret_subscriber);
void bus_subscriber_close(struct bus_subscriber *subscriber);

/* ---- Messages --------------------------------------------------------------------------- */

/* Decodes into the arena; INVALID_ARGUMENT with the field's path for what is not well-formed, text
 * that is not UTF-8 or has a NUL, or more than the arena's budget. */
struct status message_decode(const ProtobufCMessageDescriptor *type, struct arena *arena,
			     const uint8_t *bytes, size_t length, ProtobufCMessage **ret_message);

/* The same for what people type: text is plain too (text_is_plain). Every request of an RPC. */
struct status message_decode_plain(const ProtobufCMessageDescriptor *type, struct arena *arena,
				   const uint8_t *bytes, size_t length,
				   ProtobufCMessage **ret_message);

/* Packs into the arena. */
const uint8_t *message_encode(const ProtobufCMessage *message, struct arena *arena,
			      size_t *ret_length);

#endif
