/* What reports make of a handover, and what providers' codes mean. */
#include "reminders/rules/handover.h"
#include "reminders/rules/provider_fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* Reports in the order they came, and where they lead. */
static const struct {
	const char *from;
	const char *reports[4];
	const char *to;
} courses[] = {
	{"taken", {"submitted", "delivered"}, "delivered"},
	{"taken", {"delivered", "submitted"}, "delivered"}, /* the earlier one is late */
	{"taken", {"submitted", "submitted"}, "submitted"},
	{"taken", {"delivered", "failed"}, "delivered"},
	{"taken", {"failed", "delivered"}, "delivered"}, /* the phone has it after all */
	{"taken", {"failed", "submitted"}, "failed"},
	{"taken", {"submitted", "failed", "rejected"}, "failed"},
	{"taken", {"rejected"}, "rejected"},
	{"asked", {"submitted"}, "submitted"}, /* faster than the answer, or instead of it */
	{"refused", {"failed"}, "refused"},
	{"refused", {"delivered"}, "delivered"},
};

static void test_reports_in_any_order(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(courses) / sizeof(courses[0]); i++) {
		enum handover_state at, outcome;
		assert_true(handover_state_find(courses[i].from, &at));
		for (size_t k = 0; courses[i].reports[k]; k++) {
			assert_true(handover_outcome_find(courses[i].reports[k], &outcome));
			at = handover_reported(at, outcome);
		}
		assert_string_equal(handover_state_name(at), courses[i].to);
	}
}

static void test_what_no_provider_reports(void **state)
{
	static const char *const names[] = {"asked", "refused", "taken", "Delivered", ""};
	enum handover_state outcome;
	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_false(handover_outcome_find(names[i], &outcome));
}

static const struct {
	const char *provider;
	int code;
	enum provider_fault fault;
} faults[] = {
	{"twilio", 21610, PROVIDER_FAULT_OPTED_OUT}, {"twilio", 21211, PROVIDER_FAULT_PERMANENT},
	{"twilio", 20003, PROVIDER_FAULT_ACCOUNT},   {"twilio", 429, PROVIDER_FAULT_THROTTLED},
	{"twilio", 30003, PROVIDER_FAULT_TEMPORARY}, {"twilio", 503, PROVIDER_FAULT_TEMPORARY},
	{"kannel", 503, PROVIDER_FAULT_THROTTLED},   {"kannel", 403, PROVIDER_FAULT_ACCOUNT},
	{"kannel", 400, PROVIDER_FAULT_PERMANENT},   {"kannel", 0, PROVIDER_FAULT_TEMPORARY},
	{"smtp", 421, PROVIDER_FAULT_THROTTLED},     {"smtp", 450, PROVIDER_FAULT_TEMPORARY},
	{"smtp", 550, PROVIDER_FAULT_PERMANENT},     {"smtp", 535, PROVIDER_FAULT_ACCOUNT},
	{"webhook", 429, PROVIDER_FAULT_THROTTLED},  {"webhook", 410, PROVIDER_FAULT_PERMANENT},
	{"webhook", 500, PROVIDER_FAULT_TEMPORARY},  {"webhook", 21610, PROVIDER_FAULT_TEMPORARY},
	{"kannel", 21610, PROVIDER_FAULT_TEMPORARY}, /* Twilio's alone */
};

static void test_what_codes_mean(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		if (provider_fault(faults[i].provider, faults[i].code) != faults[i].fault)
			fail_msg("%s %d is %s", faults[i].provider, faults[i].code,
				 provider_fault_name(
					 provider_fault(faults[i].provider, faults[i].code)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reports_in_any_order),
		cmocka_unit_test(test_what_no_provider_reports),
		cmocka_unit_test(test_what_codes_mean),
	};
	return cmocka_run_group_tests_name("handover", tests, NULL, NULL);
}
