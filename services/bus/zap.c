#include "bus/zap.h"

#include "base/metrics.h"
#include "bus/socket.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

#define ZAP_ENDPOINT  "inproc://zeromq.zap.01"
#define KEY_BYTES     32
#define MESSAGE_LIMIT 4096

enum question { VERSION, REQUEST_ID, DOMAIN, ADDRESS, IDENTITY, MECHANISM, CREDENTIALS };

static struct metric handshakes = METRIC_COUNTER_BY("soleus_bus_handshakes_total", "outcome",
						    "Connections that asked to be let in.");
METRICS_FROM_THE_START(&handshakes)

/* Events are of every organisation. */
static bool may_hear_events(const struct principal *principal)
{
	bool operates = (principal->roles & ROLE_OPERATOR) && !principal->organisation_id[0];
	return principal->kind == PRINCIPAL_SERVICE || principal->kind == PRINCIPAL_EDGE ||
	       operates;
}

static const char *decide_curve(struct zap *zap, struct frames *question,
				char user_id[KEY_CHARS + 1])
{
	zmq_msg_t *key = &question->parts[CREDENTIALS];
	if (question->kept <= CREDENTIALS || zmq_msg_size(key) != KEY_BYTES ||
	    !zmq_z85_encode(user_id, zmq_msg_data(key), KEY_BYTES))
		return 0;
	if (zap->guest[0] && strcmp(zap->guest, user_id) == 0)
		return user_id;
	const struct principal *principal = zap->keyring ? keyring_find(zap->keyring, user_id) : 0;
	if (!principal)
		return 0;
	if (frames_is(question, DOMAIN, ZAP_DOMAIN_EVENTS) && !may_hear_events(principal))
		return 0;
	return user_id;
}

const char *zap_decide(struct zap *zap, struct frames *question, char user_id[KEY_CHARS + 1])
{
	if (!frames_is(question, VERSION, "1.0"))
		return 0;
	if (!frames_is(question, DOMAIN, ZAP_DOMAIN_CALLS) &&
	    !frames_is(question, DOMAIN, ZAP_DOMAIN_EVENTS))
		return 0;
	if (frames_is(question, MECHANISM, "CURVE"))
		return decide_curve(zap, question, user_id);
	if (frames_is(question, MECHANISM, "NULL") && zap->plain)
		return strcpy(user_id, ZAP_USER_PLAIN);
	return 0;
}

static void send_text(struct zap *zap, const char *text, bool more)
{
	frame_send_bytes(socket_zmq(zap->socket), text, strlen(text), more);
}

static void reply(struct zap *zap, struct frames *question, const char *user_id)
{
	send_text(zap, "1.0", true);
	frame_send_bytes(socket_zmq(zap->socket), zmq_msg_data(&question->parts[REQUEST_ID]),
			 zmq_msg_size(&question->parts[REQUEST_ID]), true);
	send_text(zap, user_id ? "200" : "400", true);
	send_text(zap, user_id ? "OK" : "not known here", true);
	send_text(zap, user_id ? user_id : "", true);
	send_text(zap, "", false);
}

bool zap_answer(struct zap *zap)
{
	struct frames question;
	if (!frames_receive(socket_zmq(zap->socket), &question))
		return false;
	/* libzmq alone can ask here, and it always sends these. */
	assert(question.kept > MECHANISM);
	char key[KEY_CHARS + 1];
	const char *user_id = zap_decide(zap, &question, key);
	zap->refused += !user_id;
	metric_add(metric_with(&handshakes, user_id ? "let_in" : "refused"), 1);
	reply(zap, &question, user_id);
	frames_close(&question);
	return true;
}

static bool on_question(void *argument)
{
	return zap_answer(argument);
}

struct status zap_open(struct zap *zap, struct loop *loop, void *zmq_context)
{
	struct socket *socket;
	struct status status = socket_open(loop, zmq_context, ZMQ_REP, MESSAGE_LIMIT, &socket);
	if (!status_is_ok(status))
		return status;
	if (zmq_bind(socket_zmq(socket), ZAP_ENDPOINT) != 0) {
		status = status_error(STATUS_FAILED_PRECONDITION, zmq_strerror(errno));
		socket_close(socket);
		return status;
	}
	zap->socket = socket;
	return status;
}

void zap_start(struct zap *zap)
{
	socket_start(zap->socket, on_question, 0, zap);
}

void zap_close(struct zap *zap)
{
	socket_close(zap->socket);
	zap->socket = 0;
}
