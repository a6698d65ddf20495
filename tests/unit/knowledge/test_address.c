/* How contact points are compared. */
#include "knowledge/address.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static void test_addresses_have_one_spelling(void **state)
{
	static const struct {
		const char *value;
		const char *address;
	} cases[] = {
		{"+43 (660) 555-0101", "+436605550101"},
		{"0043 660 5550101", "+436605550101"},
		{"555-829-3829", "5558293829"},
		{" Ana@Example.org ", "ana@example.org"},
		{"", ""},
		{"   ", ""},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char address[ADDRESS_BYTES];
		bool found = address_normalise(cases[i].value, address);
		assert_string_equal(address, cases[i].address);
		assert_int_equal(found, *cases[i].address != '\0');
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses_have_one_spelling),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
