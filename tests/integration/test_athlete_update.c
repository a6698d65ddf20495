/* An athlete's record is changed: all of it at once, by one editor at a time, and everybody who has
 * a copy follows. */
#include "desk.h"
#include "sendings.h"

#include "soleus/v1/directory.pb-c.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* clang-format off */
#define OLD POINT("sms", "+43 660 1110001")
#define NEW POINT("sms", "+43 660 1110002")
#define POINTS(LIST) ", 'contact_points': [" LIST "]"
#define CALLED(VALUES) ", 'identifiers': [" VALUES "]"
#define CLUB(VALUE) "{'system': 'urn:club', 'value': '" VALUE "'}"
#define UPDATE_AS(AS, ID, REVISION, ZONE, MORE, THEN) "{'call': 'Directory.UpdateAthlete', 'as': '" AS "', 'with': {'expected_revision': " REVISION ", 'athlete': {'athlete_id': '" ID "', 'given_name': 'G', 'family_name': 'B', 'birth_date': '1994-05-11', 'zone': '" ZONE "'" MORE "}}, " THEN "}\n"
#define UPDATE(WHO, REVISION, MORE, THEN) UPDATE_AS("lead#", "${" WHO ".athlete_id}", REVISION, "Europe/Vienna", MORE, THEN)
#define GET(AS, ID, THEN) "{'call': 'Directory.GetAthlete', 'as': '" AS "', 'with': {'athlete_id': '" ID "'}, " THEN "}\n"
#define FAILS(CODE) "'fails': '" CODE "'"
#define WARNS(WORDS) "'expect': {'warnings': " WORDS "}"
#define OF_HERE " WHERE organisation_id = '" ORGANISATION "'"

/* What is left out is emptied, and the next change goes on from what the reply says. */
static void test_all_of_it_as_it_is_from_now_on(void **state)
{
	(void)state;
	tells('1', AT("2026-03-02T06:00:00Z"),
		UPDATE("ana", "1", POINTS(NEW) CALLED(CLUB("A-1")) ", 'sport': 'judo', 'language': 'de-AT'", "'keep': 'first', 'expect': {'revision': 2, 'warnings': null}")
		UPDATE("ana", "'${first.revision}'", "", "'expect': {'revision': 3, 'warnings': ['no contact point: no message can reach this athlete']}")
		GET("lead#", "${ana.athlete_id}", "'expect': {'athlete': {'revision': 3, 'given_name': 'G', 'sport': null, 'language': null, 'home_clinic_id': null, 'contact_points': null, 'identifiers': null}}"));
	/* Names of fields and nothing else: the trail outlives an erasure. */
	expect('1', "SELECT string_agg(reason, '; ' ORDER BY xid, id) FROM directory.audit" OF_HERE " AND method LIKE '%UpdateAthlete'",
		"changed: given_name home_clinic_id sport language contact_points identifiers; changed: sport language contact_points identifiers");
}

static void test_what_is_refused(void **state)
{
	(void)state;
	tells('2', AT("2026-03-02T06:00:00Z"),
		UPDATE("ben", "1", CALLED(CLUB("B-1")), "'expect': {'revision': 2}")
		UPDATE("ana", "1", "", "'expect': {'revision': 2}")
		/* From what was read before somebody else's change. */
		UPDATE("ana", "1", POINTS(NEW), FAILS("ABORTED"))
		UPDATE("ana", "3", POINTS(NEW), FAILS("ABORTED"))
		/* Which one, not whose. */
		UPDATE("ana", "2", CALLED(CLUB("A-1") ", " CLUB("B-1")), FAILS("ALREADY_EXISTS") ", 'faults': ['athlete.identifiers[1]']")
		UPDATE("ana", "2", ", 'home_clinic_id': '0195531a-0000-7000-8000-00000000dead'", FAILS("NOT_FOUND"))
		/* Staff write it. */
		UPDATE_AS("ana#", "${ana.athlete_id}", "2", "UTC", "", FAILS("PERMISSION_DENIED"))
		/* The same words for another organisation's and for nobody's. */
		"{'key': 'stranger#', 'roles': 'clinic_lead', 'organisation': '0195531a-0000-7000-8000-0000000000bb'}\n"
		UPDATE_AS("stranger#", "${ana.athlete_id}", "2", "UTC", "", FAILS("NOT_FOUND"))
		UPDATE_AS("lead#", "0195531a-0000-7000-8000-00000000dead", "2", "UTC", "", FAILS("NOT_FOUND"))
		/* A merged record is changed at its survivor; an erased one is not. */
		"{'call': 'Directory.MergeAthletes', 'as': 'lead#', 'with': {'survivor_id': '${ana.athlete_id}', 'merged_id': '${ben.athlete_id}', 'reason': 'the same'}}\n"
		UPDATE("ben", "2", "", FAILS("FAILED_PRECONDITION"))
		UPDATE("ana", "2", CALLED(CLUB("B-1")), FAILS("ALREADY_EXISTS") ", 'faults': ['athlete.identifiers[0]']")
		UPDATE("ana", "2", CALLED(CLUB("A-1")), "'expect': {'revision': 3}")
		"{'call': 'Directory.EraseAthlete', 'as': 'lead#', 'with': {'athlete_id': '${cleo.athlete_id}', 'reason': 'asked'}}\n"
		UPDATE("cleo", "1", "", FAILS("FAILED_PRECONDITION")));
	/* What was refused left nothing. */
	expect('2', "SELECT count(*) FROM directory.contact_point" OF_HERE, "0");
	expect('2', "SELECT count(*) FROM directory.outbox" OF_HERE " AND type = 'soleus.v1.AthleteUpdated'", "3");
}

static void test_all_faults_come_at_once(void **state)
{
	(void)state;
	house_refuses(house, "lead2", "Directory.UpdateAthlete", "{}", "athlete expected_revision ");
	house_refuses(house, "lead2", "Directory.UpdateAthlete",
		"{'athlete': {'athlete_id': 'ana', 'given_name': ' ', 'family_name': 'B', 'birth_date': '2994-02-30', 'zone': 'Mars/Base', 'contact_points': [{'channel': 'sms', 'value': 'call me'}], 'identifiers': [" CLUB("1") ", " CLUB("1") "]}, 'expected_revision': -1}",
		"athlete.given_name athlete.birth_date athlete.zone athlete.contact_points[0].value athlete.identifiers[1] athlete.athlete_id expected_revision ");
}

/* One's own number is no other's, nor is that of a record of the same person. */
static void test_what_is_warned_of(void **state)
{
	(void)state;
	tells('3', AT("2026-03-02T06:00:00Z"),
		UPDATE("ana", "1", POINTS(OLD), WARNS("null"))
		UPDATE("ana", "2", POINTS(OLD), WARNS("null"))
		UPDATE("ben", "1", POINTS(OLD), WARNS("['phone is also of another athlete']"))
		"{'call': 'Directory.MergeAthletes', 'as': 'lead#', 'with': {'survivor_id': '${ana.athlete_id}', 'merged_id': '${ben.athlete_id}', 'reason': 'the same'}}\n"
		UPDATE("ana", "3", POINTS(OLD), WARNS("null"))
		UPDATE("cleo", "1", POINTS(OLD), WARNS("['phone is also of another athlete']")));
	steps('3', AGAIN
		"{'call': 'Directory.UpdateAthlete', 'as': 'lead#', 'with': {'expected_revision': 2, 'athlete': {'athlete_id': '${" ON_BEN ".athlete_id}', 'given_name': 'C', 'family_name': 'B', 'birth_date': '2016-05-11', 'zone': 'UTC', 'contact_points': [" NEW "]}}, 'expect': {'warnings': ['a minor without a guardian\\u0027s name: who consents?']}}\n");
	/* Every copy is overwritten. */
	expect('3', "SELECT concat_ws(' ', n.birth_date, n.home_clinic_id IS NULL, s.zone, r.zone) FROM notes.athlete n JOIN scheduling.athlete s USING (organisation_id, athlete_id) JOIN reminders.athlete r USING (organisation_id, athlete_id)" OF_HERE " AND n.birth_date <> '1994-05-11'",
		"2016-05-11 t UTC UTC");
}

#define SENT "SELECT string_agg(purpose || ' ' || address, ', ' ORDER BY sent_at) FROM reminders.message" OF_HERE " AND state = 'sent'"
#define DUE(PURPOSE) "SELECT string_agg(to_char(due_at AT TIME ZONE 'UTC', 'DD HH24:MI'), ', ' ORDER BY due_at) FROM reminders.message" OF_HERE " AND state = 'planned' AND purpose = '" PURPOSE "'"

/* The evening before is another moment where the athlete lives now. */
static void test_who_moves_house_gets_messages_at_the_new_hours(void **state)
{
	(void)state;
	tells('5', AT("2026-06-10T08:00:00Z"), DORA(OLD) CONSENTS("sms") VISIT AT("2026-06-10T08:01:00Z"));
	expect('5', DUE("preparation"), "14 16:00");
	steps('5', AGAIN UPDATE_AS("lead#", "${a.athletes[3].athlete_id}", "1", "America/New_York", POINTS(OLD), "'expect': {'revision': 2}"));
	expect('5', DUE("preparation"), "14 22:00");
	/* Nor does a change of something else plan what a programme of today asks for. */
	steps('5', AGAIN
		"{'call': 'Reminders.PutProgramme', 'as': 'lead#', 'with': {'programme': {'steps': [{'step': 'preparation', 'due': 'day -1 17:00'}]}}}\n"
		UPDATE_AS("lead#", "${a.athletes[3].athlete_id}", "2", "America/New_York", POINTS(NEW), "'expect': {'revision': 3}"));
	expect('5', DUE("preparation"), "14 22:00");
}

/* What is planned already goes to where the athlete is reached when it is sent. */
static void test_the_next_message_goes_to_the_new_number(void **state)
{
	(void)state;
	tells('4', AT("2026-06-10T09:00:00Z"), DORA(OLD) CONSENTS("sms") VISIT AT("2026-06-10T09:01:00Z"));
	expect('4', SENT, "confirmation +436601110001");
	steps('4', AGAIN UPDATE_AS("lead#", "${a.athletes[3].athlete_id}", "1", "Europe/Vienna", POINTS(NEW), "'expect': {'revision': 2}")
		AT("2026-06-14T20:00:00Z"));
	expect('4', SENT, "confirmation +436601110001, reminder_48h +436601110002, preparation +436601110002");
	/* The plan is as it was: one of each. */
	expect('4', "SELECT count(*) = count(DISTINCT purpose) FROM reminders.message" OF_HERE, "t");
}
/* clang-format on */

/* ---- Two at once ---- */

#define ROUNDS 20

struct race {
	struct desk desk;
	char athlete_id[40];
	int64_t revision;
	bool erases; /* the second one */
	struct status outcomes[2];
};

static void fill(Soleus__V1__Athlete *athlete)
{
	static Soleus__V1__ContactPoint point = SOLEUS__V1__CONTACT_POINT__INIT;
	static Soleus__V1__ContactPoint *points[] = {&point};
	soleus__v1__athlete__init(athlete);
	point.channel = "sms";
	point.value = "+43 660 7654321";
	athlete->given_name = "Quinquillian";
	athlete->family_name = "B";
	athlete->birth_date = "1994-05-11";
	athlete->zone = "UTC";
	athlete->contact_points = points;
	athlete->n_contact_points = 1;
}

static FIBER void write_at_once(void *argument, unsigned number)
{
	struct race *race = argument;
	struct arena *arena = arena_new((size_t)1 << 18);
	Soleus__V1__UpdateAthleteRequest update = SOLEUS__V1__UPDATE_ATHLETE_REQUEST__INIT;
	Soleus__V1__EraseAthleteRequest erase = SOLEUS__V1__ERASE_ATHLETE_REQUEST__INIT;
	ProtobufCMessage *reply;
	Soleus__V1__Athlete athlete;
	fill(&athlete);
	athlete.athlete_id = race->athlete_id;
	update.athlete = &athlete;
	update.expected_revision = race->revision;
	erase.athlete_id = race->athlete_id;
	erase.reason = "asked";
	bool erases = number == 1 && race->erases;
	race->outcomes[number] =
		desk_ask(&race->desk, erases ? "Directory.EraseAthlete" : "Directory.UpdateAthlete",
			 arena, erases ? &erase.base : &update.base, &reply);
	race->outcomes[number].message = NULL;
	arena_free(arena);
}

static FIBER struct status add_athlete(struct race *race)
{
	Soleus__V1__RegisterAthleteRequest request = SOLEUS__V1__REGISTER_ATHLETE_REQUEST__INIT;
	Soleus__V1__RegisterAthleteReply *reply = NULL;
	Soleus__V1__Athlete athlete;
	fill(&athlete);
	request.athlete = &athlete;
	struct status status = desk_ask(&race->desk, "Directory.RegisterAthlete",
					race->desk.session->arena, &request.base, &reply);
	if (status_is_ok(status))
		snprintf(race->athlete_id, sizeof(race->athlete_id), "%s", reply->athlete_id);
	race->revision = 1;
	return status;
}

static FIBER int editors(struct session *session, void *argument)
{
	(void)argument;
	struct race race = {.desk = {.session = session, .who = "lead2"}};
	if (!status_is_ok(add_athlete(&race)))
		return 1;
	for (unsigned round = 0; round < ROUNDS; round++, race.revision++) {
		desk_run(2, write_at_once, &race);
		bool first = status_is_ok(race.outcomes[0]);
		if (first != status_is_ok(race.outcomes[1]) &&
		    race.outcomes[first].code == STATUS_ABORTED)
			continue;
		fprintf(stderr, "round %u: %s and %s\n", round,
			status_code_name(race.outcomes[0].code),
			status_code_name(race.outcomes[1].code));
		return 1;
	}
	return 0;
}

static void test_of_two_editors_the_second_is_told(void **state)
{
	(void)state;
	house_runs(house, editors, NULL);
}

static FIBER int erasures(struct session *session, void *argument)
{
	(void)argument;
	struct race race = {.desk = {.session = session, .who = "lead3"}, .erases = true};
	for (unsigned round = 0; round < ROUNDS; round++) {
		if (!status_is_ok(add_athlete(&race)))
			return 1;
		desk_run(2, write_at_once, &race);
		enum status_code other = race.outcomes[0].code;
		if (status_is_ok(race.outcomes[1]) &&
		    (other == STATUS_OK || other == STATUS_FAILED_PRECONDITION))
			continue;
		fprintf(stderr, "round %u: %s and %s\n", round, status_code_name(other),
			status_code_name(race.outcomes[1].code));
		return 1;
	}
	return 0;
}

/* Whoever is first, nothing is left of the athlete, here or with those who follow. */
static void test_a_change_and_an_erasure_take_turns(void **state)
{
	(void)state;
	house_runs(house, erasures, NULL);
	/* A read waits until all have followed. */
	steps('3', AGAIN);
	expect('3',
	       "SELECT count(*) FROM directory.outbox WHERE organisation_id = '" ORGANISATION
	       "' AND (position(convert_to('Quinquillian', 'UTF8') IN payload) > 0 OR "
	       "position(convert_to('7654321', 'UTF8') IN payload) > 0)",
	       "0");
	expect('3',
	       "SELECT (SELECT count(*) FROM reminders.contact_point WHERE address LIKE "
	       "'%7654321' AND organisation_id = '" ORGANISATION
	       "') + (SELECT count(*) FROM directory.contact_point WHERE value LIKE '%7654321' "
	       "AND organisation_id = '" ORGANISATION "')",
	       "0");
	/* The erasure is the last that is told. */
	expect('3',
	       "SELECT count(*) FROM (SELECT DISTINCT ON (subject_id) type FROM directory.outbox "
	       "WHERE organisation_id = '" ORGANISATION
	       "' AND type LIKE 'soleus.v1.Athlete%' AND subject_id IN (SELECT athlete_id FROM "
	       "directory.athlete_erasure) ORDER BY subject_id, xid DESC, id DESC) AS last "
	       "WHERE type <> 'soleus.v1.AthleteErased'",
	       "0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_of_it_as_it_is_from_now_on),
		cmocka_unit_test(test_what_is_refused),
		cmocka_unit_test(test_all_faults_come_at_once),
		cmocka_unit_test(test_what_is_warned_of),
		cmocka_unit_test(test_who_moves_house_gets_messages_at_the_new_hours),
		cmocka_unit_test(test_the_next_message_goes_to_the_new_number),
		cmocka_unit_test(test_of_two_editors_the_second_is_told),
		cmocka_unit_test(test_a_change_and_an_erasure_take_turns),
	};
	return cmocka_run_group_tests_name("athlete update", tests, open_house, close_house);
}
