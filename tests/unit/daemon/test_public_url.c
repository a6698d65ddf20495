/* What a house may call its gateway's address. */
#include "daemon/public_url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

static const struct {
	const char *url;
	bool good;
} urls[] = {
	{"", true},
	{"https://clinic.example", true},
	{"http://127.0.0.1:8080", true},
	{"https://clinic.example/soleus", true},
	{"https://clinic.example/", false},
	{"https://", false},
	{"clinic.example", false},
	{"ftp://clinic.example", false},
	{"https://clinic.example\" onclick=\"", false},
	{"https://clinic example", false},
};

static void knows_addresses(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++)
		if (status_is_ok(public_url_check(urls[i].url)) != urls[i].good)
			fail_msg("%s", urls[i].url);
}

static void leaves_room_for_it_in_texts(void **state)
{
	char url[PUBLIC_URL_MOST + 2] = "https://";
	(void)state;
	memset(url + 8, 'a', PUBLIC_URL_MOST - 8);
	assert_true(status_is_ok(public_url_check(url)));
	url[PUBLIC_URL_MOST] = 'a';
	assert_false(status_is_ok(public_url_check(url)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_addresses),
		cmocka_unit_test(leaves_room_for_it_in_texts),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
