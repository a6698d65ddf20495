/* What an athlete does by the link of a message: pages over HTTP, and what follows. A page that is
 * opened changes nothing; what is done there is done once. */
#include "edge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* clang-format off */
#define OF_ORGANISATION " WHERE organisation_id = '" ORGANISATION "'"
#define CONSENT(PURPOSE) "{'call': 'Directory.RecordConsent', 'as': 'lead#', 'with': {'athlete_id': '${dora.athlete_id}', 'purpose': '" PURPOSE "', 'channel': 'sms', 'granted': true, 'text_version': '1'}}\n"
#define TEXTER "{'call': 'Directory.RegisterAthlete', 'as': 'lead#', 'with': {'athlete': {'given_name': 'dora', 'family_name': 'B', 'birth_date': '1994-05-11', 'zone': 'Europe/Vienna', 'home_clinic_id': '${prater.clinic_id}', 'contact_points': [{'channel': 'sms', 'value': '+43 660 88800#'}]}}, 'keep': 'dora'}\n" \
	"{'call': 'Directory.RecordConsent', 'as': 'lead#', 'with': {'athlete_id': '${dora.athlete_id}', 'purpose': 'treatment', 'granted': true, 'text_version': '1'}}\n" CONSENT("reminders") CONSENT("check_ins")
#define NOTE "{'complaint': 'Left calf tight', 'tissue_to_calm': 'Gastrocnemius', 'why_overloaded': 'Long runs', 'findings': [{'key': 'f1', 'movement': 'knee-to-wall', 'side': 'left', 'instrument': 'knee_to_wall', 'value': {'value': 7.5}}], 'sites': [{'muscle': 'gastrocnemius', 'side': 'left', 'approach': 'deep', 'pain_during': {'value': 3}, 'gauge_um': 300, 'length_mm': 40, 'depth_mm': 20, 'insertions': 8, 'needles_in': 2, 'needles_out': 2, 'finding_keys': ['f1']}]}"
#define TREAT \
	"{'key': 'mira#', 'roles': 'practitioner', 'organisation': '" ORGANISATION "', 'subject': '${mira.practitioner_id}'}\n" \
	"{'call': 'Notes.RecordScreening', 'as': 'mira#', 'with': {'athlete_id': '${dora.athlete_id}', 'appointment_id': '${booked.appointment_id}', 'items': []}}\n" \
	"{'call': 'Scheduling.CheckIn', 'as': 'lead#', 'with': {'appointment_id': '${booked.appointment_id}'}}\n" \
	"{'call': 'Notes.OpenEncounter', 'as': 'mira#', 'with': {'appointment_id': '${booked.appointment_id}', 'athlete_id': '${dora.athlete_id}', 'practitioner_id': '${mira.practitioner_id}', 'clinic_id': '${prater.clinic_id}'}, 'keep': 'encounter'}\n" \
	"{'call': 'Notes.SignNote', 'as': 'mira#', 'with': {'encounter_id': '${encounter.encounter_id}', 'note': " NOTE "}}\n"
#define BOOK_DORA BOOK("visit", "dora", "mira", "2026-06-08T08:00:00Z", "") "'keep': 'booked'}\n"
#define MESSAGES " FROM reminders.message" OF_ORGANISATION
/* clang-format on */

static int open_edge(void **state)
{
	edge_setup();
	return open_house(state);
}

/* "/l/TOKEN" of the newest sent message of that purpose. Ends with free(). */
static char *link_of(char number, const char *purpose)
{
	char sql[512], request[64];
	snprintf(sql, sizeof(sql),
		 "SELECT message_id" MESSAGES
		 " AND purpose = '%s' AND state = 'sent' ORDER BY due_at DESC LIMIT 1",
		 purpose);
	char *message = value_of(number, sql);
	snprintf(request, sizeof(request), "{'message_id': '%s'}", message);
	char *url = edge_reply(number, "lead", "Reminders.GetLink", request, "url");
	assert_int_equal(strncmp(url, EDGE_URL "/l/", strlen(EDGE_URL "/l/")), 0);
	char *path = strdup(url + strlen(EDGE_URL));
	assert_int_equal(strlen(path), strlen("/l/") + 75);
	free(message);
	free(url);
	return path;
}

static void act(const char *path, const char *form, const char *line, const char *word)
{
	edge_expect(edge_post(path, EDGE_FORM "Accept: text/html\r\n", form), line, word);
}

static void test_a_page_is_read_and_changes_nothing(void **state)
{
	static const char unchanged[] =
		"SELECT (SELECT count(*) FROM reminders.inbound_text" OF_ORGANISATION
		") || ' ' || (SELECT count(*)" MESSAGES " AND answered_at IS NOT NULL) || ' ' || "
		"(SELECT count(*) FROM reminders.task" OF_ORGANISATION ")";
	(void)state;
	tells('1', AT("2026-06-01T08:00:00Z"), TEXTER BOOK_DORA AT("2026-06-01T09:00:00Z"));
	char *path = link_of('1', "confirmation"), request[512];
	edge_expect(edge_get(path), "HTTP/1.1 200 ", "<h1>prater</h1>");
	edge_expect(edge_get(path), "HTTP/1.1 200 ", "Monday, 8 June 2026, 10:00");
	edge_expect(edge_get(path), "HTTP/1.1 200 ", "name=\"action\" value=\"confirm\"");
	snprintf(request, sizeof(request),
		 "GET %s HTTP/1.1\r\nHost: x\r\nAccept-Language: de-AT\r\nConnection: "
		 "close\r\n\r\n",
		 path);
	edge_expect(edge_ask(request), "HTTP/1.1 200 ", "Montag, 8. Juni 2026, 10:00 Uhr");
	snprintf(request, sizeof(request),
		 "HEAD %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", path);
	edge_expect(edge_ask(request), "HTTP/1.1 200 ", "no-store");
	/* Scanners of mail add to addresses, and look around. */
	char *more = malloc(strlen(path) + 32);
	sprintf(more, "%s?action=cancel", path);
	edge_expect(edge_get(more), "HTTP/1.1 200 ", "<h1>prater</h1>");
	sprintf(more, "%s/cancel", path);
	edge_expect(edge_get(more), "HTTP/1.1 404 ", "");
	expect('1', unchanged, "0 0 0");
	/* Refused forms change nothing either. */
	act(path, "action=dance", "HTTP/1.1 400 ", "Please choose an answer");
	act(path, "", "HTTP/1.1 400 ", "Please choose an answer");
	act(path, "action=confirm&action=cancel", "HTTP/1.1 400 ", "twice");
	act(path, "action=confirm&number=3", "HTTP/1.1 400 ", "Please choose an answer");
	edge_expect(edge_post(path, EDGE_JSON, "{\"action\": \"cancel\"}"), "HTTP/1.1 415 ", "");
	expect('1', unchanged, "0 0 0");
	free(more);
	free(path);
}

static void test_what_is_done_is_done_once(void **state)
{
	(void)state;
	tells('2', AT("2026-06-01T10:00:00Z"), TEXTER BOOK_DORA AT("2026-06-01T11:00:00Z"));
	char *path = link_of('2', "confirmation");
	act(path, "action=confirm", "HTTP/1.1 200 ", "We expect you");
	act(path, "action=confirm", "HTTP/1.1 200 ", "We expect you");
	expect('2', "SELECT answer" MESSAGES " AND purpose = 'confirmation'", "confirmed");
	expect('2',
	       "SELECT string_agg(channel || ' ' || text || ' ' || understood_as, ',') FROM "
	       "reminders.inbound_text" OF_ORGANISATION,
	       "link C confirm");
	/* Plans change. */
	act(path, "action=cancel", "HTTP/1.1 200 ", "Thank you for telling us");
	act(path, "action=cancel", "HTTP/1.1 200 ", "Thank you for telling us");
	expect('2', "SELECT count(*) FROM reminders.inbound_text" OF_ORGANISATION, "2");
	free(path);
}

static void test_a_link_that_is_none_tells_nothing(void **state)
{
	(void)state;
	tells('3', AT("2026-06-01T12:00:00Z"), TEXTER BOOK_DORA AT("2026-06-01T13:00:00Z"));
	char *path = link_of('3', "confirmation"), *changed = strdup(path);
	for (size_t at = strlen("/l/"); at < strlen(path); at += 6) {
		changed[at] = path[at] == 'A' ? 'B' : 'A';
		edge_expect(edge_get(changed), "HTTP/1.1 404 ", "This link is not valid");
		act(changed, "action=cancel", "HTTP/1.1 404 ", "This link is not valid");
		changed[at] = path[at];
	}
	edge_expect(edge_get("/l/x"), "HTTP/1.1 404 ", "This link is not valid");
	expect('3', "SELECT count(*) FROM reminders.inbound_text" OF_ORGANISATION, "0");
	/* The visit is over; then the link is. */
	steps('3', AT("2026-06-09T08:00:00Z"));
	edge_expect(edge_get(path), "HTTP/1.1 200 ", "This is over");
	act(path, "action=confirm", "HTTP/1.1 409 ", "too late");
	steps('3', AT("2026-08-02T08:00:00Z"));
	edge_expect(edge_get(path), "HTTP/1.1 404 ", "This link is not valid");
	act(path, "action=stop", "HTTP/1.1 404 ", "This link is not valid");
	expect('3', "SELECT count(*) FROM reminders.opt_out" OF_ORGANISATION, "0");
	free(changed);
	free(path);
}

/* RFC 8058: a programme posts, in either coding; who only follows the link sees a page. */
static void test_one_click_ends_messages(void **state)
{
	static const char parts[] =
		"--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\n"
		"One-Click\r\n--b--\r\n";
	static const char opted[] = "SELECT string_agg(address || ' ' || opted_out, ',') FROM "
				    "reminders.opt_out" OF_ORGANISATION;
	static const char *const posts[][2] = {
		{EDGE_FORM, "List-Unsubscribe=One-Click"},
		{"Content-Type: multipart/form-data; boundary=b\r\n", parts},
	};
	(void)state;
	for (int i = 0; i < 2; i++) {
		char number = (char)('4' + i), expected[32];
		tells(number, i ? AT("2026-08-03T10:00:00Z") : AT("2026-08-03T08:00:00Z"),
		      TEXTER BOOK("visit", "dora", "mira", "2026-09-07T08:00:00Z", "") BOOKED);
		steps(number, i ? AT("2026-08-03T11:00:00Z") : AT("2026-08-03T09:00:00Z"));
		char *path = link_of(number, "confirmation");
		path[1] = 'u';
		char *page = edge_get(path);
		assert_non_null(strstr(page, "value=\"stop\""));
		assert_null(strstr(page, "value=\"confirm\""));
		free(page);
		act(path, "hello=there", "HTTP/1.1 400 ", "");
		expect(number, opted, "");
		edge_expect(edge_post(path, posts[i][0], posts[i][1]), "HTTP/1.1 200 ",
			    "You get no more messages");
		edge_expect(edge_post(path, posts[i][0], posts[i][1]), "HTTP/1.1 200 ",
			    "You get no more messages");
		snprintf(expected, sizeof(expected), "+4366088800%c true", number);
		expect(number, opted, expected);
		free(path);
	}
}

static void test_a_check_in_is_answered_once(void **state)
{
	(void)state;
	tells('6', AT("2026-10-05T06:00:00Z"),
	      TEXTER BOOK("visit", "dora", "mira", "2026-10-05T08:00:00Z",
			  "") "'keep': "
			      "'booked'}\n" AT("2026-10-05T07:50:00Z")
				      TREAT AT("2026-10-06T12:00:00Z"));
	char *path = link_of('6', "day_after_check_in");
	edge_expect(edge_get(path), "HTTP/1.1 200 ", "<select name=\"readiness\"");
	act(path, "action=answer&soreness=3", "HTTP/1.1 400 ", "Please choose an answer");
	act(path, "action=answer&soreness=3&readiness=11", "HTTP/1.1 400 ",
	    "Please choose an answer");
	act(path, "action=answer&soreness=3&readiness=8", "HTTP/1.1 200 ", "We have your answer");
	act(path, "action=answer&soreness=9&readiness=1", "HTTP/1.1 200 ", "We have your answer");
	expect('6', "SELECT answer" MESSAGES " AND purpose = 'day_after_check_in'", "3 8");
	expect('6',
	       "SELECT count(*) FROM reminders.outbox" OF_ORGANISATION
	       " AND type = 'soleus.v1.CheckInAnswered'",
	       "1");
	edge_expect(edge_get(path), "HTTP/1.1 200 ", "You have answered this");
	free(path);
}

/* The questions before a visit; the words of staff are not told. */
static void test_screening_from_home(void **state)
{
	char request[512], *form;
	size_t bytes = 0;
	FILE *out = open_memstream(&form, &bytes);
	(void)state;
	tells('7', AT("2026-11-02T06:00:00Z"),
	      TEXTER BOOK("visit", "dora", "mira", "2026-11-09T08:00:00Z", "") BOOKED);
	char *visit = id_of('7', "appointment_id", "appointment", "state = 'booked'");
	snprintf(request, sizeof(request), "{'appointment_id': '%s'}", visit);
	char *url = edge_reply('7', "lead", "Notes.CreateScreeningLink", request, "url");
	assert_memory_equal(url, EDGE_URL "/q/", strlen(EDGE_URL "/q/"));
	const char *token = url + strlen(EDGE_URL "/q/");
	snprintf(request, sizeof(request),
		 "GET /q/%s HTTP/1.1\r\nHost: x\r\nAccept-Language: "
		 "de\r\nConnection: close\r\n\r\n",
		 token);
	char *page = edge_ask(request);
	assert_non_null(strstr(page, "Sind Sie heute krank"));
	fprintf(out, "language=de");
	static const char radio[] = "type=\"radio\" name=\"";
	for (char *at = page; (at = strstr(at, radio)); at = strstr(at, "value=\"no\"")) {
		at += strlen(radio);
		fprintf(out, "&%.*s=no", (int)strcspn(at, "\""), at);
	}
	fclose(out);
	free(page);
	snprintf(request, sizeof(request), "/q/%s", token);
	edge_expect(edge_post(request, EDGE_FORM, "language=en&ill=perhaps"), "HTTP/1.1 400 ", "");
	edge_expect(edge_post(request, EDGE_FORM, form), "HTTP/1.1 200 ", "Thank you");
	expect('7',
	       "SELECT string_agg(outcome || ' ' || language || ' ' || recorded_by, ',') FROM "
	       "notes.screening" OF_ORGANISATION,
	       "clear de link");
	request[4] = request[4] == 'A' ? 'B' : 'A';
	edge_expect(edge_post(request, EDGE_FORM, form), "HTTP/1.1 404 ", "This link is not valid");
	free(visit);
	free(url);
	free(form);
}

/* What is sent has the link, and it was known before how long that is. */
static void test_a_text_brings_its_link(void **state)
{
	(void)state;
	tells('8', AT("2026-12-01T08:00:00Z"),
	      TEXTER BOOK("visit", "dora", "mira", "2026-12-07T08:00:00Z", "") BOOKED);
	char *preview = edge_reply('8', "lead", "Reminders.PreviewProgramme", "{}", "messages");
	char *reminder = strstr(preview, "\"reminder_48h\"");
	assert_non_null(reminder);
	char *characters = strstr(reminder, "\"characters\": ");
	assert_non_null(characters);
	assert_non_null(strstr(preview, "\"segments\": 2"));
	assert_null(strstr(preview, "\"segments\": 3"));
	steps('8', AT("2026-12-05T09:00:00Z"));
	char *text = value_of('8', "SELECT text" MESSAGES " AND purpose = 'reminder_48h' AND "
				   "state = 'sent'");
	char *path = strstr(text, EDGE_URL "/l/");
	assert_non_null(path);
	assert_int_equal(strtol(strchr(characters, ' '), NULL, 10), strlen(text));
	path += strlen(EDGE_URL);
	edge_expect(edge_get(path), "HTTP/1.1 200 ", "Monday, 7 December 2026, 09:00");
	act(path, "action=confirm", "HTTP/1.1 200 ", "We expect you");
	expect('8', "SELECT answer" MESSAGES " AND purpose = 'reminder_48h'", "confirmed");
	free(text);
	free(preview);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_page_is_read_and_changes_nothing),
		cmocka_unit_test(test_what_is_done_is_done_once),
		cmocka_unit_test(test_a_link_that_is_none_tells_nothing),
		cmocka_unit_test(test_one_click_ends_messages),
		cmocka_unit_test(test_a_check_in_is_answered_once),
		cmocka_unit_test(test_screening_from_home),
		cmocka_unit_test(test_a_text_brings_its_link),
	};
	return cmocka_run_group_tests_name("links", tests, open_edge, close_house);
}
