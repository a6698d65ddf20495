/* What a link offers, and the text that it stands for. */
#include "reminders/rules/link_action.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void offered(void **state)
{
	static const struct {
		enum message_purpose purpose;
		bool open, answered;
		const char *asks, *offers;
	} cases[] = {
		{MESSAGE_REMINDER_48H, true, false, "visit", "confirm move cancel stop "},
		{MESSAGE_REMINDER_3H, true, true, "visit", "confirm move cancel stop "},
		{MESSAGE_TIMING_CLASH, false, false, "visit", "stop "},
		{MESSAGE_WAITLIST_OFFER, true, false, "offer", "yes no stop "},
		{MESSAGE_WAITLIST_OFFER, true, true, "offer", "stop "},
		{MESSAGE_CHECK_IN, true, false, "check_in", "answer stop "},
		{MESSAGE_MEASURES_10D, true, false, "measure", "answer stop "},
		{MESSAGE_MEASURES_10D, true, true, "measure", "stop "},
		{MESSAGE_RED_FLAG_24H, true, false, "red_flag", "well unwell stop "},
		{MESSAGE_PLAN_STEP, true, false, "plan_step", "done not_done stop "},
		{MESSAGE_VISIT_CANCELLED, true, false, "nothing", "stop "},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		enum link_asks asks = link_asks(cases[i].purpose);
		char offers[128] = "";
		for (const struct link_action *action = link_actions; action->name; action++)
			if (link_action_counts(action, asks, cases[i].open, cases[i].answered))
				snprintf(offers + strlen(offers), sizeof(offers) - strlen(offers),
					 "%s ", action->name);
		assert_string_equal(link_asks_name(asks), cases[i].asks);
		assert_string_equal(offers, cases[i].offers);
	}
}

static void texts(void **state)
{
	static const struct {
		enum link_asks asks;
		const char *action, *value, *text; /* NULL: refused */
	} cases[] = {
		{LINK_ASKS_VISIT, "confirm", "", "C"},
		{LINK_ASKS_VISIT, "cancel", "", "X"},
		{LINK_ASKS_VISIT, "confirm", "3", NULL},
		{LINK_ASKS_VISIT, "yes", "", NULL},
		{LINK_ASKS_VISIT, "", "", NULL},
		{LINK_ASKS_RED_FLAG, "well", "", "NO"},
		{LINK_ASKS_CHECK_IN, "answer", "3 8", "3 8"},
		{LINK_ASKS_CHECK_IN, "answer", "10 0", "10 0"},
		{LINK_ASKS_CHECK_IN, "answer", "3", NULL},
		{LINK_ASKS_CHECK_IN, "answer", "3 11", NULL},
		{LINK_ASKS_CHECK_IN, "answer", "3  8", NULL},
		{LINK_ASKS_CHECK_IN, "answer", "3 8 1", NULL},
		{LINK_ASKS_MEASURE, "answer", "4", "4"},
		{LINK_ASKS_MEASURE, "answer", "10", "10"},
		{LINK_ASKS_MEASURE, "answer", "100", NULL},
		{LINK_ASKS_MEASURE, "answer", "-1", NULL},
		{LINK_ASKS_MEASURE, "answer", "", NULL},
		{LINK_ASKS_MEASURE, "answer", "STOP", NULL},
		{LINK_ASKS_NOTHING, "stop", "", "STOP"},
		{LINK_ASKS_OFFER, "stop", "", "STOP"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct link_action *action = link_action_find(cases[i].asks, cases[i].action);
		char text[LINK_TEXT_BYTES] = "";
		bool taken = action && link_action_text(action, cases[i].value, text);
		if (taken != (cases[i].text != NULL))
			fail_msg("%s \"%s\" is %s", cases[i].action, cases[i].value,
				 taken ? "taken" : "refused");
		if (taken)
			assert_string_equal(text, cases[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(offered), cmocka_unit_test(texts)};
	return cmocka_run_group_tests_name("link_action", tests, NULL, NULL);
}
