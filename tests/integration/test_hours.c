/* When practitioners work, and what takes hours away. Each test is an organisation of its own with
 * one clinic in Vienna; in its steps '#' is its number, ' stands for ". */
#include "house.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ORGANISATION "0195531a-0000-7000-8000-00000000007#"

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

/* clang-format off */
#define AT(INSTANT) "{'at': '" INSTANT "'}\n"
#define CALL(RPC, WITH) "{'call': '" RPC "', 'as': 'lead#', 'with': {" WITH "}, "
#define KEEP(NAME) "'keep': '" NAME "'}\n"
#define DAY(WEEKDAY) "{'weekday': " WEEKDAY ", 'opens': '08:00', 'closes': '16:00'}"
#define HOURS(WHO) CALL("Scheduling.SetWorkingHours", "'practitioner_id': '${" WHO ".practitioner_id}', 'clinic_id': '${clinic.clinic_id}', 'hours': [" DAY("1") ", " DAY("2") ", " DAY("3") ", " DAY("4") ", " DAY("5") "]") "'expect': {}}\n"
#define PRACTITIONER(WHO) CALL("Directory.CreatePractitioner", "'given_name': '" WHO "', 'family_name': 'N', 'clinic_ids': ['${clinic.clinic_id}']") KEEP(WHO)

static const char opening[] =
	"{'call': 'Directory.CreateOrganisation', 'with': {'organisation_id': '" ORGANISATION "', 'name': 'Prater'}}\n"
	"{'key': 'lead#', 'roles': 'clinic_lead,front_desk', 'organisation': '" ORGANISATION "'}\n"
	CALL("Directory.CreateClinic", "'name': 'Prater', 'zone': 'Europe/Vienna'") KEEP("clinic")
	CALL("Directory.CreateRoom", "'clinic_id': '${clinic.clinic_id}', 'name': 'one'") KEEP("one")
	CALL("Directory.CreateRoom", "'clinic_id': '${clinic.clinic_id}', 'name': 'two'") KEEP("two")
	CALL("Scheduling.PutService", "'name': 'Visit', 'duration_minutes': 45, 'buffer_after_minutes': 15") KEEP("service")
	PRACTITIONER("mira") PRACTITIONER("sam")
	CALL("Directory.RegisterAthlete", "'athlete': {'given_name': 'ana', 'family_name': 'B', 'birth_date': '1994-05-11', 'zone': 'Europe/Vienna', 'home_clinic_id': '${clinic.clinic_id}'}") KEEP("ana");

#define OF(WHO) "'practitioner_id': '${" WHO ".practitioner_id}'"
#define OF_CLINIC "'clinic_id': '${clinic.clinic_id}'"
#define BOOK(WHO, INSTANT) CALL("Scheduling.Book", "'athlete_id': '${ana.athlete_id}', 'service_id': '${service.service_id}', " OF_CLINIC ", " OF(WHO) ", 'starts_at': '" INSTANT "'")
/* The first free slot of somebody from the beginning of a day on. */
#define FIRST_FREE(WHO, DAY, LOCAL) CALL("Scheduling.FindAvailability", "'service_id': '${service.service_id}', 'practitioner_ids': ['${" WHO ".practitioner_id}'], 'first_free': true, 'from_at': '" DAY "T00:00:00Z', 'until_at': '2026-04-20T00:00:00Z', 'limit': 1") "'expect': {'slots': [{'local_start': '" LOCAL "'}]}}\n"
#define AWAY(OWNER, KIND, TITLE, STARTS, ENDS) CALL("Scheduling.AddAbsence", "'absence': {" OWNER ", 'kind': '" KIND "', 'title': '" TITLE "', 'starts_at': '" STARTS "', 'ends_at': '" ENDS "'}")
#define BACK(NAME) CALL("Scheduling.RemoveAbsence", "'absence_id': '${" NAME ".absence_id}'")
#define ABSENCES(OWNER, FROM, UNTIL) CALL("Scheduling.ListAbsences", OWNER "'from_at': '" FROM "T00:00:00Z', 'until_at': '" UNTIL "T00:00:00Z'")
#define SAYS(CODE) "'fails': '" CODE "'}\n"
#define DONE "'expect': {}}\n"
#define REFUSED(NAMES) "'fails': 'FAILED_PRECONDITION', 'expect': {'refusals': [" NAMES "]}}\n"
/* clang-format on */

/* Plays `begins`, the opening and `then`. */
static void tells(char number, const char *begins, const char *then)
{
	size_t bytes = strlen(begins) + sizeof(opening) + strlen(then);
	char *story = malloc(bytes);
	snprintf(story, bytes, "%s%s%s", begins, opening, then);
	for (char *at = story; *at; at++)
		*at = *at == '#' ? number : *at == '\'' ? '"' : *at;
	house_tells(house, story);
	free(story);
}

/* clang-format off */
static void test_time_off_takes_slots_and_gives_them_back(void **state)
{
	(void)state;
	tells('1', AT("2026-03-02T05:00:00Z"),
		HOURS("mira") HOURS("sam")
		FIRST_FREE("mira", "2026-03-02", "Mon 02 Mar 2026 08:00")
		BOOK("mira", "2026-03-02T09:00:00Z") KEEP("visit")
		AWAY(OF("mira"), "time_off", "Skiing", "2026-03-01T23:00:00Z", "2026-03-02T23:00:00Z") "'keep': 'off', 'expect': {'affected': [{'appointment_id': '${visit.appointment_id}', 'state': 'booked'}]}}\n"
		FIRST_FREE("mira", "2026-03-02", "Tue 03 Mar 2026 08:00")
		FIRST_FREE("sam", "2026-03-02", "Mon 02 Mar 2026 08:00")
		BOOK("mira", "2026-03-02T12:00:00Z") REFUSED("'absence'")
		/* Nothing is cancelled. */
		CALL("Scheduling.GetAppointment", "'appointment_id': '${visit.appointment_id}'") "'expect': {'appointment': {'state': 'booked'}}}\n"
		ABSENCES(OF("mira") ", ", "2026-03-02", "2026-03-03") "'expect': {'absences': [{'absence_id': '${off.absence_id}', 'kind': 'time_off', 'title': 'Skiing'}]}}\n"
		BACK("off") DONE
		BACK("off") SAYS("NOT_FOUND")
		FIRST_FREE("mira", "2026-03-02", "Mon 02 Mar 2026 08:00"));
}

static void test_a_closure_and_a_holiday_take_everybodys_slots(void **state)
{
	(void)state;
	tells('2', AT("2026-03-09T05:00:00Z"),
		HOURS("mira") HOURS("sam")
		BOOK("sam", "2026-03-09T09:00:00Z") KEEP("visit")
		AWAY(OF_CLINIC, "closure", "Water pipe", "2026-03-09T06:00:00Z", "2026-03-09T11:00:00Z") "'keep': 'closed', 'expect': {'affected': [{'appointment_id': '${visit.appointment_id}'}]}}\n"
		FIRST_FREE("mira", "2026-03-09", "Mon 09 Mar 2026 12:00")
		FIRST_FREE("sam", "2026-03-09", "Mon 09 Mar 2026 12:00")
		BACK("closed") DONE
		FIRST_FREE("mira", "2026-03-09", "Mon 09 Mar 2026 08:00")
		/* Easter Monday, after the change of the clock. */
		AWAY(OF_CLINIC, "holiday", "Ostermontag", "2026-04-05T22:00:00Z", "2026-04-06T22:00:00Z") KEEP("easter")
		FIRST_FREE("mira", "2026-04-06", "Tue 07 Apr 2026 08:00")
		BOOK("mira", "2026-04-06T08:00:00Z") REFUSED("'absence'")
		ABSENCES("", "2026-03-01", "2026-05-01") "'expect': {'absences': [{'absence_id': '${easter.absence_id}', 'kind': 'holiday'}]}}\n");
}

static void test_a_room_that_cannot_be_used(void **state)
{
	(void)state;
	tells('3', AT("2026-03-16T05:00:00Z"),
		HOURS("mira") HOURS("sam")
		AWAY("'room_id': '${one.room_id}'", "closure", "Paint", "2026-03-16T06:00:00Z", "2026-03-16T11:00:00Z") DONE
		FIRST_FREE("mira", "2026-03-16", "Mon 16 Mar 2026 08:00")
		AWAY("'room_id': '${two.room_id}'", "closure", "Paint", "2026-03-16T06:00:00Z", "2026-03-16T08:00:00Z") DONE
		FIRST_FREE("mira", "2026-03-16", "Mon 16 Mar 2026 09:00")
		AWAY(OF("mira") ", " OF_CLINIC, "picnic", "", "2026-03-16T11:00:00Z", "2026-03-16T06:00:00Z") SAYS("INVALID_ARGUMENT")
		AWAY("'clinic_id': '${ana.athlete_id}'", "closure", "Nowhere", "2026-03-16T06:00:00Z", "2026-03-16T11:00:00Z") SAYS("NOT_FOUND")
		AWAY(OF_CLINIC, "closure", "For ever", "2026-03-16T06:00:00Z", "2028-03-16T06:00:00Z") SAYS("INVALID_ARGUMENT"));
}

/* As an organisation of a thousand clinics has it; theirs come first by id. */
static void test_what_other_clinics_give_up_hides_no_closure(void **state)
{
	(void)state;
	free(house_query(house, "INSERT INTO scheduling.absence (organisation_id, absence_id, clinic_id, kind, title, starts_at, ends_at) SELECT '0195531a-0000-7000-8000-000000000075', gen_random_uuid(), ('00000000-0000-7000-8000-' || lpad(to_hex(i % 1000), 12, '0'))::uuid, 'closure', '', timestamptz '2026-03-10T00:00Z' + i * interval '1 minute', '2026-04-19T00:00Z' FROM generate_series(1, 20001) i"));
	tells('5', AT("2026-03-09T05:00:00Z"),
		HOURS("mira") HOURS("sam")
		AWAY(OF_CLINIC, "closure", "Water pipe", "2026-03-09T06:00:00Z", "2026-03-09T11:00:00Z") DONE
		FIRST_FREE("mira", "2026-03-09", "Mon 09 Mar 2026 12:00"));
}

#define RULE(ID, RRULE, MORE) CALL("Scheduling.PutWorkingRule", "'rule': {" ID OF("mira") ", " OF_CLINIC ", 'rrule': '" RRULE "', 'first_day': '2026-03-17', 'opens': '09:00', 'closes': '12:00'" MORE "}")
static void test_every_second_tuesday_at_nine_across_the_change_of_the_clock(void **state)
{
	(void)state;
	tells('4', AT("2026-03-16T05:00:00Z"),
		RULE("", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "") KEEP("rule")
		FIRST_FREE("mira", "2026-03-16", "Tue 17 Mar 2026 09:00")
		/* Not the 24th; on the 31st 09:00 is an hour earlier in UTC. */
		FIRST_FREE("mira", "2026-03-18", "Tue 31 Mar 2026 09:00")
		BOOK("mira", "2026-03-31T06:45:00Z") REFUSED("'outside_hours'")
		BOOK("mira", "2026-03-24T08:00:00Z") REFUSED("'outside_hours'")
		BOOK("mira", "2026-03-31T07:00:00Z") "'keep': 'visit', 'expect': {'starts_at': '2026-03-31T07:00:00Z'}}\n"
		/* The same rule without the 31st, and with a Thursday. */
		RULE("'rule_id': '${rule.rule_id}', ", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", ", 'excluded': ['2026-03-31'], 'added': ['2026-03-26']") "'expect': {'rule_id': '${rule.rule_id}', 'outside_hours': [{'appointment_id': '${visit.appointment_id}'}]}}\n"
		FIRST_FREE("mira", "2026-03-18", "Thu 26 Mar 2026 09:00")
		FIRST_FREE("mira", "2026-03-27", "Tue 14 Apr 2026 09:00")
		CALL("Scheduling.ListWorkingRules", OF("mira")) "'expect': {'rules': [{'rule_id': '${rule.rule_id}', 'rrule': 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', 'first_day': '2026-03-17', 'opens': '09:00', 'closes': '12:00', 'excluded': ['2026-03-31'], 'added': ['2026-03-26']}]}}\n"
		RULE("", "FREQ=SECONDLY", ", 'added': ['soon']") SAYS("INVALID_ARGUMENT")
		CALL("Scheduling.RemoveWorkingRule", "'rule_id': '${rule.rule_id}'") DONE
		CALL("Scheduling.RemoveWorkingRule", "'rule_id': '${rule.rule_id}'") SAYS("NOT_FOUND")
		BOOK("mira", "2026-03-26T08:00:00Z") REFUSED("'outside_hours'"));
}
/* clang-format on */

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_time_off_takes_slots_and_gives_them_back),
		cmocka_unit_test(test_a_closure_and_a_holiday_take_everybodys_slots),
		cmocka_unit_test(test_what_other_clinics_give_up_hides_no_closure),
		cmocka_unit_test(test_a_room_that_cannot_be_used),
		cmocka_unit_test(test_every_second_tuesday_at_nine_across_the_change_of_the_clock),
	};
	return cmocka_run_group_tests_name("hours", tests, open_house, close_house);
}
