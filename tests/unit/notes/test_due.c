/* O2: when what was measured before a treatment is measured again. */
#include "notes/rules/due.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#define HOUR_US INT64_C(3600000000)

static const struct {
	const char *name;
	enum outcome_window window;
	const char *code;
	int hours;
} cases[DUE_WINDOWS] = {
	{"O2: 48 h", OUTCOME_WINDOW_48H, "48h", 48},
	{"O2: about 10 days", OUTCOME_WINDOW_10D, "10d", 240},
	{"O2: 4 weeks", OUTCOME_WINDOW_4W, "4w", 672},
};

/* Also before 1970 and over years: an instant is an instant. */
static const int64_t treated[] = {0, INT64_C(1772443800000000), -HOUR_US, 1};

static void o2_due_dates(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(treated) / sizeof(treated[0]); i++) {
		struct due_date dates[DUE_WINDOWS];
		due_dates(treated[i], dates);
		for (size_t at = 0; at < DUE_WINDOWS; at++) {
			if (dates[at].window != cases[at].window ||
			    dates[at].due_at != treated[i] + cases[at].hours * HOUR_US ||
			    strcmp(outcome_windows[dates[at].window].name, cases[at].code) != 0)
				fail_msg("%s", cases[at].name);
			/* A value taken when it is due is judged in the window that asked. */
			assert_int_equal(outcome_window_of(treated[i], dates[at].due_at),
					 cases[at].window);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(o2_due_dates)};
	return cmocka_run_group_tests(tests, 0, 0);
}
