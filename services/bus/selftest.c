#include "bus/selftest.h"

#include "base/clock.h"
#include "base/random.h"
#include "bus/link.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zmq.h>

#define LIMIT_US   (5 * CLOCK_SECOND_US)  /* on a machine with too much to do */
#define GRACE_US   (CLOCK_SECOND_US / 50) /* for an intruder who is slower than the guest */
#define REFUSED_US (CLOCK_SECOND_US / 4)  /* for the stranger's refusal to come by */

enum peer { GUEST, STRANGER, KEYLESS, PEERS };

struct trial {
	struct bus *bus;
	char endpoint[80];
	void *server;
	void *peers[PEERS];
	bool arrived[PEERS];
};

static void *quiet_socket(struct trial *trial, int type)
{
	int none = 0;
	void *socket = zmq_socket(trial->bus->zmq, type);
	if (socket)
		zmq_setsockopt(socket, ZMQ_LINGER, &none, sizeof(none));
	return socket;
}

static bool open_server(struct trial *trial)
{
	trial->server = quiet_socket(trial, ZMQ_ROUTER);
	if (!trial->server)
		return false;
	link_guard(trial->bus, trial->server, ZAP_DOMAIN_CALLS);
	snprintf(trial->endpoint, sizeof(trial->endpoint), "ipc://@soleus-selftest-%d-%016" PRIx64,
		 (int)getpid(), random_u64());
	return zmq_bind(trial->server, trial->endpoint) == 0;
}

static bool open_peer(struct trial *trial, enum peer peer)
{
	char public_key[KEY_CHARS + 1], secret_key[KEY_CHARS + 1];
	void *socket = trial->peers[peer] = quiet_socket(trial, ZMQ_DEALER);
	if (!socket)
		return false;
	if (peer != KEYLESS) {
		if (zmq_curve_keypair(public_key, secret_key) != 0)
			return false;
		zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, public_key, sizeof(public_key));
		zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, secret_key, sizeof(secret_key));
		zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, trial->bus->public_key,
			       sizeof(trial->bus->public_key));
	}
	if (peer == GUEST)
		memcpy(trial->bus->zap.guest, public_key, sizeof(public_key));
	if (zmq_connect(socket, trial->endpoint) != 0)
		return false;
	uint8_t name = (uint8_t)peer;
	return zmq_send(socket, &name, 1, ZMQ_DONTWAIT) == 1;
}

static void note_arrivals(struct trial *trial)
{
	struct frames frames;
	while (frames_receive(trial->server, &frames)) {
		const uint8_t *name = zmq_msg_data(&frames.parts[frames.kept - 1]);
		if (zmq_msg_size(&frames.parts[frames.kept - 1]) == 1 && *name < PEERS)
			trial->arrived[*name] = true;
		frames_close(&frames);
	}
}

static void watch(struct trial *trial)
{
	struct zap *zap = &trial->bus->zap;
	int64_t now_us = clock_monotonic_us();
	int64_t end_us = now_us + LIMIT_US;
	for (bool guest = false; now_us < end_us; now_us = clock_monotonic_us()) {
		zmq_pollitem_t items[] = {
			{.socket = trial->server, .events = ZMQ_POLLIN},
			{.socket = socket_zmq(zap->socket), .events = ZMQ_POLLIN},
		};
		zmq_poll(items, 2, 1 + (long)(end_us - now_us) / 1000);
		while (zap_answer(zap))
			continue;
		note_arrivals(trial);
		if (trial->arrived[STRANGER] || trial->arrived[KEYLESS])
			return;
		if (trial->arrived[GUEST] && !guest) {
			guest = true;
			end_us = now_us + REFUSED_US;
		}
		if (guest && zap->refused > 0 && end_us > now_us + GRACE_US)
			end_us = now_us + GRACE_US;
	}
}

static struct status verdict(const struct trial *trial, bool opened)
{
	if (!opened)
		return status_error(STATUS_FAILED_PRECONDITION,
				    "the self test could not open its sockets");
	if (trial->arrived[STRANGER])
		return status_error(STATUS_FAILED_PRECONDITION,
				    "a stranger's key gets in: the ZAP handler is not asked");
	if (trial->arrived[KEYLESS])
		return status_error(STATUS_FAILED_PRECONDITION,
				    "a peer without a key gets in: CURVE is not in force");
	if (!trial->arrived[GUEST])
		return status_error(STATUS_FAILED_PRECONDITION,
				    "a known key does not get in: CURVE does not work here");
	return status_ok();
}

struct status selftest_run(struct bus *bus)
{
	struct trial trial = {.bus = bus};
	bool opened = open_server(&trial);
	for (enum peer peer = 0; peer < PEERS && opened; peer++)
		opened = open_peer(&trial, peer);
	if (opened)
		watch(&trial);
	for (enum peer peer = 0; peer < PEERS; peer++)
		if (trial.peers[peer])
			zmq_close(trial.peers[peer]);
	if (trial.server)
		zmq_close(trial.server);
	memset(bus->zap.guest, 0, sizeof(bus->zap.guest));
	return verdict(&trial, opened);
}
