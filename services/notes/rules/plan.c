#include "notes/rules/plan.h"

#include "base/text.h"

#include <string.h>

static const char *const kind_codes[PLAN_STEPS] = {
	[PLAN_LIGHT_MOBILITY] = "light_mobility",
	[PLAN_POSITIONAL_BREATHING] = "positional_breathing",
	[PLAN_ACTIVATION] = "activation",
	[PLAN_RETURN_TO_LOADING] = "return_to_loading",
};

const char *plan_kind_code(enum plan_step_kind kind)
{
	return kind_codes[kind];
}

enum plan_step_kind plan_kind_find(const char *code)
{
	int kind = 0;
	while (kind < PLAN_STEPS && strcmp(kind_codes[kind], code) != 0)
		kind++;
	return (enum plan_step_kind)kind;
}

static const struct plan *plan_that_names(const char *area)
{
	for (size_t i = 0; i < plan_count; i++)
		for (const char *const *named = plans[i].areas; *named; named++)
			if (strcmp(*named, area) == 0)
				return &plans[i];
	return NULL;
}

bool plan_area_is_known(const char *area)
{
	return plan_that_names(area);
}

const struct plan *plan_for_area(const char *area)
{
	const struct plan *plan = area ? plan_that_names(area) : NULL;
	return plan ? plan : plan_that_names(PLAN_AREA_GENERAL);
}

/* ---- A clinic's own ---- */

struct checked {
	const struct plan_step *steps;
	size_t count;
	struct faults *faults;
	struct arena *arena;
};

static void expect(const struct checked *checked, bool holds, size_t at, const char *field,
		   const char *expected)
{
	if (!holds)
		faults_addf(checked->faults, checked->arena, expected, "steps[%zu].%s", at, field);
}

static void check_step(const struct checked *checked, size_t at)
{
	const struct plan_step *step = &checked->steps[at];
	expect(checked, step->kind < PLAN_STEPS, at, "kind",
	       "light_mobility, positional_breathing, activation or return_to_loading (P1)");
	expect(checked, step->first_day >= 0 && step->first_day <= PLAN_DAY_MOST, at, "day",
	       "days after the visit, 0 to 365");
	expect(checked, step->last_day >= step->first_day && step->last_day <= PLAN_DAY_MOST, at,
	       "last_day", "the step's last day, not before its first, or 0");
	expect(checked, strlen(step->dose) <= PLAN_DOSE_BYTES, at, "dose", "at most 200 bytes");
	expect(checked, !text_is_blank(step->text) && strlen(step->text) <= PLAN_TEMPLATE_TEXT_MOST,
	       at, "text", "what to do, at most 1,000 bytes");
}

static void check_order(const struct checked *checked, size_t at)
{
	const struct plan_step *step = &checked->steps[at], *before = step - 1;
	if (step->kind == PLAN_STEPS || before->kind == PLAN_STEPS)
		return;
	expect(checked, step->kind >= before->kind, at, "kind",
	       "P1's order: light mobility, positional breathing, activation, return to loading");
	expect(checked, step->first_day >= before->first_day, at, "day",
	       "not before the step before it (P1)");
}

void plan_check(const struct plan_step *steps, size_t count, struct faults *faults,
		struct arena *arena)
{
	const struct checked checked = {steps, count, faults, arena};
	unsigned kinds = 0;
	if (count > PLAN_TEMPLATE_STEPS) {
		faults_add(faults, arena, "steps", "at most 8 steps");
		return;
	}
	for (size_t i = 0; i < count; i++) {
		check_step(&checked, i);
		if (i > 0)
			check_order(&checked, i);
		kinds |= 1U << steps[i].kind;
	}
	for (int kind = 0; kind < PLAN_STEPS; kind++)
		if (!(kinds & (1U << kind)))
			faults_add(faults, arena, "steps",
				   arena_printf(arena, "a step %s (P1)", kind_codes[kind]));
	if (count > 1)
		expect(&checked, steps[count - 1].first_day > steps[0].first_day, count - 1, "day",
		       "a later day than the first step's: spread over days (P1)");
}
