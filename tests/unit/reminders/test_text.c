/* The words: fields filled, one segment, no clinical detail. */
#include "reminders/rules/text.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <string.h>
#include <strings.h>

static const struct message_fields longest = {
	.clinic = "Twenty-four letters long",
	.when = "Wed 23 Sep 14:30",
	.step = 12,
	.steps = 16,
	.until = "14:30",
};

static const struct {
	enum message_purpose purpose;
	const char *text;
} samples[] = {
	{MESSAGE_REMINDER_48H,
	 "Riverside: your visit is Tue 24 Nov 14:00. Reply C to confirm, M to move, X to cancel."},
	{MESSAGE_TIMING_CLASH,
	 "Riverside: your visit Tue 24 Nov 14:00 may no longer fit your training calendar. Reply M "
	 "to move it, C to keep it."},
	{MESSAGE_PLAN_STEP,
	 "Riverside: step 2 of 4 of your plan is for today. Reply DONE when you have done it."},
	{MESSAGE_WAITLIST_OFFER,
	 "Riverside: a time you wait for is free, Tue 24 Nov 14:00. Reply YES by 10:30 to take it, "
	 "or NO and it goes to the next."},
	{MESSAGE_STOP_CONFIRMED,
	 "Riverside: you get no more texts from us. Reply START to get them again."},
};

static void fills_fields(void **state)
{
	(void)state;
	struct message_fields fields = {"Riverside", "Tue 24 Nov 14:00", 2, 4, "10:30"};
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		char text[MESSAGE_TEXT_BYTES];
		assert_int_equal(message_text(samples[i].purpose, &fields, text, sizeof(text)),
				 strlen(samples[i].text));
		assert_string_equal(text, samples[i].text);
	}
}

static void says_nothing_clinical_in_one_segment(void **state)
{
	(void)state;
	static const char *const clinical[] = {"needl",  "muscle", "calf",    "thorax", "injur",
					       "physio", "treat",  "trigger", "lung",   "diagnos"};
	for (int i = 0; i < MESSAGE_PURPOSES; i++) {
		char text[MESSAGE_TEXT_BYTES];
		enum message_purpose purpose = (enum message_purpose)i;
		size_t length = message_text(purpose, &longest, text, sizeof(text));
		if (length == 0 || (length > 160 && purpose != MESSAGE_EMERGENCY_ADVICE))
			fail_msg("%s has %zu letters", message_purpose_name(purpose), length);
		assert_null(strpbrk(text, "{}[]|^~\\`"));
		for (const char *at = text; *at; at++)
			assert_in_range((unsigned char)*at, ' ', '~');
		for (size_t c = 0; c < sizeof(clinical) / sizeof(clinical[0]); c++)
			if (strcasestr(text, clinical[c]))
				fail_msg("%s says \"%s\"", message_purpose_name(purpose),
					 clinical[c]);
	}
}

static void needs_its_fields_and_room(void **state)
{
	(void)state;
	char text[MESSAGE_TEXT_BYTES] = "before";
	struct message_fields no_time = {.clinic = "Riverside"};
	struct message_fields no_clinic = {.when = "Tue 14:00"};
	assert_int_equal(message_text(MESSAGE_REMINDER_3H, &no_time, text, sizeof(text)), 0);
	assert_string_equal(text, "");
	assert_int_equal(message_text(MESSAGE_HELP, &no_clinic, text, sizeof(text)), 0);
	assert_int_equal(message_text(MESSAGE_PLAN_STEP, &no_time, text, sizeof(text)), 0);
	size_t length = message_text(MESSAGE_HELP, &no_time, text, sizeof(text));
	assert_int_equal(message_text(MESSAGE_HELP, &no_time, text, length), 0); /* never cut */
	assert_string_equal(text, "");
	assert_int_equal(message_text(MESSAGE_HELP, &no_time, text, length + 1), length);
	assert_int_equal(message_text(MESSAGE_HELP, &no_time, text, 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fills_fields),
		cmocka_unit_test(says_nothing_clinical_in_one_segment),
		cmocka_unit_test(needs_its_fields_and_room),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
