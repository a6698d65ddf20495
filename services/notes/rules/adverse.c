#include "notes/rules/adverse.h"

#include <stddef.h>
#include <string.h>

const struct adverse_kind adverse_kinds[] = {
	{"bleeding", ADVERSE_MINOR},
	{"bruising", ADVERSE_MINOR},
	{"pain", ADVERSE_MINOR},
	{"drowsiness", ADVERSE_MINOR},
	{"faint", ADVERSE_MINOR},
	{"nausea", ADVERSE_MINOR},
	{"headache", ADVERSE_MINOR},
	{"symptom_aggravation", ADVERSE_MINOR},
	{"skin_reaction", ADVERSE_MINOR},
	{"infection", ADVERSE_SIGNIFICANT},
	{"nerve_injury", ADVERSE_SIGNIFICANT},
	{"pneumothorax", ADVERSE_SERIOUS},
	{"needle_left", ADVERSE_SIGNIFICANT},
	{"needle_broken", ADVERSE_SIGNIFICANT},
	{"other", ADVERSE_MINOR},
	{NULL, ADVERSE_MINOR},
};

static const struct adverse_kind *kind_find(const char *code)
{
	for (const struct adverse_kind *kind = adverse_kinds; kind->code; kind++)
		if (strcmp(kind->code, code) == 0)
			return kind;
	return NULL;
}

bool adverse_kind_is_known(const char *kind)
{
	return kind_find(kind);
}

static enum adverse_grade grade_of_facts(const struct adverse_facts *facts)
{
	if (facts->admission || facts->lasting_disability || facts->death)
		return ADVERSE_SERIOUS;
	if (facts->medical_care || facts->interfered_with_activities)
		return ADVERSE_SIGNIFICANT;
	return ADVERSE_MINOR;
}

enum adverse_grade adverse_grade(const char *kind, const struct adverse_facts *facts)
{
	const struct adverse_kind *known = kind_find(kind);
	enum adverse_grade grade = grade_of_facts(facts);
	return known && known->least > grade ? known->least : grade;
}

const char *adverse_grade_name(enum adverse_grade grade)
{
	static const char *const names[] = {"minor", "significant", "serious"};
	return names[grade];
}
