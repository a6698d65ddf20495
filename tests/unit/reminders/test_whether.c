/* Whether a due message may go out ("Messages" of domain.md). */
#include "reminders/rules/whether.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define MINUTE INT64_C(60000000)
#define HOUR   (60 * MINUTE)
#define NOON   (12 * HOUR)

static int32_t utc_offset(const void *zone, int64_t at)
{
	(void)zone;
	(void)at;
	return 0;
}

/* A reminder planned at 6:00, due at noon, stale at 20:00, of a booked visit, with consent. */
static struct whether_facts usual(void)
{
	return (struct whether_facts){
		.now = NOON,
		.planned_at = 6 * HOUR,
		.stale_at = 20 * HOUR,
		.purpose = MESSAGE_REMINDER_48H,
		.visit = WHETHER_VISIT_BOOKED,
		.has_consent = true,
		.has_address = true,
		.zone = {utc_offset, NULL},
	};
}

static void expect(struct whether_facts facts, enum whether_kind kind, const char *why)
{
	struct whether whether = whether_to_send(&facts);
	assert_int_equal(whether.kind, kind);
	assert_string_equal(whether.why, why);
	if (kind == WHETHER_WAIT)
		assert_true(whether.until > facts.now);
}

static void test_what_is_allowed_is_sent(void **state)
{
	(void)state;
	expect(usual(), WHETHER_SEND, "");
}

static void test_what_is_stale_is_not(void **state)
{
	struct whether_facts facts = usual();
	(void)state;
	facts.now = facts.stale_at;
	expect(facts, WHETHER_SUPPRESS, "its time has passed");
	facts.now = facts.stale_at - 1;
	expect(facts, WHETHER_SEND, "");
}

static void test_the_visit_decides(void **state)
{
	struct whether_facts facts = usual();
	(void)state;
	facts.visit = WHETHER_VISIT_CANCELLED;
	expect(facts, WHETHER_SUPPRESS, "the visit was cancelled");
	facts.visit = WHETHER_VISIT_BEGUN;
	expect(facts, WHETHER_SUPPRESS, "the athlete has come");
	facts.visit = WHETHER_VISIT_MOVED;
	expect(facts, WHETHER_SUPPRESS, "the visit was moved");
	facts.visit = WHETHER_VISIT_MISSED;
	expect(facts, WHETHER_SUPPRESS, "the athlete did not come");
	facts.purpose = MESSAGE_WAITLIST_OFFER;
	expect(facts, WHETHER_SUPPRESS, "the offer has ended");
	facts.visit = WHETHER_VISIT_BOOKED;
	expect(facts, WHETHER_SUPPRESS, "the offer has ended");
	facts.visit = WHETHER_VISIT_OFFERED;
	expect(facts, WHETHER_SEND, "");
	facts.purpose = MESSAGE_CHECK_IN;
	expect(facts, WHETHER_SEND, "");
	facts.purpose = MESSAGE_VISIT_CANCELLED;
	facts.visit = WHETHER_VISIT_CANCELLED;
	expect(facts, WHETHER_SEND, "");
}

static void test_consent_is_needed_and_may_be_on_its_way(void **state)
{
	struct whether_facts facts = usual();
	(void)state;
	facts.has_consent = false;
	expect(facts, WHETHER_SUPPRESS, "no consent for this kind of message");
	facts.planned_at = facts.now;
	expect(facts, WHETHER_WAIT, "no consent for this kind of message");
	facts.has_consent = true;
	facts.has_address = false;
	facts.planned_at = 6 * HOUR;
	expect(facts, WHETHER_SUPPRESS, "no contact point for the consented channel");
}

static void test_who_opted_out_gets_nothing(void **state)
{
	struct whether_facts facts = usual();
	(void)state;
	facts.opted_out = true;
	expect(facts, WHETHER_SUPPRESS, "the number has opted out");
}

static void test_quiet_hours_hold_a_message(void **state)
{
	struct whether_facts facts = usual();
	(void)state;
	facts.now = 7 * HOUR;
	expect(facts, WHETHER_WAIT, "waits for the send window");
	assert_int_equal(whether_to_send(&facts).until, 8 * HOUR);
	facts.stale_at = 8 * HOUR;
	expect(facts, WHETHER_SUPPRESS, "quiet hours last until its time has passed");
}

static void test_an_answer_goes_out_at_any_hour(void **state)
{
	struct whether_facts facts = usual();
	(void)state;
	facts.purpose = MESSAGE_EMERGENCY_ADVICE;
	facts.is_reply = true;
	facts.now = 3 * HOUR;
	facts.has_consent = false;
	facts.opted_out = true;
	expect(facts, WHETHER_SEND, "");
}

static void test_every_purpose_has_its_consent(void **state)
{
	(void)state;
	assert_string_equal(whether_consent(MESSAGE_REMINDER_3H), "reminders");
	assert_string_equal(whether_consent(MESSAGE_RED_FLAG_72H), "check_ins");
	assert_string_equal(whether_consent(MESSAGE_PLAN_STEP), "check_ins");
	assert_string_equal(whether_consent(MESSAGE_STOP_CONFIRMED), "reply");
}

/* What somebody else must ask (A2), or tell. */
static void test_some_leave_a_task(void **state)
{
	(void)state;
	for (int i = 0; i < MESSAGE_PURPOSES; i++) {
		enum message_purpose purpose = (enum message_purpose)i;
		bool asks = purpose == MESSAGE_RED_FLAG_24H || purpose == MESSAGE_RED_FLAG_72H;
		bool tells = purpose == MESSAGE_WAITLIST_OFFER;
		assert_int_equal(whether_task(purpose, false) != NULL, asks || tells);
		assert_int_equal(whether_task(purpose, true) != NULL, asks);
	}
}

/* Nobody is to call for an offer that has ended. */
static void test_an_offer_that_cannot_be_sent_is_not_over(void **state)
{
	struct whether_facts facts = usual();
	(void)state;
	facts.purpose = MESSAGE_WAITLIST_OFFER;
	facts.visit = WHETHER_VISIT_OFFERED;
	facts.has_consent = false;
	assert_false(whether_to_send(&facts).over);
	facts.visit = WHETHER_VISIT_CANCELLED;
	assert_true(whether_to_send(&facts).over);
	facts.visit = WHETHER_VISIT_OFFERED;
	facts.now = facts.stale_at;
	assert_true(whether_to_send(&facts).over);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_some_leave_a_task),
		cmocka_unit_test(test_an_offer_that_cannot_be_sent_is_not_over),
		cmocka_unit_test(test_what_is_allowed_is_sent),
		cmocka_unit_test(test_what_is_stale_is_not),
		cmocka_unit_test(test_the_visit_decides),
		cmocka_unit_test(test_consent_is_needed_and_may_be_on_its_way),
		cmocka_unit_test(test_who_opted_out_gets_nothing),
		cmocka_unit_test(test_quiet_hours_hold_a_message),
		cmocka_unit_test(test_an_answer_goes_out_at_any_hour),
		cmocka_unit_test(test_every_purpose_has_its_consent),
	};
	return cmocka_run_group_tests_name("whether", tests, NULL, NULL);
}
