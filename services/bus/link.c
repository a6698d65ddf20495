#include "bus/link.h"

#include "bus/endpoint.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <zmq.h>

#ifndef ZMQ_ZAP_ENFORCE_DOMAIN
#define ZMQ_ZAP_ENFORCE_DOMAIN 93 /* Debian's header hides it */
#endif

static void set_bytes(void *zmq_socket, int option, const void *bytes, size_t length)
{
	int set = zmq_setsockopt(zmq_socket, option, bytes, length);
	assert(set == 0);
	(void)set;
}

static void set_int(void *zmq_socket, int option, int value)
{
	set_bytes(zmq_socket, option, &value, sizeof(value));
}

void link_guard(const struct bus *bus, void *zmq_socket, const char *domain)
{
	set_bytes(zmq_socket, ZMQ_ZAP_DOMAIN, domain, strlen(domain));
	set_int(zmq_socket, ZMQ_ZAP_ENFORCE_DOMAIN, 1);
	if (bus->secure) {
		set_int(zmq_socket, ZMQ_CURVE_SERVER, 1);
		set_bytes(zmq_socket, ZMQ_CURVE_SECRETKEY, bus->secret_key,
			  sizeof(bus->secret_key));
	}
}

static struct status check_reach(const char *endpoint, bool secure)
{
	switch (endpoint_reach(endpoint)) {
	case ENDPOINT_UNKNOWN:
		return status_error(STATUS_INVALID_ARGUMENT,
				    "an endpoint is ipc://PATH or tcp://HOST:PORT");
	case ENDPOINT_REMOTE:
		if (!secure)
			return status_error(STATUS_FAILED_PRECONDITION,
					    "a link that leaves the host needs CURVE keys");
		break;
	case ENDPOINT_LOCAL:
		break;
	}
	return status_ok();
}

/* zmq_strerror's texts are static. */
static struct status zmq_status(void)
{
	int error = errno;
	bool wrong = error == EINVAL || error == EPROTONOSUPPORT;
	return status_error(wrong ? STATUS_INVALID_ARGUMENT : STATUS_UNAVAILABLE,
			    zmq_strerror(error));
}

/* ZeroMQ takes the path of an ipc endpoint away from whoever serves it, and leaves them unreachable
 * without a word. A lock beside it, held as long as the socket lives, keeps a second one out. */
static struct status claim(struct socket *socket, const char *endpoint)
{
	char path[PATH_MAX];
	if (strncmp(endpoint, "ipc://", 6) != 0)
		return status_ok();
	if (snprintf(path, sizeof(path), "%s.lock", endpoint + 6) >= (int)sizeof(path))
		return status_error(STATUS_INVALID_ARGUMENT, "the endpoint's path is too long");
	int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (descriptor < 0)
		return status_error(STATUS_UNAVAILABLE, strerrordesc_np(errno));
	socket_keep(socket, descriptor);
	if (flock(descriptor, LOCK_EX | LOCK_NB) == 0)
		return status_ok();
	return status_error(STATUS_FAILED_PRECONDITION,
			    "another process serves this endpoint: stop that one first, or give "
			    "this one another SOLEUS_RUN_DIR");
}

struct status link_bind(const struct bus *bus, struct socket *socket, const char *endpoint,
			const char *domain)
{
	struct status status = check_reach(endpoint, bus->secure);
	if (status_is_ok(status))
		status = claim(socket, endpoint);
	if (!status_is_ok(status))
		return status;
	link_guard(bus, socket_zmq(socket), domain);
	if (strchr(endpoint, '['))
		socket_option(socket, ZMQ_IPV6, 1);
	return zmq_bind(socket_zmq(socket), endpoint) == 0 ? status_ok() : zmq_status();
}

struct status link_connect(const struct bus *bus, struct socket *socket, const char *endpoint,
			   const char *server_key)
{
	void *zmq_socket = socket_zmq(socket);
	struct status status = check_reach(endpoint, server_key != 0);
	if (!status_is_ok(status))
		return status;
	if (server_key && !bus->secure)
		return status_error(STATUS_FAILED_PRECONDITION,
				    "a link with a server's key needs a secret key of our own");
	if (server_key) {
		set_bytes(zmq_socket, ZMQ_CURVE_PUBLICKEY, bus->public_key,
			  sizeof(bus->public_key));
		set_bytes(zmq_socket, ZMQ_CURVE_SECRETKEY, bus->secret_key,
			  sizeof(bus->secret_key));
		if (strlen(server_key) != KEY_CHARS ||
		    zmq_setsockopt(zmq_socket, ZMQ_CURVE_SERVERKEY, server_key, KEY_CHARS + 1) != 0)
			return status_error(STATUS_INVALID_ARGUMENT,
					    "a server's key has 40 Z85 characters");
	}
	if (strchr(endpoint, '['))
		socket_option(socket, ZMQ_IPV6, 1);
	if (endpoint_is_looked_up(endpoint))
		socket_looks_up(socket);
	return zmq_connect(zmq_socket, endpoint) == 0 ? status_ok() : zmq_status();
}
