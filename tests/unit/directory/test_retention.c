/* How long signed notes are kept: by the packs of the clinics, of minors longer. */
#include "directory/rules/retention.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int32_t day_of(const char *date)
{
	int32_t day = 0;
	assert_true(text_to_date(date, &day));
	return day;
}

static void test_years_later(void **state)
{
	static const struct {
		const char *day;
		int32_t years;
		const char *later;
	} cases[] = {
		{"2026-03-02", 10, "2036-03-02"}, {"2024-02-29", 4, "2028-02-29"},
		{"2024-02-29", 10, "2034-03-01"}, {"2026-12-31", 0, "2026-12-31"},
		{"1969-12-31", 1, "1970-12-31"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char later[TEXT_INSTANT_BYTES];
		text_from_date(day_years_later(day_of(cases[i].day), cases[i].years), later);
		assert_string_equal(later, cases[i].later);
	}
	assert_int_equal(day_years_later(day_of("2026-03-02"), 9999), INT32_MAX);
}

struct given {
	const char *jurisdiction;
	const char *day;
	const char *born; /* NULL: not known any more */
};

static const struct {
	const char *what;
	struct given given[3];
	const char *until; /* NULL: nothing to be kept */
	const char *pack;
	bool unverified;
} cases[] = {
	{"nobody has treated", {{0}}, NULL, NULL, false},
	{"ten years, unverified",
	 {{"", "2026-03-02", "1994-05-11"}},
	 "2036-03-02",
	 "default",
	 true},
	{"a country without a pack",
	 {{"AT", "2026-03-02", "1994-05-11"}},
	 "2036-03-02",
	 "default",
	 true},
	{"Virginia: six years",
	 {{"US-VA", "2026-03-02", "1994-05-11"}},
	 "2032-03-02",
	 "US-VA",
	 false},
	{"Virginia: a child of ten, until eighteen",
	 {{"US-VA", "2026-03-02", "2016-05-11"}},
	 "2034-05-11",
	 "US-VA",
	 false},
	{"Virginia: of seventeen six years are longer",
	 {{"US-VA", "2026-03-02", "2008-05-11"}},
	 "2032-03-02",
	 "US-VA",
	 false},
	{"Colorado: ten years from eighteen",
	 {{"US-CO", "2026-03-02", "2016-05-11"}},
	 "2044-05-11",
	 "US-CO",
	 false},
	{"of age on the day",
	 {{"US-CO", "2026-03-02", "2008-03-02"}},
	 "2036-03-02",
	 "US-CO",
	 false},
	{"a minor until the day after",
	 {{"US-CO", "2026-03-02", "2008-03-03"}},
	 "2036-03-03",
	 "US-CO",
	 false},
	{"born on 29 February",
	 {{"US-CO", "2026-03-02", "2012-02-29"}},
	 "2040-02-29",
	 "US-CO",
	 false},
	{"who was born is not known any more",
	 {{"US-CO", "2026-03-02", NULL}},
	 "2036-03-02",
	 "US-CO",
	 false},
	{"the longest term of several clinics",
	 {{"US-VA", "2029-03-02", "1994-05-11"}, {"", "2026-03-02", "1994-05-11"}},
	 "2036-03-02",
	 "default",
	 true},
	{"a later visit elsewhere",
	 {{"", "2026-03-02", "1994-05-11"}, {"US-VA", "2031-03-02", "1994-05-11"}},
	 "2037-03-02",
	 "US-VA",
	 false},
};

static void test_terms(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct retention retention = retention_of_nobody;
		for (size_t g = 0; g < 3 && cases[i].given[g].day; g++) {
			const struct given *given = &cases[i].given[g];
			const struct retention_treatment treatment = {
				.jurisdiction = given->jurisdiction,
				.day = day_of(given->day),
				.has_born = given->born,
				.born = given->born ? day_of(given->born) : 0,
			};
			retention_add(&retention, &treatment);
		}
		if (!cases[i].until) {
			assert_null(retention.pack);
			assert_false(retention_is_over(&retention, INT32_MAX));
			continue;
		}
		char until[TEXT_INSTANT_BYTES];
		text_from_date(retention.until_day, until);
		if (strcmp(until, cases[i].until) != 0 ||
		    strcmp(retention.pack->code, cases[i].pack) != 0 ||
		    retention.unverified != cases[i].unverified)
			fail_msg("%s: until %s by %s", cases[i].what, until, retention.pack->code);
		assert_false(retention_is_over(&retention, retention.until_day));
		assert_true(retention_is_over(&retention, retention.until_day + 1));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_years_later),
		cmocka_unit_test(test_terms),
	};
	return cmocka_run_group_tests_name("retention", tests, NULL, NULL);
}
