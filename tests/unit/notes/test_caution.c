/* K1–K5: what screening answers mean. */
#include "notes/rules/caution.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <string.h>

/* Every item of domain.md with the outcome of its rule. */
static const struct {
	const char *code;
	const char *rule;
	enum caution_outcome outcome;
} items[] = {
	{"ill", "K1", CAUTION_DEFER},
	{"sleep_deprived", "K1", CAUTION_DEFER},
	{"dehydrated", "K1", CAUTION_DEFER},
	{"systemic_fatigue", "K1", CAUTION_DEFER},
	{"bruises_easily", "K2", CAUTION_PROCEED_WITH_CARE},
	{"tolerates_poorly", "K2", CAUTION_PROCEED_WITH_CARE},
	{"bleeding_tendency", "K2", CAUTION_PROCEED_WITH_CARE},
	{"anticoagulants", "K2", CAUTION_PROCEED_WITH_CARE},
	{"immune_compromise", "K2", CAUTION_PROCEED_WITH_CARE},
	{"vascular_disease", "K2", CAUTION_PROCEED_WITH_CARE},
	{"diabetes", "K2", CAUTION_PROCEED_WITH_CARE},
	{"pregnancy", "K2", CAUTION_PROCEED_WITH_CARE},
	{"minor", "K2", CAUTION_PROCEED_WITH_CARE},
	{"frail", "K2", CAUTION_PROCEED_WITH_CARE},
	{"epilepsy", "K2", CAUTION_PROCEED_WITH_CARE},
	{"psychological_status", "K2", CAUTION_PROCEED_WITH_CARE},
	{"metal_allergy", "K2", CAUTION_PROCEED_WITH_CARE},
	{"alcohol_allergy", "K2", CAUTION_PROCEED_WITH_CARE},
	{"implants", "K2", CAUTION_PROCEED_WITH_CARE},
	{"medication", "K2", CAUTION_PROCEED_WITH_CARE},
	{"acute_swelling", "K3", CAUTION_REFER},
	{"strength_loss", "K3", CAUTION_REFER},
	{"joint_instability", "K3", CAUTION_REFER},
	{"sharp_changing_pain", "K3", CAUTION_REFER},
	{"pain_undiagnosed", "K4", CAUTION_ASSESS_FIRST},
	{"needle_phobia", "K5", CAUTION_DO_NOT_TREAT},
	{"unwilling", "K5", CAUTION_DO_NOT_TREAT},
	{"cannot_consent", "K5", CAUTION_DO_NOT_TREAT},
	{"emergency", "K5", CAUTION_DO_NOT_TREAT},
	{"lymphoedema", "K5", CAUTION_DO_NOT_TREAT},
};

static void judges_each_item(void **state)
{
	(void)state;
	assert_int_equal(sizeof(items) / sizeof(items[0]), CAUTION_ITEMS);
	for (size_t i = 0; i < CAUTION_ITEMS; i++) {
		enum caution_item item;
		struct caution_result result;
		if (!caution_find(items[i].code, &item))
			fail_msg("%s %s is not known", items[i].rule, items[i].code);
		struct caution_answers answers = {caution_bit(item), CAUTION_ALL};
		caution_evaluate(&answers, &result);
		if (result.outcome != items[i].outcome || result.reason_count != 1 ||
		    strcmp(result.reasons[0]->rule, items[i].rule) != 0)
			fail_msg("%s %s gives %s", items[i].rule, items[i].code,
				 caution_outcome_name(result.outcome));
		assert_string_not_equal(result.reasons[0]->reason, "");
	}
}

#define B(item_) (UINT64_C(1) << CAUTION_##item_)

static const struct {
	const char *name;
	uint64_t yes;
	enum caution_outcome outcome;
	const char *rules;
} mixes[] = {
	{"nothing: clear", 0, CAUTION_CLEAR, ""},
	{"K2 twice: with care, both reasons", B(DIABETES) | B(MINOR), CAUTION_PROCEED_WITH_CARE,
	 "K2K2"},
	{"K4 over K2", B(DIABETES) | B(PAIN_UNDIAGNOSED), CAUTION_ASSESS_FIRST, "K4K2"},
	{"K3 over K4", B(STRENGTH_LOSS) | B(PAIN_UNDIAGNOSED), CAUTION_REFER, "K3K4"},
	{"K1 over K3", B(STRENGTH_LOSS) | B(ILL), CAUTION_DEFER, "K1K3"},
	{"K5 over K1", B(NEEDLE_PHOBIA) | B(ILL), CAUTION_DO_NOT_TREAT, "K5K1"},
	{"all five, strictest first",
	 B(ILL) | B(FRAIL) | B(JOINT_INSTABILITY) | B(PAIN_UNDIAGNOSED) | B(UNWILLING),
	 CAUTION_DO_NOT_TREAT, "K5K1K3K4K2"},
};

static void takes_the_strictest(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(mixes) / sizeof(mixes[0]); i++) {
		struct caution_answers answers = {mixes[i].yes, CAUTION_ALL};
		struct caution_result result;
		char rules[64] = "";
		caution_evaluate(&answers, &result);
		for (size_t r = 0; r < result.reason_count; r++)
			strcat(rules, result.reasons[r]->rule);
		if (result.outcome != mixes[i].outcome || strcmp(rules, mixes[i].rules) != 0)
			fail_msg("%s: got %s by %s", mixes[i].name,
				 caution_outcome_name(result.outcome), rules);
	}
}

static void knows_what_was_not_answered(void **state)
{
	(void)state;
	struct caution_result result;
	struct caution_answers answers = {B(ILL), CAUTION_ALL & ~(B(ILL) | B(MINOR))};
	caution_evaluate(&answers, &result);
	assert_true(result.unanswered == B(MINOR)); /* a yes is an answer */
	assert_int_equal(result.outcome, CAUTION_DEFER);
	caution_evaluate(&(struct caution_answers){CAUTION_ALL, CAUTION_ALL}, &result);
	assert_int_equal(result.reason_count, CAUTION_ITEMS);
	assert_true(result.unanswered == 0);
}

static const struct {
	const char *name;
	uint64_t yes, open;
	enum caution_outcome outcome;
} gaps[] = {
	{"K1-K5: one question open, so nobody is cleared", 0, B(NEEDLE_PHOBIA), CAUTION_INCOMPLETE},
	{"nothing answered", 0, CAUTION_ALL, CAUTION_INCOMPLETE},
	{"K2 and an open question: it may be stricter", B(DIABETES), B(ILL), CAUTION_INCOMPLETE},
	{"K4 and an open question", B(PAIN_UNDIAGNOSED), B(ILL), CAUTION_INCOMPLETE},
	{"K3 holds whatever is open", B(STRENGTH_LOSS), B(ILL), CAUTION_REFER},
	{"K1 holds whatever is open", B(ILL), B(NEEDLE_PHOBIA), CAUTION_DEFER},
	{"K5 holds whatever is open", B(UNWILLING), B(ILL), CAUTION_DO_NOT_TREAT},
};

static void clears_nobody_with_open_questions(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(gaps) / sizeof(gaps[0]); i++) {
		struct caution_answers answers = {gaps[i].yes, CAUTION_ALL & ~gaps[i].open};
		struct caution_result result;
		caution_evaluate(&answers, &result);
		if (result.outcome != gaps[i].outcome || result.unanswered != gaps[i].open)
			fail_msg("%s: got %s", gaps[i].name, caution_outcome_name(result.outcome));
	}
}

static void refuses_what_it_does_not_know(void **state)
{
	(void)state;
	enum caution_item item = CAUTION_FRAIL;
	enum caution_outcome outcome = CAUTION_REFER;
	assert_false(caution_find("tired", &item));
	assert_false(caution_find(0, &item));
	assert_int_equal(item, CAUTION_FRAIL);
	assert_false(caution_outcome_find("", &outcome));
	assert_int_equal(outcome, CAUTION_REFER);
	for (int i = CAUTION_CLEAR; i <= CAUTION_DO_NOT_TREAT; i++) {
		assert_true(caution_outcome_find(caution_outcome_name((enum caution_outcome)i),
						 &outcome));
		assert_int_equal(outcome, i);
	}
}

static const struct {
	const char *name;
	enum caution_outcome outcome;
	bool forbids;
} needling[] = {
	{"clear", CAUTION_CLEAR, false},
	{"K2 with care", CAUTION_PROCEED_WITH_CARE, false},
	{"K4 after an assessment", CAUTION_ASSESS_FIRST, false},
	{"questions are open", CAUTION_INCOMPLETE, true},
	{"K3 not the first move", CAUTION_REFER, true},
	{"K1 rebook", CAUTION_DEFER, true},
	{"K5 do not treat", CAUTION_DO_NOT_TREAT, true},
};

static void forbids_needling(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(needling) / sizeof(needling[0]); i++)
		if (caution_forbids_needling(needling[i].outcome) != needling[i].forbids)
			fail_msg("%s", needling[i].name);
}

static const struct {
	const char *name;
	uint64_t athlete, staff;
	enum caution_outcome outcome;
} joins[] = {
	{"K1 found by staff is not lifted from home", 0, B(ILL), CAUTION_DEFER},
	{"K2 an athlete adds to what staff found", B(DIABETES), B(MINOR),
	 CAUTION_PROCEED_WITH_CARE},
	{"K1 an athlete who fell ill since", B(ILL), B(MINOR), CAUTION_DEFER},
	{"nobody found anything", 0, 0, CAUTION_CLEAR},
};

static void keeps_what_staff_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(joins) / sizeof(joins[0]); i++) {
		struct caution_result result;
		const struct caution_answers joined =
			caution_join((struct caution_answers){joins[i].athlete, CAUTION_ALL},
				     (struct caution_answers){joins[i].staff, CAUTION_ALL});
		caution_evaluate(&joined, &result);
		if (result.outcome != joins[i].outcome || result.unanswered)
			fail_msg("%s: got %s", joins[i].name, caution_outcome_name(result.outcome));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_what_staff_found),
		cmocka_unit_test(forbids_needling),
		cmocka_unit_test(clears_nobody_with_open_questions),
		cmocka_unit_test(judges_each_item),
		cmocka_unit_test(takes_the_strictest),
		cmocka_unit_test(knows_what_was_not_answered),
		cmocka_unit_test(refuses_what_it_does_not_know),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
