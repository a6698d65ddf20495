/* Contact points: plausible, and equal by their normal form. */
#include "directory/rules/contact.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct {
	enum contact_channel channel;
	const char *value;
	const char *normal; /* NULL: not plausible */
} cases[] = {
	{CONTACT_SMS, "+43 660 5550101", "+436605550101"},
	{CONTACT_SMS, "0043-660-5550101", "+436605550101"},
	{CONTACT_SMS, "555-969-2143", "5559692143"},
	{CONTACT_SMS, "(617) 555.0102", "6175550102"},
	{CONTACT_SMS, "12345", "12345"},
	{CONTACT_SMS, "1234", NULL},
	{CONTACT_SMS, "1234567890123456", NULL}, /* longer than E.164 */
	{CONTACT_SMS, "43+6605550101", NULL},
	{CONTACT_SMS, "++436605550101", NULL},
	{CONTACT_SMS, "call me maybe", NULL},
	{CONTACT_SMS, "", NULL},
	{CONTACT_SMS, "555\n9692143", NULL},
	{CONTACT_EMAIL, "Ana@Example.org", "ana@example.org"},
	{CONTACT_EMAIL, "a.b+c@mail.example.co", "a.b+c@mail.example.co"},
	{CONTACT_EMAIL, "ana@example", NULL},
	{CONTACT_EMAIL, "ana@@example.org", NULL},
	{CONTACT_EMAIL, "@example.org", NULL},
	{CONTACT_EMAIL, "ana@.org", NULL},
	{CONTACT_EMAIL, "ana@example.", NULL},
	{CONTACT_EMAIL, "ana@example..org", NULL},
	{CONTACT_EMAIL, "ana b@example.org", NULL},
	{CONTACT_EMAIL, "ana@example.org\r\nBcc: x@example.org", NULL},
	{CONTACT_EMAIL, "Ana <ana@example.org>", NULL},
	{CONTACT_FILE, "Ana", "Ana"},
	{CONTACT_FILE, "", NULL},
	{CONTACT_FILE, "a\tb", NULL},
	{CONTACT_NONE, "+436605550101", NULL},
};

static void test_values(void **state)
{
	struct arena *arena = arena_new((size_t)1 << 16);
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		bool plausible = contact_is_plausible(cases[i].channel, cases[i].value);
		if (plausible != (cases[i].normal != NULL))
			fail_msg("case %zu, \"%s\"", i, cases[i].value);
		if (plausible)
			assert_string_equal(contact_normal(arena, cases[i].channel, cases[i].value),
					    cases[i].normal);
	}
	arena_free(arena);
}

static void test_channels(void **state)
{
	(void)state;
	assert_int_equal(contact_channel_find("sms"), CONTACT_SMS);
	assert_int_equal(contact_channel_find("email"), CONTACT_EMAIL);
	assert_int_equal(contact_channel_find("file"), CONTACT_FILE);
	assert_int_equal(contact_channel_find("SMS"), CONTACT_NONE);
	assert_int_equal(contact_channel_find(""), CONTACT_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_channels),
	};
	return cmocka_run_group_tests_name("contact", tests, NULL, NULL);
}
