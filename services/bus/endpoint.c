#include "bus/endpoint.h"

#include <arpa/inet.h>
#include <string.h>

#define HOST_BYTES 256 /* the longest name of DNS, and a NUL */

/* The host of tcp://HOST:PORT without brackets; false when the endpoint is not written so. */
static bool read_host(const char *endpoint, char ret_host[HOST_BYTES])
{
	if (strncmp(endpoint, "tcp://", 6) != 0)
		return false;
	/* "tcp://source;destination:port" would hide where it goes. */
	const char *host = endpoint + 6;
	const char *colon = strrchr(host, ':');
	if (!colon || !colon[1] || strchr(host, ';'))
		return false;
	size_t length = (size_t)(colon - host);
	if (length >= 2 && host[0] == '[' && host[length - 1] == ']') {
		host++;
		length -= 2;
	}
	if (length == 0 || length >= HOST_BYTES)
		return false;
	memcpy(ret_host, host, length);
	ret_host[length] = '\0';
	return true;
}

static bool is_loopback_host(const char *host)
{
	struct in_addr v4;
	if (inet_pton(AF_INET, host, &v4) == 1)
		return ntohl(v4.s_addr) >> 24 == 127;
	struct in6_addr v6;
	if (inet_pton(AF_INET6, host, &v6) == 1)
		return IN6_IS_ADDR_LOOPBACK(&v6);
	return strcmp(host, "localhost") == 0;
}

enum endpoint_reach endpoint_reach(const char *endpoint)
{
	char host[HOST_BYTES];
	if (strncmp(endpoint, "ipc://", 6) == 0)
		return endpoint[6] ? ENDPOINT_LOCAL : ENDPOINT_UNKNOWN;
	if (!read_host(endpoint, host))
		return ENDPOINT_UNKNOWN;
	return is_loopback_host(host) ? ENDPOINT_LOCAL : ENDPOINT_REMOTE;
}

bool endpoint_is_looked_up(const char *endpoint)
{
	char host[HOST_BYTES];
	struct in6_addr address; /* has room for either */
	return read_host(endpoint, host) && inet_pton(AF_INET, host, &address) != 1 &&
	       inet_pton(AF_INET6, host, &address) != 1;
}
