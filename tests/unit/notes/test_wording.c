/* The phrases and note templates that come with the programs: what they name is known. */
#include "knowledge/instrument.h"
#include "notes/rules/anatomy.h"
#include "notes/rules/wording.h"

#include "../table_files.h"

static void names_what_is_known(void **state)
{
	(void)state;
	assert_true(note_template_count > 0);
	for (size_t i = 0; i < note_template_count; i++) {
		const struct note_template *row = &note_templates[i];
		if (*row->area && !anatomy_is_area(row->area))
			fail_msg("%s: no area %s", row->code, row->area);
		for (const struct note_template_finding *of = row->findings; of->movement; of++)
			if (*of->instrument && !instrument_find(of->instrument))
				fail_msg("%s: no instrument %s", row->code, of->instrument);
		for (const char *const *measure = row->measures; *measure; measure++)
			if (!instrument_find(*measure))
				fail_msg("%s: no instrument %s", row->code, *measure);
		for (const char *const *code = row->muscles; *code; code++) {
			const struct anatomy_muscle *muscle = anatomy_find(*code);
			if (!muscle || (*row->area && strcmp(muscle->area, row->area) != 0))
				fail_msg("%s: %s is not of its area", row->code, *code);
		}
	}
}

/* Each area of domain.md has one. */
static void leaves_no_area_out(void **state)
{
	(void)state;
	for (size_t m = 0; m < anatomy_muscle_count; m++) {
		bool found = !anatomy_muscles[m].area;
		for (size_t i = 0; i < note_template_count && !found; i++)
			found = strcmp(note_templates[i].area, anatomy_muscles[m].area) == 0;
		if (!found)
			fail_msg("no note template for %s", anatomy_muscles[m].area);
	}
}

static void finds_by_code(void **state)
{
	(void)state;
	assert_string_equal(phrase_find("ktw")->text,
			    "Knee to wall is less than on the other side.");
	assert_null(phrase_find("calf"));
	assert_string_equal(note_template_find("calf")->muscles[1], "soleus");
	assert_null(note_template_find("ktw"));
	for (size_t i = 0; i < phrase_count; i++)
		assert_ptr_equal(phrase_find(phrases[i].code), &phrases[i]);
}

static const struct table_file phrase_files[] = {
	{"a phrase", "phrase ktw\n\ttext Knee to wall\n", ""},
	{"without its text", "phrase ktw\n", "expected text of ktw"},
	{"a code that nobody could put", "phrase K\n\ttext x\n", "1:8: expected a code of small"},
	{"a code twice", "phrase a\n\ttext x\nphrase a\n\ttext y\n",
	 "3:8: expected a code that is new"},
	{"a word that there is not", "phrase a\n\tcolour red\n", "2:2: expected text"},
};

#define WHOLE "template calf\n\tname Calf\n\tfinds knee to wall: knee_to_wall; hop\n"

static const struct table_file template_files[] = {
	{"a template", WHOLE "\tmuscles soleus\n\tmeasures nprs\n", ""},
	{"without measures", WHOLE "\tmuscles soleus\n", "expected measures of calf"},
	{"a muscle by its name", WHOLE "\tmuscles Soleus\n\tmeasures nprs\n",
	 "4:10: expected codes of muscles"},
	{"an instrument by its name", "template calf\n\tfinds hop: Single leg\n",
	 "2:8: expected MOVEMENT or MOVEMENT: INSTRUMENT"},
	{"a word that there is not", WHOLE "\tdrivers load\n", "4:2: expected name, area, finds"},
};

static void checks_its_files(void **state)
{
	(void)state;
	check_table_files("phrases", "p.conf", phrase_files,
			  sizeof(phrase_files) / sizeof(phrase_files[0]));
	check_table_files("note_templates", "t.conf", template_files,
			  sizeof(template_files) / sizeof(template_files[0]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_what_is_known),
		cmocka_unit_test(leaves_no_area_out),
		cmocka_unit_test(finds_by_code),
		cmocka_unit_test(checks_its_files),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
