/* The waitlist: who is asked, in which order, and why; one thing at a time, and once. */
#include "callers.h"
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
static void test_one_athlete_is_asked_one_thing_at_a_time(void **state)
{
	(void)state;
	tells('7', AT("2026-06-01T08:00:00Z"),
		WAITS_FOR("lead", "ana", "visit", WINDOW("2026-06-01", "2026-06-30")) "'keep': 'one'}\n"
		BOOK("visit", "cleo", "mira", "2026-06-08T08:00:00Z", "") "'keep': 'first'}\n"
		BOOK("visit", "cleo", "mira", "2026-06-09T08:00:00Z", "") "'keep': 'second'}\n"
		CANCEL("first") CANCEL("second")
		/* The other waits for her answer. */
		OFFERS_TO("ana") "'keep': 'o', 'expect': {'offers': [{'starts_at': '2026-06-08T08:00:00Z'}]}}\n"
		OFFERS_OF("second") "'keep': 'none', 'expect': {}}\n"
		AT("2026-06-01T09:00:00Z")
		OFFERS_OF("second") "'keep': 'o', 'expect': {'offers': [{'athlete_id': '${ana.athlete_id}', 'state': 'open'}]}}\n"
		ANSWER("ana", "o", "false") DONE
		/* With however many entries, nobody is offered the same twice. */
		WAITS_FOR("lead", "ana", "visit", WINDOW("2026-06-01", "2026-06-30")) "'keep': 'two'}\n"
		BOOK("visit", "cleo", "mira", "2026-06-15T08:00:00Z", "") "'keep': 'third'}\n"
		CANCEL("third")
		OFFERS_OF("third") "'keep': 'o', 'expect': {'offers': [{'entry_id': '${two.entry_id}'}]}}\n"
		ANSWER("ana", "o", "false") DONE
		OFFERS_OF("third") "'expect': {'offers': [{'state': 'declined'}]}}\n"
		/* Who leaves gives up what is offered; who is busy then, or has used up the plan, is passed over. */
		LEAVES("lead", "one") DONE
		ATHLETE("dan")
		BOOK("visit", "dan", "mira", "2026-06-16T08:00:00Z", "") "'keep': 'fourth'}\n"
		CANCEL("fourth")
		WAITS_FOR("lead", "ben", "visit", WINDOW("2026-06-01", "2026-06-30")) DONE
		"{'call': 'Scheduling.PutVisitPlan', 'as': 'lead#', 'with': {'athlete_id': '${ben.athlete_id}', 'name': 'none', 'visits': 1, 'starts_at': '2026-06-01T00:00:00Z', 'ends_at': '2026-06-30T00:00:00Z'}}\n"
		BOOK("visit", "ben", "sam", "2026-06-29T08:00:00Z", "") BOOKED
		WAITS_FOR("lead", "cleo", "visit", WINDOW("2026-06-01", "2026-06-30")) DONE
		OFFERS_OF("fourth") "'keep': 'o', 'expect': {'offers': [{'athlete_id': '${ana.athlete_id}', 'state': 'open'}]}}\n"
		LEAVES("ana", "two") DONE
		OFFERS_OF("fourth") "'keep': 'o', 'expect': {'offers': [{'state': 'declined'}, {'athlete_id': '${cleo.athlete_id}', 'state': 'open', 'rank': 2, 'why': '2 of 2 who fit: urgency 0, timing fair, waits 0 days, 0 offers before'}]}}\n"
		ENTRIES("ana") "'expect': {'entries': [{'state': 'left'}, {'state': 'left'}]}}\n");
	expect('7', SLOTS, "exhausted exhausted exhausted offered");
}

static void test_two_services_are_asked_for_one_after_the_other(void **state)
{
	(void)state;
	tells('b', AT("2026-06-23T08:00:00Z"),
		WAITS_FOR("lead", "ana", "visit", WINDOW("2026-06-23", "2026-07-30")) "'keep': 'one'}\n"
		WAITS_FOR("lead", "ana", "needling", WINDOW("2026-06-23", "2026-07-30")) "'keep': 'two'}\n"
		BOOK("visit", "cleo", "mira", "2026-07-06T08:00:00Z", "") "'keep': 'first'}\n"
		BOOK("needling", "cleo", "mira", "2026-07-07T08:00:00Z", "") "'keep': 'second'}\n"
		CANCEL("first") CANCEL("second")
		/* A yes by text has one meaning. */
		OFFERS_TO("ana") "'keep': 'o', 'expect': {'offers': [{'entry_id': '${one.entry_id}', 'state': 'open'}]}}\n"
		AT("2026-06-23T08:30:00Z")
		ANSWER("ana", "o", "true") DONE
		/* Her answer ends the other's waiting at once. */
		OFFERS_TO("ana") "'expect': {'offers': [{'entry_id': '${two.entry_id}', 'state': 'open', 'offered_at': '2026-06-23T08:30:00Z'}, {'state': 'accepted'}]}}\n");
	expect('b', SLOTS, "booked offered");
}

static void test_who_gives_a_time_back_is_not_offered_it(void **state)
{
	(void)state;
	tells('c', AT("2026-06-24T08:00:00Z"),
		WAITS_FOR("lead", "ana", "visit", WINDOW("2026-06-24", "2026-07-30")) DONE
		BOOK("visit", "ana", "mira", "2026-07-06T08:00:00Z", "") "'keep': 'freed'}\n"
		CANCEL("freed")
		BOOK("visit", "ana", "mira", "2026-07-06T10:00:00Z", "") "'keep': 'moved'}\n"
		"{'call': 'Scheduling.Reschedule', 'as': 'lead#', 'with': {'appointment_id': '${moved.appointment_id}', 'starts_at': '2026-07-07T12:00:00Z'}}\n"
		NOT_OFFERED("ana")
		/* Another's is. */
		BOOK("visit", "ben", "mira", "2026-07-13T10:00:00Z", "") "'keep': 'other'}\n" CANCEL("other")
		OFFERS_TO("ana") "'expect': {'offers': [{'starts_at': '2026-07-13T10:00:00Z'}]}}\n");
	expect('c', SLOTS, "exhausted exhausted offered");
}

/* They join a minute after one another. */
#define CROWD(FROM, UNTIL, GRADE) "WITH a AS (INSERT INTO scheduling.athlete (organisation_id, athlete_id, zone) SELECT '" ORGANISATION "', ('0195531a-a000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Europe/Vienna' FROM generate_series(" FROM ", " UNTIL ") n)" \
	" INSERT INTO scheduling.waitlist_entry (organisation_id, entry_id, athlete_id, service_id, from_at, until_at, least_grade, joined_at, state_at) SELECT '" ORGANISATION "', ('0195531a-e000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, ('0195531a-a000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, service_id, '2026-06-01Z', '2026-08-01Z', '" GRADE "', timestamptz '2026-06-01Z' + n * interval '1 minute', '2026-06-01Z' FROM generate_series(" FROM ", " UNTIL ") n, scheduling.service WHERE organisation_id = '" ORGANISATION "' AND name = 'visit'"
#define WAITER(NUMBER) "0195531a-a000-7000-8000-000000000" NUMBER

static void test_a_crowd_is_asked_in_its_order(void **state)
{
	(void)state;
	tells('d', AT("2026-06-25T08:00:00Z"),
		BOOK("visit", "cleo", "mira", "2026-07-06T08:00:00Z", "") "'keep': 'one'}\n"
		BOOK("visit", "cleo", "mira", "2026-07-06T10:00:00Z", "") "'keep': 'two'}\n");
	/* It suits none of the first 300 as well as they ask for. */
	free(value_of('d', CROWD("1", "300", "good")));
	free(value_of('d', CROWD("301", "305", "fair")));
	char *one = id_of('d', "appointment_id", "appointment", "starts_at = '2026-07-06T08:00Z'");
	char *two = id_of('d', "appointment_id", "appointment", "starts_at = '2026-07-06T10:00Z'");
	char story[4000];
	snprintf(story, sizeof(story),
		"{'call': 'Scheduling.CancelAppointment', 'as': 'lead#', 'with': {'appointment_id': '%s'}}\n"
		"{'call': 'Scheduling.ListOffers', 'as': 'lead#', 'with': {'slot_id': '%s'}, 'expect': {'offers': [{'athlete_id': '" WAITER("301") "', 'rank': 1, 'why': '1 of 5 who fit: urgency 0, timing fair, waits 24 days, 0 offers before; ahead of the next by joining earlier'}]}}\n",
		one, one);
	steps('d', story);
	/* The timing suits the 33rd best, but 32 wait longer. */
	free(value_of('d', "UPDATE scheduling.waitlist_entry SET least_grade = 'fair' WHERE organisation_id = '" ORGANISATION "'"));
	free(value_of('d', "INSERT INTO scheduling.training_session SELECT '" ORGANISATION "', '" WAITER("033") "', 's', '1', 'Rest', 'rest', '2026-07-06 05:00Z', '2026-07-06 20:00Z', false, false"));
	snprintf(story, sizeof(story),
		"{'call': 'Scheduling.CancelAppointment', 'as': 'lead#', 'with': {'appointment_id': '%s'}}\n"
		"{'call': 'Scheduling.ListOffers', 'as': 'lead#', 'with': {'slot_id': '%s'}, 'expect': {'offers': [{'athlete_id': '" WAITER("001") "', 'rank': 1, 'why': '1 of 32 who fit among the first 32: urgency 0, timing fair, waits 24 days, 0 offers before; ahead of the next by joining earlier'}]}}\n",
		two, two);
	steps('d', story);
	free(one);
	free(two);
}
/* clang-format on */

/* ---- Many at once ---- */

#define CALLERS 16

static void add_answers(struct callers *callers, const char *offer_id)
{
	for (unsigned i = 0; i < CALLERS; i++) {
		char with[CALLER_BYTES];
		snprintf(with, sizeof(with), "{\"offer_id\": \"%s\", \"accept\": %s}", offer_id,
			 i % 2 ? "true" : "false");
		callers_add(callers, "Scheduling.AnswerOffer", with);
	}
}

/* clang-format off */
static void test_sixteen_answers_are_one(void **state)
{
	(void)state;
	for (char number = '8'; number <= '9'; number++) {
		char who[] = "lead#";
		struct callers callers = {.who = who};
		who[4] = number;
		tells(number, number == '8' ? AT("2026-07-06T08:00:00Z") : AT("2026-07-13T08:00:00Z"),
			WAITS_FOR("lead", "ana", "visit", WINDOW("2026-07-06", "2026-08-30")) "'keep': 'one'}\n"
			FREE("mira", "2026-07-27T08:00:00Z")
			OFFERS_OF("freed") "'expect': {'offers': [{'state': 'open'}]}}\n");
		char *offer = id_of(number, "offer_id", "waitlist_offer", "state = 'open'");
		add_answers(&callers, offer);
		callers_call(&callers);
		assert_int_equal(callers_told(&callers, STATUS_OK) + callers_told(&callers, STATUS_FAILED_PRECONDITION), CALLERS);
		assert_int_equal(callers_told(&callers, STATUS_OK), CALLERS / 2);
		callers_end(&callers);
		free(offer);
		steps(number, "{'call': 'Scheduling.ListWaitlist', 'as': 'lead#', 'with': {}}\n");
		expect(number, "SELECT count(*) FROM scheduling.waitlist_offer WHERE organisation_id = '" ORGANISATION "'", "1");
		expect(number, "SELECT count(*) FROM scheduling.waitlist_offer o JOIN scheduling.freed_slot f USING (organisation_id, slot_id) WHERE organisation_id = '" ORGANISATION "' AND (o.state, f.state) IN (('accepted', 'booked'), ('declined', 'exhausted'))", "1");
	}
}
/* clang-format on */

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_athlete_is_asked_one_thing_at_a_time),
		cmocka_unit_test(test_two_services_are_asked_for_one_after_the_other),
		cmocka_unit_test(test_who_gives_a_time_back_is_not_offered_it),
		cmocka_unit_test(test_a_crowd_is_asked_in_its_order),
		cmocka_unit_test(test_sixteen_answers_are_one),
	};
	return cmocka_run_group_tests_name("order of the waitlist", tests, open_house, close_house);
}
