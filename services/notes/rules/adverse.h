/* R3: adverse events and their grade. Grades as in Brady 2014 and Boyce 2020 (see domain.md for the
 * published rates): minor is brief and reversible, significant needs medical care or interferes
 * with activities, serious is admission, lasting disability or death. */
#ifndef SOLEUS_NOTES_RULES_ADVERSE_H
#define SOLEUS_NOTES_RULES_ADVERSE_H

#include <stdbool.h>

enum adverse_grade { ADVERSE_MINOR, ADVERSE_SIGNIFICANT, ADVERSE_SERIOUS };

/* What came of it. */
struct adverse_facts {
	bool medical_care;
	bool interfered_with_activities;
	bool admission;
	bool lasting_disability;
	bool death;
};

/* The gravest that a fact stands for, and at least what the kind stands for by itself: a fact that
 * nobody has ticked yet does not make a collapsed lung a trifle. Ours. */
enum adverse_grade adverse_grade(const char *kind, const struct adverse_facts *facts);

const char *adverse_grade_name(enum adverse_grade grade); /* "significant" */

/* "bleeding", …; a NULL code ends. */
extern const struct adverse_kind {
	const char *code;
	enum adverse_grade least;
} adverse_kinds[];
bool adverse_kind_is_known(const char *kind);

#endif
