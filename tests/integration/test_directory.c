/* The directory, as a clinic group meets it. Each test is an organisation of its own; in its steps
 * '#' is its number and ' stands for ". */
#include "house.h"

#include "base/clock.h"

#include "soleus/v1/directory.pb-c.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ORGANISATION "0195531a-0000-7000-8000-00000000002#"
#define CLIENTS      16

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
static const char opening[] =
	"{'call': 'Directory.CreateOrganisation', 'with': {'organisation_id': '" ORGANISATION "', 'name': 'Stride #'}}\n"
	"{'key': 'lead#', 'roles': 'clinic_lead,front_desk', 'organisation': '" ORGANISATION "'}\n"
	"{'call': 'Directory.CreateClinic', 'as': 'lead#', 'with': {'name': 'Prater', 'zone': 'Europe/Vienna'}, 'keep': 'clinic'}\n";

#define ANA "'given_name': 'Ana', 'family_name': 'Berger', 'birth_date': '1994-05-11', 'zone': 'Europe/Vienna'"
#define REGISTER(WHAT) "{'call': 'Directory.RegisterAthlete', 'as': 'lead#', 'with': {'athlete': {" WHAT "}}, "
/* clang-format on */

/* What a test writes, as JSON of the organisation with `number`. */
static char *written(const char *text, char number)
{
	char *copy = strdup(text);
	for (char *at = copy; *at; at++)
		*at = *at == '#' ? number : *at == '\'' ? '"' : *at;
	return copy;
}

static void tells(char number, const char *steps)
{
	char *all = malloc(sizeof(opening) + strlen(steps));
	strcpy(all, opening);
	strcat(all, steps);
	char *story = written(all, number);
	house_tells(house, story);
	free(story);
	free(all);
}

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

static void test_asking_twice_makes_one_organisation(void **state)
{
	(void)state;
	tells('1', "{'call': 'Directory.CreateOrganisation', 'with': {'organisation_id': "
		   "'" ORGANISATION "', 'name': 'Stride #'}}\n"
		   "{'call': 'Directory.CreateOrganisation', 'with': {'organisation_id': "
		   "'" ORGANISATION "', 'name': 'Other'}, 'fails': 'ALREADY_EXISTS'}\n");
	expect('1',
	       "SELECT count(*) FROM directory.outbox WHERE organisation_id = '" ORGANISATION "' "
	       "AND type = 'soleus.v1.OrganisationCreated'",
	       "1");
}

/* Neither another organisation nor its name is for the operator of one. */
static void test_an_operator_of_one_organisation_stays_there(void **state)
{
	(void)state;
	tells('9', "{'key': 'op#', 'roles': 'operator', 'organisation': '" ORGANISATION "'}\n"
		   "{'call': 'Directory.CreateOrganisation', 'as': 'op#', 'with': "
		   "{'organisation_id': '" ORGANISATION "', 'name': 'Stride #'}}\n"
		   "{'call': 'Directory.CreateOrganisation', 'as': 'op#', 'with': "
		   "{'organisation_id': '0195531a-0000-7000-8000-0000000000fe', 'name': 'Mine'}, "
		   "'fails': 'PERMISSION_DENIED'}\n");
	expect('9',
	       "SELECT count(*) FROM directory.organisation WHERE organisation_id = "
	       "'0195531a-0000-7000-8000-0000000000fe'",
	       "0");
}

static void test_a_clinic_has_rooms_and_practitioners(void **state)
{
	(void)state;
	tells('2',
	      "{'call': 'Directory.CreateRoom', 'as': 'lead#', 'with': {'clinic_id': "
	      "'${clinic.clinic_id}', 'name': 'Blue'}}\n"
	      "{'call': 'Directory.CreateRoom', 'as': 'lead#', 'with': {'clinic_id': "
	      "'${clinic.clinic_id}', 'name': 'Blue'}, 'fails': 'ALREADY_EXISTS'}\n"
	      "{'call': 'Directory.CreateRoom', 'as': 'lead#', 'with': {'clinic_id': "
	      "'0195531a-0000-7000-8000-0000000000ff', 'name': 'Red'}, 'fails': 'NOT_FOUND'}\n"
	      "{'call': 'Directory.CreatePractitioner', 'as': 'lead#', 'with': {'given_name': "
	      "'Mira', 'family_name': 'Novak', 'clinic_ids': ['${clinic.clinic_id}']}}\n"
	      "{'call': 'Directory.CreateClinic', 'as': 'lead#', 'with': {'name': 'Prater', "
	      "'zone': 'Europe/Vienna'}, 'fails': 'ALREADY_EXISTS'}\n"
	      "{'call': 'Directory.ListClinics', 'as': 'lead#', 'expect': {'clinics': [{'name': "
	      "'Prater', 'zone': 'Europe/Vienna', 'rooms': [{'name': 'Blue'}], 'practitioners': "
	      "[{'family_name': 'Novak'}]}]}}\n");
}

static void test_zones_are_of_this_world(void **state)
{
	(void)state;
	tells('3',
	      "{'call': 'Directory.CreateClinic', 'as': 'lead#', 'with': {'name': 'X', 'zone': "
	      "'Europe/Atlantis'}, 'fails': 'INVALID_ARGUMENT'}\n"
	      "{'call': 'Directory.CreateClinic', 'as': 'lead#', 'with': {'name': 'X', 'zone': "
	      "'../../../etc/localtime'}, 'fails': 'INVALID_ARGUMENT'}\n"
	      "{'call': 'Directory.CreateClinic', 'as': 'lead#', 'with': {'name': 'X', 'zone': "
	      "'Europe'}, 'fails': 'INVALID_ARGUMENT'}\n"
	      "{'call': 'Directory.CreateClinic', 'as': 'lead#', 'with': {'name': 'X', 'zone': "
	      "'America/Argentina/Buenos_Aires'}}\n"
	      /* To PostgreSQL that is winter time. */
	      "{'call': 'Directory.CreateClinic', 'as': 'lead#', 'with': {'name': 'X', 'zone': "
	      "'CET'}, 'fails': 'INVALID_ARGUMENT'}\n");
}

static void test_an_athlete_is_registered_once(void **state)
{
	(void)state;
	tells('4',
	      REGISTER(
		      ANA
		      ", 'home_clinic_id': '${clinic.clinic_id}', 'sport': 'marathon', "
		      "'contact_points': [{'channel': 'sms', 'value': '+43 660 5550101'}, "
		      "{'channel': 'email', 'value': 'Ana.Berger@example.org'}], 'identifiers': "
		      "[{'system': 'urn:club', 'value': '17'}]") "'keep': 'ana'}\n" REGISTER(ANA
											     ", "
											     "'iden"
											     "tifie"
											     "rs': "
											     "[{'"
											     "syste"
											     "m': "
											     "'urn:"
											     "leagu"
											     "e', "
											     "'valu"
											     "e': "
											     "'9'},"
											     " {'"
											     "syste"
											     "m': "
											     "'urn:"
											     "club'"
											     ", "
											     "'valu"
											     "e': "
											     "'17'}"
											     "]") "'expect': {'athlete_id': "
												  "'${ana.athlete_id}', 'already_known': "
												  "true}}\n" REGISTER(
													  "'given_name': 'Eva', 'family_name': 'Berger', 'birth_date': '2012-03-01', "
													  "'zone': 'Europe/Vienna', 'contact_points': [{'channel': 'sms', 'value': "
													  "'0043-660-5550101'}]") "'expect': {'warnings': ['phone is also of another "
																  "athlete', 'a minor without a guardian\\u0027s name: "
																  "who consents?']}}\n"
																  "{'call': 'Directory.GetAthlete', 'as': 'lead#', 'with': {'athlete_id': "
																  "'${ana.athlete_id}'}, 'expect': {'athlete': {'given_name': 'Ana', 'birth_date': "
																  "'1994-05-11', 'sport': 'marathon', 'contact_points': [{'channel': 'sms', 'value': "
																  "'+43 660 5550101'}, {'channel': 'email'}], 'identifiers': [{'value': '17'}]}}}\n"
																  "{'call': 'Directory.ListAthletes', 'as': 'lead#', 'with': {'limit': 1}, 'keep': "
																  "'page', 'expect': {'athletes': [{'athlete_id': '${ana.athlete_id}', "
																  "'identifiers': [{'system': 'urn:club'}]}]}}\n"
																  "{'call': 'Directory.ListAthletes', 'as': 'lead#', 'with': {'after_athlete_id': "
																  "'${ana.athlete_id}'}, 'expect': {'athletes': [{'given_name': 'Eva'}]}}\n");
	expect('4',
	       "SELECT count(*) FROM directory.athlete WHERE organisation_id = '" ORGANISATION "'",
	       "2");
}

/* ---- Consents: one line a step, as in a story ---- */

/* clang-format off */
#define OF(WHO) "{'athlete_id': '${" WHO ".athlete_id}'"
#define KEY(WHO) "{'key': '" WHO "#', 'roles': 'athlete', 'organisation': '" ORGANISATION "', 'subject': '${" WHO ".athlete_id}'}\n"
#define CONSENT(BY, WHO, MORE) "{'call': 'Directory.RecordConsent', 'as': '" BY "', 'with': " OF(WHO) ", 'text_version': 'v1', " MORE "}"
#define TREAT "'purpose': 'treatment', 'granted': true"
#define SEE(BY, WHO) "{'call': 'Directory.GetAthlete', 'as': '" BY "', 'with': " OF(WHO) "}"
#define FAILS(HOW) ", 'fails': '" HOW "'}\n"
#define DONE "}\n"

/* R5: a minor may withdraw, a guardian grants, and the consent says who. */
static void test_a_guardian_consents_for_a_minor(void **state)
{
	(void)state;
	tells('8', REGISTER("'given_name': 'Eva', 'family_name': 'Berger', 'birth_date': '2012-03-01', 'guardian_name': 'Ana Berger', 'zone': 'Europe/Vienna'") "'keep': 'eva'" DONE
		   KEY("eva")
		   CONSENT("eva#", "eva", TREAT) FAILS("FAILED_PRECONDITION")
		   CONSENT("eva#", "eva", "'purpose': 'treatment'") DONE
		   CONSENT("lead#", "eva", TREAT) DONE
		   CONSENT("lead#", "eva", TREAT ", 'guardian_name': 'Tom Berger'") DONE
		   SEE("lead#", "eva") ", 'expect': {'consents': [{'guardian_name': 'Tom Berger'}, {'guardian_name': 'Ana Berger'}, {'guardian_name': null}]}" DONE);
}

static void test_nobody_grants_for_a_minor_without_a_name(void **state)
{
	(void)state;
	tells('7', REGISTER("'given_name': 'Tom', 'family_name': 'Cole', 'birth_date': '2012-03-01', 'zone': 'Europe/Vienna'") "'keep': 'tom'" DONE
		   CONSENT("lead#", "tom", TREAT) FAILS("INVALID_ARGUMENT")
		   CONSENT("lead#", "tom", TREAT ", 'guardian_name': ' '") FAILS("INVALID_ARGUMENT")
		   CONSENT("lead#", "tom", TREAT ", 'guardian_name': '-'") FAILS("INVALID_ARGUMENT")
		   CONSENT("lead#", "tom", TREAT ", 'guardian_name': 'tom Cole'") FAILS("INVALID_ARGUMENT")
		   CONSENT("lead#", "tom", TREAT ", 'guardian_name': 'Ira Cole'") DONE
		   SEE("lead#", "tom") ", 'expect': {'consents': [{'guardian_name': 'Ira Cole'}]}" DONE);
}

static void test_consent_is_kept_with_its_withdrawal(void **state)
{
	(void)state;
	tells('5', REGISTER(ANA) "'keep': 'ana'" DONE
		   KEY("ana")
		   REGISTER("'given_name': 'Ben', 'family_name': 'Cole', 'birth_date': '1990-01-01', 'zone': 'Europe/Vienna'") "'keep': 'ben'" DONE
		   CONSENT("lead#", "ana", "'purpose': 'reminders', 'channel': 'sms', 'granted': true, 'copy_given': true") DONE
		   CONSENT("ana#", "ana", "'purpose': 'reminders', 'channel': 'sms'") DONE
		   SEE("ana#", "ana") ", 'expect': {'consents': [{'purpose': 'reminders', 'text_version': 'v1', 'guardian_name': null}, {'granted': true, 'copy_given': true}]}" DONE
		   CONSENT("lead#", "ana", TREAT ", 'channel': 'sms'") FAILS("INVALID_ARGUMENT")
		   SEE("ana#", "ben") FAILS("NOT_FOUND")
		   CONSENT("ana#", "ben", TREAT) FAILS("NOT_FOUND")
		   "{'call': 'Directory.ListAthletes', 'as': 'ana#'" FAILS("PERMISSION_DENIED"));
}
/* clang-format on */

/* ---- With messages ---- */

struct registration {
	Soleus__V1__Athlete athlete;
	Soleus__V1__ContactPoint points[2], *point_list[2];
	Soleus__V1__Identifier identifiers[2], *identifier_list[2];
	Soleus__V1__RegisterAthleteRequest request;
};

static void fill(struct registration *form)
{
	soleus__v1__register_athlete_request__init(&form->request);
	soleus__v1__athlete__init(&form->athlete);
	for (size_t i = 0; i < 2; i++) {
		soleus__v1__contact_point__init(&form->points[i]);
		soleus__v1__identifier__init(&form->identifiers[i]);
		form->point_list[i] = &form->points[i];
		form->identifier_list[i] = &form->identifiers[i];
	}
	form->athlete.given_name = "Ana";
	form->athlete.family_name = "Berger";
	form->athlete.birth_date = "1994-05-11";
	form->athlete.zone = "Europe/Vienna";
	form->athlete.contact_points = form->point_list;
	form->athlete.identifiers = form->identifier_list;
	form->request.athlete = &form->athlete;
}

static struct status ask(struct session *session, const struct registration *form, const char *key,
			 const Soleus__V1__RegisterAthleteReply **ret_reply)
{
	struct method method;
	ProtobufCMessage *message = NULL;
	struct session_call call = {
		.who = "lead6", .idempotency_key = key, .patience_us = 10 * CLOCK_SECOND_US};
	struct status status = method_find(session->arena, "Directory.RegisterAthlete", &method);
	if (status_is_ok(status))
		status = session_call_message(session, &method, &call, &form->request.base,
					      &message);
	*ret_reply = (const Soleus__V1__RegisterAthleteReply *)message;
	return status;
}

static bool names(struct status status, const char *field)
{
	for (const struct fault *fault = status.faults; fault; fault = fault->next)
		if (strcmp(fault->field, field) == 0)
			return true;
	print_error("no fault at %s\n", field);
	return false;
}

static FIBER int ask_with_faults(struct session *session, void *argument)
{
	(void)argument;
	struct registration form;
	const Soleus__V1__RegisterAthleteReply *reply;
	fill(&form);
	form.athlete.given_name = "  ";
	form.athlete.birth_date = "2994-02-30";
	form.athlete.zone = "Mars/Base";
	form.athlete.home_clinic_id = "here";
	form.points[0].channel = "pigeon";
	form.points[1].channel = "sms";
	form.points[1].value = "call me";
	form.athlete.n_contact_points = 2;
	for (size_t i = 0; i < 2; i++) {
		form.identifiers[i].system = "urn:club";
		form.identifiers[i].value = "1";
	}
	form.athlete.n_identifiers = 2;
	struct status status = ask(session, &form, NULL, &reply);
	return status.code == STATUS_INVALID_ARGUMENT && names(status, "athlete.given_name") &&
			       names(status, "athlete.birth_date") &&
			       names(status, "athlete.zone") &&
			       names(status, "athlete.home_clinic_id") &&
			       names(status, "athlete.contact_points[0].channel") &&
			       names(status, "athlete.contact_points[1].value") &&
			       names(status, "athlete.identifiers[1]")
		       ? 0
		       : 1;
}

static void test_all_faults_come_at_once(void **state)
{
	(void)state;
	tells('6', "");
	house_runs(house, ask_with_faults, NULL);
}

struct crowd {
	struct session *session;
	struct fiber *judge;
	unsigned running;
	unsigned added;
	unsigned known;
	char athlete_id[37];
};

static void come(void *argument)
{
	struct crowd *crowd = argument;
	struct registration form;
	const Soleus__V1__RegisterAthleteReply *reply;
	fill(&form);
	form.identifiers[0].system = "urn:league";
	form.identifiers[0].value = "4711";
	form.athlete.n_identifiers = 1;
	struct status status = ask(crowd->session, &form, NULL, &reply);
	if (status_is_ok(status)) {
		*(reply->already_known ? &crowd->known : &crowd->added) += 1;
		if (!crowd->athlete_id[0])
			strcpy(crowd->athlete_id, reply->athlete_id);
		if (strcmp(crowd->athlete_id, reply->athlete_id) != 0)
			crowd->added = CLIENTS; /* not the same athlete */
	}
	if (--crowd->running == 0)
		fiber_resume(crowd->judge);
}

static FIBER int come_together(struct session *session, void *argument)
{
	(void)argument;
	struct crowd crowd = {.session = session, .judge = fiber_current(), .running = CLIENTS};
	for (unsigned i = 0; i < CLIENTS; i++)
		fiber_start(come, &crowd);
	fiber_suspend();
	print_message("%u added, %u already known\n", crowd.added, crowd.known);
	return crowd.added == 1 && crowd.known == CLIENTS - 1 ? 0 : 1;
}

static void test_many_register_one_athlete_at_once(void **state)
{
	(void)state;
	house_runs(house, come_together, NULL);
	expect('6',
	       "SELECT count(*) FROM directory.athlete WHERE organisation_id = '" ORGANISATION "'",
	       "1");
}

static FIBER int ask_again(struct session *session, void *argument)
{
	(void)argument;
	struct registration form;
	const Soleus__V1__RegisterAthleteReply *first, *again, *other;
	fill(&form);
	form.identifiers[0].system = "urn:league";
	form.identifiers[0].value = "4712";
	form.athlete.n_identifiers = 1;
	struct status status = ask(session, &form, "one key", &first);
	if (status_is_ok(status))
		status = ask(session, &form, "one key", &again);
	if (!status_is_ok(status) || again->already_known ||
	    strcmp(first->athlete_id, again->athlete_id) != 0)
		return 1;
	form.athlete.sport = "rowing";
	return ask(session, &form, "one key", &other).code == STATUS_INVALID_ARGUMENT ? 0 : 1;
}

static void test_one_key_gives_one_reply(void **state)
{
	(void)state;
	house_runs(house, ask_again, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_asking_twice_makes_one_organisation),
		cmocka_unit_test(test_an_operator_of_one_organisation_stays_there),
		cmocka_unit_test(test_a_clinic_has_rooms_and_practitioners),
		cmocka_unit_test(test_zones_are_of_this_world),
		cmocka_unit_test(test_an_athlete_is_registered_once),
		cmocka_unit_test(test_a_guardian_consents_for_a_minor),
		cmocka_unit_test(test_nobody_grants_for_a_minor_without_a_name),
		cmocka_unit_test(test_consent_is_kept_with_its_withdrawal),
		cmocka_unit_test(test_all_faults_come_at_once),
		cmocka_unit_test(test_many_register_one_athlete_at_once),
		cmocka_unit_test(test_one_key_gives_one_reply),
	};
	return cmocka_run_group_tests_name("directory", tests, open_house, close_house);
}
