#include "transfer/address.h"

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Of no use to the public: this host, private and shared networks, links, tests, groups. */
static const struct {
	uint32_t network;
	unsigned bits;
} special4[] = {
	{0x00000000, 8},  /* 0.0.0.0: this host */
	{0x0a000000, 8},  /* 10.0.0.0 */
	{0x64400000, 10}, /* 100.64.0.0: shared by a provider's customers */
	{0x7f000000, 8},  /* 127.0.0.0 */
	{0xa9fe0000, 16}, /* 169.254.0.0: the link; clouds tell secrets there */
	{0xac100000, 12}, /* 172.16.0.0 */
	{0xc0000000, 24}, /* 192.0.0.0 */
	{0xc0000200, 24}, /* 192.0.2.0: examples */
	{0xc0586300, 24}, /* 192.88.99.0 */
	{0xc0a80000, 16}, /* 192.168.0.0 */
	{0xc6120000, 15}, /* 198.18.0.0: measurements */
	{0xc6336400, 24}, /* 198.51.100.0: examples */
	{0xcb007100, 24}, /* 203.0.113.0: examples */
	{0xe0000000, 3},  /* 224.0.0.0: groups, and what is reserved */
};

static bool is_public4(uint32_t address)
{
	for (size_t i = 0; i < sizeof(special4) / sizeof(special4[0]); i++)
		if ((address ^ special4[i].network) >> (32 - special4[i].bits) == 0)
			return false;
	return true;
}

static uint32_t read4(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
	       bytes[3];
}

/* The public network is 2000::/3, without tunnels whose other end is an IPv4 address of ours. */
static bool is_public6(const uint8_t *bytes)
{
	static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
	static const uint8_t translated[12] = {0, 0x64, 0xff, 0x9b};
	if (memcmp(bytes, mapped, 12) == 0 || memcmp(bytes, translated, 12) == 0)
		return is_public4(read4(bytes + 12));
	if (bytes[0] == 0x20 && bytes[1] == 0x02) /* 6to4 */
		return is_public4(read4(bytes + 2));
	if (bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] < 0x02) /* Teredo, ORCHID */
		return false;
	if (bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0d && bytes[3] == 0xb8)
		return false; /* examples */
	return (bytes[0] & 0xe0) == 0x20;
}

bool address_is_public(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET) {
		struct sockaddr_in in;
		memcpy(&in, address, sizeof(in));
		return is_public4(ntohl(in.sin_addr.s_addr));
	}
	if (address->sa_family == AF_INET6) {
		struct sockaddr_in6 in6;
		memcpy(&in6, address, sizeof(in6));
		return is_public6(in6.sin6_addr.s6_addr);
	}
	return false;
}
