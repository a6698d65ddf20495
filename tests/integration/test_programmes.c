/* Programmes as a clinic meets them: its own, previewed, sent, and what athletes got by it
 * (programmes.story). */
#include "house.h"

#include "base/clock.h"
#include "ctl/command.h"
#include "ctl/methods.h"

#include "soleus/v1/reminders.pb-c.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ORGANISATION "0195531a-0000-7000-8000-0000000000d7"
#define OF_MESSAGES  " FROM reminders.message WHERE organisation_id = '" ORGANISATION "'"

static struct house *house;

static int open_house(void **state)
{
	(void)state;
	return house_open(&house);
}

static int close_house(void **state)
{
	(void)state;
	return house_close(&house);
}

static void test_a_clinic_writes_its_own_programme(void **state)
{
	(void)state;
	house_plays(house, "programmes.story");
}

static void test_messages_are_in_its_words_at_its_moments(void **state)
{
	(void)state;
	house_expects(
		house,
		"SELECT to_char(due_at AT TIME ZONE 'Europe/Vienna', 'DD HH24:MI ') || "
		"text" OF_MESSAGES " AND purpose = 'reminder_48h' AND state = 'sent'",
		"04 10:00 Prater: bis morgen, Do 5. März 10:00. C bestätigt, M verschiebt, X sagt "
		"ab.");
	house_expects(house, "SELECT count(*)" OF_MESSAGES " AND purpose = 'preparation'", "0");
	house_expects(house,
		      "SELECT trace" OF_MESSAGES " AND purpose = 'reminder_48h' AND state = 'sent'",
		      "programme 1, step reminder_48h, rule A4");
	house_expects(
		house,
		"SELECT trace" OF_MESSAGES
		" AND purpose = 'confirmation' AND due_at < '2026-03-03'",
		"programme 1, step confirmation, rule A4; instead of 2026-03-02T06:00:00Z, by the "
		"send "
		"window");
}

static void test_a_reminder_asked_for_is_sent_with_who_asked(void **state)
{
	(void)state;
	house_expects(house,
		      "SELECT string_agg(state || ', ' || trace, '; ')" OF_MESSAGES
		      " AND due_at = '2026-03-04T15:00Z'",
		      "sent, asked for by p.desk");
}

struct asking {
	const char *appointment_id;
	int64_t due_at;
	struct status status;
	char message_id[37];
};

/* Always with one idempotency key. */
static FIBER int ask(struct session *session, void *argument)
{
	struct asking *asking = argument;
	struct method method;
	struct session_call call = {.who = "p.desk", .idempotency_key = "remind-once"};
	Soleus__V1__RemindOfVisitRequest request = SOLEUS__V1__REMIND_OF_VISIT_REQUEST__INIT;
	ProtobufCMessage *reply;
	request.appointment_id = (char *)asking->appointment_id;
	request.due_at = asking->due_at;
	asking->status = method_find(session->arena, "Reminders.RemindOfVisit", &method);
	if (status_is_ok(asking->status))
		asking->status =
			session_call_message(session, &method, &call, &request.base, &reply);
	if (status_is_ok(asking->status))
		strcpy(asking->message_id, ((Soleus__V1__RemindOfVisitReply *)reply)->message_id);
	return 0;
}

static void test_the_same_key_is_the_same_reminder(void **state)
{
	(void)state;
	char *booking = house_query(
		house,
		"SELECT json_build_object('call', 'Scheduling.Book', 'as', 'p.desk', 'with', "
		"json_build_object('athlete_id', athlete_id, 'service_id', service_id, "
		"'clinic_id', clinic_id, 'practitioner_id', practitioner_id, 'starts_at', "
		"'2026-05-06T09:00:00Z')) || E'\\n{\"at\": \"2026-05-04T13:00:00Z\"}\\n' FROM "
		"scheduling.appointment WHERE organisation_id = '" ORGANISATION "' LIMIT 1");
	house_tells(house, booking);
	char *visit =
		house_query(house, "SELECT appointment_id FROM reminders.visit WHERE "
				   "organisation_id = '" ORGANISATION "' AND state = 'booked'");
	struct asking first = {.appointment_id = visit, .due_at = clock_now_us()};
	struct asking again = first, other = first;
	other.due_at += CLOCK_HOUR_US;
	house_runs(house, ask, &first);
	house_runs(house, ask, &again);
	house_runs(house, ask, &other);
	assert_int_equal(first.status.code, STATUS_OK);
	assert_int_equal(again.status.code, STATUS_OK);
	assert_string_equal(first.message_id, again.message_id);
	assert_int_equal(other.status.code, STATUS_INVALID_ARGUMENT);
	free(visit);
	free(booking);
}

static void test_what_falls_together_is_one_text(void **state)
{
	(void)state;
	house_expects(house,
		      "SELECT count(DISTINCT text) || ' ' || string_agg(purpose, ', ' ORDER BY "
		      "purpose)" OF_MESSAGES " AND state = 'sent' AND due_at = '2026-03-05T10:30Z'",
		      "1 plan_step, what_to_expect");
	house_expects(house,
		      "SELECT string_agg(purpose, ', ')" OF_MESSAGES
		      " AND why ~ 'in one text with plan_step'",
		      "day_after_check_in");
}

static void test_a_full_day_takes_no_more(void **state)
{
	(void)state;
	house_expects(
		house,
		"SELECT string_agg(purpose || ' ' || to_char(due_at AT TIME ZONE 'Europe/Vienna', "
		"'DD "
		"HH24:MI'), ', ' ORDER BY due_at)" OF_MESSAGES
		" AND why = 'the day has as many messages as an athlete should get'",
		"reminder_48h 19 16:00, reminder_3h 20 13:00");
}

static void test_who_does_not_come_is_asked_back_once(void **state)
{
	(void)state;
	house_expects(
		house,
		"SELECT string_agg(purpose || ' ' || to_char(due_at AT TIME ZONE 'Europe/Vienna', "
		"'DD.MM. HH24:MI ') || state, ', ' ORDER BY due_at)" OF_MESSAGES
		" AND purpose IN ('rebooking', 'recall')",
		"rebooking 13.03. 10:00 sent, recall 04.05. 12:00 sent");
}

/* Everything that is wrong is told at once, each with its path. */
static void test_a_wrong_programme_is_refused_with_all_its_faults(void **state)
{
	(void)state;
	house_refuses(
		house, "p.lead", "Reminders.PutProgramme",
		"{'programme': {'opens': '9', 'closes': '08:30', 'daily_cap': 99, 'steps': ["
		"{'step': 'red_flag_24h', 'off': true, 'due': 'after 30h'}, "
		"{'step': 'reminder_3h', 'texts': ["
		"{'language': 'en', 'text': '{clinic}: soon'}, "
		"{'language': 'english!', 'text': '{clinic}: {wen}'}, "
		"{'language': 'de', 'text': '{clinic}: Physio {when}'}]}, "
		"{'step': 'newsletter'}, "
		"{'step': 'reminder_48h', 'due': 'before 6h'}, "
		"{'step': 'recall', 'texts': [{'language': 'en', 'text': '{clinic}: come'}]}, "
		"{'step': 'red_flag_72h', 'texts': [{'language': 'en', 'text': '{clinic}: well?'}]}"
		"]}}",
		"programme.opens programme.closes programme.daily_cap programme.steps[0].off "
		"programme.steps[0].due programme.steps[1].texts[0].text "
		"programme.steps[1].texts[1].language programme.steps[1].texts[1].text "
		"programme.steps[1].texts[1].text programme.steps[1].texts[2].text "
		"programme.steps[2].step programme.steps[3].due programme.steps[4].texts[0].text "
		"programme.steps[5].texts[0].text ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_clinic_writes_its_own_programme),
		cmocka_unit_test(test_messages_are_in_its_words_at_its_moments),
		cmocka_unit_test(test_a_reminder_asked_for_is_sent_with_who_asked),
		cmocka_unit_test(test_what_falls_together_is_one_text),
		cmocka_unit_test(test_a_full_day_takes_no_more),
		cmocka_unit_test(test_who_does_not_come_is_asked_back_once),
		cmocka_unit_test(test_the_same_key_is_the_same_reminder),
		cmocka_unit_test(test_a_wrong_programme_is_refused_with_all_its_faults),
	};
	return cmocka_run_group_tests_name("programmes", tests, open_house, close_house);
}
