/* Which addresses may be asked for users. */
#include "transfer/address.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <string.h>

static const struct {
	const char *address;
	bool is_public;
} cases[] = {
	{"8.8.8.8", true},
	{"172.15.255.255", true},
	{"172.32.0.1", true},
	{"100.63.255.255", true},
	{"100.128.0.1", true},
	{"0.0.0.0", false},
	{"10.1.2.3", false},
	{"100.64.0.1", false},
	{"127.0.0.1", false},
	{"127.255.255.255", false},
	{"169.254.169.254", false},
	{"172.16.0.1", false},
	{"172.31.255.255", false},
	{"192.168.1.1", false},
	{"198.19.0.1", false},
	{"224.0.0.1", false},
	{"255.255.255.255", false},
	{"2606:4700::1111", true},
	{"2001:4860:4860::8888", true},
	{"::", false},
	{"::1", false},
	{"::127.0.0.1", false},
	{"::ffff:127.0.0.1", false},
	{"::ffff:10.0.0.1", false},
	{"::ffff:8.8.8.8", true},
	{"64:ff9b::10.0.0.1", false},
	{"64:ff9b::8.8.8.8", true},
	{"2002:7f00:1::1", false},
	{"2002:808:808::1", true},
	{"2001:0:53aa:64c::1", false},
	{"2001:db8::1", false},
	{"fc00::1", false},
	{"fd12:3456::1", false},
	{"fe80::1", false},
	{"ff02::1", false},
};

static void tells_public_from_private(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct sockaddr_storage address = {0};
		struct sockaddr_in *in = (struct sockaddr_in *)&address;
		struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&address;
		bool six = strchr(cases[i].address, ':') != NULL;
		address.ss_family = six ? AF_INET6 : AF_INET;
		assert_int_equal(inet_pton(address.ss_family, cases[i].address,
					   six ? (void *)&in6->sin6_addr : (void *)&in->sin_addr),
				 1);
		if (address_is_public((struct sockaddr *)&address) != cases[i].is_public)
			fail_msg("%s is %s", cases[i].address,
				 cases[i].is_public ? "public" : "not public");
	}
	const struct sockaddr other = {.sa_family = AF_UNIX};
	assert_false(address_is_public(&other));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_public_from_private),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
