/* What is done about a text (A1, A2 and "Messages" of domain.md). */
#include "reminders/rules/understand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define NONE UNDERSTAND_NONE

static const struct understand_sender ana[] = {{"ana", false}};
static const struct understand_sender ana_coming[] = {{"ana", true}};
static const struct understand_sender family[] = {{"ana", false}, {"ben", false}};

static const struct understand_question check_in[] = {{"ana", MESSAGE_CHECK_IN}};
static const struct understand_question measure_then_check_in[] = {{"ana", MESSAGE_MEASURES_48H},
								   {"ana", MESSAGE_CHECK_IN}};
static const struct understand_question red_flag[] = {{"ana", MESSAGE_RED_FLAG_24H}};
static const struct understand_question plan[] = {{"ana", MESSAGE_PLAN_STEP}};
static const struct understand_question visit[] = {{"ana", MESSAGE_REMINDER_48H}};
static const struct understand_question confirmed[] = {
	{"ana", MESSAGE_REMINDER_48H, .has_answer = true, .appointment_id = "v1"}};
#define HOUR INT64_C(3600000000)
static const struct understand_question two_visits[] = {
	{"ana", MESSAGE_REMINDER_48H, .appointment_id = "v1", .sent_at = 20 * HOUR},
	{"ana", MESSAGE_REMINDER_48H, .appointment_id = "v2", .sent_at = 15 * HOUR}};
static const struct understand_question two_visits_apart[] = {
	{"ana", MESSAGE_REMINDER_48H, .appointment_id = "v1", .sent_at = 20 * HOUR},
	{"ana", MESSAGE_REMINDER_48H, .appointment_id = "v2", .sent_at = 13 * HOUR}};
static const struct understand_question visits_of_two[] = {
	{"ben", MESSAGE_REMINDER_3H, .appointment_id = "v1", .sent_at = 20 * HOUR},
	{"ana", MESSAGE_REMINDER_3H, .appointment_id = "v2", .sent_at = 20 * HOUR}};
static const struct understand_question ben_asked[] = {{"ben", MESSAGE_CHECK_IN},
						       {"ana", MESSAGE_CHECK_IN}};

static const struct understand_question offer[] = {{"ana", MESSAGE_WAITLIST_OFFER, false}};
static const struct understand_question offer_ended[] = {{"ana", MESSAGE_WAITLIST_OFFER, true}};
static const struct understand_question visit_then_offer[] = {
	{"ana", MESSAGE_REMINDER_3H, false},
	{"ana", MESSAGE_WAITLIST_OFFER, true},
	{"ana", MESSAGE_WAITLIST_OFFER, false}};
static const struct understand_question visit_then_ended[] = {
	{"ana", MESSAGE_REMINDER_3H, false}, {"ana", MESSAGE_WAITLIST_OFFER, true}};
static const struct understand_question red_flag_then_offer[] = {
	{"ana", MESSAGE_RED_FLAG_24H, false}, {"ana", MESSAGE_WAITLIST_OFFER, false}};
static const struct understand_question ben_is_offered[] = {{"ben", MESSAGE_WAITLIST_OFFER, false},
							    {"ana", MESSAGE_REMINDER_48H, false}};

#define SENDERS(list_)   .senders = (list_), .sender_count = sizeof(list_) / sizeof((list_)[0])
#define QUESTIONS(list_) .questions = (list_), .question_count = sizeof(list_) / sizeof((list_)[0])

static const struct {
	const char *name;
	const char *text;
	struct understand_facts facts;
	const char *as;
	size_t sender, question;
	const char *task;
	bool alert, opts_out, opts_in, replies;
	bool answers_offer, takes_offer;
	enum understand_wish wish;
} cases[] = {
	{"A1 two numbers", "3 8", {SENDERS(ana), QUESTIONS(check_in)}, "answer", 0, 0, NULL},
	{"A1 one number", "3", {SENDERS(ana), QUESTIONS(check_in)}, "answer", 0, 0, NULL},
	{"O2 a lone number is of the newest question",
	 "3",
	 {SENDERS(ana), QUESTIONS(measure_then_check_in)},
	 "answer",
	 0,
	 0,
	 NULL},
	{"A1 two numbers are of the check-in",
	 "3 8",
	 {SENDERS(ana), QUESTIONS(measure_then_check_in)},
	 "answer",
	 0,
	 1,
	 NULL},
	{"nothing was asked", "3", {SENDERS(ana)}, "unknown", 0, NONE, "unknown_text"},
	{"a shared number: who was asked last",
	 "3 8",
	 {SENDERS(family), QUESTIONS(ben_asked)},
	 "answer",
	 1,
	 0,
	 NULL},
	{"a shared number and no question",
	 "hello",
	 {SENDERS(family)},
	 "unknown",
	 NONE,
	 NONE,
	 "unknown_text"},
	{"nobody's number", "hello", {0}, "unknown", NONE, NONE, "unknown_number"},
	{"A2 without a question",
	 "I can't breathe",
	 {SENDERS(ana)},
	 "red_flag",
	 0,
	 NONE,
	 NULL,
	 .alert = true,
	 .replies = true},
	{"A2 answers the red-flag question",
	 "chest pain",
	 {SENDERS(ana), QUESTIONS(red_flag)},
	 "red_flag",
	 0,
	 0,
	 NULL,
	 .alert = true,
	 .replies = true},
	{"A2 from nobody's number",
	 "chest pain",
	 {0},
	 "red_flag",
	 NONE,
	 NONE,
	 NULL,
	 .alert = true,
	 .replies = true},
	{"A2 from a shared number is somebody's",
	 "chest pain",
	 {SENDERS(family), QUESTIONS(ben_asked)},
	 "red_flag",
	 1,
	 NONE,
	 NULL,
	 .alert = true,
	 .replies = true},
	{"A2 no is a good answer", "NO", {SENDERS(ana), QUESTIONS(red_flag)}, "answer", 0, 0, NULL},
	{"A2 yes is doubtful",
	 "YES",
	 {SENDERS(ana), QUESTIONS(red_flag)},
	 "red_flag",
	 0,
	 0,
	 NULL,
	 .alert = true,
	 .replies = true},
	{"A2 denied in words",
	 "no chest pain",
	 {SENDERS(ana), QUESTIONS(red_flag)},
	 "answer",
	 0,
	 0,
	 NULL},
	{"P3 done", "done", {SENDERS(ana), QUESTIONS(plan)}, "answer", 0, 0, NULL},
	{"P3 unasked", "done", {SENDERS(ana)}, "unknown", 0, NONE, "unknown_text"},
	{"C confirms",
	 "C",
	 {SENDERS(ana_coming), QUESTIONS(visit)},
	 "confirm",
	 0,
	 0,
	 NULL,
	 .wish = UNDERSTAND_COMES},
	{"C again answers no other question",
	 "C",
	 {SENDERS(ana_coming), QUESTIONS(confirmed)},
	 "confirm",
	 0,
	 NONE,
	 NULL,
	 .wish = UNDERSTAND_COMES},
	{"C when nothing comes is for staff",
	 "C",
	 {SENDERS(ana)},
	 "unknown",
	 0,
	 NONE,
	 "unknown_text"},
	{"YES to a reminder confirms",
	 "yes",
	 {SENDERS(ana_coming), QUESTIONS(visit)},
	 "confirm",
	 0,
	 0,
	 NULL,
	 .wish = UNDERSTAND_COMES},
	{"YES takes an offer",
	 "yes please",
	 {SENDERS(ana), QUESTIONS(offer)},
	 "answer",
	 0,
	 0,
	 NULL,
	 .answers_offer = true,
	 .takes_offer = true},
	{"NO passes it on",
	 "No.",
	 {SENDERS(ana), QUESTIONS(offer)},
	 "answer",
	 0,
	 0,
	 NULL,
	 .answers_offer = true},
	{"a YES that comes too late is told so",
	 "YES",
	 {SENDERS(ana), QUESTIONS(offer_ended)},
	 "answer",
	 0,
	 0,
	 NULL,
	 .replies = true,
	 .takes_offer = true},
	{"a late NO says nothing new",
	 "NO",
	 {SENDERS(ana), QUESTIONS(offer_ended)},
	 "answer",
	 0,
	 0,
	 NULL},
	{"an open offer asks for YES, a reminder for C",
	 "YES",
	 {SENDERS(ana_coming), QUESTIONS(visit_then_offer)},
	 "answer",
	 0,
	 2,
	 NULL,
	 .answers_offer = true,
	 .takes_offer = true},
	{"C is the reminder's",
	 "C",
	 {SENDERS(ana_coming), QUESTIONS(visit_then_offer)},
	 "confirm",
	 0,
	 0,
	 NULL,
	 .wish = UNDERSTAND_COMES},
	{"an offer that has ended goes behind a newer reminder",
	 "YES",
	 {SENDERS(ana_coming), QUESTIONS(visit_then_ended)},
	 "confirm",
	 0,
	 0,
	 NULL,
	 .wish = UNDERSTAND_COMES},
	{"a newer red-flag check goes before an offer",
	 "NO",
	 {SENDERS(ana), QUESTIONS(red_flag_then_offer)},
	 "answer",
	 0,
	 0,
	 NULL},
	{"a shared number takes the offer of whom it was made to",
	 "YES",
	 {SENDERS(family), QUESTIONS(ben_is_offered)},
	 "answer",
	 1,
	 0,
	 NULL,
	 .answers_offer = true,
	 .takes_offer = true},
	{"M is for staff",
	 "M",
	 {SENDERS(ana_coming), QUESTIONS(visit)},
	 "move",
	 0,
	 0,
	 "move_visit",
	 .replies = true},
	{"X cancels",
	 "X",
	 {SENDERS(ana_coming), QUESTIONS(visit)},
	 "cancel",
	 0,
	 0,
	 NULL,
	 .replies = true,
	 .wish = UNDERSTAND_CANCELS},
	{"X after a C cancels",
	 "x",
	 {SENDERS(ana_coming), QUESTIONS(confirmed)},
	 "cancel",
	 0,
	 NONE,
	 NULL,
	 .replies = true,
	 .wish = UNDERSTAND_CANCELS},
	{"X is for staff when nothing offered it",
	 "X",
	 {SENDERS(ana_coming)},
	 "cancel",
	 0,
	 NONE,
	 "cancel_visit",
	 .replies = true},
	{"X may mean either visit",
	 "X",
	 {SENDERS(ana_coming), QUESTIONS(two_visits)},
	 "cancel",
	 0,
	 NONE,
	 "cancel_visit",
	 .replies = true},
	{"X is of the newest when the other is long ago",
	 "X",
	 {SENDERS(ana_coming), QUESTIONS(two_visits_apart)},
	 "cancel",
	 0,
	 0,
	 NULL,
	 .replies = true,
	 .wish = UNDERSTAND_CANCELS},
	{"X may mean either athlete",
	 "X",
	 {SENDERS(family), QUESTIONS(visits_of_two)},
	 "cancel",
	 1,
	 NONE,
	 "cancel_visit",
	 .replies = true},
	{"STOP",
	 "STOP",
	 {SENDERS(ana)},
	 "opt_out",
	 0,
	 NONE,
	 NULL,
	 .opts_out = true,
	 .replies = true},
	{"STOP again is confirmed once",
	 "STOP",
	 {SENDERS(ana), .opted_out = true},
	 "opt_out",
	 0,
	 NONE,
	 NULL,
	 .opts_out = true},
	{"trap: CANCEL with a visit coming",
	 "Cancel",
	 {SENDERS(ana_coming), QUESTIONS(visit)},
	 "opt_out",
	 0,
	 NONE,
	 "cancel_or_opt_out",
	 .opts_out = true,
	 .replies = true},
	{"trap: YES of who opted out",
	 "YES",
	 {SENDERS(ana), QUESTIONS(red_flag), .opted_out = true},
	 "opt_in",
	 0,
	 NONE,
	 NULL,
	 .opts_in = true,
	 .replies = true},
	{"HELP", "help", {SENDERS(ana)}, "help", 0, NONE, NULL, .replies = true},
	{"nothing is lost", "  ", {SENDERS(ana)}, "unknown", 0, NONE, "unknown_text"},
};

static void test_each_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct understanding result = understand(cases[i].text, &cases[i].facts);
		print_message("%s: \"%s\"\n", cases[i].name, cases[i].text);
		assert_string_equal(result.understood_as, cases[i].as);
		assert_int_equal(result.sender, cases[i].sender);
		assert_int_equal(result.question, cases[i].question);
		assert_string_equal(result.task ? result.task : "",
				    cases[i].task ? cases[i].task : "");
		assert_int_equal(result.alert, cases[i].alert);
		assert_int_equal(result.opts_out, cases[i].opts_out);
		assert_int_equal(result.opts_in, cases[i].opts_in);
		assert_int_equal(result.replies, cases[i].replies);
		assert_int_equal(result.answers_offer, cases[i].answers_offer);
		assert_int_equal(result.takes_offer, cases[i].takes_offer);
		assert_int_equal(result.wish, cases[i].wish);
		assert_true((result.visit == NONE) == (result.wish == UNDERSTAND_NO_WISH) ||
			    result.replies);
	}
}

static void test_a_number_is_what_was_asked_for(void **state)
{
	(void)state;
	const struct understand_facts asked = {SENDERS(ana), QUESTIONS(measure_then_check_in)};
	struct understanding pain = understand("4", &asked);
	assert_true(pain.pain.has && pain.pain.value == 4);
	assert_false(pain.soreness.has || pain.readiness.has);
	struct understanding both = understand("4 7", &asked);
	assert_true(both.soreness.has && both.soreness.value == 4);
	assert_true(both.readiness.has && both.readiness.value == 7);
	assert_false(both.pain.has);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_text),
		cmocka_unit_test(test_a_number_is_what_was_asked_for),
	};
	return cmocka_run_group_tests_name("understand", tests, NULL, NULL);
}
