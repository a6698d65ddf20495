#include "notes/rules/adverse.h"

#include <stddef.h>
#include <string.h>

const char *const adverse_kinds[] = {
	"bleeding",      "bruising",      "pain",         "drowsiness",
	"faint",         "nausea",        "headache",     "symptom_aggravation",
	"skin_reaction", "infection",     "nerve_injury", "pneumothorax",
	"needle_left",   "needle_broken", "other",        NULL,
};

bool adverse_kind_is_known(const char *kind)
{
	for (size_t i = 0; adverse_kinds[i]; i++)
		if (strcmp(adverse_kinds[i], kind) == 0)
			return true;
	return false;
}

enum adverse_grade adverse_grade(const struct adverse_facts *facts)
{
	if (facts->admission || facts->lasting_disability || facts->death)
		return ADVERSE_SERIOUS;
	if (facts->medical_care || facts->interfered_with_activities)
		return ADVERSE_SIGNIFICANT;
	return ADVERSE_MINOR;
}

const char *adverse_grade_name(enum adverse_grade grade)
{
	static const char *const names[] = {"minor", "significant", "serious"};
	return names[grade];
}
