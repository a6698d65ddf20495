/* What a clinic makes its own: the plan after needling (plan-templates.story), phrases and note
 * templates (wordings.story). */
#include "house.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static int open_house(void **state)
{
	return house_open((struct house **)state);
}

static int close_house(void **state)
{
	return house_close((struct house **)state);
}

/* Of what the trail has calls of the method. */
static void expect_trail(struct house *house, const char *method, const char *codes)
{
	char sql[256];
	snprintf(sql, sizeof(sql),
		 "SELECT string_agg(DISTINCT reason, ' ' ORDER BY reason) FROM notes.audit WHERE "
		 "method LIKE '%%.%s'",
		 method);
	char *found = house_query(house, sql);
	assert_string_equal(found, codes);
	free(found);
}

static void test_a_clinic_edits_its_plans(void **state)
{
	house_plays(*state, "plan-templates.story");
	expect_trail(*state, "PutPlanTemplate", "calf general glute hamstring");
}

static void test_a_clinic_keeps_its_words(void **state)
{
	house_plays(*state, "wordings.story");
	expect_trail(*state, "PutPhrase", "fam ktw");
	expect_trail(*state, "RemovePhrase", "ake fam ktw");
	expect_trail(*state, "PutNoteTemplate", "again calf-run");
	expect_trail(*state, "RemoveNoteTemplate", "again calf-run glute");
	char *at_harbour =
		house_query(*state, "SELECT count(*) FROM notes.audit JOIN directory.clinic ON "
				    "clinic.clinic_id = record_id WHERE method LIKE "
				    "'%.RemovePhrase' AND reason = 'ake' AND name = 'Harbour' "
				    "AND actor = 'w.lead'");
	assert_string_equal(at_harbour, "1");
	free(at_harbour);
}

/* A template with everything in it that is one athlete's: each of it is named. */
static void test_a_template_holds_nobody(void **state)
{
	house_refuses(
		*state, "w.lead", "Notes.PutNoteTemplate",
		"{'code': 'a b', 'name': ' ', 'area': 'moon', 'note': {"
		"'why_overloaded': 'Long runs', 'drivers': ['load'], "
		"'both_thorax_sides_reason': 'x', 'care_reason': 'x', 'tolerance': 'x', "
		"'history': 'x', 'red_flags': ['x'], 'referral': 'x', 'outcome': 'x', "
		"'findings': [{'key': 'f', 'value': {'value': 0}, 'text': 'x', 'rater': 'Tom'}], "
		"'sites': [{'muscle': 'calf', 'side': 'both', 'depth_mm': 2, 'insertions': 1, "
		"'retention_s': 1, 'local_twitch_response': true, 'referral': true, "
		"'pain_during': {'value': 0}, 'needles_in': 1, 'needles_out': 1, "
		"'finding_keys': ['g']}], "
		"'measures': [{'instrument': 'moon', 'value': {'value': 0}, 'rater': 'Tom'}], "
		"'plan': [{'kind': 'yoga', 'day': -1}]}}",
		"code name area note.why_overloaded note.drivers note.both_thorax_sides_reason "
		"note.care_reason note.tolerance note.history note.red_flags note.referral "
		"note.outcome note.findings[0].value note.findings[0].text note.findings[0].rater "
		"note.sites[0].muscle note.sites[0].side note.sites[0].depth_mm "
		"note.sites[0].insertions note.sites[0].retention_s "
		"note.sites[0].local_twitch_response note.sites[0].referral "
		"note.sites[0].pain_during note.sites[0].needles_in note.sites[0].needles_out "
		"note.sites[0].finding_keys note.measures[0].instrument note.measures[0].value "
		"note.measures[0].rater note.plan[0].kind note.plan[0].day note.plan[0].text ");
}

/* Whatever people type: the bus refuses it before any handler sees it. */
static void test_texts_are_plain(void **state)
{
	house_refuses(*state, "w.lead", "Notes.PutPhrase",
		      "{'code': 'bell', 'text': 'Knee to wall\\u0007'}", "text ");
	house_refuses(*state, "w.lead", "Notes.PutNoteTemplate",
		      "{'code': 'turned', 'name': 'a\\u007f', 'note': {'complaint': "
		      "'Calf\\u202ethgir', 'findings': [{'key': 'f1', 'movement': '\\u001b[2J'}]}}",
		      "name note.complaint note.findings[0].movement ");
}

static void test_every_fault_of_a_plan_is_named(void **state)
{
	house_refuses(*state, "p.lead", "Notes.PutPlanTemplate",
		      "{'area': 'moon', 'steps': ["
		      "{'kind': 'activation', 'day': -1, 'text': 'Raises', 'template_id': 'x'}, "
		      "{'kind': 'light_mobility', 'text': ' '}, "
		      "{'kind': 'return_to_loading', 'day': 4, 'last_day': 1, 'text': 'Run'}]}",
		      "area steps[0].template_id steps[0].day steps[1].text "
		      "steps[1].kind steps[2].last_day steps ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_clinic_edits_its_plans),
		cmocka_unit_test(test_every_fault_of_a_plan_is_named),
		cmocka_unit_test(test_a_clinic_keeps_its_words),
		cmocka_unit_test(test_a_template_holds_nobody),
		cmocka_unit_test(test_texts_are_plain),
	};
	return cmocka_run_group_tests_name("templates", tests, open_house, close_house);
}
