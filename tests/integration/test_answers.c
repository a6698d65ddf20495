/* What athletes answer, and what becomes of it: C, M and X of a coming visit. */
#include "texts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define DORA "+43 660 555191"
#define EVE  "+43 660 555192"

/* clang-format off */
#define STILL_CONFIRMED "SELECT count(*) FROM scheduling.visit_confirmation JOIN scheduling.appointment USING (organisation_id, appointment_id, starts_at) WHERE organisation_id = '" ORGANISATION "'"

static void test_c_is_kept_with_the_visit_until_it_moves(void **state)
{
	(void)state;
	tells('a', AT("2026-09-07T06:00:00Z"),
		TEXTER("dora", DORA, "")
		BOOK("visit", "dora", "mira", "2026-09-14T08:00:00Z", "") "'keep': 'v'}\n"
		AT("2026-09-12T09:00:00Z")
		TEXT("1", DORA, "C", "confirm")
		CONFIRMED("v", "sms")
		TEXT("2", DORA, "c.", "confirm")
		"{'call': 'Scheduling.ListAppointments', 'as': 'lead#', 'with': {'clinic_id': '${prater.clinic_id}', 'from_at': '2026-09-14T00:00:00Z', 'until_at': '2026-09-15T00:00:00Z'}, 'expect': {'appointments': [{'confirmed_at': '2026-09-12T09:00:00Z'}]}}\n"
		"{'call': 'Scheduling.Reschedule', 'as': 'lead#', 'with': {'appointment_id': '${v.appointment_id}', 'starts_at': '2026-09-14T10:00:00Z', 'reason': 'r'}}\n"
		AT("2026-09-12T10:00:00Z"));
	expect('a', STILL_CONFIRMED, "0");
	steps('a', TEXT("3", DORA, "C", "confirm"));
	expect('a', STILL_CONFIRMED, "1");
	/* When it is over there is nothing to confirm. */
	steps('a', AT("2026-09-14T12:00:00Z") TEXT("4", DORA, "C", "unknown"));
	expect('a', TASKS, "unknown_text: C");
}

static void test_m_is_answered_and_left_to_staff(void **state)
{
	(void)state;
	tells('b', AT("2026-09-14T06:00:00Z"),
		TEXTER("dora", DORA, "")
		BOOK("visit", "dora", "mira", "2026-09-21T08:00:00Z", "") "'keep': 'v'}\n"
		AT("2026-09-14T07:00:00Z")
		TEXT("1", DORA, "M", "move")
		STATE("v", "booked")
		AT("2026-09-14T08:00:00Z"));
	expect('b', TASKS, "move_visit: M");
	expect('b', "SELECT text FROM reminders.message WHERE organisation_id = '" ORGANISATION "' AND purpose = 'visit_wish_told' AND state = 'sent'",
		"prater: we have told the front desk, who will contact you. Until then your visit stays as it is.");
}

static void test_x_cancels_in_time_and_offers_the_time(void **state)
{
	(void)state;
	tells('c', AT("2026-09-21T06:00:00Z"),
		TEXTER("dora", DORA, "") TEXTER("eve", EVE, "")
		"{'call': 'Scheduling.JoinWaitlist', 'as': 'lead#', 'with': {'entry': {'athlete_id': '${eve.athlete_id}', 'service_id': '${visit.service_id}', 'from_at': '2026-09-22T00:00:00Z', 'until_at': '2026-10-20T00:00:00Z'}}}\n"
		BOOK("visit", "dora", "mira", "2026-09-28T08:00:00Z", "") "'keep': 'v'}\n"
		AT("2026-09-26T09:00:00Z")
		TEXT("1", DORA, "C", "confirm")
		TEXT("2", DORA, "X", "cancel")
		TEXT("2", DORA, "X", "cancel")
		STATE("v", "cancelled")
		AT("2026-09-26T10:00:00Z"));
	expect('c', SENT_TO("dora"), "21 08:00 confirmation, 26 10:00 reminder_48h, 26 11:00 cancel_asked, 26 11:00 visit_cancelled");
	expect('c', SENT_TO("eve"), "26 11:00 waitlist_offer");
	expect('c', TASKS, "");
}

/* The service of prater.h lets visits be cancelled until 24 h before when it says so. */
static void test_x_that_comes_too_late_is_told_so(void **state)
{
	(void)state;
	tells('d', AT("2026-09-28T06:00:00Z"),
		TEXTER("dora", DORA, "") SERVICE("strict", ", 'cancel_cutoff_minutes': 1440")
		BOOK("strict", "dora", "mira", "2026-10-05T08:00:00Z", "") "'keep': 'v'}\n"
		AT("2026-10-05T06:00:00Z")
		TEXT("1", DORA, "X", "cancel")
		STATE("v", "booked")
		AT("2026-10-05T06:30:00Z"));
	expect('d', TASKS, "cancel_visit: it is later than the service lets visits be cancelled");
	expect('d', "SELECT string_agg(purpose, ' ' ORDER BY purpose) FROM reminders.message WHERE organisation_id = '" ORGANISATION "' AND state = 'sent' AND purpose ~ 'cancel'", "cancel_asked cancel_late");
}

/* Two reminders of one hour: whose X it is cannot be told, so nothing is cancelled. */
static void test_x_that_may_mean_two_visits_cancels_none(void **state)
{
	(void)state;
	tells('e', AT("2026-10-05T06:00:00Z"),
		TEXTER("dora", DORA, "") TEXTER("eve", DORA, "")
		BOOK("visit", "dora", "mira", "2026-10-12T08:00:00Z", "") "'keep': 'v'}\n"
		BOOK("visit", "eve", "mira", "2026-10-12T09:00:00Z", "") "'keep': 'w'}\n"
		AT("2026-10-10T10:00:00Z")
		TEXT("1", DORA, "X", "cancel")
		STATE("v", "booked") STATE("w", "booked")
		/* Each C confirms one of them. */
		TEXT("2", DORA, "C", "confirm") TEXT("3", DORA, "C", "confirm")
		CONFIRMED("v", "sms") CONFIRMED("w", "sms")
		AT("2026-10-10T11:00:00Z"));
	expect('e', TASKS, "cancel_visit: X");
}
/* clang-format on */

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_c_is_kept_with_the_visit_until_it_moves),
		cmocka_unit_test(test_m_is_answered_and_left_to_staff),
		cmocka_unit_test(test_x_cancels_in_time_and_offers_the_time),
		cmocka_unit_test(test_x_that_comes_too_late_is_told_so),
		cmocka_unit_test(test_x_that_may_mean_two_visits_cancels_none),
	};
	return cmocka_run_group_tests_name("answers", tests, open_house, close_house);
}
