/* Two records of one athlete become one person, and part again exactly (merged-athletes.story has
 * the setting: Ana, who came as Anna too, and Ben). */
#include "desk.h"
#include "merged.h"

#include "soleus/v1/directory.pb-c.h"

#include <json-c/json.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct merged merged;

static int open_house(void **state)
{
	(void)state;
	return merged_open(&merged);
}

static int close_house(void **state)
{
	(void)state;
	return merged_close(&merged);
}

static void tells(const char *steps)
{
	merged_tells(&merged, steps);
}

static void test_one_person_of_two_records(void **state)
{
	(void)state;
	tells(MERGE("ana", "ana", FAILS("INVALID_ARGUMENT")) MERGE("ana", "anna", KEEP("m"))
	      /* Both ids lead to the survivor; what differs is beside it. */
	      CALL("Directory.GetAthlete", "g.lead", OF("anna"),
		   EXPECT("'athlete': {'athlete_id': '${ana.athlete_id}', 'given_name': 'Ana', "
			  "'contact_points': [{'value': '+43 660 1110001'}]}, "
			  "'asked_athlete_id': '${anna.athlete_id}', 'merged': [{'merge_id': "
			  "'${m.merge_id}', 'merged_by': 'g.lead', 'athlete': {'given_name': "
			  "'Anna', 'contact_points': [{'value': '+43 660 1110002'}], "
			  "'identifiers': [{'value': 'A-2'}]}}]"))
	      /* No chains, no second merge. */
	      MERGE("ana", "anna", FAILS("FAILED_PRECONDITION"))
		      MERGE("anna", "ben", FAILS("FAILED_PRECONDITION"))
			      MERGE("ben", "ana", FAILS("FAILED_PRECONDITION"))
	      /* Who registers under the other's number is told of the survivor. */
	      CALL("Directory.RegisterAthlete", "g.lead",
		   "'athlete': {'given_name': 'A', 'family_name': 'B', 'birth_date': '1994-05-11', "
		   "'zone': 'UTC', 'identifiers': [{'system': 'urn:club', 'value': 'A-2'}, "
		   "{'system': 'urn:club', 'value': 'A-1'}]}",
		   EXPECT("'already_known': true, 'athlete_id': '${ana.athlete_id}', 'warnings': "
			  "null"))
	      /* Notes and what came of them are one person's, by either id. */
	      CALL("Notes.ListNotes", "g.mira", OF("ana"),
		   EXPECT("'notes': [{'note_id': '${n_2.note_id}'}, {'note_id': "
			  "'${n_1.note_id}'}]")) CALL("Notes.ListNotes", "g.mira", OF("anna"),
						      EXPECT("'notes': [{'note_id': "
							     "'${n_2.note_id}'}, {'note_id': "
							     "'${n_1.note_id}'}]"))
		      CALL("Notes.SearchNotes", "g.mira", OF("anna"),
			   EXPECT("'notes': [{'note_id': '${n_2.note_id}'}, {'note_id': "
				  "'${n_1.note_id}'}]")) CALL("Notes.GetNote", "g.anna",
							      "'note_id': '${n_1.note_id}'",
							      EXPECT("'signatures': [{}]"))
			      CALL("Analytics.GetOutcome", "g.mira", OF("ana"),
				   EXPECT("'areas': [{'area': 'calf', 'visits': 2}]"))
				      CALL("Analytics.RecordMeasure", "g.lead",
					   OF("anna") ", 'instrument': 'nprs', 'area': 'calf', "
						      "'side': 'left', 'value': 1, "
						      "'has_value': true",
					   "") UNMERGE("m",
						       EXPECT("'survivor_id': '${ana.athlete_id}'"))
					      UNMERGE("m", FAILS("FAILED_PRECONDITION")) CALL(
						      "Notes.ListNotes", "g.mira", OF("anna"),
						      EXPECT("'notes': [{'note_id': "
							     "'${n_2.note_id}'}]"))
						      CALL("Notes.GetNote", "g.anna",
							   "'note_id': '${n_1.note_id}'",
							   FAILS("NOT_FOUND"))
							      CALL("Analytics.GetOutcome", "g.mira",
								   OF("anna"),
								   EXPECT("'areas': [{'area': "
									  "'calf', 'visits': 1}]"))
								      CALL("Directory.GetAthlete",
									   "g.lead", OF("anna"),
									   EXPECT("'athlete': "
										  "{'given_name': "
										  "'Anna'}, "
										  "'asked_athlete_"
										  "id': null, "
										  "'merged': "
										  "null")));
}

static void test_a_survivor_takes_several(void **state)
{
	(void)state;
	tells(MERGE("ana", "anna", KEEP("m")) MERGE("ana", "ben", KEEP("b")) CALL(
		"Directory.GetAthlete", "g.lead", OF("ben"),
		EXPECT("'athlete': {'given_name': 'Ana'}, 'merged': [{'athlete': {'given_name': "
		       "'Anna'}}, {'athlete': {'given_name': 'Ben'}}]"))
		      CALL("Directory.ListAthletes", "g.lead", "",
			   EXPECT("'athletes': [{'given_name': 'Ana'}]")) UNMERGE("m", "")
			      UNMERGE("b", "") CALL("Directory.ListAthletes", "g.lead", "",
						    EXPECT("'athletes': [{'given_name': 'Ana'}, "
							   "{'given_name': 'Anna'}, "
							   "{'given_name': 'Ben'}]")));
}

/* The newest word on treatment is the person's, by whichever id it was said. */
static void test_a_withdrawal_is_the_persons(void **state)
{
	(void)state;
	tells("{'at': '2026-03-05T09:00:00Z'}\n" MERGE("ana", "anna", KEEP("m")) CALL(
		"Directory.RecordConsent", "g.lead",
		OF("anna") ", 'purpose': 'treatment', 'granted': false, 'text_version': 'v1'",
		"") CALL("Notes.OpenEncounter", "g.mira",
			 OF("anna") ", 'practitioner_id': '${mira.practitioner_id}', 'clinic_id': "
				    "'${clinic.clinic_id}'",
			 EXPECT("'treatment_consent': null, 'last_note': {'note_id': "
				"'${n_2.note_id}'}"))
		      CALL("Directory.RecordConsent", "g.lead",
			   OF("anna") ", 'purpose': 'treatment', 'granted': true, 'text_version': "
				      "'v2'",
			   "") CALL("Notes.OpenEncounter", "g.mira",
				    OF("ana") ", 'practitioner_id': '${mira.practitioner_id}', "
					      "'clinic_id': "
					      "'${clinic.clinic_id}'",
				    EXPECT("'treatment_consent': true")) UNMERGE("m", ""));
}

/* ---- Exactly as before ---- */

static const char *const reads[] = {
	"Directory.GetAthlete",          "Notes.ListNotes",
	"Notes.ListAdverseEvents",       "Analytics.GetOutcome",
	"Analytics.ListUpstreamReviews", "Reminders.ListMessages",
	"Scheduling.ListAppointments",   "Scheduling.GetTiming",
	"Scheduling.ListTraining",
};
#define READS (sizeof(reads) / sizeof(reads[0]))

struct answers {
	const char *ids[2];
	char *texts[2][READS];
};

static FIBER int read_all(struct session *session, void *argument)
{
	struct answers *answers = argument;
	for (size_t i = 0; i < 2 * READS; i++) {
		const char *more = "";
		const char *rpc = reads[i / 2];
		struct session_call call = {.who = "g.lead", .organisation_id = ORGANISATION};
		struct method method;
		struct json_object *reply = NULL;
		if (strcmp(rpc, "Scheduling.ListAppointments") == 0 ||
		    strcmp(rpc, "Scheduling.ListTraining") == 0)
			more = ", \"from_at\": \"2026-03-01T00:00:00Z\", \"until_at\": "
			       "\"2026-03-31T00:00:00Z\"";
		const char *request = arena_printf(session->arena, "{\"athlete_id\": \"%s\"%s}",
						   answers->ids[i % 2], more);
		if (!status_is_ok(method_find(session->arena, rpc, &method)))
			return 1;
		struct status status = session_call_json(session, &method, &call, request, &reply);
		if (!status_is_ok(status))
			return session_complain(rpc, status);
		answers->texts[i % 2][i / 2] = strdup(json_object_to_json_string(reply));
		json_object_put(reply);
	}
	return 0;
}

static void test_an_unmerge_is_exact(void **state)
{
	struct answers before = {.ids = {merged.ids[ANA], merged.ids[ANNA]}};
	struct answers after = before;
	(void)state;
	tells("{'at': '2026-03-06T09:00:00Z'}\n");
	house_runs(merged.house, read_all, &before);
	tells(MERGE("anna", "ana", KEEP("m")) UNMERGE("m", ""));
	house_runs(merged.house, read_all, &after);
	for (size_t i = 0; i < 2 * READS; i++) {
		assert_string_equal(after.texts[i % 2][i / 2], before.texts[i % 2][i / 2]);
		free(after.texts[i % 2][i / 2]);
		free(before.texts[i % 2][i / 2]);
	}
}

/* ---- Two leads at once ---- */

#define ROUNDS 20

struct race {
	struct desk desk;
	const char *ids[2];
	struct status outcomes[2];
	char merge_id[2][40];
};

static FIBER void merge_one_way(void *argument, unsigned number)
{
	struct race *race = argument;
	struct arena *arena = arena_new((size_t)1 << 18);
	Soleus__V1__MergeAthletesRequest request = SOLEUS__V1__MERGE_ATHLETES_REQUEST__INIT;
	Soleus__V1__MergeAthletesReply *reply = NULL;
	request.survivor_id = (char *)race->ids[number];
	request.merged_id = (char *)race->ids[1 - number];
	request.reason = "the same person";
	race->outcomes[number] =
		desk_ask(&race->desk, "Directory.MergeAthletes", arena, &request.base, &reply);
	race->outcomes[number].message = NULL;
	if (reply)
		snprintf(race->merge_id[number], sizeof(race->merge_id[number]), "%s",
			 reply->merge_id);
	arena_free(arena);
}

static FIBER int race_rounds(struct session *session, void *argument)
{
	struct race *race = argument;
	race->desk = (struct desk){session, "g.lead", ORGANISATION, {{0}}, 0};
	for (unsigned round = 0; round < ROUNDS; round++) {
		desk_run(2, merge_one_way, race);
		bool first = status_is_ok(race->outcomes[0]);
		enum status_code other = race->outcomes[first].code;
		if (first == status_is_ok(race->outcomes[1]) ||
		    (other != STATUS_FAILED_PRECONDITION && other != STATUS_ABORTED)) {
			fprintf(stderr, "round %u: %s and %s\n", round,
				status_code_name(race->outcomes[0].code),
				status_code_name(race->outcomes[1].code));
			return 1;
		}
		Soleus__V1__UnmergeAthletesRequest undo =
			SOLEUS__V1__UNMERGE_ATHLETES_REQUEST__INIT;
		Soleus__V1__UnmergeAthletesReply *undone;
		undo.merge_id = race->merge_id[!first];
		undo.reason = "again";
		if (!status_is_ok(desk_ask(&race->desk, "Directory.UnmergeAthletes", session->arena,
					   &undo.base, &undone)))
			return 1;
	}
	return 0;
}

static void test_two_leads_at_once(void **state)
{
	static struct race race;
	(void)state;
	race.ids[0] = merged.ids[ANA];
	race.ids[1] = merged.ids[BEN];
	house_runs(merged.house, race_rounds, &race);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_person_of_two_records),
		cmocka_unit_test(test_a_survivor_takes_several),
		cmocka_unit_test(test_a_withdrawal_is_the_persons),
		cmocka_unit_test(test_an_unmerge_is_exact),
		cmocka_unit_test(test_two_leads_at_once),
	};
	return cmocka_run_group_tests_name("merge", tests, open_house, close_house);
}
