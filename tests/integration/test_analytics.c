/* Was it worth it: what is measured after a visit is judged (O1-O4), the third visit without
 * lasting improvement makes the clinic look upstream (O5), and a clinic sees its numbers (O6). */
#include "house.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ORGANISATION "0195531a-0000-7000-8000-0000000000e1"
#define OTHER        "0195531a-0000-7000-8000-0000000000e2"
#define STEPS_BYTES  65536

static int open_house(void **state)
{
	return house_open((struct house **)state);
}

static int close_house(void **state)
{
	return house_close((struct house **)state);
}

/* Steps are written with ' for ". */
static void tells(struct house *house, const char *steps)
{
	char *text = strdup(steps);
	for (char *at = text; (at = strchr(at, '\'')); at++)
		*at = '"';
	house_tells(house, text);
	free(text);
}

/* One clinic that is always open; each test has an athlete of its own, so that none waits for
 * another's facts. The steps of all tests are one text: what is kept is known to those behind. */
static const char setting[] =
	"{'at': '2026-03-02T06:00:00Z'}\n"
	"{'call': 'Directory.CreateOrganisation', 'with': {'organisation_id': '" ORGANISATION
	"', 'name': 'Analytics'}}\n"
	"{'key': 'm.lead', 'roles': 'clinic_lead,front_desk', 'organisation': '" ORGANISATION "'}\n"
	"{'key': 'm.other', 'roles': 'clinic_lead,practitioner', 'organisation': '" OTHER "'}\n"
	"{'call': 'Directory.CreateClinic', 'as': 'm.lead', 'with': {'name': 'One', 'zone': "
	"'UTC'}, 'keep': 'clinic'}\n"
	"{'call': 'Directory.CreateRoom', 'as': 'm.lead', 'with': {'name': 'R', 'clinic_id': "
	"'${clinic.clinic_id}'}}\n"
	"{'call': 'Directory.CreatePractitioner', 'as': 'm.lead', 'with': {'given_name': 'Mira', "
	"'family_name': 'Novak', 'clinic_ids': ['${clinic.clinic_id}']}, 'keep': 'mira'}\n"
	"{'key': 'm.mira', 'roles': 'practitioner', 'organisation': '" ORGANISATION
	"', 'subject': '${mira.practitioner_id}'}\n"
	"{'call': 'Scheduling.PutService', 'as': 'm.lead', 'with': {'name': 'Visit', "
	"'duration_minutes': 30}, 'keep': 'service'}\n"
	"{'call': 'Scheduling.SetWorkingHours', 'as': 'm.lead', 'with': {'practitioner_id': "
	"'${mira.practitioner_id}', 'clinic_id': '${clinic.clinic_id}', 'hours': [{'weekday': 1, "
	"'opens': '00:00', 'closes': '24:00'}, {'weekday': 2, 'opens': '00:00', 'closes': "
	"'24:00'}, {'weekday': 3, 'opens': '00:00', 'closes': '24:00'}, {'weekday': 4, 'opens': "
	"'00:00', 'closes': '24:00'}, {'weekday': 5, 'opens': '00:00', 'closes': '24:00'}]}}\n";

static void add_athlete(char *steps, const char *name)
{
	char *end = steps + strlen(steps);
	snprintf(end, STEPS_BYTES - strlen(steps),
		 "{'call': 'Directory.RegisterAthlete', 'as': 'm.lead', 'with': {'athlete': "
		 "{'given_name': '%s', 'family_name': 'Test', 'birth_date': '1994-05-11', 'zone': "
		 "'UTC', 'home_clinic_id': '${clinic.clinic_id}'}}, 'keep': '%s'}\n"
		 "{'key': 'm.%s', 'roles': 'athlete', 'organisation': '" ORGANISATION
		 "', 'subject': '${%s.athlete_id}'}\n"
		 "{'call': 'Directory.RecordConsent', 'as': 'm.lead', 'with': {'athlete_id': "
		 "'${%s.athlete_id}', 'purpose': 'treatment', 'granted': true, 'text_version': "
		 "'v1'}}\n",
		 name, name, name, name, name);
}

static void add(char *steps, const char *more)
{
	strncat(steps, more, STEPS_BYTES - strlen(steps) - 1);
}

/* The left calf is needled; pain before and, with `after` >= 0, right after. The note is signed at
 * `signed_at`. */
static void add_visit_signed(char *steps, const char *name, const char *starts_at,
			     const char *signed_at, int before, int after)
{
	char *end = steps + strlen(steps);
	char pain_after[256] = "";
	if (after >= 0)
		snprintf(pain_after, sizeof(pain_after),
			 ", {'instrument': 'nprs', 'area': 'calf', 'side': 'left', 'value': "
			 "{'value': %d}, 'moment': 'after'}",
			 after);
	snprintf(end, STEPS_BYTES - strlen(steps),
		 "{'call': 'Scheduling.Book', 'as': 'm.lead', 'with': {'athlete_id': "
		 "'${%s.athlete_id}', 'service_id': '${service.service_id}', 'clinic_id': "
		 "'${clinic.clinic_id}', 'practitioner_id': '${mira.practitioner_id}', "
		 "'starts_at': '%s'}, 'keep': 'visit'}\n"
		 "{'at': '%s'}\n"
		 "{'call': 'Notes.RecordScreening', 'as': 'm.mira', 'with': {'athlete_id': "
		 "'${%s.athlete_id}', 'appointment_id': '${visit.appointment_id}'}}\n"
		 "{'call': 'Notes.OpenEncounter', 'as': 'm.mira', 'with': {'appointment_id': "
		 "'${visit.appointment_id}', 'athlete_id': '${%s.athlete_id}', 'practitioner_id': "
		 "'${mira.practitioner_id}', 'clinic_id': '${clinic.clinic_id}'}, 'keep': "
		 "'encounter'}\n"
		 "{'call': 'Notes.SignNote', 'as': 'm.mira', 'with': {'encounter_id': "
		 "'${encounter.encounter_id}', 'note': {'tissue_to_calm': 'Calf', "
		 "'why_overloaded': 'Long runs', 'findings': [{'key': 'f', 'movement': "
		 "'knee-to-wall'}], 'sites': [{'muscle': 'soleus', 'side': 'left', 'approach': "
		 "'deep', 'gauge_um': 300, 'length_mm': 40, 'depth_mm': 20, 'insertions': 2, "
		 "'pain_during': {'value': 3}, 'needles_in': 2, 'needles_out': 2, 'finding_keys': "
		 "['f']}], 'measures': [{'instrument': 'nprs', 'area': 'calf', 'side': 'left', "
		 "'value': {'value': %d}, 'moment': 'before'}%s]}}}\n",
		 name, starts_at, signed_at, name, name, before, pain_after);
}

static void add_visit(char *steps, const char *name, const char *starts_at, int before, int after)
{
	add_visit_signed(steps, name, starts_at, starts_at, before, after);
}

/* Pain in the left calf, at the desk. */
static void add_pain(char *steps, const char *name, const char *taken_at, int pain)
{
	char *end = steps + strlen(steps);
	snprintf(end, STEPS_BYTES - strlen(steps),
		 "{'at': '%s'}\n"
		 "{'call': 'Analytics.RecordMeasure', 'as': 'm.lead', 'with': {'athlete_id': "
		 "'${%s.athlete_id}', 'instrument': 'nprs', 'area': 'calf', 'side': 'left', "
		 "'value': %d, 'has_value': true}}\n",
		 taken_at, name, pain);
}

/* One spring, three athletes: what is asked of each stands where it is due. */
static void test_a_spring(void **state)
{
	char *steps = calloc(1, STEPS_BYTES);
	add(steps, setting);
	add_athlete(steps, "ana");
	add_athlete(steps, "ben");
	add_athlete(steps, "cleo");
	add(steps,
	    /* O3: what is recorded has an instrument, a place, a value in its range. */
	    "{'call': 'Analytics.RecordMeasure', 'as': 'm.lead', 'with': {'athlete_id': "
	    "'${ana.athlete_id}', 'instrument': 'nprs', 'area': 'calf', 'side': 'left', 'value': "
	    "11, 'has_value': true}, 'fails': 'INVALID_ARGUMENT'}\n"
	    "{'call': 'Analytics.RecordMeasure', 'as': 'm.lead', 'with': {'athlete_id': "
	    "'${ana.athlete_id}', 'instrument': 'nprs', 'area': 'calf', 'side': 'left'}, 'fails': "
	    "'INVALID_ARGUMENT'}\n"
	    "{'call': 'Analytics.RecordMeasure', 'as': 'm.other', 'with': {'athlete_id': "
	    "'${ana.athlete_id}', 'instrument': 'nprs', 'value': 1, 'has_value': true}, 'fails': "
	    "'NOT_FOUND'}\n"
	    "{'call': 'Analytics.GetOutcome', 'as': 'm.mira', 'with': {'athlete_id': "
	    "'${ana.athlete_id}'}, 'expect': {'areas': null}}\n");

	/* Ben gets better and stays so: O2, O3, O4. */
	add_visit(steps, "ben", "2026-03-02T08:00:00Z", 6, 3);
	add_visit(steps, "ana", "2026-03-02T10:00:00Z", 5, -1);
	add_visit(steps, "cleo", "2026-03-03T12:00:00Z", 6, -1);
	add_pain(steps, "ben", "2026-03-04T08:00:00Z", 5);
	add_visit(steps, "ana", "2026-03-10T10:00:00Z", 5, -1);
	add(steps, "{'call': 'Analytics.ListUpstreamReviews', 'as': 'm.mira', 'with': "
		   "{'athlete_id': '${ana.athlete_id}'}, 'expect': {'reviews': null}}\n");
	add_pain(steps, "cleo", "2026-03-11T08:00:00Z", 2);
	add_pain(steps, "ben", "2026-03-12T08:00:00Z", 2);
	add(steps,
	    "{'call': 'Analytics.GetOutcome', 'as': 'm.ben', 'with': {'athlete_id': "
	    "'${ben.athlete_id}'}, 'expect': {'areas': [{'area': 'calf', 'side': 'left', 'visits': "
	    "1, 'lasting_improvement': true, 'open_review_id': null, 'judgements': [{'window': "
	    "'immediate', 'verdict': 'improved', 'value': 3}, {'window': '48h', 'verdict': "
	    "'not_improved', 'baseline': 6}, {'window': '10d', 'verdict': 'improved', 'value': "
	    "2}]}]}}\n"
	    "{'call': 'Analytics.GetOutcome', 'as': 'm.ana', 'with': {'athlete_id': "
	    "'${ben.athlete_id}'}, 'fails': 'NOT_FOUND'}\n"
	    "{'call': 'Analytics.GetOutcome', 'as': 'm.other', 'with': {'athlete_id': "
	    "'${ben.athlete_id}'}, 'fails': 'NOT_FOUND'}\n");

	/* Cleo's third visit in 14 days: the first one's improvement lasted, so nothing is raised.
	 */
	add_visit(steps, "cleo", "2026-03-13T12:00:00Z", 2, -1);
	add_visit(steps, "cleo", "2026-03-17T12:00:00Z", 2, -1);
	add(steps, "{'call': 'Analytics.ListUpstreamReviews', 'as': 'm.mira', 'expect': "
		   "{'reviews': null}}\n");

	/* Ana's third visit in 17 days, no lasting change: O5. */
	add_visit(steps, "ana", "2026-03-19T10:00:00Z", 5, -1);
	add(steps,
	    "{'call': 'Analytics.ListUpstreamReviews', 'as': 'm.mira', 'with': {'open_only': "
	    "true}, 'keep': 'r', 'expect': {'reviews': [{'area': 'calf', 'side': 'left', 'visits': "
	    "3, 'athlete_id': '${ana.athlete_id}', 'answer': null}]}}\n"
	    "{'call': 'Analytics.ListUpstreamReviews', 'as': 'm.other', 'expect': {'reviews': "
	    "null}}\n"
	    "{'call': 'Analytics.ListUpstreamReviews', 'as': 'm.ben', 'with': {'athlete_id': "
	    "'${ana.athlete_id}'}, 'fails': 'NOT_FOUND'}\n"
	    "{'call': 'Analytics.GetOutcome', 'as': 'm.mira', 'with': {'athlete_id': "
	    "'${ana.athlete_id}'}, 'expect': {'areas': [{'visits': 3, 'lasting_improvement': null, "
	    "'open_review_id': '${r.reviews[0].review_id}'}]}}\n");
	/* A fourth visit while it is open raises no second one, and the note shows it. */
	add_visit(steps, "ana", "2026-03-20T10:00:00Z", 5, -1);
	add(steps,
	    "{'call': 'Notes.OpenEncounter', 'as': 'm.mira', 'with': {'appointment_id': "
	    "'${visit.appointment_id}', 'athlete_id': '${ana.athlete_id}', 'practitioner_id': "
	    "'${mira.practitioner_id}', 'clinic_id': '${clinic.clinic_id}'}, 'expect': "
	    "{'upstream_reviews': [{'review_id': '${r.reviews[0].review_id}', 'area': 'calf'}]}}\n"
	    "{'call': 'Analytics.AnswerUpstreamReview', 'as': 'm.mira', 'with': {'review_id': "
	    "'${r.reviews[0].review_id}', 'answer': ' ', 'driver': 'luck'}, 'fails': "
	    "'INVALID_ARGUMENT'}\n"
	    "{'call': 'Analytics.AnswerUpstreamReview', 'as': 'm.other', 'with': {'review_id': "
	    "'${r.reviews[0].review_id}', 'answer': 'Gait', 'driver': 'mechanics'}, 'fails': "
	    "'NOT_FOUND'}\n"
	    "{'call': 'Analytics.AnswerUpstreamReview', 'as': 'm.mira', 'with': {'review_id': "
	    "'${r.reviews[0].review_id}', 'answer': 'Overstriding', 'driver': 'mechanics'}}\n"
	    "{'call': 'Analytics.AnswerUpstreamReview', 'as': 'm.lead', 'with': {'review_id': "
	    "'${r.reviews[0].review_id}', 'answer': 'Again', 'driver': 'load'}, 'fails': "
	    "'FAILED_PRECONDITION'}\n"
	    "{'call': 'Analytics.ListUpstreamReviews', 'as': 'm.mira', 'with': {'athlete_id': "
	    "'${ana.athlete_id}'}, 'expect': {'reviews': [{'answer': 'Overstriding'}]}}\n");
	/* The answer begins the count anew. */
	add_visit(steps, "ana", "2026-03-23T10:00:00Z", 5, -1);
	add(steps,
	    "{'call': 'Notes.OpenEncounter', 'as': 'm.mira', 'with': {'appointment_id': "
	    "'${visit.appointment_id}', 'athlete_id': '${ana.athlete_id}', 'practitioner_id': "
	    "'${mira.practitioner_id}', 'clinic_id': '${clinic.clinic_id}'}, 'expect': "
	    "{'upstream_reviews': null}}\n"
	    "{'call': 'Analytics.ListUpstreamReviews', 'as': 'm.mira', 'with': {'open_only': "
	    "true}, 'expect': {'reviews': null}}\n"
	    /* O6: few are not shown. */
	    "{'call': 'Analytics.ClinicSummary', 'as': 'm.lead', 'with': {'clinic_id': "
	    "'${clinic.clinic_id}', 'from_at': '2026-03-01T00:00:00Z', 'until_at': "
	    "'2026-04-01T00:00:00Z'}, 'expect': {'treatments': 9, 'athletes': 3, 'open_reviews': "
	    "null, 'windows': [{'window': 'immediate', 'n': 1, 'improved': -1}, {'window': "
	    "'48h'}, {'window': '10d'}, {'window': '4w', 'n': null}]}}\n"
	    "{'call': 'Analytics.ClinicSummary', 'as': 'm.other', 'with': {'clinic_id': "
	    "'${clinic.clinic_id}', 'from_at': '2026-03-01T00:00:00Z', 'until_at': "
	    "'2026-04-01T00:00:00Z'}, 'fails': 'NOT_FOUND'}\n");
	/* O2: the windows count from the visit, also when its note is signed the day after. */
	add_visit_signed(steps, "ben", "2026-03-25T08:00:00Z", "2026-03-26T09:00:00Z", 6, -1);
	add_pain(steps, "ben", "2026-03-27T08:00:00Z", 2);
	add(steps, "{'call': 'Analytics.GetOutcome', 'as': 'm.ben', 'with': {'athlete_id': "
		   "'${ben.athlete_id}'}, 'expect': {'areas': [{'visits': 2, 'last_treated_at': "
		   "'2026-03-25T08:30:00Z'}]}}\n");
	tells(*state, steps);
	free(steps);
}

/* All facts and reviews, as one line. */
#define ALL_FACTS                                                                         \
	"SELECT md5(concat((SELECT string_agg(v::text, ',' ORDER BY v::text) FROM "       \
	"analytics.visit v), (SELECT string_agg(t::text, ',' ORDER BY t::text) FROM "     \
	"analytics.treatment t), (SELECT string_agg(m::text, ',' ORDER BY m::text) FROM " \
	"analytics.measure m), (SELECT string_agg(r::text, ',' ORDER BY r::text) FROM "   \
	"analytics.review r), (SELECT count(*)::text FROM analytics.outbox)))"

/* The cursor is set back by hand, so that every event comes a second time. */
static void test_an_event_twice_is_one_fact(void **state)
{
	struct house *house = *state;
	char *facts = house_query(house, ALL_FACTS);
	free(house_query(house, "UPDATE analytics.cursor SET xid = '0', id = 0"));
	assert_int_equal(kill(house_pid(house, "analytics"), SIGKILL), 0);
	tells(house, "{'call': 'Analytics.ListUpstreamReviews', 'as': 'm.mira'}\n"
		     "{'call': 'Analytics.ListUpstreamReviews', 'as': 'm.mira'}\n");
	house_expects(house, "SELECT count(*) > 0 FROM analytics.cursor WHERE xid > '0'", "t");
	house_expects(house, ALL_FACTS, facts);
	free(facts);
}

static void test_an_answered_review_stays(void **state)
{
	house_expects(
		*state,
		"SELECT has_table_privilege('analytics', 'analytics.review', 'DELETE') OR "
		"has_column_privilege('analytics', 'analytics.review', 'advice', 'UPDATE') OR "
		"has_table_privilege('analytics', 'analytics.measure', 'UPDATE')",
		"f");
	house_expects(*state,
		      "CREATE FUNCTION pg_temp.refused(sql text) RETURNS text LANGUAGE plpgsql AS "
		      "$$ BEGIN EXECUTE sql; RETURN 'done'; EXCEPTION WHEN SQLSTATE 'SL002' THEN "
		      "RETURN 'refused'; END $$; SELECT pg_temp.refused('UPDATE analytics.review "
		      "SET answer = ''x''')",
		      "refused");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_spring),
		cmocka_unit_test(test_an_event_twice_is_one_fact),
		cmocka_unit_test(test_an_answered_review_stays),
	};
	return cmocka_run_group_tests_name("analytics", tests, open_house, close_house);
}
