/* The waitlist by text: what is sent, when, and what a YES and a NO do. */
#include "waits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* clang-format off */
#define TEXTER(WHO, PHONE, ZONE) "{'call': 'Directory.RegisterAthlete', 'as': 'lead#', 'with': {'athlete': {'given_name': '" WHO "', 'family_name': 'B', 'birth_date': '1994-05-11', 'zone': '" ZONE "', 'home_clinic_id': '${prater.clinic_id}', 'contact_points': [{'channel': 'sms', 'value': '" PHONE "'}]}}, 'keep': '" WHO "'}\n" \
	"{'call': 'Directory.RecordConsent', 'as': 'lead#', 'with': {'athlete_id': '${" WHO ".athlete_id}', 'purpose': 'reminders', 'channel': 'sms', 'granted': true, 'text_version': '1'}}\n"
#define TEXT(ID, PHONE, WORDS, AS) "{'call': 'Reminders.ReceiveText', 'as': 'operator', 'organisation': '" ORGANISATION "', 'with': {'provider_message_id': '" ID "', 'from': '" PHONE "', 'channel': 'sms', 'text': '" WORDS "'}, 'expect': {'understood_as': '" AS "'}}\n"
#define SENT_TO(WHO) "SELECT string_agg(to_char(m.sent_at AT TIME ZONE 'Europe/Vienna', 'DD HH24:MI ') || m.purpose, ', ' ORDER BY m.sent_at, m.purpose) FROM reminders.message m WHERE m.organisation_id = '" ORGANISATION "' AND m.state = 'sent' AND m.athlete_id = (SELECT athlete_id FROM directory.athlete d WHERE d.organisation_id = m.organisation_id AND d.given_name = '" WHO "')"
#define DORA "+43 660 555081"
#define EVE  "+43 660 555082"

static void test_an_offer_is_texted_and_answered_by_text(void **state)
{
	(void)state;
	tells('a', AT("2026-08-03T08:00:00Z"),
		TEXTER("dora", DORA, "Europe/Vienna") TEXTER("eve", EVE, "Europe/London")
		WAITS_FOR("lead", "dora", "visit", WINDOW("2026-08-03", "2026-09-30")) "'keep': 'one'}\n"
		AT("2026-08-04T08:00:00Z")
		WAITS_FOR("lead", "eve", "visit", WINDOW("2026-08-03", "2026-09-30")) "'keep': 'two'}\n"
		AT("2026-08-05T08:00:00Z")
		/* No passes it on, yes takes it. */
		FREE("mira", "2026-08-10T08:00:00Z")
		OFFERS_OF("freed") "'expect': {'offers': [{'athlete_id': '${dora.athlete_id}'}]}}\n"
		TEXT("1", DORA, "No thanks", "answer")
		OFFERS_OF("freed") "'expect': {'offers': [{'state': 'declined'}, {'athlete_id': '${eve.athlete_id}', 'state': 'open'}]}}\n"
		TEXT("2", EVE, "YES", "answer")
		OFFERS_OF("freed") "'keep': 'o', 'expect': {'offers': [{'state': 'declined'}, {'state': 'accepted'}]}}\n"
		"{'call': 'Scheduling.GetAppointment', 'as': 'lead#', 'with': {'appointment_id': '${o.offers[1].appointment_id}'}, 'expect': {'appointment': {'state': 'booked', 'athlete_id': '${eve.athlete_id}'}}}\n"
		/* What was said twice was meant once: a yes to what is booked confirms it. */
		TEXT("3", EVE, "yes", "confirm")
		/* A yes that comes too late. */
		FREE("mira", "2026-08-10T10:00:00Z")
		AT("2026-08-05T09:30:00Z")
		TEXT("4", DORA, "Yes", "answer")
		OFFERS_OF("freed") "'expect': {'offers': [{'state': 'expired'}]}}\n"
		/* At night the message waits for the morning, and so does the clock of the offer. */
		AT("2026-08-05T20:00:00Z")
		FREE("mira", "2026-08-10T12:00:00Z")
		AT("2026-08-06T06:30:00Z")
		TEXT("5", DORA, "YES!", "answer")
		OFFERS_OF("freed") "'expect': {'offers': [{'state': 'accepted', 'expires_at': '2026-08-06T07:00:00Z'}]}}\n"
		ENTRIES("dora") "'expect': {'entries': [{'state': 'booked', 'offers': 3}]}}\n"
		AT("2026-08-06T07:00:00Z"));
	expect('a', SENT_TO("dora"), "05 10:00 waitlist_offer, 05 10:00 waitlist_offer, 05 11:30 waitlist_gone, 06 08:00 waitlist_offer, 06 08:30 confirmation");
	expect('a', SENT_TO("eve"), "05 10:00 confirmation, 05 10:00 waitlist_offer");
	expect('a', "SELECT string_agg(text, '|' ORDER BY text) FROM reminders.message WHERE organisation_id = '" ORGANISATION "' AND purpose ~ 'waitlist' AND appointment_id IN (SELECT appointment_id FROM scheduling.appointment WHERE organisation_id = '" ORGANISATION "' AND starts_at = '2026-08-10T08:00Z')", "prater: a time you wait for is free, Mon 10 Aug 10:00. Reply YES by 10:00 to take it, or NO and it goes to the next.|prater: a time you wait for is free, Mon 10 Aug 10:00. Reply YES by 11:00 to take it, or NO and it goes to the next.");
	expect('a', "SELECT count(*) FROM reminders.task WHERE organisation_id = '" ORGANISATION "'", "0");
	expect('a', "SELECT string_agg(DISTINCT state, ' ') FROM reminders.visit WHERE organisation_id = '" ORGANISATION "'", "booked cancelled");
}
/* clang-format on */

/* clang-format off */
static void test_whom_no_text_reaches_somebody_calls(void **state)
{
	(void)state;
	tells('b', AT("2026-08-10T08:00:00Z"),
		TEXTER("dora", DORA, "Europe/Vienna")
		WAITS_FOR("lead", "ana", "visit", WINDOW("2026-08-10", "2026-09-30")) DONE
		WAITS_FOR("lead", "dora", "visit", WINDOW("2026-08-10", "2026-09-30")) DONE
		FREE("mira", "2026-08-17T08:00:00Z")
		OFFERS_OF("freed") "'keep': 'o', 'expect': {'offers': [{'athlete_id': '${ana.athlete_id}', 'state': 'open'}]}}\n"
		AT("2026-08-10T08:01:00Z")
		"{'call': 'Reminders.ListTasks', 'as': 'lead#', 'with': {}, 'expect': {'tasks': [{'athlete_id': '${ana.athlete_id}', 'kind': 'offer_not_sent', 'text': 'no consent for this kind of message'}]}}\n"
		ANSWER("lead", "o", "false") DONE
		/* Of what is over there is nothing to be told. */
		TEXT("1", DORA, "No", "answer")
		AT("2026-08-10T20:00:00Z")
		FREE("mira", "2026-08-17T10:00:00Z")
		OFFERS_OF("freed") "'keep': 'o', 'expect': {'offers': [{'athlete_id': '${ana.athlete_id}'}]}}\n"
		ANSWER("lead", "o", "false") DONE
		/* Who opts out in the night is not told in the morning. */
		TEXT("2", DORA, "STOP", "opt_out")
		AT("2026-08-11T06:30:00Z"));
	expect('b', "SELECT string_agg(kind || ': ' || text, ', ' ORDER BY made_at) FROM reminders.task WHERE organisation_id = '" ORGANISATION "'", "offer_not_sent: no consent for this kind of message, offer_not_sent: the number has opted out");
}
/* clang-format on */

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_offer_is_texted_and_answered_by_text),
		cmocka_unit_test(test_whom_no_text_reaches_somebody_calls),
	};
	return cmocka_run_group_tests_name("waitlist by text", tests, open_house, close_house);
}
