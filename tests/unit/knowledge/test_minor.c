/* Who is a minor, by the calendar. */
#include "knowledge/minor.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct {
	const char *name;
	const char *born, *today;
	bool minor;
} cases[] = {
	{"the day before the 18th birthday", "2008-11-24", "2026-11-23", true},
	{"the 18th birthday", "2008-11-23", "2026-11-23", false},
	{"born on 29 February, the day before", "2008-02-29", "2026-02-28", true},
	{"born on 29 February, 1 March", "2008-02-29", "2026-03-01", false},
	{"born today", "2026-11-23", "2026-11-23", true},
	{"born before 1970", "1935-01-01", "2026-11-23", false},
};

static void is_a_minor(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int32_t born, today;
		assert_true(text_to_date(cases[i].born, &born));
		assert_true(text_to_date(cases[i].today, &today));
		if (minor_on(born, today) != cases[i].minor)
			fail_msg("%s", cases[i].name);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_a_minor),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
