/* What a clinic's jurisdiction asks of a note: the pack in force at the visit is checked when it is
 * signed, with everything else, and kept with it. '#' is the test's number, ' stands for ". */
#include "house.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ORGANISATION "0195531a-0000-7000-8000-0000000000e#"

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
#define CALL(RPC, WITH) "{'call': '" RPC "', 'as': 'lead#', 'with': {" WITH "}, "
#define KEEP(NAME) "'keep': '" NAME "'}\n"
#define DONE "'expect': {}}\n"
#define CONSENT(COPY) CALL("Directory.RecordConsent", "'athlete_id': '${ana.athlete_id}', 'purpose': 'treatment', 'granted': true, 'text_version': '2026-01', 'copy_given': " COPY) DONE

/* Mira learned for 40 hours; Ana is screened and her record open as ${e.encounter_id}. */
static const char opening[] =
	"{'at': '2026-03-02T06:00:00Z'}\n"
	"{'call': 'Directory.CreateOrganisation', 'with': {'organisation_id': '" ORGANISATION "', 'name': 'Packs'}}\n"
	"{'key': 'lead#', 'roles': 'clinic_lead,front_desk', 'organisation': '" ORGANISATION "'}\n"
	CALL("Directory.CreateClinic", "'name': 'One', 'zone': 'America/New_York', 'jurisdiction': '@'") KEEP("clinic")
	CALL("Directory.CreateRoom", "'clinic_id': '${clinic.clinic_id}', 'name': 'R'") DONE
	CALL("Directory.CreatePractitioner", "'given_name': 'Mira', 'family_name': 'N', 'clinic_ids': ['${clinic.clinic_id}'], 'needling_training_hours': 40, 'needling_training_place': 'Richmond', 'needling_training_on': '2024-06-01'") KEEP("mira")
	"{'key': 'mira#', 'roles': 'practitioner', 'organisation': '" ORGANISATION "', 'subject': '${mira.practitioner_id}'}\n"
	CALL("Scheduling.PutService", "'name': 'Visit', 'duration_minutes': 45") KEEP("service")
	CALL("Scheduling.SetWorkingHours", "'practitioner_id': '${mira.practitioner_id}', 'clinic_id': '${clinic.clinic_id}', 'hours': [{'weekday': 1, 'opens': '00:00', 'closes': '24:00'}]") DONE
	CALL("Directory.RegisterAthlete", "'athlete': {'given_name': 'Ana', 'family_name': 'B', 'birth_date': '1994-05-11', 'zone': 'UTC', 'home_clinic_id': '${clinic.clinic_id}'}") KEEP("ana")
	CONSENT("true")
	CALL("Scheduling.Book", "'athlete_id': '${ana.athlete_id}', 'service_id': '${service.service_id}', 'clinic_id': '${clinic.clinic_id}', 'practitioner_id': '${mira.practitioner_id}', 'starts_at': '2026-03-02T15:00:00Z'") KEEP("visit")
	CALL("Notes.RecordScreening", "'athlete_id': '${ana.athlete_id}', 'appointment_id': '${visit.appointment_id}'") DONE
	CALL("Notes.OpenEncounter", "'appointment_id': '${visit.appointment_id}', 'athlete_id': '${ana.athlete_id}', 'practitioner_id': '${mira.practitioner_id}', 'clinic_id': '${clinic.clinic_id}'") KEEP("e");

#define TRAINED(HOURS) CALL("Directory.UpdatePractitioner", "'practitioner_id': '${mira.practitioner_id}', 'given_name': 'Mira', 'family_name': 'N', 'clinic_ids': ['${clinic.clinic_id}'], 'needling_training_hours': " HOURS) DONE
#define NOTE(MORE) "{'tissue_to_calm': 'Gastrocnemius', 'why_overloaded': 'Long runs', 'findings': [{'key': 'f1', 'movement': 'knee-to-wall'}], 'sites': [{'muscle': 'gastrocnemius', 'side': 'left', 'approach': 'deep', 'gauge_um': 300, 'length_mm': 40, 'depth_mm': 20, 'insertions': 8, 'pain_during': {'value': 3}, 'needles_in': 2, 'needles_out': 2, 'finding_keys': ['f1']}]" MORE "}"
#define SIGN(MORE) "{'call': 'Notes.SignNote', 'as': 'mira#', 'with': {'encounter_id': '${e.encounter_id}', 'note': " NOTE(MORE) "}, 'keep': 'n'}\n"
#define PACK(FIELDS) "{'call': 'Notes.GetNote', 'as': 'mira#', 'with': {'note_id': '${n.note_id}'}, 'expect': {'pack': {" FIELDS "}}}\n"
/* clang-format on */

/* Plays the opening at a clinic of `jurisdiction`, and `then`. */
static void tells(char number, const char *jurisdiction, const char *then)
{
	size_t bytes = sizeof(opening) + strlen(jurisdiction) + strlen(then) + 1;
	char *story = malloc(bytes), *place = strchr(opening, '@');
	snprintf(story, bytes, "%.*s%s%s%s", (int)(place - opening), opening, jurisdiction,
		 place + 1, then);
	for (char *at = story; *at; at++)
		*at = *at == '#' ? number : *at == '\'' ? '"' : *at;
	house_tells(house, story);
	free(story);
}

/* The note of the organisation's one encounter is refused for `paths`. */
static void refuses(char number, const char *note, const char *paths)
{
	char sql[256], who[16], request[2048];
	snprintf(sql, sizeof(sql),
		 "SELECT encounter_id FROM notes.encounter WHERE organisation_id = "
		 "'0195531a-0000-7000-8000-0000000000e%c'",
		 number);
	char *encounter = house_query(house, sql);
	snprintf(who, sizeof(who), "mira%c", number);
	snprintf(request, sizeof(request), "{'encounter_id': '%s', 'note': %s}", encounter, note);
	free(encounter);
	house_refuses(house, who, "Notes.SignNote", request, paths);
}

static void test_virginia(void **state)
{
	(void)state;
	tells('1', "US-VA", "");
	/* With all other faults at once. */
	refuses('1', NOTE(", 'drivers': ['moon']"),
		"note.drivers[0] practitioner.needling_training_hours note.referral note.tolerance "
		"note.outcome ");
	char *steps = strdup("{'call': 'Directory.ListClinics', 'as': 'lead1', 'with': {}, 'keep': "
			     "'c', 'expect': {'clinics': [{'practitioners': "
			     "[{'needling_training_hours': 40, 'needling_training_place': "
			     "'Richmond', 'needling_training_on': '2024-06-01'}]}]}}\n");
	for (char *at = steps; *at; at++)
		*at = *at == '\'' ? '"' : *at;
	house_tells(house, steps);
	free(steps);
	tells('2', "US-VA",
	      TRAINED("54")
		      SIGN(", 'referral': 'Dr. Hale, 20 February', 'tolerance': 'well', 'outcome': "
			   "'squats deeper'")
			      PACK("'code': 'US-VA', 'version': 1, 'jurisdiction': 'US-VA', "
				   "'stands_in': null"));
	/* A measure right after is an outcome. */
	tells('3', "US-VA",
	      TRAINED("54") SIGN(", 'referral': 'Dr. Hale', 'tolerance': 'well', 'measures': "
				 "[{'instrument': 'nprs', 'area': 'calf', 'side': 'left', 'value': "
				 "{'value': 2}, 'moment': 'after'}]"));
}

static void test_colorado(void **state)
{
	(void)state;
	tells('4', "US-CO", "");
	refuses('4', NOTE(""), "practitioner.needling_training_hours ");
	tells('5', "US-CO", TRAINED("46") SIGN("") PACK("'code': 'US-CO', 'version': 1"));
}

static void test_no_pack_is_the_neutral_default(void **state)
{
	(void)state;
	tells('6', "", SIGN("") PACK("'code': 'default', 'version': 1, 'stands_in': null"));
	/* The note says that it stood in. */
	tells('7', "AT",
	      SIGN("") PACK("'code': 'default', 'version': 1, 'jurisdiction': 'AT', 'stands_in': "
			    "true"));
}

/* clang-format off */
#define READ(WITH) CALL("Notes.GetRulePack", "'clinic_id': '${clinic.clinic_id}'" WITH)
static const char reading[] =
	READ("") "'expect': {'pack': {'code': 'US-VA', 'version': 1}, 'rules': [{'rule': 'needling_prohibited', 'value': null}, {'rule': 'training_hours', 'value': 54, 'sure': 'H', 'unverified': null}, {'rule': 'written_consent', 'sure': 'M'}, {'rule': 'consent_copy', 'value': 1, 'sure': 'L', 'unverified': true}], 'effective_unverified': true}}\n"
	/* Before it there was none. */
	READ(", 'date': '2019-12-31'") "'expect': {'pack': {'code': 'default', 'stands_in': true}, 'effective_on': '1970-01-01'}}\n"
	READ(", 'date': '2026-02-30'") "'fails': 'INVALID_ARGUMENT'}\n"
	CALL("Notes.GetRulePack", "'clinic_id': '${ana.athlete_id}'") "'fails': 'NOT_FOUND'}\n";
/* clang-format on */

static void test_a_pack_can_be_read(void **state)
{
	(void)state;
	tells('8', "US-VA", reading);
}

static void test_training_has_a_form(void **state)
{
	(void)state;
	house_refuses(house, "lead1", "Directory.CreatePractitioner",
		      "{'given_name': 'A', 'family_name': 'B', 'needling_training_hours': -1, "
		      "'needling_training_on': '2030-01-01'}",
		      "needling_training_hours needling_training_on ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_virginia),
		cmocka_unit_test(test_colorado),
		cmocka_unit_test(test_no_pack_is_the_neutral_default),
		cmocka_unit_test(test_a_pack_can_be_read),
		cmocka_unit_test(test_training_has_a_form),
	};
	return cmocka_run_group_tests_name("packs", tests, open_house, close_house);
}
