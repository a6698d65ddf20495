/* A course of visits is booked as one: all or none, and what cannot be is told visit by visit. */
#include "callers.h"
#include "prater.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* clang-format off */
#define SERIES(AS, VISITS) "{'call': 'Scheduling.BookSeries', 'as': '" AS "#', 'with': {'visits': [" VISITS "]}, "
#define AT_PRATER(ATHLETE, WHO, INSTANT, MORE) WISH("visit", ATHLETE, WHO, "prater", INSTANT, MORE)
#define FROM_APPOINTMENTS " FROM scheduling.appointment WHERE organisation_id = '" ORGANISATION "'"

static void test_a_series_is_booked_as_one(void **state)
{
	(void)state;
	tells('1', AT("2026-03-02T05:00:00Z"),
		SERIES("ana", AT_PRATER("ana", "mira", "2026-03-16T08:00:00Z", "") ", " AT_PRATER("ana", "mira", "2026-03-02T08:00:00Z", "") ", " AT_PRATER("ana", "sam", "2026-03-09T08:00:00Z", "")) "'keep': 'course', 'expect': {'visits': [{'starts_at': '2026-03-16T08:00:00Z', 'ends_at': '2026-03-16T08:45:00Z', 'grade': 'fair'}, {'index': 1, 'starts_at': '2026-03-02T08:00:00Z'}, {'index': 2, 'starts_at': '2026-03-09T08:00:00Z'}]}}\n"
		"{'call': 'Scheduling.GetAppointment', 'as': 'ana#', 'with': {'appointment_id': '${course.visits[1].appointment_id}'}, 'expect': {'appointment': {'state': 'booked', 'starts_at': '2026-03-02T08:00:00Z', 'series_id': '${course.series_id}'}}}\n"
		/* One of it is moved and stays of it. */
		"{'call': 'Scheduling.Reschedule', 'as': 'ana#', 'with': {'appointment_id': '${course.visits[1].appointment_id}', 'starts_at': '2026-03-03T08:00:00Z'}, 'expect': {'appointment': {'series_id': '${course.series_id}'}}}\n"
		SERIES("ana", AT_PRATER("ben", "mira", "2026-03-16T12:00:00Z", "") ", " AT_PRATER("ben", "mira", "2026-03-17T12:00:00Z", "")) SAYS("NOT_FOUND")
		SERIES("lead", AT_PRATER("ana", "mira", "2026-03-16T12:00:00Z", "")) SAYS("INVALID_ARGUMENT")
		SERIES("lead", AT_PRATER("ana", "mira", "2026-03-16T12:00:00Z", "") ", " AT_PRATER("ben", "mira", "2026-03-17T12:00:00Z", "")) SAYS("INVALID_ARGUMENT")
		SERIES("lead", AT_PRATER("ana", "mira", "2026-03-16T12:00:00Z", "") ", {}") SAYS("INVALID_ARGUMENT")
		SERIES("lead", AT_PRATER("ana", "mira", "2026-03-16T12:00:00Z", "") ", " "{'athlete_id': '${ana.athlete_id}', 'service_id': '${visit.service_id}', 'clinic_id': '${prater.clinic_id}', 'practitioner_id': '${ben.athlete_id}', 'starts_at': '2026-03-17T12:00:00Z'}") "'fails': 'NOT_FOUND', 'expect': {'visits': [{}, {'index': 1, 'fault': 'no such practitioner'}]}}\n");
	expect('1', "SELECT count(*) || ' ' || count(DISTINCT series_id)" FROM_APPOINTMENTS, "3 1");
	expect('1', "SELECT count(*) FROM reminders.message WHERE organisation_id = '" ORGANISATION "' AND purpose = 'confirmation'", "3");
}

static void test_all_or_none_and_why(void **state)
{
	(void)state;
	tells('2', AT("2026-04-06T05:00:00Z"),
		BOOK("visit", "ben", "mira", "2026-04-07T08:00:00Z", "") BOOKED
		/* Free, taken, nobody works, in each other's way: four faults of five, all told. */
		SERIES("lead", AT_PRATER("ana", "mira", "2026-04-06T08:00:00Z", "") ", " AT_PRATER("ana", "mira", "2026-04-07T08:15:00Z", "") ", " AT_PRATER("ana", "mira", "2026-04-08T08:00:00Z", "") ", " AT_PRATER("ana", "sam", "2026-04-06T08:30:00Z", "") ", " AT_PRATER("ana", "mira", "2026-04-06T08:45:00Z", "")) "'keep': 'none', 'fails': 'ALREADY_EXISTS', 'expect': {'visits': [{'grade': 'fair'}, {'fault': 'taken: the practitioner is busy then', 'alternatives': [{}, {}, {}]}, {'fault': 'refused by outside_hours: the practitioner does not work at this clinic for the whole of the visit. Staff can override it with override_reason', 'alternatives': [{}]}, {'fault': 'the athlete has another visit of the series then'}, {'fault': 'taken: the practitioner is busy then with another visit of the series'}]}}\n"
		/* The buffer of the one is the beginning of the next. */
		SERIES("lead", AT_PRATER("ana", "mira", "2026-04-06T08:00:00Z", "") ", " AT_PRATER("ana", "mira", "2026-04-06T08:45:00Z", "")) "'fails': 'ALREADY_EXISTS', 'expect': {'visits': [{}, {'fault': 'taken: the practitioner is busy then with another visit of the series'}]}}\n");
	expect('2', "SELECT count(*)" FROM_APPOINTMENTS, "1");
	steps('2', AGAIN
		/* With another practitioner it goes, and in another room, for the first one's is not ready. */
#define ON_SAM ON_PRATER ".practitioners[2]"
		SERIES("lead", WISH(ON_VISIT, ON_ANA, ON_MIRA, ON_PRATER, "2026-04-06T08:00:00Z", "") ", " WISH(ON_VISIT, ON_ANA, ON_SAM, ON_PRATER, "2026-04-06T08:45:00Z", "")) "'expect': {'visits': [{}, {}]}}\n"
		SERIES("lead", WISH(ON_VISIT, ON_ANA, ON_MIRA, ON_PRATER, "2026-04-13T08:00:00Z", ", 'room_id': '${c.clinics[1].rooms[0].room_id}'") ", " WISH(ON_VISIT, ON_ANA, ON_SAM, ON_PRATER, "2026-04-13T08:45:00Z", ", 'room_id': '${c.clinics[1].rooms[0].room_id}'")) "'fails': 'ALREADY_EXISTS', 'expect': {'visits': [{}, {'fault': 'taken: the room is busy then'}]}}\n"
		/* Twelve that nobody works for: each has its word. */
		SERIES("lead", WISH(ON_VISIT, ON_ANA, ON_MIRA, ON_PRATER, "2026-04-15T08:00:00Z", "") ", " WISH(ON_VISIT, ON_ANA, ON_MIRA, ON_PRATER, "2026-04-15T09:00:00Z", "") ", " WISH(ON_VISIT, ON_ANA, ON_MIRA, ON_PRATER, "2026-04-15T10:00:00Z", "") ", " WISH(ON_VISIT, ON_ANA, ON_MIRA, ON_PRATER, "2026-04-16T08:00:00Z", "") ", " WISH(ON_VISIT, ON_ANA, ON_MIRA, ON_PRATER, "2026-04-17T08:00:00Z", "") ", " WISH(ON_VISIT, ON_ANA, ON_MIRA, ON_PRATER, "2026-04-18T08:00:00Z", "") ", " WISH(ON_VISIT, ON_ANA, ON_MIRA, ON_PRATER, "2026-04-19T08:00:00Z", "") ", " WISH(ON_VISIT, ON_ANA, ON_MIRA, ON_PRATER, "2026-04-22T08:00:00Z", "") ", " WISH(ON_VISIT, ON_ANA, ON_MIRA, ON_PRATER, "2026-04-23T08:00:00Z", "") ", " WISH(ON_VISIT, ON_ANA, ON_MIRA, ON_PRATER, "2026-04-24T08:00:00Z", "") ", " WISH(ON_VISIT, ON_ANA, ON_MIRA, ON_PRATER, "2026-04-25T08:00:00Z", "") ", " WISH(ON_VISIT, ON_ANA, ON_MIRA, ON_PRATER, "2026-04-26T08:00:00Z", "")) "'fails': 'FAILED_PRECONDITION', 'expect': {'visits': [{'alternatives': [{}]}, {'alternatives': [{}]}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {'index': 11, 'alternatives': [{}]}]}}\n");
	expect('2', "SELECT count(*)" FROM_APPOINTMENTS, "3");
}

static void test_limits_count_the_visits_beside(void **state)
{
	(void)state;
	tells('3', AT("2026-05-04T05:00:00Z"),
		HOURS("mira", "donau")
		"{'call': 'Scheduling.PutTravelTime', 'as': 'lead#', 'with': {'from_clinic_id': '${prater.clinic_id}', 'to_clinic_id': '${donau.clinic_id}', 'minutes': 40}}\n"
		"{'call': 'Scheduling.PutVisitPlan', 'as': 'lead#', 'with': {'athlete_id': '${ana.athlete_id}', 'service_id': '${visit.service_id}', 'name': 'Spring', 'visits': 2, 'starts_at': '2026-05-01T00:00:00Z', 'ends_at': '2026-06-01T00:00:00Z'}}\n"
#define THREE(MORE) AT_PRATER("ana", "mira", "2026-05-04T08:00:00Z", "") ", " AT_PRATER("ana", "mira", "2026-05-11T08:00:00Z", "") ", " AT_PRATER("ana", "mira", "2026-05-18T08:00:00Z", MORE)
		SERIES("lead", THREE("")) "'fails': 'FAILED_PRECONDITION', 'expect': {'visits': [{'grade': 'fair'}, {'grade': 'fair'}, {'fault': 'refused by visit_plan: all 2 visits of the plan are used. Staff can override it with override_reason'}]}}\n"
		SERIES("ana", THREE(", 'override_reason': 'please'")) SAYS("FAILED_PRECONDITION")
		SERIES("lead", THREE(", 'override_reason': 'paid apart'")) "'keep': 'three'}\n"
		"{'call': 'Scheduling.GetAppointment', 'as': 'lead#', 'with': {'appointment_id': '${three.visits[2].appointment_id}'}, 'expect': {'appointment': {'override_reason': 'paid apart', 'overridden': ['visit_plan']}}}\n"
		/* On with the same practitioner to the other clinic: until 09:00 with its buffer, 40 minutes. */
#define ON_TO_DONAU(INSTANT) SERIES("lead", AT_PRATER("ben", "mira", "2026-05-05T08:00:00Z", "") ", " WISH("visit", "ben", "mira", "donau", INSTANT, ""))
		ON_TO_DONAU("2026-05-05T09:30:00Z") "'fails': 'FAILED_PRECONDITION', 'expect': {'visits': [{'grade': 'fair'}, {'fault': 'refused by travel: the way from the clinic of the visit before takes 40 min, and there are 30 min. Staff can override it with override_reason'}]}}\n"
		ON_TO_DONAU("2026-05-05T09:40:00Z") "'expect': {'visits': [{}, {}]}}\n"
		/* T1 of one of them. */
		"{'call': 'Scheduling.PutTraining', 'as': 'lead#', 'with': {'athlete_id': '${cleo.athlete_id}', 'source': 's', 'sessions': [{'uid': '1', 'title': 'Race 10 km', 'starts_at': '2026-05-12T08:00:00Z', 'ends_at': '2026-05-12T09:00:00Z'}]}}\n"
#define RACING(MORE) SERIES("lead", AT_PRATER("cleo", "sam", "2026-05-04T12:00:00Z", "") ", " AT_PRATER("cleo", "sam", "2026-05-11T12:00:00Z", MORE))
		RACING("") "'fails': 'FAILED_PRECONDITION', 'expect': {'visits': [{}, {'grade': 'warn', 'reasons': [{'rule': 'T1'}], 'alternatives': [{}]}]}}\n"
		RACING(", 'timing_override_reason': 'only calves'") "'expect': {'visits': [{}, {'grade': 'warn'}]}}\n");
	expect('3', "SELECT count(*) || ' ' || count(DISTINCT series_id)" FROM_APPOINTMENTS, "7 3");
}
/* clang-format on */

/* ---- Many at once ---- */

/* Three visits of an athlete with mira, beginning on a Monday and Tuesdays of July. */
static void add_series(struct callers *callers, const char *athlete_id, unsigned first)
{
	static const unsigned days[] = {6, 7, 13, 14, 20};
	char with[CALLER_BYTES] = "{\"visits\": [";
	char *service = id_of('4', "service_id", "service", "name = 'visit'");
	char *clinic = id_of('4', "clinic_id", "clinic", "name = 'prater'");
	char *mira = id_of('4', "practitioner_id", "practitioner", "skills <> '{}'");
	for (unsigned i = 0; i < 3; i++) {
		size_t length = strlen(with);
		snprintf(with + length, sizeof(with) - length,
			 "%s{\"athlete_id\": \"%s\", \"service_id\": \"%s\", \"clinic_id\": "
			 "\"%s\", \"practitioner_id\": \"%s\", \"starts_at\": "
			 "\"2026-07-%02uT%02u:00:00Z\"}",
			 i ? ", " : "", athlete_id, service, clinic, mira,
			 days[(first + 2 - i) % 5], 8 + i % 2);
	}
	strcat(with, "]}");
	callers_add(callers, "Scheduling.BookSeries", with);
	free(service);
	free(clinic);
	free(mira);
}

static void test_races_of_series_are_all_or_none(void **state)
{
	struct callers callers = {.who = "lead4"};
	char *athletes[3];
	(void)state;
	tells('4', AT("2026-07-01T05:00:00Z"), "");
	for (unsigned i = 0; i < 3; i++) {
		char which[64];
		snprintf(which, sizeof(which), "true ORDER BY athlete_id OFFSET %u LIMIT 1", i);
		athletes[i] = id_of('4', "athlete_id", "athlete", which);
	}
	for (unsigned i = 0; i < 15; i++)
		add_series(&callers, athletes[i % 3], i % 5);
	callers_call(&callers);
	unsigned won = callers_told(&callers, STATUS_OK);
	assert_in_range(won, 1, 14);
	assert_int_equal(callers_told(&callers, STATUS_ALREADY_EXISTS), 15 - won);
	callers_end(&callers);
	char expected[32];
	snprintf(expected, sizeof(expected), "%u %u", 3 * won, won);
	expect('4',
	       "SELECT count(*) || ' ' || count(DISTINCT series_id) FROM scheduling.appointment "
	       "WHERE organisation_id = '" ORGANISATION "'",
	       expected);

	/* One command that comes eight times is done once and answered alike. */
	expect('4',
	       "UPDATE scheduling.appointment SET state = 'cancelled' WHERE organisation_id = "
	       "'" ORGANISATION "'",
	       "");
	for (unsigned i = 0; i < 8; i++) {
		add_series(&callers, athletes[0], 0);
		callers.of[i].key = "the same for all";
	}
	callers_call(&callers);
	assert_int_equal(callers_told(&callers, STATUS_OK), 8);
	for (unsigned i = 1; i < 8; i++)
		assert_string_equal(callers.of[i].reply, callers.of[0].reply);
	callers_end(&callers);
	expect('4',
	       "SELECT count(*) FROM scheduling.appointment WHERE state = 'booked' AND "
	       "organisation_id = '" ORGANISATION "'",
	       "3");
	for (unsigned i = 0; i < 3; i++)
		free(athletes[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_series_is_booked_as_one),
		cmocka_unit_test(test_all_or_none_and_why),
		cmocka_unit_test(test_limits_count_the_visits_beside),
		cmocka_unit_test(test_races_of_series_are_all_or_none),
	};
	return cmocka_run_group_tests_name("series", tests, open_house, close_house);
}
