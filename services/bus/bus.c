#include "bus/bus.h"

#include "base/clock.h"
#include "base/log.h"
#include "bus/context.h"
#include "bus/selftest.h"
#include "bus/socket.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#define MESSAGE_LIMIT_BYTES     ((size_t)1 << 20)
#define ARENA_LIMIT_BYTES       ((size_t)16 << 20)
#define IN_FLIGHT_PER_PRINCIPAL 256
#define IN_FLIGHT               4096

/* Lines that a handler writes carry its trace, also after it waited. */
static void trace_follows(void *local)
{
	const struct call *call = local;
	log_trace(call ? call->traceparent : "");
}

static bool take_key(struct bus *bus, const char *secret_key)
{
	if (strlen(secret_key) != KEY_CHARS || zmq_curve_public(bus->public_key, secret_key) != 0)
		return false;
	memcpy(bus->secret_key, secret_key, sizeof(bus->secret_key));
	bus->secure = true;
	return true;
}

static void take_options(struct bus *bus, const struct bus_options *options)
{
	bus->keyring = options->keyring;
	bus->message_limit_bytes = options->message_limit_bytes ?: MESSAGE_LIMIT_BYTES;
	bus->request_limit_bytes = options->request_limit_bytes ?: bus->message_limit_bytes;
	bus->arena_limit_bytes = options->arena_limit_bytes ?: ARENA_LIMIT_BYTES;
	bus->in_flight_per_principal = options->in_flight_per_principal ?: IN_FLIGHT_PER_PRINCIPAL;
	bus->in_flight = options->in_flight ?: IN_FLIGHT;
	if (options->plain && !bus->secure) {
		bus->has_plain = true;
		bus->plain = *options->plain;
	}
	bus->zap.keyring = options->keyring;
	bus->zap.plain = bus->has_plain;
}

/* Nothing of it is used any more, but the context may still send. */
static void bus_end(struct bus *bus)
{
	if (bus->closing)
		return;
	bus->closing = true;
	if (bus->zap.socket)
		zap_close(&bus->zap);
	if (bus->zmq)
		bus->ending = ending_begin(bus->zmq);
	bus->leave_us = clock_monotonic_us() + BUS_CLOSE_LIMIT_US;
}

static void bus_free(struct bus *bus)
{
	ending_leave(bus->ending);
	explicit_bzero(bus, sizeof(*bus));
	free(bus);
}

static struct status bus_begin(struct bus *bus, const struct bus_options *options)
{
	if (options->secret_key && !take_key(bus, options->secret_key))
		return status_error(STATUS_INVALID_ARGUMENT, "a secret key has 40 Z85 characters");
	take_options(bus, options);
	bus->zmq = zmq_ctx_new();
	if (!bus->zmq || zmq_ctx_set(bus->zmq, ZMQ_IO_THREADS, SOCKET_THREADS) != 0)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "ZeroMQ gave no context");
	struct status status = zap_open(&bus->zap, bus->loop, bus->zmq);
	/* Who knows nobody cannot serve and has no door to try. */
	if (status_is_ok(status) && bus->secure && bus->keyring)
		status = selftest_run(bus);
	if (status_is_ok(status))
		zap_start(&bus->zap);
	return status;
}

struct status bus_open(struct loop *loop, const struct bus_options *options, struct bus **ret_bus)
{
	struct bus *bus = calloc(1, sizeof(*bus));
	if (!bus)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the bus");
	bus->loop = loop;
	struct status status = bus_begin(bus, options);
	if (!status_is_ok(status)) {
		bus_close(bus);
		return status;
	}
	fiber_on_switch(trace_follows);
	*ret_bus = bus;
	return status;
}

bool bus_try_close(struct bus *bus)
{
	if (!bus)
		return true;
	assert(bus->users == 0);
	bus_end(bus);
	if (!ending_wait(bus->ending, 0) && clock_monotonic_us() < bus->leave_us)
		return false;
	bus_free(bus);
	return true;
}

void bus_close(struct bus *bus)
{
	if (!bus)
		return;
	assert(bus->users == 0);
	bus_end(bus);
	ending_wait(bus->ending, BUS_CLOSE_LIMIT_US);
	bus_free(bus);
}

const struct principal *bus_principal(struct bus *bus, const char *user_id)
{
	if (!user_id)
		return 0;
	if (bus->has_plain && strcmp(user_id, ZAP_USER_PLAIN) == 0)
		return &bus->plain;
	return bus->keyring ? keyring_find(bus->keyring, user_id) : 0;
}
