/* What refuses a visit: a table of facts with one of them changed, then all of them. */
#include "scheduling/rules/refusal.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <string.h>

#define MINUTE INT64_C(60000000)

/* Nothing speaks against it. */
#define FINE .works = true, .skilled = true

static const struct {
	const char *name;
	struct refusal_facts facts;
	const char *names; /* of the refusals, each with a blank behind it */
	const char *text;  /* of the first; NULL: not looked at */
} cases[] = {
	{"nothing", {FINE}, "", NULL},
	{"outside the hours",
	 {.skilled = true},
	 "outside_hours ",
	 "the practitioner does not work at this clinic for the whole of the visit"},
	{"time off",
	 {FINE, .practitioner_absent = true},
	 "absence ",
	 "the practitioner is away then"},
	{"a closure", {FINE, .clinic_absent = true}, "absence ", "the clinic is closed then"},
	{"both",
	 {FINE, .practitioner_absent = true, .clinic_absent = true},
	 "absence ",
	 "the practitioner is away and the clinic is closed"},
	{"no room that can be used",
	 {FINE, .room_faults = ROOM_ABSENT},
	 "absence ",
	 "the room cannot be used then"},
	{"no skill", {.works = true}, "skill ", NULL},
	{"another kind of room", {FINE, .room_faults = ROOM_OTHER_KIND}, "room_kind ", NULL},
	{"no equipment", {FINE, .room_faults = ROOM_UNEQUIPPED}, "equipment ", NULL},
	{"just enough time to come",
	 {FINE, .before = {.gap_us = 30 * MINUTE, .travel_us = 30 * MINUTE}},
	 "",
	 NULL},
	{"a minute too little to come",
	 {FINE, .before = {.gap_us = 29 * MINUTE, .travel_us = 30 * MINUTE}},
	 "travel ",
	 "the way from the clinic of the visit before takes 30 min, and there are 29 min"},
	{"too little to go on",
	 {FINE, .after = {.gap_us = 5 * MINUTE, .travel_us = 30 * MINUTE}},
	 "travel ",
	 "the way to the clinic of the next visit takes 30 min, and there are 5 min"},
	{"no time at all",
	 {FINE, .after = {.gap_us = 0, .travel_us = 30 * MINUTE}},
	 "travel ",
	 "the way to the clinic of the next visit takes 30 min, and there are 0 min"},
	{"visits that overlap elsewhere are taken, not too near",
	 {FINE, .after = {.gap_us = -5 * MINUTE, .travel_us = 30 * MINUTE}},
	 "",
	 NULL},
	{"visits that overlap at the clinic are taken, not too near",
	 {FINE, .before = {.gap_us = -5 * MINUTE}, .after = {.gap_us = -30 * MINUTE}},
	 "",
	 NULL},
	{"the same clinic takes no time", {FINE, .before = {.gap_us = 0}}, "", NULL},
	{"one visit left", {FINE, .plan_visits = 6, .plan_used = 5}, "", NULL},
	{"none left",
	 {FINE, .plan_visits = 6, .plan_used = 6},
	 "visit_plan ",
	 "all 6 visits of the plan are used"},
	{"a plan made smaller", {FINE, .plan_visits = 6, .plan_used = 8}, "visit_plan ", NULL},
	{"later than the cut-off",
	 {FINE, .late = true, .cutoff_us = 24 * 60 * MINUTE},
	 "cutoff ",
	 "it is later than 24 hours before the visit"},
	{"later than a short cut-off",
	 {FINE, .late = true, .cutoff_us = 90 * MINUTE},
	 "cutoff ",
	 "it is later than 90 minutes before the visit"},
	{"begun", {FINE, .late = true}, "cutoff ", "the visit has begun"},
	{"everything at once",
	 {.late = true,
	  .practitioner_absent = true,
	  .room_faults = ROOM_OTHER_KIND | ROOM_UNEQUIPPED,
	  .before = {.gap_us = 0, .travel_us = MINUTE},
	  .plan_visits = 1,
	  .plan_used = 1},
	 "outside_hours absence travel skill room_kind equipment visit_plan cutoff ",
	 NULL},
};

static void test_facts_refuse_by_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char names[256] = "", text[REFUSAL_TEXT_BYTES] = "";
		unsigned found = refusal_find(&cases[i].facts);
		for (unsigned r = REFUSALS; r-- > 0;)
			if (found & 1u << r)
				refusal_text(&cases[i].facts, (enum refusal)r, text, sizeof(text));
		for (unsigned r = 0; r < REFUSALS; r++)
			if (found & 1u << r)
				strcat(strcat(names, refusal_name((enum refusal)r)), " ");
		if (strcmp(names, cases[i].names) != 0 ||
		    (cases[i].text && strcmp(text, cases[i].text) != 0))
			fail_msg("%s: %s(%s)", cases[i].name, names, text);
		assert_int_equal(*names == 0, *text == 0);
	}
}

static void test_the_best_room_has_the_fewest_faults(void **state)
{
	static const struct {
		unsigned rooms[3];
		size_t count;
		unsigned best;
	} rooms[] = {
		{{0}, 0, 0},
		{{ROOM_OTHER_KIND, 0, ROOM_ABSENT}, 3, 0},
		{{ROOM_OTHER_KIND | ROOM_UNEQUIPPED, ROOM_ABSENT}, 2, ROOM_ABSENT},
		{{ROOM_ABSENT, ROOM_UNEQUIPPED, ROOM_OTHER_KIND}, 3, ROOM_OTHER_KIND},
		{{ROOM_ABSENT | ROOM_OTHER_KIND}, 1, ROOM_ABSENT | ROOM_OTHER_KIND},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rooms) / sizeof(*rooms); i++)
		assert_int_equal(refusal_best_room(rooms[i].rooms, rooms[i].count), rooms[i].best);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_facts_refuse_by_name),
		cmocka_unit_test(test_the_best_room_has_the_fewest_faults),
	};
	return cmocka_run_group_tests_name("refusal", tests, NULL, NULL);
}
