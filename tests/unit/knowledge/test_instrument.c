/* The table of instruments: its rows, what can be a value (O3), and what the table's reader
 * refuses. */
#include "knowledge/instrument.h"

#include "../table_files.h"

#include <math.h>
#include <string.h>

static const struct {
	const char *name;
	const char *instrument;
	double value;
	bool holds;
	const char *expects;
} values[] = {
	{"NPRS ends at 10", "nprs", 10, true, "0 to 10 points"},
	{"99 on a scale of 0 to 10", "nprs", 99, false, "0 to 10 points"},
	{"GROC begins below zero", "groc", -7, true, "-7 to 7 points"},
	{"GROC -7.5", "groc", -7.5, false, "-7 to 7 points"},
	{"knee to wall as far as anybody's", "knee_to_wall", 30, true, "0 to 30 cm"},
	{"75 for 7.5", "knee_to_wall", 75, false, "0 to 30 cm"},
	{"knee to wall below zero", "knee_to_wall", -1, false, "0 to 30 cm"},
	{"degrees either way", "neck_rotation", -20, true, "-120 to 120 degrees"},
	{"a knee bent by more than it can", "active_knee_extension", 201, false,
	 "-20 to 200 degrees"},
	{"a thrower's shoulder", "shoulder_external_rotation", 135, true, "-60 to 180 degrees"},
	{"a whole day's load", "session_rpe", 14400, true, "0 to 14400 RPE 0-10 x minutes"},
	{"not a number", "neck_rotation", (double)NAN, false, "-120 to 120 degrees"},
	{"infinity", "knee_to_wall", (double)INFINITY, false, "0 to 30 cm"},
};

/* A slip is refused wherever a value is taken: no instrument takes any number. */
static void every_instrument_ends(void **state)
{
	(void)state;
	for (size_t i = 0; i < instrument_count; i++) {
		const struct instrument *row = &instruments[i];
		if (instrument_accepts(row, -1e6) || instrument_accepts(row, 1e6))
			fail_msg("%s has no end", row->code);
		assert_true(!row->has_plausible || !row->has_lower || row->least >= row->lower);
		assert_true(!row->has_plausible || !row->has_upper || row->most <= row->upper);
	}
}

static void holds_values(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 16);
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		const struct instrument *instrument = instrument_find(values[i].instrument);
		assert_non_null(instrument);
		if (instrument_accepts(instrument, values[i].value) != values[i].holds)
			fail_msg("%s", values[i].name);
		assert_string_equal(instrument_expects(arena, instrument), values[i].expects);
	}
	arena_free(arena);
	assert_null(instrument_find("99"));
	assert_null(instrument_find(0));
}

#define WHOLE "instrument a\n\tname A\n\tunit points\n\tbetter lower\n\tmdc 1 H\n\tmcid unset\n"

static const struct table_file files[] = {
	{"a whole row", WHOLE, ""},
	{"all optional lines", WHOLE "\trange 0 to 10\n\tbands 1 to 4: 1; 5 to 7: 2\n\tversion 2\n",
	 ""},
	{"what is missing is named",
	 "instrument a\n\tname A\n\tunit points\n\tmdc unset\n\tmcid unset\n",
	 "expected better of a"},
	{"a word that is not known", WHOLE "\tcolour red\n", "7:2: expected name, loinc"},
	{"a threshold without sureness", WHOLE "instrument b\n\tmdc 1.77\n",
	 "8:6: expected unset, or"},
	{"a threshold of a sureness that is none", WHOLE "instrument b\n\tmdc 1.77 X\n",
	 "8:6: expected unset, or"},
	{"a threshold upside down", WHOLE "instrument b\n\tmdc 9 to 2 H\n",
	 "8:6: expected unset, or"},
	{"what is plausible has two ends", WHOLE "\tplausible at least 0\n",
	 "7:12: expected \"0 to 30\""},
	{"a range upside down", WHOLE "\trange 10 to 0\n", "7:8: expected \"0 to 10\""},
	{"bands out of order", WHOLE "\tbands 5 to 7: 2; 1 to 4: 1\n", "7:8: expected up to three"},
	{"a direction that is none", WHOLE "instrument b\n\tbetter up\n",
	 "8:9: expected higher, lower or unset"},
	{"the same line twice", WHOLE "\tunit cm\n", "7:2: expected unit once"},
	{"the same code twice", WHOLE WHOLE, "7:12: expected a code that is new: it is in line 1"},
	{"a code with a blank", "instrument a b\n", "1:12: expected a code of small letters"},
	{"a line of nothing", "name A\n", "1:1: expected instrument CODE"},
	{"no value", WHOLE "\tremark\n", "7:8: expected a value of remark"},
};

static void reads_the_table(void **state)
{
	(void)state;
	check_table_files("instruments", "i.conf", files, sizeof(files) / sizeof(files[0]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(holds_values),
		cmocka_unit_test(every_instrument_ends),
		cmocka_unit_test(reads_the_table),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
