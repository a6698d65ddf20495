/* C3, C4, R1, R4 and K at signing; R2. Each case spoils one thing in a note that can be signed and
 * names the field that must be found. */
#include "notes/rules/note.h"

#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <math.h>
#include <stddef.h>
#include <string.h>

static const char *const movement_key[] = {"f1"};
static const char *const sore_key[] = {"f2"};
static const char *const unknown_key[] = {"f9"};
static const char *const both_keys[] = {"f2", "f1"};

/* What a case may spoil. */
struct draft {
	struct note note;
	struct note_finding findings[2];
	struct note_site sites[3];
	const char *drivers[2];
};

static void make_draft(struct draft *ret_draft)
{
	struct note_site site = {
		.muscle = "gastrocnemius",
		.side = NOTE_SIDE_LEFT,
		.approach = "pistoning",
		.gauge_um = 250,
		.length_mm = 40,
		.depth_mm = 25,
		.insertions = 6,
		.local_twitch_response = true,
		.has_pain_during = true,
		.pain_during = 4,
		.needles_in = 1,
		.needles_out = 1,
		.finding_keys = movement_key,
		.finding_key_count = 1,
	};
	*ret_draft = (struct draft){
		.note = {.tissue_to_calm = "medial gastrocnemius",
			 .why_overloaded = "hill volume doubled",
			 .driver_count = 1,
			 .finding_count = 2,
			 .site_count = 2,
			 .screened = true},
		.findings = {{"f1", "knee to wall"}, {"f2", ""}},
		.sites = {site, site, site},
		.drivers = {"load", "sleep"},
	};
	ret_draft->sites[1].muscle = "soleus";
}

/* The fields of all faults, in order, each with a space behind. */
static void expect_fields(const char *name, struct draft *draft, const char *expected)
{
	struct arena *arena = arena_new(1 << 20);
	struct faults faults = {0};
	char fields[512] = "";
	draft->note.findings = draft->findings;
	draft->note.sites = draft->sites;
	draft->note.drivers = draft->drivers;
	note_check(&draft->note, &faults, arena);
	for (const struct fault *fault = faults.first; fault; fault = fault->next) {
		strcat(fields, fault->field);
		strcat(fields, " ");
	}
	arena_free(arena);
	if (strcmp(fields, expected) != 0)
		fail_msg("%s: got \"%s\"", name, fields);
}

static void r4_both_sides(struct draft *d)
{
	d->sites[0].muscle = "infraspinatus";
	d->sites[1].muscle = "rhomboids";
	d->sites[1].side = NOTE_SIDE_RIGHT;
}

static void c3_no_tissue(struct draft *d)
{
	d->note.tissue_to_calm = " \n";
}
static void c3_no_reason(struct draft *d)
{
	d->note.why_overloaded = 0;
}
static void c3_bodywork_alone(struct draft *d)
{
	d->note.site_count = 0;
	d->note.modality_count = 1;
	d->note.tissue_to_calm = d->note.why_overloaded = "";
}
static void c3_nothing_treated(struct draft *d)
{
	d->note.site_count = 0;
	d->note.tissue_to_calm = d->note.why_overloaded = "";
}
static void c2_unknown_driver(struct draft *d)
{
	d->note.driver_count = 2;
	d->drivers[1] = "moon";
}
static void c4_no_link(struct draft *d)
{
	d->sites[1].finding_key_count = 0;
}
static void c4_sore_spot_alone(struct draft *d)
{
	d->sites[0].finding_keys = sore_key;
}
static void c4_sore_spot_and_movement(struct draft *d)
{
	d->sites[0].finding_keys = both_keys;
	d->sites[0].finding_key_count = 2;
}
static void c4_unknown_finding(struct draft *d)
{
	d->sites[0].finding_keys = unknown_key;
}
static void c4_same_key_twice(struct draft *d)
{
	d->findings[1].key = "f1";
}
static void c4_no_key(struct draft *d)
{
	d->findings[1].key = "";
}
static void r1_needle_missing(struct draft *d)
{
	d->sites[0].needles_in = 2;
}
static void r1_one_too_many(struct draft *d)
{
	d->sites[1].needles_out = 2;
}
static void r1_no_needle(struct draft *d)
{
	d->sites[0].needles_in = d->sites[0].needles_out = 0;
}
static void r1_muscle(struct draft *d)
{
	d->sites[0].muscle = "calf";
}
static void r1_side(struct draft *d)
{
	d->sites[0].side = NOTE_SIDE_UNSET;
}
static void r1_approach(struct draft *d)
{
	d->sites[0].approach = "";
}
static void r1_fewer_insertions_than_needles(struct draft *d)
{
	d->sites[0].needles_in = d->sites[0].needles_out = 7;
}
static void r1_no_pain(struct draft *d)
{
	d->sites[0].has_pain_during = false;
}
static void r1_pain_ten(struct draft *d)
{
	d->sites[0].pain_during = 10;
}
static void r1_pain_eleven(struct draft *d)
{
	d->sites[0].pain_during = 11;
}
static void r1_pain_nan(struct draft *d)
{
	d->sites[0].pain_during = (double)NAN;
}
static void r4_both_sides_with_reason(struct draft *d)
{
	r4_both_sides(d);
	d->note.both_thorax_sides_reason = "symmetric, superficial, ultrasound guided";
}
static void r4_one_side(struct draft *d)
{
	r4_both_sides(d);
	d->sites[1].side = NOTE_SIDE_LEFT;
}
static void r4_both_sides_elsewhere(struct draft *d)
{
	d->sites[1].side = NOTE_SIDE_RIGHT;
}
static void k_not_screened(struct draft *d)
{
	d->note.screened = false;
}
static void k_not_screened_nothing_treated(struct draft *d)
{
	d->note.screened = false;
	d->note.site_count = 0;
}
static void k2_no_reason(struct draft *d)
{
	d->note.caution = CAUTION_PROCEED_WITH_CARE;
}
static void k2_reason(struct draft *d)
{
	k2_no_reason(d);
	d->note.care_reason = "INR 2.1, superficial only";
}
static void k1_needled(struct draft *d)
{
	d->note.caution = CAUTION_DEFER;
	d->note.care_reason = "felt better in the end";
}
static void k1_bodywork(struct draft *d)
{
	k1_needled(d);
	d->note.site_count = 0;
	d->note.modality_count = 1;
}
static void k3_needled(struct draft *d)
{
	d->note.caution = CAUTION_REFER;
	d->note.care_reason = "seen and cleared by the team physician";
}
static void k_open_questions(struct draft *d)
{
	d->note.caution = CAUTION_INCOMPLETE;
	d->note.care_reason = "no reason will do";
}
static void k_open_questions_and_nothing_else(struct draft *d)
{
	d->note.caution = CAUTION_INCOMPLETE;
	d->note.site_count = d->note.modality_count = d->note.finding_count = 0;
	d->note.tissue_to_calm = d->note.why_overloaded = "";
}
static void k4_no_assessment(struct draft *d)
{
	d->note.caution = CAUTION_ASSESS_FIRST;
	d->note.care_reason = "assessed";
	d->findings[0].movement = "";
}
static void k4_assessed(struct draft *d)
{
	d->note.caution = CAUTION_ASSESS_FIRST;
	d->note.care_reason = "assessed";
}
static void k5_needled(struct draft *d)
{
	d->note.caution = CAUTION_DO_NOT_TREAT;
	d->note.care_reason = "no reason will do";
}
static void k5_not_needled(struct draft *d)
{
	d->note.caution = CAUTION_DO_NOT_TREAT;
	d->note.site_count = 0;
}
static void everything(struct draft *d)
{
	c3_no_tissue(d);
	c3_no_reason(d);
	r1_needle_missing(d);
	r1_one_too_many(d);
	k2_no_reason(d);
}
static void c3_empty(struct draft *d)
{
	d->note.site_count = d->note.modality_count = d->note.finding_count = 0;
	d->note.tissue_to_calm = d->note.why_overloaded = "";
	d->note.screened = false;
}
static void c3_nothing_done_nor_found(struct draft *d)
{
	c3_empty(d);
	d->note.screened = true;
	d->note.caution = CAUTION_CLEAR;
}
static void k1_nothing_done_nor_found(struct draft *d)
{
	c3_nothing_done_nor_found(d);
	d->note.caution = CAUTION_DEFER;
}
static void nothing(struct draft *d)
{
	(void)d;
}

static const struct {
	const char *name;
	void (*spoil)(struct draft *);
	const char *fields;
} cases[] = {
	{"a whole note can be signed", nothing, ""},
	{"C3 which tissue", c3_no_tissue, "tissue_to_calm "},
	{"C3 why overloaded", c3_no_reason, "why_overloaded "},
	{"C3 bodywork alone is treatment too", c3_bodywork_alone, "tissue_to_calm why_overloaded "},
	{"C3 a visit without treatment needs no answers", c3_nothing_treated, ""},
	{"C3 an empty note", c3_empty, "sites "},
	{"C3 nothing done, nothing found", c3_nothing_done_nor_found, "sites "},
	{"K1 nothing done, nothing found, for the athlete was ill", k1_nothing_done_nor_found, ""},
	{"C2 a driver is a code", c2_unknown_driver, "drivers[1] "},
	{"C4 a site without finding", c4_no_link, "sites[1].finding_keys "},
	{"C4 a sore spot alone does not decide", c4_sore_spot_alone, "sites[0].finding_keys "},
	{"C4 a sore spot beside a movement finding", c4_sore_spot_and_movement, ""},
	{"C4 a finding that is not in the note", c4_unknown_finding, "sites[0].finding_keys[0] "},
	{"C4 two findings of one key", c4_same_key_twice, "findings[1].key "},
	{"C4 a finding without key", c4_no_key, "findings[1].key "},
	{"R1 one in, two out", r1_one_too_many, "sites[1].needles_out "},
	{"R1 no needle", r1_no_needle, "sites[0].needles_in "},
	{"R1 an area is no muscle", r1_muscle, "sites[0].muscle "},
	{"R1 side", r1_side, "sites[0].side "},
	{"R1 approach", r1_approach, "sites[0].approach "},
	{"R1 fewer insertions than needles", r1_fewer_insertions_than_needles,
	 "sites[0].insertions "},
	{"R1 missing pain is not zero", r1_no_pain, "sites[0].pain_during "},
	{"R1 pain of 10", r1_pain_ten, ""},
	{"R1 pain of 11", r1_pain_eleven, "sites[0].pain_during "},
	{"R1 pain that is no number", r1_pain_nan, "sites[0].pain_during "},
	{"R4 both sides of the thorax", r4_both_sides, "both_thorax_sides_reason "},
	{"R4 both sides with a reason", r4_both_sides_with_reason, ""},
	{"R4 one side", r4_one_side, ""},
	{"R4 both calves", r4_both_sides_elsewhere, ""},
	{"K not screened", k_not_screened, "screening "},
	{"K not screened, nothing needled", k_not_screened_nothing_treated, ""},
	{"K2 needs its reason", k2_no_reason, "care_reason "},
	{"K2 with its reason", k2_reason, ""},
	{"K1 no needles today, whatever the reason", k1_needled, "screening "},
	{"K1 bodywork is no needling", k1_bodywork, ""},
	{"K3 needling is not the first move, whatever the reason", k3_needled, "screening "},
	{"K1-K5 no needles while questions are open", k_open_questions, "screening "},
	{"K1-K5 open questions are no reason for an empty note", k_open_questions_and_nothing_else,
	 "sites "},
	{"K4 needs an assessment", k4_no_assessment,
	 "sites[0].finding_keys sites[1].finding_keys findings "},
	{"K4 assessed", k4_assessed, ""},
	{"K5 no reason will do", k5_needled, "screening "},
	{"K5 nothing needled", k5_not_needled, ""},
	{"all faults at once", everything,
	 "tissue_to_calm why_overloaded sites[0].needles_out sites[1].needles_out care_reason "},
};

static void checks(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct draft draft;
		make_draft(&draft);
		cases[i].spoil(&draft);
		expect_fields(cases[i].name, &draft, cases[i].fields);
	}
}

/* R1's numbers: what is asked of each, at its bounds. */
static const struct {
	const char *name;
	size_t offset; /* of an int32_t in struct note_site */
	int32_t value;
	const char *fields;
} numbers[] = {
	{"R1 gauge of 100 um", offsetof(struct note_site, gauge_um), 100, ""},
	{"R1 gauge of 99 um", offsetof(struct note_site, gauge_um), 99, "sites[0].gauge_um "},
	{"R1 gauge of 1001 um", offsetof(struct note_site, gauge_um), 1001, "sites[0].gauge_um "},
	{"R1 no length", offsetof(struct note_site, length_mm), 0, "sites[0].length_mm "},
	{"R1 no depth", offsetof(struct note_site, depth_mm), 0, "sites[0].depth_mm "},
	{"R1 as deep as the needle is long", offsetof(struct note_site, depth_mm), 40, ""},
	{"R1 deeper than the needle is long", offsetof(struct note_site, depth_mm), 41,
	 "sites[0].depth_mm "},
	{"R1 no insertion", offsetof(struct note_site, insertions), 0, "sites[0].insertions "},
	{"R1 retention below zero", offsetof(struct note_site, retention_s), -1,
	 "sites[0].retention_s "},
	{"R1 two needles in, one out", offsetof(struct note_site, needles_in), 2,
	 "sites[0].needles_out "},
};

static void r1_checks_numbers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		struct draft draft;
		make_draft(&draft);
		memcpy((char *)&draft.sites[0] + numbers[i].offset, &numbers[i].value,
		       sizeof(numbers[i].value));
		expect_fields(numbers[i].name, &draft, numbers[i].fields);
	}
}

static void counts_muscles_for_r2(void **state)
{
	(void)state;
	struct note_site sites[] = {
		{.muscle = "soleus", .side = NOTE_SIDE_LEFT},
		{.muscle = "soleus", .side = NOTE_SIDE_RIGHT},
		{.muscle = "gracilis", .side = NOTE_SIDE_LEFT},
		{.muscle = "soleus", .side = NOTE_SIDE_LEFT},
		{.muscle = "teres_minor", .side = NOTE_SIDE_LEFT},
	};
	static const size_t distinct[] = {0, 1, 1, 2, 2, 3};
	for (size_t count = 0; count <= 5; count++)
		assert_int_equal(note_distinct_muscles(sites, count), distinct[count]);
	assert_null(note_cpt_code(0));
	assert_string_equal(note_cpt_code(1), "20560"); /* R2 */
	assert_string_equal(note_cpt_code(2), "20560");
	assert_string_equal(note_cpt_code(3), "20561");
	assert_string_equal(note_cpt_code(9), "20561");
}

static void derives_thorax_and_areas(void **state)
{
	(void)state;
	struct note_site sites[] = {
		{.muscle = "soleus", .side = NOTE_SIDE_LEFT},
		{.muscle = "gastrocnemius", .side = NOTE_SIDE_LEFT},
		{.muscle = "soleus", .side = NOTE_SIDE_RIGHT},
		{.muscle = "iliocostalis", .side = NOTE_SIDE_RIGHT},
		{.muscle = "nonsense", .side = NOTE_SIDE_RIGHT},
	};
	struct note_area areas[5];
	assert_false(note_touches_thorax(sites, 3));
	assert_true(note_touches_thorax(sites, 4)); /* R4 */
	assert_int_equal(note_areas(sites, 5, areas, 5), 2);
	assert_string_equal(areas[0].area, "calf");
	assert_int_equal(areas[0].side, NOTE_SIDE_LEFT);
	assert_int_equal(areas[1].side, NOTE_SIDE_RIGHT);
	assert_int_equal(note_areas(sites, 5, areas, 1), 1);
}

static const struct {
	const char *name;
	int64_t signed_at, visit_ends_at, treated_at;
} treated[] = {
	{"O2 signed during the visit", 100, 120, 100},
	{"O2 signed as it ends", 120, 120, 120},
	{"O2 signed the day after: the windows count from the visit", 1000, 120, 120},
	{"O2 a walk-in, opened at 100 and signed the day after", 1000, 100, 100},
};

static void knows_when_it_was(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(treated) / sizeof(treated[0]); i++)
		if (note_treated_at(treated[i].signed_at, treated[i].visit_ends_at) !=
		    treated[i].treated_at)
			fail_msg("%s", treated[i].name);
}

static void knows_a_visit_of_a_later_day(void **state)
{
	(void)state;
	assert_false(note_is_ahead(CLOCK_DAY_US, 0));
	assert_false(note_is_ahead(0, CLOCK_DAY_US));
	assert_true(note_is_ahead(0, CLOCK_DAY_US + 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_when_it_was),
		cmocka_unit_test(checks),
		cmocka_unit_test(r1_checks_numbers),
		cmocka_unit_test(counts_muscles_for_r2),
		cmocka_unit_test(derives_thorax_and_areas),
		cmocka_unit_test(knows_a_visit_of_a_later_day),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
