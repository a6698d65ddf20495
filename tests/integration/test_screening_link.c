/* Screening from home: the questions, a link for one visit, and answers by it, which need no key of
 * the athlete's. In the steps ' stands for ". */
#include "house.h"

#include "ctl/methods.h"

#include <json-c/json.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ORGANISATION "0195531a-0000-7000-8000-0000000000f1"
#define OTHER        "0195531a-0000-7000-8000-0000000000f2"

static struct house *house;
static char token[128];

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
#define CALL_AS(WHO, RPC, WITH) "{'call': '" RPC "', 'as': '" WHO "', 'with': {" WITH "}, "
#define CALL(RPC, WITH) CALL_AS("l.lead", RPC, WITH)
#define KEEP(NAME) "'keep': '" NAME "'}\n"
#define DONE "'expect': {}}\n"
#define EXPECT(WHAT) "'expect': {" WHAT "}}\n"
#define FAILS(CODE) "'fails': '" CODE "'}\n"
#define BOOK(INSTANT) CALL("Scheduling.Book", "'athlete_id': '${ana.athlete_id}', 'service_id': '${service.service_id}', 'clinic_id': '${clinic.clinic_id}', 'practitioner_id': '${mira.practitioner_id}', 'starts_at': '" INSTANT "'")

#define OPENING \
	"{'at': '2026-03-02T06:00:00Z'}\n" \
	"{'call': 'Directory.CreateOrganisation', 'with': {'organisation_id': '" ORGANISATION "', 'name': 'Links'}}\n" \
	"{'key': 'l.lead', 'roles': 'clinic_lead,front_desk', 'organisation': '" ORGANISATION "'}\n" \
	"{'key': 'l.other', 'roles': 'front_desk,athlete', 'organisation': '" OTHER "'}\n" \
	CALL("Directory.CreateClinic", "'name': 'One', 'zone': 'Europe/Vienna'") KEEP("clinic") \
	CALL("Directory.CreateRoom", "'clinic_id': '${clinic.clinic_id}', 'name': 'R'") DONE \
	CALL("Directory.CreatePractitioner", "'given_name': 'Mira', 'family_name': 'N', 'clinic_ids': ['${clinic.clinic_id}']") KEEP("mira") \
	"{'key': 'l.mira', 'roles': 'practitioner', 'organisation': '" ORGANISATION "', 'subject': '${mira.practitioner_id}'}\n" \
	CALL("Scheduling.PutService", "'name': 'Visit', 'duration_minutes': 45") KEEP("service") \
	CALL("Scheduling.SetWorkingHours", "'practitioner_id': '${mira.practitioner_id}', 'clinic_id': '${clinic.clinic_id}', 'hours': [{'weekday': 1, 'opens': '00:00', 'closes': '24:00'}]") DONE \
	CALL("Directory.RegisterAthlete", "'athlete': {'given_name': 'Ana', 'family_name': 'B', 'birth_date': '1994-05-11', 'zone': 'UTC', 'home_clinic_id': '${clinic.clinic_id}'}") KEEP("ana") \
	CALL("Directory.RecordConsent", "'athlete_id': '${ana.athlete_id}', 'purpose': 'treatment', 'granted': true, 'text_version': 'v1'") DONE \
	BOOK("2026-03-02T11:00:00Z") KEEP("gone") \
	CALL("Scheduling.CancelAppointment", "'appointment_id': '${gone.appointment_id}', 'reason': 'x'") DONE \
	BOOK("2026-03-02T09:00:00Z") KEEP("visit")

/* What neither ill nor diabetes is. */
#define OTHERS_NO "{'item': 'sleep_deprived', 'answer': 'no'}, {'item': 'dehydrated', 'answer': 'no'}, {'item': 'systemic_fatigue', 'answer': 'no'}, {'item': 'bruises_easily', 'answer': 'no'}, {'item': 'tolerates_poorly', 'answer': 'no'}, {'item': 'bleeding_tendency', 'answer': 'no'}, {'item': 'anticoagulants', 'answer': 'no'}, {'item': 'immune_compromise', 'answer': 'no'}, {'item': 'vascular_disease', 'answer': 'no'}, {'item': 'pregnancy', 'answer': 'no'}, {'item': 'minor', 'answer': 'no'}, {'item': 'frail', 'answer': 'no'}, {'item': 'epilepsy', 'answer': 'no'}, {'item': 'psychological_status', 'answer': 'no'}, {'item': 'metal_allergy', 'answer': 'no'}, {'item': 'alcohol_allergy', 'answer': 'no'}, {'item': 'implants', 'answer': 'no'}, {'item': 'medication', 'answer': 'no'}, {'item': 'acute_swelling', 'answer': 'no'}, {'item': 'strength_loss', 'answer': 'no'}, {'item': 'joint_instability', 'answer': 'no'}, {'item': 'sharp_changing_pain', 'answer': 'no'}, {'item': 'pain_undiagnosed', 'answer': 'no'}, {'item': 'needle_phobia', 'answer': 'no'}, {'item': 'unwilling', 'answer': 'no'}, {'item': 'cannot_consent', 'answer': 'no'}, {'item': 'emergency', 'answer': 'no'}, {'item': 'lymphoedema', 'answer': 'no'}"
#define NOTE "{'tissue_to_calm': 'Gastrocnemius', 'why_overloaded': 'Long runs', 'findings': [{'key': 'f1', 'movement': 'knee-to-wall'}], 'sites': [{'muscle': 'gastrocnemius', 'side': 'left', 'approach': 'deep', 'gauge_um': 300, 'length_mm': 40, 'depth_mm': 20, 'insertions': 8, 'pain_during': {'value': 3}, 'needles_in': 2, 'needles_out': 2, 'finding_keys': ['f1']}]}"
/* clang-format on */

static void tells(const char *steps)
{
	char *text = strdup(steps);
	for (char *at = text; (at = strchr(at, '\'')); at++)
		*at = '"';
	house_tells(house, text);
	free(text);
}

static FIBER int make_link(struct session *session, void *argument)
{
	struct session_call call = {.who = "l.lead"};
	struct json_object *reply = NULL;
	struct method method;
	if (!status_is_ok(method_find(session->arena, "Notes.CreateScreeningLink", &method)) ||
	    !status_is_ok(session_call_json(session, &method, &call, argument, &reply)))
		return 1;
	snprintf(token, sizeof(token), "%s",
		 json_object_get_string(json_object_object_get(reply, "token")));
	json_object_put(reply);
	return 0;
}

/* What the athlete sends from home, through the edge that serves the link. */
static void answers(const char *who, const char *given, const char *judged)
{
	size_t bytes = strlen(given) + strlen(judged) + 512;
	char *steps = malloc(bytes);
	snprintf(steps, bytes,
		 "{'call': 'Notes.AnswerScreening', 'as': '%s', 'with': {'token': '%s', "
		 "'language': 'de-AT', 'answers': [%s]}, %s}\n",
		 who, token, given, judged);
	tells(steps);
	free(steps);
}

static void expect_stored(const char *expected)
{
	char *stored = house_query(
		house,
		"SELECT concat_ws(' | ', outcome, array_to_string(items, ' '), "
		"cardinality(open_items), language, recorded_by) FROM notes.screening WHERE "
		"organisation_id = '" ORGANISATION "' ORDER BY recorded_at DESC, screening_id "
		"DESC LIMIT 1");
	assert_string_equal(stored, expected);
	free(stored);
}

static void test_the_questions(void **state)
{
	(void)state;
	tells(OPENING CALL_AS("reminders", "Notes.GetQuestionnaire", "'language': 'de-AT'") EXPECT(
		"'language': 'de', 'questions': [{'item': 'ill', 'text': 'Sind Sie heute krank, "
		"zum Beispiel mit Fieber, einem Infekt oder Magenbeschwerden?'}]")
		      CALL("Notes.GetQuestionnaire", "'language': 'fr'") FAILS("INVALID_ARGUMENT"));
}

static void test_a_link_is_of_one_visit(void **state)
{
	(void)state;
	char *visit =
		house_query(house, "SELECT appointment_id FROM scheduling.appointment WHERE "
				   "organisation_id = '" ORGANISATION "' AND state = 'booked'");
	char *gone =
		house_query(house, "SELECT appointment_id FROM scheduling.appointment WHERE "
				   "organisation_id = '" ORGANISATION "' AND state = 'cancelled'");
	char steps[2048];
	snprintf(steps, sizeof(steps),
		 CALL("Notes.CreateScreeningLink", "'appointment_id': '%s'")
			 EXPECT("'ends_at': '2026-03-02T11:45:00Z', 'url': null") CALL(
				 "Notes.CreateScreeningLink",
				 "'appointment_id': '%s'") FAILS("FAILED_PRECONDITION")
				 CALL("Notes.CreateScreeningLink",
				      "'appointment_id': '" ORGANISATION "'") FAILS("NOT_FOUND")
					 CALL_AS("l.other", "Notes.CreateScreeningLink",
						 "'appointment_id': '%s'") FAILS("NOT_FOUND"),
		 visit, gone, visit);
	tells(steps);
	char request[128];
	snprintf(request, sizeof(request), "{\"appointment_id\": \"%s\"}", visit);
	house_runs(house, make_link, request);
	assert_int_equal(strlen(token), 96);
	free(visit);
	free(gone);
}

/* An answer that is missing is not a no: nobody is cleared, and no needle goes in. */
static void test_open_questions_clear_nobody(void **state)
{
	(void)state;
	answers("reminders",
		"{'item': 'ill', 'answer': 'no'}, {'item': 'diabetes', 'answer': 'yes'}",
		"'expect': {'outcome': 'incomplete', 'reasons': [{'item': 'diabetes'}], "
		"'open_items': ['sleep_deprived']}");
	expect_stored("incomplete | diabetes | 28 | de | link");
	tells("{'at': '2026-03-02T08:00:00Z'}\n" CALL("Directory.ListClinics", "") KEEP("c") CALL(
		"Directory.ListAthletes", "") KEEP("a")
		      CALL("Scheduling.ListAppointments",
			   "'practitioner_id': '${c.clinics[0].practitioners[0].practitioner_id}', "
			   "'from_at': '2026-03-02T08:00:00Z', 'until_at': "
			   "'2026-03-02T10:00:00Z'") KEEP("v")
			      CALL_AS("l.mira", "Notes.OpenEncounter",
				      "'appointment_id': '${v.appointments[0].appointment_id}', "
				      "'athlete_id': '${a.athletes[0].athlete_id}', "
				      "'practitioner_id': "
				      "'${c.clinics[0].practitioners[0].practitioner_id}', "
				      "'clinic_id': '${c.clinics[0].clinic_id}'")
				      EXPECT("'screening_outcome': 'incomplete', "
					     "'screening_reasons': [{'item': 'diabetes'}], "
					     "'screening_open_items': ['sleep_deprived']"));
	char *encounter = house_query(
		house, "SELECT encounter_id FROM notes.encounter WHERE organisation_id = "
		       "'" ORGANISATION "'");
	char request[2048];
	snprintf(request, sizeof(request), "{'encounter_id': '%s', 'note': " NOTE "}", encounter);
	house_refuses(house, "l.mira", "Notes.SignNote", request, "screening ");
	free(encounter);
}

/* The newest answers count; what staff found stays, and is not told to who has the link. */
static void test_it_can_be_answered_again(void **state)
{
	(void)state;
	answers("reminders",
		OTHERS_NO ", {'item': 'ill', 'answer': 'no'}, {'item': 'diabetes', 'answer': 'no'}",
		"'expect': {'outcome': 'clear', 'reasons': null, 'open_items': null}");
	expect_stored("clear |  | 0 | de | link");
	char *visit =
		house_query(house, "SELECT appointment_id FROM scheduling.appointment WHERE "
				   "organisation_id = '" ORGANISATION "' AND state = 'booked'");
	char *ana = house_query(house, "SELECT athlete_id FROM directory.athlete WHERE "
				       "organisation_id = '" ORGANISATION "'");
	char steps[1024];
	snprintf(steps, sizeof(steps),
		 CALL_AS("l.mira", "Notes.RecordScreening",
			 "'athlete_id': '%s', 'appointment_id': '%s', 'items': ['pregnancy']")
			 EXPECT("'outcome': 'proceed_with_care'"),
		 ana, visit);
	tells(steps);
	free(ana);
	free(visit);
	answers("l.lead",
		OTHERS_NO
		", {'item': 'ill', 'answer': 'yes'}, {'item': 'diabetes', 'answer': 'no'}",
		"'expect': {'outcome': 'defer', 'reasons': [{'item': 'ill'}]}");
	expect_stored("defer | ill pregnancy | 0 | de | link");
	/* Staff asked for everything, so that nothing is open any more. */
	answers("reminders", "{'item': 'ill', 'answer': 'no'}",
		"'expect': {'outcome': 'incomplete'}");
	expect_stored("proceed_with_care | pregnancy | 0 | de | link");
}

static void test_answers_have_a_form(void **state)
{
	(void)state;
	char request[1024];
	snprintf(request, sizeof(request),
		 "{'token': '%s', 'language': 'xx', 'answers': [{'item': 'ill', 'answer': 'no'}, "
		 "{'item': 'ill', 'answer': 'yes'}, {'item': 'moon', 'answer': 'no'}, {'item': "
		 "'frail'}]}",
		 token);
	house_refuses(house, "l.lead", "Notes.AnswerScreening", request,
		      "language answers[1].item answers[2].item answers[3].answer ");
}

struct guess {
	const char *token;
	char said[256];
};

static FIBER int try_token(struct session *session, void *argument)
{
	struct guess *guess = argument;
	struct session_call call = {.who = "reminders"};
	struct json_object *reply = NULL;
	struct method method;
	if (!status_is_ok(method_find(session->arena, "Notes.AnswerScreening", &method)))
		return 1;
	char *guessed = arena_strdup(session->arena, guess->token);
	for (size_t at = 0; guessed[at]; at++) {
		char was = guessed[at];
		guessed[at] = was == 'A' ? 'B' : 'A';
		const char *request = arena_printf(
			session->arena, "{\"token\": \"%s\", \"language\": \"en\"}", guessed);
		struct status status = session_call_json(session, &method, &call, request, &reply);
		json_object_put(reply);
		reply = NULL;
		guessed[at] = was;
		if (status.code != STATUS_NOT_FOUND)
			return 1;
		snprintf(guess->said, sizeof(guess->said), "%s", status.message);
	}
	return 0;
}

/* Every letter changed, another organisation's key, and the link after its end: the same words. */
static void test_what_is_no_link_tells_nothing(void **state)
{
	(void)state;
	struct guess guess = {.token = token};
	house_runs(house, try_token, &guess);
	answers("l.other", "", "'fails': 'NOT_FOUND'");
	tells("{'at': '2026-03-02T11:44:00Z'}\n");
	answers("reminders", "", "'expect': {'outcome': 'incomplete'}");
	tells("{'at': '2026-03-02T11:46:00Z'}\n");
	answers("reminders", "", "'fails': 'NOT_FOUND'");
	assert_string_equal(guess.said,
			    "this link is not valid, or has ended: ask the clinic for a new one");
	char *visit =
		house_query(house, "SELECT appointment_id FROM scheduling.appointment WHERE "
				   "organisation_id = '" ORGANISATION "' AND state = 'booked'");
	char steps[256];
	snprintf(steps, sizeof(steps),
		 CALL("Notes.CreateScreeningLink", "'appointment_id': '%s'")
			 FAILS("FAILED_PRECONDITION"),
		 visit);
	tells(steps);
	free(visit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_questions),
		cmocka_unit_test(test_a_link_is_of_one_visit),
		cmocka_unit_test(test_open_questions_clear_nobody),
		cmocka_unit_test(test_it_can_be_answered_again),
		cmocka_unit_test(test_answers_have_a_form),
		cmocka_unit_test(test_what_is_no_link_tells_nothing),
	};
	return cmocka_run_group_tests_name("screening link", tests, open_house, close_house);
}
