/* A visit's record, as a clinic keeps it: screened (K1-K5), opened once, signed once with all that
 * a note must say, read by who may, and never changed. */
#include "house.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ORGANISATION "0195531a-0000-7000-8000-0000000000d1"
#define OTHER        "0195531a-0000-7000-8000-0000000000d2"

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

/* One clinic that is always open, a practitioner, an athlete without and one with consent. */
static void test_a_clinic_opens(void **state)
{
	tells(*state,
	      "{'at': '2026-03-02T06:00:00Z'}\n"
	      "{'call': 'Directory.CreateOrganisation', 'with': {'organisation_id': '" ORGANISATION
	      "', 'name': 'Notes'}}\n"
	      "{'key': 'n.lead', 'roles': 'clinic_lead,front_desk', 'organisation': '" ORGANISATION
	      "'}\n"
	      "{'key': 'n.other', 'roles': 'clinic_lead,practitioner', 'organisation': '" OTHER
	      "'}\n"
	      "{'call': 'Directory.CreateClinic', 'as': 'n.lead', 'with': {'name': 'One', 'zone': "
	      "'UTC'}, 'keep': 'clinic'}\n"
	      "{'call': 'Directory.CreateRoom', 'as': 'n.lead', 'with': {'name': 'R', 'clinic_id': "
	      "'${clinic.clinic_id}'}}\n"
	      "{'call': 'Directory.CreatePractitioner', 'as': 'n.lead', 'with': {'given_name': "
	      "'Mira', 'family_name': 'Novak', 'clinic_ids': ['${clinic.clinic_id}']}, 'keep': "
	      "'mira'}\n"
	      "{'key': 'n.mira', 'roles': 'practitioner', 'organisation': '" ORGANISATION
	      "', 'subject': '${mira.practitioner_id}'}\n"
	      "{'key': 'n.stranger', 'roles': 'practitioner', 'organisation': '" ORGANISATION "'}\n"
	      "{'call': 'Scheduling.PutService', 'as': 'n.lead', 'with': {'name': 'Visit', "
	      "'duration_minutes': 30}}\n"
	      "{'call': 'Scheduling.SetWorkingHours', 'as': 'n.lead', 'with': {'practitioner_id': "
	      "'${mira.practitioner_id}', 'clinic_id': '${clinic.clinic_id}', 'hours': ["
	      "{'weekday': 1, 'opens': '00:00', 'closes': '24:00'}, "
	      "{'weekday': 2, 'opens': '00:00', 'closes': '24:00'}]}}\n"
	      "{'call': 'Directory.RegisterAthlete', 'as': 'n.lead', 'with': {'athlete': "
	      "{'given_name': 'Ana', 'family_name': 'Berger', 'birth_date': '1994-05-11', 'zone': "
	      "'UTC', 'home_clinic_id': '${clinic.clinic_id}'}}, 'keep': 'ana'}\n"
	      "{'call': 'Directory.RegisterAthlete', 'as': 'n.lead', 'with': {'athlete': "
	      "{'given_name': 'Ben', 'family_name': 'Cole', 'birth_date': '1990-05-11', 'zone': "
	      "'UTC', 'home_clinic_id': '${clinic.clinic_id}'}}, 'keep': 'ben'}\n"
	      "{'key': 'n.ana', 'roles': 'athlete', 'organisation': '" ORGANISATION
	      "', 'subject': '${ana.athlete_id}'}\n"
	      "{'key': 'n.ben', 'roles': 'athlete', 'organisation': '" ORGANISATION
	      "', 'subject': '${ben.athlete_id}'}\n"
	      "{'call': 'Directory.RecordConsent', 'as': 'n.lead', 'with': {'athlete_id': "
	      "'${ben.athlete_id}', 'purpose': 'treatment', 'granted': true, 'text_version': "
	      "'v1'}}\n"
	      "{'call': 'Directory.RecordConsent', 'as': 'n.lead', 'with': {'athlete_id': "
	      "'${ben.athlete_id}', 'purpose': 'treatment', 'granted': false, 'text_version': "
	      "'v1'}}\n"
	      "{'call': 'Directory.RecordConsent', 'as': 'n.lead', 'with': {'athlete_id': "
	      "'${ana.athlete_id}', 'purpose': 'treatment', 'granted': true, 'text_version': "
	      "'v1'}}\n");
}

/* What house_query finds, in the text's place ($1, $2); ends with free(). */
static char *written(const struct house *house, const char *format, const char *first_sql,
		     const char *second_sql)
{
	char *first = house_query(house, first_sql);
	char *second = house_query(house, second_sql);
	/* An id is 18 times as long as its place. */
	char *text = malloc(strlen(format) * 18 + 1), *end = text;
	for (const char *at = format; *at; at++) {
		const char *value = at[0] != '$'   ? NULL
				    : at[1] == '1' ? first
				    : at[1] == '2' ? second
						   : NULL;
		if (value) {
			end = stpcpy(end, value);
			at++;
		} else {
			*end++ = *at;
		}
	}
	*end = '\0';
	free(first);
	free(second);
	return text;
}

static void tells_of(struct house *house, const char *steps, const char *first_sql,
		     const char *second_sql)
{
	char *text = written(house, steps, first_sql, second_sql);
	tells(house, text);
	free(text);
}

#define ANA                                                                      \
	"SELECT athlete_id FROM directory.athlete WHERE given_name = 'Ana' AND " \
	"organisation_id = '" ORGANISATION "'"
#define BEN                                                                      \
	"SELECT athlete_id FROM directory.athlete WHERE given_name = 'Ben' AND " \
	"organisation_id = '" ORGANISATION "'"
#define MIRA                                                                          \
	"SELECT practitioner_id FROM directory.practitioner WHERE organisation_id = " \
	"'" ORGANISATION "'"
#define CLINIC "SELECT clinic_id FROM directory.clinic WHERE organisation_id = '" ORGANISATION "'"
#define SERVICE \
	"SELECT service_id FROM scheduling.service WHERE organisation_id = '" ORGANISATION "'"

/* ---- Booking and screening ---- */

static char *booking_of(struct house *house, const char *athlete_sql, const char *starts_at)
{
	char *service = house_query(house, SERVICE);
	char *clinic = house_query(house, CLINIC);
	char format[1024];
	snprintf(format, sizeof(format),
		 "{'call': 'Scheduling.Book', 'as': 'n.lead', 'with': {'athlete_id': '$1', "
		 "'service_id': '%s', 'clinic_id': '%s', 'practitioner_id': '$2', 'starts_at': "
		 "'%s'}, 'keep': 'visit'}\n",
		 service, clinic, starts_at);
	tells_of(house, format, athlete_sql, MIRA);
	free(service);
	free(clinic);
	char sql[512];
	snprintf(sql, sizeof(sql),
		 "SELECT appointment_id FROM scheduling.appointment WHERE organisation_id = "
		 "'" ORGANISATION "' AND starts_at = '%s'",
		 starts_at);
	return strdup(sql);
}

static void test_screening_says_why(void **state)
{
	char *visit = booking_of(*state, ANA, "2026-03-02T09:00:00Z");
	tells_of(
		*state,
		"{'call': 'Notes.RecordScreening', 'as': 'n.mira', 'with': {'athlete_id': '$1', "
		"'appointment_id': '$2', 'items': ['no_such', 'ill', 'ill', 'nor_this']}, "
		"'fails': 'INVALID_ARGUMENT'}\n"
		/* The strictest outcome wins, its reason comes first. */
		"{'call': 'Notes.RecordScreening', 'as': 'n.ana', 'with': {'athlete_id': '$1', "
		"'appointment_id': '$2', 'items': ['diabetes', 'ill']}, 'expect': {'outcome': "
		"'defer', 'reasons': [{'rule': 'K1', 'item': 'ill'}, {'rule': 'K2', 'item': "
		"'diabetes'}]}}\n"
		"{'call': 'Notes.RecordScreening', 'as': 'n.mira', 'with': {'athlete_id': '$1', "
		"'appointment_id': '$2', 'items': ['diabetes']}, 'expect': {'outcome': "
		"'proceed_with_care'}}\n"
		/* What staff found is not lifted from home; what is new is added; staff lift it. */
		"{'call': 'Notes.RecordScreening', 'as': 'n.ana', 'with': {'athlete_id': '$1', "
		"'appointment_id': '$2', 'items': ['ill']}, 'expect': {'outcome': 'defer', "
		"'reasons': [{'item': 'ill'}, {'item': 'diabetes'}]}}\n"
		"{'call': 'Notes.RecordScreening', 'as': 'n.ana', 'with': {'athlete_id': '$1', "
		"'appointment_id': '$2'}, 'expect': {'outcome': 'proceed_with_care', 'reasons': "
		"[{'item': 'diabetes'}]}}\n"
		"{'call': 'Notes.RecordScreening', 'as': 'n.mira', 'with': {'athlete_id': '$1', "
		"'appointment_id': '$2'}, 'expect': {'outcome': 'clear'}}\n"
		/* Another's visit, and what is not there, in the same words. */
		"{'call': 'Notes.RecordScreening', 'as': 'n.ben', 'with': {'athlete_id': '$1', "
		"'appointment_id': '$2'}, 'fails': 'NOT_FOUND'}\n"
		"{'call': 'Notes.RecordScreening', 'as': 'n.other', 'with': {'athlete_id': '$1', "
		"'appointment_id': '$2'}, 'fails': 'NOT_FOUND'}\n"
		"{'call': 'Notes.RecordScreening', 'as': 'n.mira', 'with': {'athlete_id': '$1', "
		"'appointment_id': '$1'}, 'fails': 'NOT_FOUND'}\n",
		ANA, visit);
	free(visit);
}

/* ---- The encounter ---- */

static void test_a_visit_has_one_record(void **state)
{
	char *clinic = house_query(*state, CLINIC);
	char *mira = house_query(*state, MIRA);
	char format[2048];
	char *visit = booking_of(*state, ANA, "2026-03-02T10:00:00Z");
	snprintf(format, sizeof(format),
		 "{'call': 'Notes.OpenEncounter', 'as': 'n.mira', 'with': {'appointment_id': '$2', "
		 "'athlete_id': '$1', 'practitioner_id': '%s', 'clinic_id': '%s'}, 'keep': 'e', "
		 "'expect': {'treatment_consent': true, 'screening_outcome': null}}\n"
		 "{'call': 'Notes.RecordScreening', 'as': 'n.mira', 'with': {'athlete_id': '$1', "
		 "'appointment_id': '$2', 'items': ['anticoagulants']}}\n"
		 /* By another key: the same record, with what is known by now. */
		 "{'call': 'Notes.OpenEncounter', 'as': 'n.lead', 'with': {'appointment_id': '$2', "
		 "'athlete_id': '$1', 'practitioner_id': '%s', 'clinic_id': '%s'}, 'expect': "
		 "{'encounter_id': '${e.encounter_id}', 'screening_outcome': 'proceed_with_care', "
		 "'screening_reasons': [{'item': 'anticoagulants'}]}}\n"
		 "{'call': 'Notes.OpenEncounter', 'as': 'n.other', 'with': {'appointment_id': "
		 "'$2', 'athlete_id': '$1', 'practitioner_id': '%s', 'clinic_id': '%s'}, 'fails': "
		 "'NOT_FOUND'}\n",
		 mira, clinic, mira, clinic, mira, clinic);
	tells_of(*state, format, ANA, visit);
	free(visit);
	free(clinic);
	free(mira);
}

/* ---- Signing ---- */

#define SITE                                                                                \
	"{'muscle': 'gastrocnemius', 'side': 'left', 'approach': 'deep', 'gauge_um': 300, " \
	"'length_mm': 40, 'depth_mm': 20, 'insertions': 8, 'pain_during': {'value': 3}, "   \
	"'needles_in': 2, 'needles_out': 2, 'finding_keys': ['f1']}"
#define NOTE_OF(sites)                                                                         \
	"{'complaint': 'Left calf tight', 'tissue_to_calm': 'Gastrocnemius', "                 \
	"'why_overloaded': 'Long runs', 'drivers': ['load'], 'findings': [{'key': 'f1', "      \
	"'movement': 'knee-to-wall', 'side': 'left', 'instrument': 'knee_to_wall', 'value': "  \
	"{'value': 7.5}}], 'sites': [" sites "], 'measures': [{'instrument': 'nprs', 'area': " \
	"'calf', 'side': 'left', 'value': {'value': 5}, 'moment': 'before'}], 'care_reason': " \
	"'Light technique'}"

/* A visit of the athlete at `starts_at`, opened as ${e.encounter_id}, then `steps`. */
static void at_a_visit(struct house *house, const char *athlete_sql, const char *starts_at,
		       const char *items, const char *steps)
{
	char *clinic = house_query(house, CLINIC);
	char *mira = house_query(house, MIRA);
	char *visit = booking_of(house, athlete_sql, starts_at);
	size_t bytes = strlen(steps) + 2048;
	char *format = malloc(bytes);
	snprintf(format, bytes,
		 "{'call': 'Notes.RecordScreening', 'as': 'n.mira', 'with': {'athlete_id': '$1', "
		 "'appointment_id': '$2', 'items': [%s]}}\n"
		 "{'call': 'Notes.OpenEncounter', 'as': 'n.mira', 'with': {'appointment_id': '$2', "
		 "'athlete_id': '$1', 'practitioner_id': '%s', 'clinic_id': '%s'}, 'keep': "
		 "'e'}\n%s",
		 items, mira, clinic, steps);
	tells_of(house, format, athlete_sql, visit);
	free(format);
	free(visit);
	free(clinic);
	free(mira);
}

static void test_a_note_is_signed_once(void **state)
{
	at_a_visit(
		*state, ANA, "2026-03-02T11:00:00Z", "",
		"{'call': 'Notes.SignNote', 'as': 'n.stranger', 'with': {'encounter_id': "
		"'${e.encounter_id}', 'note': " NOTE_OF(
			SITE) "}, 'fails': 'PERMISSION_DENIED'}\n"
			      "{'call': 'Notes.SignNote', 'as': 'n.mira', 'with': {'encounter_id': "
			      "'${e.encounter_id}', 'note': " NOTE_OF(
				      SITE) "}, 'keep': 'n', 'expect': "
					    "{'procedure_code': '20560', 'thorax': null, 'areas': "
					    "[{'area': 'calf', 'side': "
					    "'left'}], 'plan': [{'kind': 'light_mobility'}, "
					    "{'kind': "
					    "'positional_breathing'}, {'kind': 'activation'}, "
					    "{'kind': "
					    "'return_to_loading'}]}}\n"
					    "{'call': 'Notes.SignNote', 'as': 'n.mira', 'with': "
					    "{'encounter_id': "
					    "'${e.encounter_id}', 'note': " NOTE_OF(
						    SITE) "}, 'fails': "
							  "'FAILED_PRECONDITION'}\n"
							  "{'call': 'Notes.GetNote', 'as': "
							  "'n.ana', 'with': {'note_id': "
							  "'${n.note_id}'}, "
							  "'expect': {'content_hash': "
							  "'${n.content_hash}', 'signed_by': "
							  "'n.mira', 'note': "
							  "{'sites': [{'muscle': 'gastrocnemius', "
							  "'needles_out': 2}], 'plan': [{'kind': "
							  "'light_mobility'}]}}}\n"
							  "{'call': 'Notes.GetNote', 'as': "
							  "'n.ben', 'with': {'note_id': "
							  "'${n.note_id}'}, "
							  "'fails': 'NOT_FOUND'}\n"
							  "{'call': 'Notes.GetNote', 'as': "
							  "'n.other', 'with': {'note_id': "
							  "'${n.note_id}'}, "
							  "'fails': 'NOT_FOUND'}\n"
							  "{'call': 'Notes.ListNotes', 'as': "
							  "'n.mira', 'with': {'athlete_id': '$1'}, "
							  "'expect': {'notes': [{'note_id': "
							  "'${n.note_id}', 'areas': [{'area': "
							  "'calf', "
							  "'side': 'left'}]}]}}\n"
							  "{'call': 'Notes.ListNotes', 'as': "
							  "'n.ben', 'with': {'athlete_id': '$1'}, "
							  "'fails': "
							  "'NOT_FOUND'}\n"
							  "{'call': 'Notes.ListNotes', 'as': "
							  "'n.other', 'with': {'athlete_id': "
							  "'$1'}, "
							  "'fails': 'NOT_FOUND'}\n");
}

/* Every refused signing, with the paths of all its faults. */
struct refusal {
	const char *rule;
	const char *who_sql;
	const char *starts_at;
	const char *items;
	const char *note;
	const char *paths;
};

static const struct refusal refusals[] = {
	{"all faults at once: C3, C4, R1, the measure", ANA, "2026-03-02T13:00:00Z", "",
	 "{'sites': [{'muscle': 'gastrocnemius', 'side': 'left', 'approach': 'deep', 'gauge_um': "
	 "300, 'length_mm': 40, 'depth_mm': 20, 'insertions': 8, 'pain_during': {'value': 3}, "
	 "'needles_in': 2, 'needles_out': 1, 'finding_keys': ['f9']}], 'measures': "
	 "[{'instrument': 'nprs', 'area': 'calf', 'side': 'left', 'moment': 'before'}]}",
	 "note.tissue_to_calm note.why_overloaded note.sites[0].needles_out "
	 "note.sites[0].finding_keys[0] note.measures[0].value "},
	{"K1: deferred, so no needles", ANA, "2026-03-02T14:00:00Z", "'ill'", NOTE_OF(SITE),
	 "screening "},
	{"K3: referred, so no needles", ANA, "2026-03-02T15:00:00Z", "'joint_instability'",
	 NOTE_OF(SITE), "screening "},
	{"K5: not to be treated", ANA, "2026-03-02T16:00:00Z", "'unwilling'", NOTE_OF(SITE),
	 "screening "},
	{"R5: consent was withdrawn", BEN, "2026-03-02T17:00:00Z", "", NOTE_OF(SITE), "consent "},
	{"the same measure twice", ANA, "2026-03-02T18:00:00Z", "",
	 "{'measures': [{'instrument': 'nprs', 'area': 'calf', 'side': 'left', 'value': {'value': "
	 "5}, 'moment': 'before'}, {'instrument': 'nprs', 'area': 'calf', 'side': 'left', "
	 "'value': {'value': 4}, 'moment': 'before'}]}",
	 "note.measures[1] "},
	{"plan and modalities in range", ANA, "2026-03-02T19:00:00Z", "",
	 "{'tissue_to_calm': 'x', 'why_overloaded': 'y', 'plan': [{'kind': 'rest', 'day': -1, "
	 "'text': 'x'}], 'modalities': [{'kind': 'coaching', 'minutes': 0}]}",
	 "note.plan[0].kind note.plan[0].day note.modalities[0].minutes "},
	{"a visit of another day, and C3", ANA, "2026-03-03T13:00:00Z", "",
	 "{'sites': [" SITE "], 'why_overloaded': 'y', 'findings': [{'key': 'f1', 'movement': "
	 "'knee-to-wall', 'side': 'left'}]}",
	 "note.tissue_to_calm encounter_id "},
	{"O3: 99 on a scale of 0 to 10, 75 cm for 7.5, and what nobody knows", ANA,
	 "2026-03-02T12:00:00Z", "",
	 "{'findings': [{'key': 'f1', 'movement': 'squat', 'instrument': 'knee_to_wall', 'value': "
	 "{'value': 75}}, {'key': 'f2', 'instrument': 'ruler'}], 'measures': [{'instrument': "
	 "'nprs', 'value': {'value': 99}, 'moment': 'before'}, {'instrument': 'thumb', 'value': "
	 "{'value': 1}, 'moment': 'after'}]}",
	 "note.findings[0].value note.findings[1].instrument note.measures[0].value "
	 "note.measures[1].instrument "},
};

static void test_a_note_says_what_it_must(void **state)
{
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		const struct refusal *refusal = &refusals[i];
		char sql[512], request[4096];
		printf("%s\n", refusal->rule);
		at_a_visit(*state, refusal->who_sql, refusal->starts_at, refusal->items, "");
		snprintf(sql, sizeof(sql),
			 "SELECT encounter_id FROM notes.encounter JOIN scheduling.appointment "
			 "USING (organisation_id, appointment_id) WHERE starts_at = '%s'",
			 refusal->starts_at);
		char *encounter = house_query(*state, sql);
		snprintf(request, sizeof(request), "{'encounter_id': '%s', 'note': %s}", encounter,
			 refusal->note);
		house_refuses(*state, "n.mira", "Notes.SignNote", request, refusal->paths);
		free(encounter);
	}
}

/* R5: what was done by consent is written down, also when the consent was withdrawn since; what
 * comes after the withdrawal is not. */
static void test_a_withdrawal_is_not_for_the_past(void **state)
{
	at_a_visit(*state, ANA, "2026-03-10T08:00:00Z", "",
		   "{'at': '2026-03-10T10:00:00Z'}\n"
		   "{'call': 'Directory.RecordConsent', 'as': 'n.lead', 'with': {'athlete_id': "
		   "'$1', 'purpose': 'treatment', 'granted': false, 'text_version': 'v1'}}\n"
		   "{'call': 'Notes.SignNote', 'as': 'n.mira', 'with': {'encounter_id': "
		   "'${e.encounter_id}', 'note': " NOTE_OF(SITE) "}}\n");
	at_a_visit(*state, ANA, "2026-03-10T12:00:00Z", "",
		   "{'call': 'Notes.SignNote', 'as': 'n.mira', 'with': {'encounter_id': "
		   "'${e.encounter_id}', 'note': " NOTE_OF(SITE) "}, 'fails': "
								 "'INVALID_ARGUMENT'}\n");
}

#define LONG_TEXT 9999

/* A version stays readable: what it takes fits into one reply. */
static void test_a_note_has_an_end(void **state)
{
	char words[LONG_TEXT + 1], *all = malloc(600000), *end = all;
	memset(words, 'a', LONG_TEXT);
	words[LONG_TEXT] = '\0';
	at_a_visit(*state, ANA, "2026-03-10T15:00:00Z", "", "");
	char *encounter = house_query(
		*state, "SELECT encounter_id FROM notes.encounter JOIN scheduling.appointment "
			"USING (organisation_id, appointment_id) WHERE starts_at = "
			"'2026-03-10T15:00:00Z'");
	end += sprintf(end,
		       "{'encounter_id': '%s', 'note': {'tissue_to_calm': 'x', 'why_overloaded': "
		       "'y', 'findings': [",
		       encounter);
	for (unsigned i = 0; i < 14; i++)
		end += sprintf(end,
			       "%s{'key': 'f%u', 'movement': 'hop', 'side': 'left', 'text': '%s'}",
			       i ? ", " : "", i, words);
	sprintf(end, "]}}");
	house_refuses(*state, "n.mira", "Notes.SignNote", all, "note ");
	end = all + sprintf(all,
			    "{'call': 'Notes.SignNote', 'as': 'n.mira', 'with': {'encounter_id': "
			    "'%s', 'note': {'tissue_to_calm': 'x', 'why_overloaded': 'y', "
			    "'modalities': [{'kind': 'coaching', 'minutes': 5}]}}, 'keep': 'n'}\n",
			    encounter);
	for (unsigned number = 2; number <= 31; number++)
		end += sprintf(end,
			       "{'call': 'Notes.AddAddendum', 'as': 'n.mira', 'with': {'note_id': "
			       "'${n.note_id}', 'text': '%s', 'reason': 'r'}, %s}\n",
			       words,
			       number <= 30 ? "'expect': {}" : "'fails': 'FAILED_PRECONDITION'");
	sprintf(end, "{'call': 'Notes.GetNote', 'as': 'n.mira', 'with': {'note_id': "
		     "'${n.note_id}'}, 'expect': {'version': 1}}\n");
	tells(*state, all);
	free(encounter);
	free(all);
}

/* ---- What the database itself refuses and keeps ---- */

static void test_what_is_signed_stays(void **state)
{
	house_expects(*state,
		      "SELECT bool_or(has_table_privilege('notes', 'notes.' || t, p)) FROM "
		      "unnest(ARRAY['note', 'note_site', 'note_area', 'note_measure', 'screening', "
		      "'audit']) t, unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) p",
		      "f");
	/* Not even who may do everything. */
	house_expects(*state,
		      "CREATE FUNCTION pg_temp.refused(sql text) RETURNS text LANGUAGE plpgsql AS "
		      "$$ BEGIN EXECUTE sql; RETURN 'done'; EXCEPTION WHEN SQLSTATE 'SL002' THEN "
		      "RETURN 'refused'; END $$; SELECT string_agg(DISTINCT pg_temp.refused(sql), "
		      "' ') FROM unnest(ARRAY['UPDATE notes.note SET complaint = ''x''', 'DELETE "
		      "FROM notes.note_site', 'TRUNCATE notes.note CASCADE', 'UPDATE notes.audit "
		      "SET actor = ''x''', 'DELETE FROM notes.note_measure']) sql",
		      "refused");
}

static void test_every_reader_leaves_a_trail(void **state)
{
	house_expects(*state,
		      "SELECT string_agg(DISTINCT actor, ' ' ORDER BY actor) FROM notes.audit "
		      "WHERE method = 'soleus.v1.Notes.GetNote'",
		      "n.ana n.mira");
	house_expects(*state,
		      "SELECT count(*) FROM notes.note n WHERE NOT EXISTS (SELECT FROM notes.audit "
		      "a WHERE a.record_id = n.note_id AND a.method = 'soleus.v1.Notes.SignNote')",
		      "0");
	house_expects(*state,
		      "SELECT count(*) FROM notes.audit WHERE organisation_id <> '" ORGANISATION
		      "'",
		      "0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_clinic_opens),
		cmocka_unit_test(test_screening_says_why),
		cmocka_unit_test(test_a_visit_has_one_record),
		cmocka_unit_test(test_a_note_is_signed_once),
		cmocka_unit_test(test_a_note_says_what_it_must),
		cmocka_unit_test(test_a_withdrawal_is_not_for_the_past),
		cmocka_unit_test(test_a_note_has_an_end),
		cmocka_unit_test(test_what_is_signed_stays),
		cmocka_unit_test(test_every_reader_leaves_a_trail),
	};
	return cmocka_run_group_tests_name("notes", tests, open_house, close_house);
}
