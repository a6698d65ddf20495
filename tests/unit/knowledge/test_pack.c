/* The rule packs: which is in force, what is a demand, each pack's own table, and what the reader
 * of their files refuses. */
#include "knowledge/pack.h"

#include "../table_files.h"

#include "base/text.h"

#include <string.h>

static int32_t day_of(const char *date)
{
	int32_t day = 0;
	assert_true(text_to_date(date, &day));
	return day;
}

/* ---- Which pack ---- */

static const struct {
	const char *name;
	const char *jurisdiction;
	const char *date;
	const char *code;
	bool is_stand_in;
} choices[] = {
	{"no jurisdiction: the neutral default is meant", "", "2026-03-02", "default", false},
	{"Colorado", "US-CO", "2026-03-02", "US-CO", false},
	{"Virginia", "US-VA", "2026-03-02", "US-VA", false},
	{"from its first day", "US-VA", "2020-01-01", "US-VA", false},
	{"not the day before", "US-VA", "2019-12-31", "default", true},
	{"a jurisdiction without a pack: the default stands in", "AT", "2026-03-02", "default",
	 true},
	{"before all packs there is still a default", "", "1969-12-31", "default", false},
};

static void knows_the_pack_in_force(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++) {
		const struct pack_choice chosen =
			pack_in_force(choices[i].jurisdiction, day_of(choices[i].date));
		if (strcmp(chosen.pack->code, choices[i].code) != 0 ||
		    chosen.is_stand_in != choices[i].is_stand_in)
			fail_msg("%s: came %s", choices[i].name, chosen.pack->code);
	}
	assert_int_equal(pack_find("US-VA", 1)->version, 1);
	assert_null(pack_find("US-VA", 99));
	assert_null(pack_find("AT", 1));
}

static const struct pack versions[] = {
	{.code = "XX", .version = 1, .effective_day = 100},
	{.code = "XX", .version = 2, .effective_day = 200},
	{.code = "YY", .version = 1, .effective_day = 0},
	{.code = "YY", .version = 3, .effective_day = 150},
};

static const struct {
	const char *name;
	const char *code;
	int32_t day;
	int32_t version; /* 0: none */
} newest[] = {
	{"before the first", "XX", 99, 0},           {"the first on its day", "XX", 100, 1},
	{"the last day of the first", "XX", 199, 1}, {"the second on its day", "XX", 200, 2},
	{"the newest for good", "XX", 100000, 2},    {"each pack by its own days", "YY", 199, 3},
	{"a pack that there is not", "ZZ", 199, 0},
};

static void takes_the_newest_version_in_force(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(newest) / sizeof(newest[0]); i++) {
		const struct pack *pack =
			pack_newest(versions, sizeof(versions) / sizeof(versions[0]),
				    newest[i].code, newest[i].day);
		if ((pack ? pack->version : 0) != newest[i].version)
			fail_msg("%s", newest[i].name);
	}
}

/* ---- What each asks: value and sureness as the file has them, and what of it is a demand ---- */

struct row {
	enum pack_rule rule;
	const char *name;
	int32_t value;
	enum sure sure;
	int32_t demand;
};

static const struct row neutral[] = {
	{PACK_NEEDLING_PROHIBITED, "needling is allowed", 0, SURE_H, 0},
	{PACK_TRAINING_HOURS, "no hours", 0, SURE_H, 0},
	{PACK_WRITTEN_CONSENT, "consent in any form", 0, SURE_H, 0},
	{PACK_CONSENT_COPY, "no copy", 0, SURE_H, 0},
	{PACK_REFERRAL, "no referral", 0, SURE_H, 0},
	{PACK_SEPARATE_NOTE, "no word of the note", 0, SURE_H, 0},
	{PACK_TOLERANCE, "nor of tolerance", 0, SURE_H, 0},
	{PACK_OUTCOME, "nor of outcome", 0, SURE_H, 0},
	{PACK_NO_DELEGATION, "nor of delegation", 0, SURE_H, 0},
	{PACK_RETENTION_YEARS, "ten years, unverified: no demand", 10, SURE_L, 0},
	{PACK_RETENTION_MINOR_AGE, "minors until 28, unverified", 28, SURE_L, 0},
};

static const struct row colorado[] = {
	{PACK_NEEDLING_PROHIBITED, "needling is allowed", 0, SURE_H, 0},
	{PACK_TRAINING_HOURS, "46 hours", 46, SURE_H, 46},
	{PACK_WRITTEN_CONSENT, "written consent", 1, SURE_H, 1},
	{PACK_CONSENT_COPY, "no copy, unverified", 0, SURE_L, 0},
	{PACK_REFERRAL, "no referral, unverified", 0, SURE_L, 0},
	{PACK_SEPARATE_NOTE, "no word of the note, unverified", 0, SURE_L, 0},
	{PACK_TOLERANCE, "nor of tolerance", 0, SURE_L, 0},
	{PACK_OUTCOME, "nor of outcome", 0, SURE_L, 0},
	{PACK_NO_DELEGATION, "no delegation, unverified: no demand", 1, SURE_L, 0},
	{PACK_RETENTION_YEARS, "ten years", 10, SURE_M, 10},
	{PACK_RETENTION_MINOR_AGE, "minors: ten years from 18", 28, SURE_M, 28},
};

static const struct row virginia[] = {
	{PACK_NEEDLING_PROHIBITED, "needling is allowed", 0, SURE_H, 0},
	{PACK_TRAINING_HOURS, "54 hours", 54, SURE_H, 54},
	{PACK_WRITTEN_CONSENT, "a form in the record", 1, SURE_M, 1},
	{PACK_CONSENT_COPY, "a copy, unverified: no demand", 1, SURE_L, 0},
	{PACK_REFERRAL, "a referral", 1, SURE_H, 1},
	{PACK_SEPARATE_NOTE, "a note for each treatment", 1, SURE_H, 1},
	{PACK_TOLERANCE, "tolerance in the note", 1, SURE_H, 1},
	{PACK_OUTCOME, "outcome in the note", 1, SURE_H, 1},
	{PACK_NO_DELEGATION, "no delegation", 1, SURE_M, 1},
	{PACK_RETENTION_YEARS, "six years", 6, SURE_M, 6},
	{PACK_RETENTION_MINOR_AGE, "minors until 18", 18, SURE_M, 18},
};

static void check_pack(const char *code, const struct row *rows, size_t count)
{
	const struct pack *pack = pack_find(code, 1);
	assert_non_null(pack);
	assert_int_equal(count, PACK_RULES);
	for (size_t i = 0; i < count; i++) {
		const struct pack_value *value = &pack->rules[rows[i].rule];
		if (value->value != rows[i].value || value->sure != rows[i].sure ||
		    pack_demand(pack, rows[i].rule) != rows[i].demand)
			fail_msg("%s: %s", code, rows[i].name);
	}
}

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static void the_neutral_default(void **state)
{
	(void)state;
	check_pack("default", neutral, COUNT(neutral));
}

static void colorado_asks(void **state)
{
	(void)state;
	check_pack("US-CO", colorado, COUNT(colorado));
}

static void virginia_asks(void **state)
{
	(void)state;
	check_pack("US-VA", virginia, COUNT(virginia));
}

static void each_names_its_source(void **state)
{
	(void)state;
	for (size_t i = 0; i < pack_count; i++) {
		assert_string_not_equal(packs[i].source, "");
		/* What is unverified says so to people too. */
		for (int rule = 0; rule < PACK_RULES; rule++)
			if (packs[i].rules[rule].sure == SURE_L)
				assert_non_null(strstr(packs[i].remark, "unverified"));
	}
}

/* ---- The files ---- */

#define BODY(effective, hours)                                                                \
	"\tname N\n\teffective " effective "\n\tneedling allowed H\n\ttraining_hours " hours  \
	"\n\twritten_consent no H\n\tconsent_copy no H\n\treferral no H\n\tseparate_note no " \
	"H\n\ttolerance no H\n\toutcome no H\n\tno_delegation no H\n\tretention_years 10 "    \
	"L\n\tretention_minor_age 28 L\n\tsource S\n"
#define WHOLE "pack default 1\n" BODY("2020-01-01 H", "46 H")

static const struct table_file files[] = {
	{"a whole pack", WHOLE, ""},
	{"a version after it", WHOLE "pack default 2\n" BODY("2021-01-01 H", "54 M"), ""},
	{"a version out of order", WHOLE "pack default 1\n", "16:6: expected a code that is new"},
	{"a later version in force before", WHOLE "pack default 2\n" BODY("2019-01-01 H", "54 H"),
	 "18:12: expected effective: a day after the version before it"},
	{"hours without sureness", "pack default 1\n" BODY("2020-01-01 H", "46"),
	 "5:17: expected training_hours: a whole number, then H, M or L"},
	{"hours below zero", "pack default 1\n" BODY("2020-01-01 H", "-1 H"),
	 "5:17: expected training_hours: a whole number"},
	{"a day that is none", "pack default 1\n" BODY("2020-02-30 H", "46 H"),
	 "3:12: expected effective: a date"},
	{"neither yes nor no", WHOLE "pack default 2\n\treferral maybe H\n",
	 "17:11: expected referral: yes or no"},
	{"neither allowed nor prohibited", WHOLE "pack default 2\n\tneedling no H\n",
	 "17:11: expected needling: allowed or prohibited"},
	{"what is missing is named", WHOLE "pack default 2\n\tname N\n",
	 "expected training_hours of default 2"},
	{"a rule that is not known", WHOLE "\tcolour red\n", "16:2: expected name, effective"},
	{"no version", "pack default\n", "1:6: expected default, or a country"},
	{"another pack's file", WHOLE "pack US-VA 1\n" BODY("2020-01-01 H", "54 H"),
	 "16:6: expected the pack that the file is named for: default"},
};

static void reads_the_files(void **state)
{
	(void)state;
	check_table_files("packs", "default.conf", files, sizeof(files) / sizeof(files[0]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_the_newest_version_in_force),
		cmocka_unit_test(knows_the_pack_in_force),
		cmocka_unit_test(the_neutral_default),
		cmocka_unit_test(colorado_asks),
		cmocka_unit_test(virginia_asks),
		cmocka_unit_test(each_names_its_source),
		cmocka_unit_test(reads_the_files),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
