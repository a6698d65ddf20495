/* Scheduling, as clinics and athletes meet it. Each test is an organisation of its own with one
 * clinic in Vienna and plays in a week of its own; in its steps '#' is its number, ' stands for ".
 * The race of 32 for one slot over 1,000 rounds is test_race.c's. */
#include "house.h"

#include "base/clock.h"

#include "soleus/v1/scheduling.pb-c.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ORGANISATION "0195531a-0000-7000-8000-00000000003#"
#define CLIENTS      32

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
#define HOURS(WHO) "{'call': 'Scheduling.SetWorkingHours', 'as': 'lead#', 'with': {'practitioner_id': '${" WHO ".practitioner_id}', 'clinic_id': '${clinic.clinic_id}', 'hours': [{'weekday': 1, 'opens': '08:00', 'closes': '16:00'}, {'weekday': 2, 'opens': '08:00', 'closes': '16:00'}, {'weekday': 3, 'opens': '08:00', 'closes': '16:00'}, {'weekday': 4, 'opens': '08:00', 'closes': '16:00'}, {'weekday': 5, 'opens': '08:00', 'closes': '16:00'}]}}\n"
#define PRACTITIONER(WHO) "{'call': 'Directory.CreatePractitioner', 'as': 'lead#', 'with': {'given_name': '" WHO "', 'family_name': 'N', 'clinic_ids': ['${clinic.clinic_id}']}, 'keep': '" WHO "'}\n" HOURS(WHO)
#define ATHLETE(WHO) "{'call': 'Directory.RegisterAthlete', 'as': 'lead#', 'with': {'athlete': {'given_name': '" WHO "', 'family_name': 'B', 'birth_date': '1994-05-11', 'zone': 'Europe/Vienna', 'home_clinic_id': '${clinic.clinic_id}'}}, 'keep': '" WHO "'}\n"
#define ROOM(NAME) "{'call': 'Directory.CreateRoom', 'as': 'lead#', 'with': {'clinic_id': '${clinic.clinic_id}', 'name': '" NAME "'}, 'keep': 'room" NAME "'}\n"

static const char opening[] =
	"{'call': 'Directory.CreateOrganisation', 'with': {'organisation_id': '" ORGANISATION "', 'name': 'Prater'}}\n"
	"{'key': 'lead#', 'roles': 'clinic_lead,front_desk', 'organisation': '" ORGANISATION "'}\n"
	"{'call': 'Directory.CreateClinic', 'as': 'lead#', 'with': {'name': 'Prater', 'zone': 'Europe/Vienna'}, 'keep': 'clinic'}\n"
	ROOM("1") ROOM("2")
	"{'call': 'Scheduling.PutService', 'as': 'lead#', 'with': {'name': 'Visit', 'duration_minutes': 45, 'buffer_after_minutes': 15}, 'keep': 'service'}\n"
	PRACTITIONER("mira") PRACTITIONER("sam") PRACTITIONER("lee")
	ATHLETE("ana") ATHLETE("ben") ATHLETE("cleo")
	"{'key': 'mira#', 'roles': 'practitioner', 'organisation': '" ORGANISATION "', 'subject': '${mira.practitioner_id}'}\n"
	"{'key': 'ana#', 'roles': 'athlete', 'organisation': '" ORGANISATION "', 'subject': '${ana.athlete_id}'}\n";

#define BOOK_AS(AS, ATHLETE, WHO, INSTANT, MORE) "{'call': 'Scheduling.Book', 'as': '" AS "#', 'with': {'athlete_id': '${" ATHLETE ".athlete_id}', 'service_id': '${service.service_id}', 'clinic_id': '${clinic.clinic_id}', 'practitioner_id': '${" WHO ".practitioner_id}', 'starts_at': '" INSTANT "'" MORE "}, "
#define BOOK(ATHLETE, WHO, INSTANT) BOOK_AS("lead", ATHLETE, WHO, INSTANT, "")
#define FIND(MORE, FROM, UNTIL, LIMIT) "{'call': 'Scheduling.FindAvailability', 'as': 'lead#', 'with': {'service_id': '${service.service_id}', 'from_at': '" FROM "', 'until_at': '" UNTIL "', 'limit': " LIMIT MORE "}, "
#define WITH(WHO) ", 'practitioner_ids': ['${" WHO ".practitioner_id}']"
#define FOR(WHO) ", 'athlete_id': '${" WHO ".athlete_id}'"
#define SAYS(CODE) "'fails': '" CODE "'}\n"
#define STATE(STATE) "{'call': 'Scheduling.GetAppointment', 'as': 'lead#', 'with': {'appointment_id': '${visit.appointment_id}'}, 'expect': {'appointment': {'state': '" STATE "'}}}\n"
#define CANCEL(AS, VISIT) "{'call': 'Scheduling.CancelAppointment', 'as': '" AS "#', 'with': {'appointment_id': '${" VISIT ".appointment_id}', 'reason': 'ill'}"
#define CHECK_IN(MORE) "{'call': 'Scheduling.CheckIn', 'as': 'lead#', 'with': {'appointment_id': '${visit.appointment_id}'" MORE "}"
#define SCREEN(ITEMS) "{'call': 'Notes.RecordScreening', 'as': 'mira#', 'with': {'athlete_id': '${ana.athlete_id}', 'appointment_id': '${visit.appointment_id}', 'items': [" ITEMS "]}}\n"
#define TRAIN(SESSIONS) "{'call': 'Scheduling.PutTraining', 'as': 'lead#', 'with': {'athlete_id': '${ana.athlete_id}', 'source': 'club', 'sessions': [" SESSIONS "]}, "
/* clang-format on */

/* What a test writes, as JSON of the organisation with `number`. */
static char *written(const char *text, char number)
{
	char *copy = strdup(text);
	for (char *at = copy; *at; at++)
		*at = *at == '#' ? number : *at == '\'' ? '"' : *at;
	return copy;
}

/* Plays `begins`, the opening and `steps`. */
static void tells(char number, const char *begins, const char *steps)
{
	size_t bytes = strlen(begins) + sizeof(opening) + strlen(steps);
	char *all = malloc(bytes);
	snprintf(all, bytes, "%s%s%s", begins, opening, steps);
	char *story = written(all, number);
	house_tells(house, story);
	free(story);
	free(all);
}

/* One value; '#' as in the steps. */
static void expect(char number, const char *sql, const char *expected)
{
	char *query = strdup(sql);
	for (char *at = query; *at; at++)
		if (*at == '#')
			*at = number;
	char *value = house_query(house, query);
	if (strcmp(value, expected) != 0)
		print_error("%s\n", query);
	assert_string_equal(value, expected);
	free(value);
	free(query);
}

/* clang-format off */
static void test_free_slots_know_hours_buffers_and_visits(void **state)
{
	(void)state;
	tells('1', AT("2026-03-02T06:00:00Z"),
		FIND(WITH("mira"), "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z", "3") "'expect': {'slots': [{'local_start': 'Mon 02 Mar 2026 08:00', 'starts_at': '2026-03-02T07:00:00Z', 'ends_at': '2026-03-02T07:45:00Z', 'grade': 'fair'}, {'local_start': 'Mon 02 Mar 2026 08:15'}, {'local_start': 'Mon 02 Mar 2026 08:30'}]}}\n"
		BOOK("ana", "mira", "2026-03-02T07:00:00Z") "'keep': 'visit', 'expect': {'ends_at': '2026-03-02T07:45:00Z', 'grade': 'fair'}}\n"
		FIND(WITH("mira"), "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z", "1") "'expect': {'slots': [{'local_start': 'Mon 02 Mar 2026 09:00'}]}}\n"
		FIND(WITH("sam"), "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z", "1") "'expect': {'slots': [{'local_start': 'Mon 02 Mar 2026 08:00'}]}}\n"
		FIND(WITH("sam") FOR("ana"), "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z", "1") "'expect': {'slots': [{'local_start': 'Mon 02 Mar 2026 08:45'}]}}\n"
		BOOK("ben", "sam", "2026-03-02T07:00:00Z") "'expect': {'grade': 'fair'}}\n"
		/* Both rooms are taken until 09:00. */
		FIND(WITH("lee"), "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z", "1") "'expect': {'slots': [{'local_start': 'Mon 02 Mar 2026 09:00'}]}}\n"
		BOOK("cleo", "lee", "2026-03-02T07:30:00Z") SAYS("ALREADY_EXISTS")
		/* The last visit of the day ends with the hours, its buffer behind them. */
		BOOK("ben", "mira", "2026-03-02T14:15:00Z") "'keep': 'last'}\n"
		BOOK("ben", "mira", "2026-03-03T14:30:00Z") SAYS("FAILED_PRECONDITION")
		BOOK("ben", "mira", "2026-03-08T09:00:00Z") SAYS("FAILED_PRECONDITION")
		BOOK("ben", "mira", "2026-03-01T09:00:00Z") SAYS("FAILED_PRECONDITION")
		BOOK("ben", "mira", "2026-03-04T09:00:30Z") SAYS("INVALID_ARGUMENT")
		"{'call': 'Scheduling.ListAppointments', 'as': 'lead#', 'with': {'clinic_id': '${clinic.clinic_id}', 'from_at': '2026-03-02T00:00:00Z', 'until_at': '2026-03-03T00:00:00Z'}, 'expect': {'appointments': [{'local_start': 'Mon 02 Mar 2026 08:00', 'state': 'booked'}, {}, {'appointment_id': '${last.appointment_id}'}]}}\n");
}

static void test_t1_warns_and_staff_may_override_with_a_reason(void **state)
{
	(void)state;
	tells('2', AT("2026-03-09T06:00:00Z"),
		TRAIN("{'uid': 'r', 'title': 'RACE city 10 km', 'starts_at': '2026-03-11T09:00:00Z', 'ends_at': '2026-03-11T10:00:00Z'}, {'uid': 'l', 'title': 'Long run 28 km', 'starts_at': '2026-03-08T08:00:00Z', 'ends_at': '2026-03-08T10:45:00Z'}") "'expect': {'added': 2}}\n"
		BOOK("ana", "mira", "2026-03-10T09:00:00Z") "'fails': 'FAILED_PRECONDITION', 'expect': {'grade': 'warn', 'reasons': [{'rule': 'T1'}]}}\n"
		BOOK_AS("ana", "ana", "mira", "2026-03-10T09:00:00Z", ", 'timing_override_reason': 'I feel fine'") SAYS("FAILED_PRECONDITION")
		BOOK_AS("lead", "ana", "mira", "2026-03-10T09:00:00Z", ", 'timing_override_reason': 'low-key race'") "'keep': 'visit', 'expect': {'grade': 'warn'}}\n"
		"{'call': 'Scheduling.GetAppointment', 'as': 'ana#', 'with': {'appointment_id': '${visit.appointment_id}'}, 'expect': {'appointment': {'grade': 'warn', 'timing_override_reason': 'low-key race', 'local_start': 'Tue 10 Mar 2026 10:00'}}}\n"
		/* T2: Monday morning is after the long run and before T1's 48 hours. */
		FIND(WITH("mira") FOR("ana"), "2026-03-09T00:00:00Z", "2026-03-12T00:00:00Z", "1") "'expect': {'slots': [{'grade': 'good', 'local_start': 'Mon 09 Mar 2026 08:00', 'reasons': [{'rule': 'T2'}]}]}}\n");
	expect('2', "SELECT count(*) FROM scheduling.appointment WHERE organisation_id = '" ORGANISATION "'", "1");
}

static void test_what_is_taken_comes_with_alternatives(void **state)
{
	(void)state;
	tells('3', AT("2026-03-16T06:00:00Z"),
		BOOK("ana", "mira", "2026-03-17T09:00:00Z") "'keep': 'visit'}\n"
		BOOK("ben", "mira", "2026-03-17T09:15:00Z") "'fails': 'ALREADY_EXISTS', 'expect': {'alternatives': [{'local_start': 'Tue 17 Mar 2026 11:00'}, {'local_start': 'Tue 17 Mar 2026 11:15'}, {'local_start': 'Tue 17 Mar 2026 09:00'}, {}, {}]}}\n"
		BOOK("ana", "sam", "2026-03-17T09:00:00Z") "'fails': 'ALREADY_EXISTS', 'expect': {'alternatives': [{}, {}, {}]}}\n"
		BOOK_AS("lead", "ben", "sam", "2026-03-17T09:00:00Z", ", 'room_id': '${visit.room_id}'") "'fails': 'ALREADY_EXISTS', 'expect': {'alternatives': [{'local_start': 'Tue 17 Mar 2026 10:00'}]}}\n"
		BOOK("ben", "sam", "2026-03-17T09:00:00Z") "'keep': 'other'}\n"
		BOOK("cleo", "lee", "2026-03-17T09:00:00Z") "'fails': 'ALREADY_EXISTS', 'expect': {'alternatives': [{'local_start': 'Tue 17 Mar 2026 09:00'}]}}\n"
		BOOK_AS("lead", "cleo", "lee", "2026-03-17T12:00:00Z", ", 'room_id': '0195531a-0000-7000-8000-0000000000ff'") SAYS("NOT_FOUND")
		CANCEL("ana", "other") ", " SAYS("NOT_FOUND")
		CANCEL("ana", "visit") "}\n" CANCEL("lead", "visit") "}\n" STATE("cancelled")
		CHECK_IN("") ", " SAYS("FAILED_PRECONDITION")
		BOOK("cleo", "mira", "2026-03-17T09:15:00Z") "'keep': 'freed'}\n");
	expect('3', "SELECT count(*) FROM scheduling.outbox WHERE organisation_id = '" ORGANISATION "' AND type = 'soleus.v1.AppointmentCancelled'", "1");
}

static void test_a_screening_can_stop_the_check_in(void **state)
{
	(void)state;
	tells('4', AT("2026-03-23T06:00:00Z"),
		BOOK("ana", "mira", "2026-03-23T09:00:00Z") "'keep': 'visit'}\n"
		SCREEN("'ill'")
		CHECK_IN("") ", 'fails': 'FAILED_PRECONDITION', 'expect': {'screening_outcome': 'defer'}}\n"
		CHECK_IN(", 'override_reason': 'recovered since'") ", 'expect': {'screening_outcome': 'defer'}}\n"
		CHECK_IN("") "}\n" STATE("checked_in")
		CANCEL("lead", "visit") "}\n" STATE("cancelled"));
}

static void test_the_signed_note_completes_the_visit(void **state)
{
	(void)state;
	tells('5', AT("2026-03-24T06:00:00Z"),
		"{'call': 'Directory.RecordConsent', 'as': 'lead#', 'with': {'athlete_id': '${ana.athlete_id}', 'purpose': 'treatment', 'granted': true, 'text_version': '1'}}\n"
		BOOK("ana", "mira", "2026-03-24T09:00:00Z") "'keep': 'visit'}\n" SCREEN("") CHECK_IN("") "}\n"
		"{'call': 'Notes.OpenEncounter', 'as': 'mira#', 'with': {'appointment_id': '${visit.appointment_id}', 'athlete_id': '${ana.athlete_id}', 'practitioner_id': '${mira.practitioner_id}', 'clinic_id': '${clinic.clinic_id}'}, 'keep': 'encounter'}\n"
		"{'call': 'Notes.SignNote', 'as': 'mira#', 'with': {'encounter_id': '${encounter.encounter_id}', 'note': {'complaint': 'Left calf tight', 'tissue_to_calm': 'Gastrocnemius, left', 'why_overloaded': 'Long runs grew', 'drivers': ['load'], 'findings': [{'key': 'f1', 'movement': 'knee-to-wall', 'side': 'left', 'instrument': 'knee_to_wall', 'value': {'value': 7.5}}], 'sites': [{'muscle': 'gastrocnemius', 'side': 'left', 'approach': 'deep', 'pain_during': {'value': 3}, 'gauge_um': 300, 'length_mm': 40, 'depth_mm': 20, 'insertions': 8, 'needles_in': 2, 'needles_out': 2, 'finding_keys': ['f1']}]}}}\n"
		STATE("completed")
		CANCEL("lead", "visit") ", " SAYS("FAILED_PRECONDITION")
		/* It goes on to block what it blocked. */
		BOOK("ben", "mira", "2026-03-24T09:30:00Z") SAYS("ALREADY_EXISTS"));
	expect('5', "SELECT count(*) FROM scheduling.outbox WHERE organisation_id = '" ORGANISATION "' AND type = 'soleus.v1.AppointmentCompleted'", "1");
}

static void test_local_hours_stay_when_the_clock_is_changed(void **state)
{
	(void)state;
	tells('6', AT("2026-03-25T06:00:00Z"),
		FIND(WITH("mira"), "2026-03-27T00:00:00Z", "2026-03-28T00:00:00Z", "1") "'expect': {'slots': [{'starts_at': '2026-03-27T07:00:00Z', 'local_start': 'Fri 27 Mar 2026 08:00'}]}}\n"
		FIND(WITH("mira"), "2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z", "1") "'expect': {'slots': [{'starts_at': '2026-03-30T06:00:00Z', 'local_start': 'Mon 30 Mar 2026 08:00'}]}}\n"
		BOOK("ana", "mira", "2026-03-30T06:00:00Z") "'keep': 'visit'}\n"
		"{'call': 'Scheduling.GetAppointment', 'as': 'lead#', 'with': {'appointment_id': '${visit.appointment_id}'}, 'expect': {'appointment': {'local_start': 'Mon 30 Mar 2026 08:00'}}}\n"
		/* A night across the gap: five hours pass between 00:00 and 06:00. */
		"{'call': 'Scheduling.SetWorkingHours', 'as': 'lead#', 'with': {'practitioner_id': '${mira.practitioner_id}', 'clinic_id': '${clinic.clinic_id}', 'hours': [{'weekday': 7, 'opens': '00:00', 'closes': '06:00'}]}}\n"
		FIND(WITH("mira"), "2026-03-28T12:00:00Z", "2026-03-30T00:00:00Z", "50") "'keep': 'night', 'expect': {'slots': [{'local_start': 'Sun 29 Mar 2026 00:00'}, {}, {}, {}, {}, {}, {}, {'local_start': 'Sun 29 Mar 2026 01:45', 'starts_at': '2026-03-29T00:45:00Z'}, {'local_start': 'Sun 29 Mar 2026 03:00', 'starts_at': '2026-03-29T01:00:00Z'}, {}, {}, {}, {}, {}, {}, {}, {}, {'local_start': 'Sun 29 Mar 2026 05:15'}]}}\n"
		BOOK("ben", "mira", "2026-03-29T03:15:00Z") "'keep': 'late'}\n"
		BOOK("ben", "mira", "2026-03-29T03:30:00Z") SAYS("FAILED_PRECONDITION"));
}

static void test_a_calendar_read_twice_changes_nothing(void **state)
{
	(void)state;
	tells('7', AT("2026-04-06T06:00:00Z"),
		TRAIN("{'uid': 'a', 'title': 'Intervals 10 km', 'starts_at': '2026-04-07T16:00:00Z', 'ends_at': '2026-04-07T17:00:00Z'}, {'uid': 'b', 'title': 'Zumba', 'starts_at': '2026-04-08T16:00:00Z', 'ends_at': '2026-04-08T17:00:00Z'}, {'uid': 'c', 'title': 'Zumba', 'kind': 'low', 'starts_at': '2026-04-09T16:00:00Z', 'ends_at': '2026-04-09T16:00:00Z'}") "'expect': {'added': 3, 'uncertain': 1}}\n"
		TRAIN("{'uid': 'a', 'title': 'Intervals 10 km', 'starts_at': '2026-04-07T16:00:00Z', 'ends_at': '2026-04-07T17:00:00Z'}, {'uid': 'b', 'title': 'Rest', 'starts_at': '2026-04-08T16:00:00Z', 'ends_at': '2026-04-08T17:00:00Z'}") "'expect': {'unchanged': 1, 'changed': 1}}\n"
		TRAIN("{'uid': 'a', 'title': 'Intervals 10 km', 'starts_at': '2026-04-07T16:00:00Z', 'ends_at': '2026-04-07T17:00:00Z'}, {'uid': 'b', 'title': 'Rest', 'starts_at': '2026-04-08T16:00:00Z', 'ends_at': '2026-04-08T17:00:00Z'}") "'expect': {'unchanged': 2}}\n"
		TRAIN("{'uid': 'x', 'title': 'A'}") SAYS("INVALID_ARGUMENT")
		TRAIN("{'uid': 'x', 'title': 'A', 'starts_at': '2026-04-07T16:00:00Z', 'ends_at': '2026-04-07T17:00:00Z'}, {'uid': 'x', 'title': 'B', 'starts_at': '2026-04-07T16:00:00Z', 'ends_at': '2026-04-07T17:00:00Z'}") SAYS("INVALID_ARGUMENT")
		"{'call': 'Scheduling.ListTraining', 'as': 'ana#', 'with': {'athlete_id': '${ana.athlete_id}', 'from_at': '2026-04-06T00:00:00Z', 'until_at': '2026-04-10T00:00:00Z'}, 'expect': {'sessions': [{'uid': 'a', 'kind': 'high_intensity'}, {'uid': 'b', 'kind': 'rest'}, {'uid': 'c', 'kind': 'low'}]}}\n"
		"{'call': 'Scheduling.ListTraining', 'as': 'ana#', 'with': {'athlete_id': '${ben.athlete_id}', 'from_at': '2026-04-06T00:00:00Z', 'until_at': '2026-04-10T00:00:00Z'}, 'fails': 'NOT_FOUND'}\n"
		BOOK_AS("ana", "ben", "mira", "2026-04-07T09:00:00Z", "") SAYS("NOT_FOUND")
		"{'call': 'Scheduling.PutService', 'as': 'lead#', 'with': {'name': 'Visit', 'duration_minutes': 30}, 'expect': {'service_id': '${service.service_id}'}}\n"
		"{'call': 'Scheduling.PutService', 'as': 'lead#', 'with': {'name': 'Visit', 'duration_minutes': 3}, 'fails': 'INVALID_ARGUMENT'}\n"
		"{'call': 'Scheduling.SetWorkingHours', 'as': 'lead#', 'with': {'practitioner_id': '${mira.practitioner_id}', 'clinic_id': '${clinic.clinic_id}', 'hours': [{'weekday': 1, 'opens': '08:00', 'closes': '12:00'}, {'weekday': 1, 'opens': '11:00', 'closes': '25:00'}]}, 'fails': 'INVALID_ARGUMENT'}\n");
	expect('7', "SELECT count(*) FROM scheduling.outbox WHERE organisation_id = '" ORGANISATION "' AND type = 'soleus.v1.TrainingChanged'", "2");
}
/* clang-format on */

/* ---- Many at once ---- */

struct race {
	struct session *session;
	struct fiber *judge;
	struct method book;
	char *ids[2]; /* service, clinic */
	char *practitioners[3];
	char *athletes[CLIENTS];
	const char *key; /* NULL: one for each */
	int64_t starts_at;
	unsigned running, won, told;
	char appointment_id[37];
	const char *fault;
};

struct runner {
	struct race *race;
	unsigned number;
};

static void run_one(void *argument)
{
	struct runner *runner = argument;
	struct race *race = runner->race;
	unsigned number = race->key ? 0 : runner->number;
	Soleus__V1__BookRequest request = SOLEUS__V1__BOOK_REQUEST__INIT;
	struct session_call call = {
		.who = "lead8", .idempotency_key = race->key, .patience_us = 20 * CLOCK_SECOND_US};
	ProtobufCMessage *message = NULL;
	request.service_id = race->ids[0];
	request.clinic_id = race->ids[1];
	request.practitioner_id = race->practitioners[number % 3];
	request.athlete_id = race->athletes[number];
	request.starts_at = race->starts_at;
	struct status status =
		session_call_message(race->session, &race->book, &call, &request.base, &message);
	const Soleus__V1__BookReply *reply = (Soleus__V1__BookReply *)message;
	if (status_is_ok(status)) {
		race->won++;
		if (race->key && race->appointment_id[0] &&
		    strcmp(race->appointment_id, reply->appointment_id) != 0)
			race->fault = "one key booked two visits";
		strcpy(race->appointment_id, reply->appointment_id);
	} else if (status.code == STATUS_ALREADY_EXISTS && reply && reply->n_alternatives >= 3) {
		race->told++;
	} else {
		race->fault = status.message;
	}
	if (--race->running == 0)
		fiber_resume(race->judge);
}

static FIBER int run_round(struct race *race, unsigned won, unsigned told)
{
	struct runner runners[CLIENTS];
	race->won = race->told = 0;
	race->running = CLIENTS;
	for (unsigned i = 0; i < CLIENTS; i++) {
		runners[i] = (struct runner){race, i};
		fiber_start(run_one, &runners[i]);
	}
	fiber_suspend();
	if (race->won == won && race->told == told && !race->fault)
		return 0;
	print_error("%u won, %u were told; %s\n", race->won, race->told,
		    race->fault ? race->fault : "");
	return 1;
}

/* 32 athletes, three practitioners, two rooms: at each hour two of them have a visit. */
static FIBER int race_for_rooms(struct session *session, void *argument)
{
	struct race *race = argument;
	race->session = session;
	race->judge = fiber_current();
	if (!status_is_ok(method_find(session->arena, "Scheduling.Book", &race->book)))
		return 1;
	for (unsigned round = 0; round < 24; round++) {
		race->starts_at += round % 8 == 0 && round > 0 ? 17 * CLOCK_HOUR_US : CLOCK_HOUR_US;
		if (run_round(race, 2, CLIENTS - 2) != 0)
			return 1;
	}
	race->starts_at += 17 * CLOCK_HOUR_US; /* the next morning */
	race->key = "the same for all";
	race->appointment_id[0] = 0;
	return run_round(race, CLIENTS, 0);
}

static void ids_of(const char *what, const char *from, char **ret_ids, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char sql[256];
		snprintf(sql, sizeof(sql),
			 "SELECT %s FROM scheduling.%s WHERE organisation_id = "
			 "'0195531a-0000-7000-8000-000000000038' ORDER BY 1 OFFSET %zu",
			 what, from, i);
		ret_ids[i] = house_query(house, sql);
	}
}

static void test_32_race_for_two_rooms(void **state)
{
	(void)state;
	struct race race = {0};
	char more[CLIENTS * sizeof(ATHLETE("r"))] = "";
	for (unsigned i = 0; i < CLIENTS - 3; i++)
		strcat(more, ATHLETE("r"));
	tells('8', AT("2026-04-12T06:00:00Z"), more);
	race.starts_at = INT64_C(1776056400000000); /* an hour before the first round's */
	ids_of("service_id", "service", &race.ids[0], 1);
	ids_of("clinic_id", "clinic", &race.ids[1], 1);
	ids_of("practitioner_id", "practitioner", race.practitioners, 3);
	ids_of("athlete_id", "athlete", race.athletes, CLIENTS);
	house_runs(house, race_for_rooms, &race);
	expect('8',
	       "SELECT count(*) FROM scheduling.appointment WHERE organisation_id = '" ORGANISATION
	       "'",
	       "49");
	expect('8',
	       "SELECT count(*) FROM scheduling.outbox WHERE type = 'soleus.v1.AppointmentBooked' "
	       "AND organisation_id = '" ORGANISATION "'",
	       "49");
	for (size_t i = 0; i < 2; i++)
		free(race.ids[i]);
	for (size_t i = 0; i < 3; i++)
		free(race.practitioners[i]);
	for (size_t i = 0; i < CLIENTS; i++)
		free(race.athletes[i]);
}

/* ---- The database by itself ---- */

/* What an attempt of the superuser comes to: the constraint that refuses it. */
static void refuses(const char *statement, const char *constraint)
{
	char sql[1024];
	snprintf(sql, sizeof(sql),
		 "CREATE FUNCTION pg_temp.refused() RETURNS text LANGUAGE plpgsql AS $f$ DECLARE "
		 "name "
		 "text; BEGIN %s; RETURN 'nothing'; EXCEPTION WHEN OTHERS THEN GET STACKED "
		 "DIAGNOSTICS name = CONSTRAINT_NAME; RETURN name; END $f$; SELECT "
		 "pg_temp.refused()",
		 statement);
	expect('9', sql, constraint);
}

#define OF_VISIT                                                                     \
	"(SELECT min(appointment_id::text)::uuid FROM scheduling.appointment WHERE " \
	"organisation_id = '" ORGANISATION "')"
#define COPY_WITH(COLUMNS, VALUES)                                                               \
	"INSERT INTO scheduling.appointment (organisation_id, appointment_id, practitioner_id, " \
	"room_id, athlete_id, clinic_id, service_id, starts_at, ends_at, blocked_from, "         \
	"blocked_until, grade, timing_override_reason, booked_at, booked_by, idempotency_key) "  \
	"SELECT organisation_id, gen_random_uuid(), " COLUMNS ", clinic_id, service_id, "        \
	"starts_at, ends_at, blocked_from, blocked_until, grade, '', booked_at, '', " VALUES     \
	" FROM scheduling.appointment WHERE appointment_id = " OF_VISIT

static void test_the_database_itself_refuses_double_bookings(void **state)
{
	(void)state;
	tells('9', AT("2026-05-04T06:00:00Z"),
	      BOOK("ana", "mira", "2026-05-05T09:00:00Z") "'keep': 'visit'}\n" CANCEL(
		      "lead", "visit") "}\n" BOOK("ana", "mira", "2026-05-05T09:00:00Z") "'keep': "
											 "'visit'}"
											 "\n");
	expect('9',
	       "DELETE FROM scheduling.appointment WHERE state = 'cancelled' AND organisation_id = "
	       "'" ORGANISATION "'",
	       "");
	refuses(COPY_WITH("practitioner_id, gen_random_uuid(), gen_random_uuid()", "'a'"),
		"appointment_practitioner");
	refuses(COPY_WITH("gen_random_uuid(), room_id, gen_random_uuid()", "'a'"),
		"appointment_room");
	refuses(COPY_WITH("gen_random_uuid(), gen_random_uuid(), athlete_id", "'a'"),
		"appointment_athlete");
	refuses(COPY_WITH("gen_random_uuid(), gen_random_uuid(), gen_random_uuid()",
			  "idempotency_key"),
		"appointment_idempotency");
	refuses("UPDATE scheduling.appointment SET state = 'no_show' WHERE appointment_id "
		"= " OF_VISIT "; UPDATE scheduling.appointment SET state = 'booked' WHERE "
		"appointment_id = " OF_VISIT,
		"appointment_state_moves");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_free_slots_know_hours_buffers_and_visits),
		cmocka_unit_test(test_t1_warns_and_staff_may_override_with_a_reason),
		cmocka_unit_test(test_what_is_taken_comes_with_alternatives),
		cmocka_unit_test(test_a_screening_can_stop_the_check_in),
		cmocka_unit_test(test_the_signed_note_completes_the_visit),
		cmocka_unit_test(test_local_hours_stay_when_the_clock_is_changed),
		cmocka_unit_test(test_a_calendar_read_twice_changes_nothing),
		cmocka_unit_test(test_32_race_for_two_rooms),
		cmocka_unit_test(test_the_database_itself_refuses_double_bookings),
	};
	return cmocka_run_group_tests_name("scheduling", tests, open_house, close_house);
}
