#include "bus/endpoint.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <string.h>

static bool is_loopback_host(const char *host)
{
	struct in_addr v4;
	if (inet_pton(AF_INET, host, &v4) == 1)
		return ntohl(v4.s_addr) >> 24 == 127;
	struct in6_addr v6;
	if (inet_pton(AF_INET6, host, &v6) == 1)
		return IN6_IS_ADDR_LOOPBACK(&v6);
	return strcmp(host, "localhost") == 0 || strcmp(host, "lo") == 0;
}

enum endpoint_reach endpoint_reach(const char *endpoint)
{
	if (strncmp(endpoint, "ipc://", 6) == 0)
		return endpoint[6] ? ENDPOINT_LOCAL : ENDPOINT_UNKNOWN;
	if (strncmp(endpoint, "tcp://", 6) != 0)
		return ENDPOINT_UNKNOWN;

	/* "tcp://source;destination:port" would hide where it goes. */
	const char *host = endpoint + 6;
	const char *colon = strrchr(host, ':');
	if (!colon || !colon[1] || strchr(host, ';'))
		return ENDPOINT_UNKNOWN;

	size_t length = (size_t)(colon - host);
	if (length >= 2 && host[0] == '[' && host[length - 1] == ']') {
		host++;
		length -= 2;
	}
	char name[64];
	if (length == 0)
		return ENDPOINT_UNKNOWN;
	if (length >= sizeof(name))
		return ENDPOINT_REMOTE;
	memcpy(name, host, length);
	name[length] = '\0';
	return is_loopback_host(name) ? ENDPOINT_LOCAL : ENDPOINT_REMOTE;
}
