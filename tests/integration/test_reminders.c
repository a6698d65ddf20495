/* Reminders, as clinics and athletes meet them. Each test is an organisation of its own with one
 * clinic in Vienna and plays in a week of its own; '@' in its steps is its number. */
#include "house.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ORGANISATION "0195531a-0000-7000-8000-00000000004@"

/* clang-format off */
static const char opening[] =
	"{\"call\": \"Directory.CreateOrganisation\", \"with\": {\"organisation_id\": \"" ORGANISATION "\", \"name\": \"Prater\"}}\n"
	"{\"key\": \"lead@\", \"roles\": \"clinic_lead,front_desk\", \"organisation\": \"" ORGANISATION "\"}\n"
	"{\"call\": \"Directory.CreateClinic\", \"as\": \"lead@\", \"with\": {\"name\": \"Prater\", \"zone\": \"Europe/Vienna\"}, \"keep\": \"clinic\"}\n"
	"{\"call\": \"Directory.CreateRoom\", \"as\": \"lead@\", \"with\": {\"clinic_id\": \"${clinic.clinic_id}\", \"name\": \"1\"}}\n"
	"{\"call\": \"Directory.CreatePractitioner\", \"as\": \"lead@\", \"with\": {\"given_name\": \"Mira\", \"family_name\": \"Novak\", \"clinic_ids\": [\"${clinic.clinic_id}\"]}, \"keep\": \"mira\"}\n"
	"{\"key\": \"mira@\", \"roles\": \"practitioner\", \"organisation\": \"" ORGANISATION "\", \"subject\": \"${mira.practitioner_id}\"}\n"
	"{\"call\": \"Scheduling.PutService\", \"as\": \"lead@\", \"with\": {\"name\": \"Visit\", \"duration_minutes\": 45}, \"keep\": \"service\"}\n"
	"{\"call\": \"Scheduling.SetWorkingHours\", \"as\": \"lead@\", \"with\": {\"practitioner_id\": \"${mira.practitioner_id}\", \"clinic_id\": \"${clinic.clinic_id}\", \"hours\": [{\"weekday\": 1, \"opens\": \"08:00\", \"closes\": \"18:00\"}, {\"weekday\": 2, \"opens\": \"08:00\", \"closes\": \"18:00\"}, {\"weekday\": 3, \"opens\": \"08:00\", \"closes\": \"18:00\"}, {\"weekday\": 4, \"opens\": \"08:00\", \"closes\": \"18:00\"}, {\"weekday\": 5, \"opens\": \"08:00\", \"closes\": \"18:00\"}]}}\n"
	"{\"call\": \"Directory.RegisterAthlete\", \"as\": \"lead@\", \"with\": {\"athlete\": {\"given_name\": \"Ana\", \"family_name\": \"Berger\", \"birth_date\": \"1994-05-11\", \"zone\": \"Europe/Vienna\", \"home_clinic_id\": \"${clinic.clinic_id}\", \"contact_points\": [{\"channel\": \"sms\", \"value\": \"+43 660 55501@\"}]}}, \"keep\": \"ana\"}\n"
	"{\"call\": \"Directory.RecordConsent\", \"as\": \"lead@\", \"with\": {\"athlete_id\": \"${ana.athlete_id}\", \"purpose\": \"treatment\", \"granted\": true, \"text_version\": \"1\"}}\n"
	"{\"call\": \"Directory.RecordConsent\", \"as\": \"lead@\", \"with\": {\"athlete_id\": \"${ana.athlete_id}\", \"purpose\": \"reminders\", \"channel\": \"sms\", \"granted\": true, \"text_version\": \"1\"}}\n";

static const char check_ins_consent[] =
	"{\"call\": \"Directory.RecordConsent\", \"as\": \"lead@\", \"with\": {\"athlete_id\": \"${ana.athlete_id}\", \"purpose\": \"check_ins\", \"channel\": \"sms\", \"granted\": true, \"text_version\": \"1\"}}\n";

#define BOOK(AT) "{\"call\": \"Scheduling.Book\", \"as\": \"lead@\", \"with\": {\"athlete_id\": \"${ana.athlete_id}\", \"service_id\": \"${service.service_id}\", \"clinic_id\": \"${clinic.clinic_id}\", \"practitioner_id\": \"${mira.practitioner_id}\", \"starts_at\": \"" AT "\"}, \"keep\": \"visit\"}\n"
#define AT(INSTANT) "{\"at\": \"" INSTANT "\"}\n"
#define TEXT(ID, WORDS, EXPECT) "{\"call\": \"Reminders.ReceiveText\", \"as\": \"operator\", \"organisation\": \"" ORGANISATION "\", \"with\": {\"provider_message_id\": \"" ID "\", \"from\": \"004366055501@\", \"channel\": \"sms\", \"text\": \"" WORDS "\"}, \"keep\": \"told\", \"expect\": {\"understood_as\": \"" EXPECT "\"}}\n"
#define TREAT \
	"{\"call\": \"Notes.RecordScreening\", \"as\": \"mira@\", \"with\": {\"athlete_id\": \"${ana.athlete_id}\", \"appointment_id\": \"${visit.appointment_id}\", \"items\": []}}\n" \
	"{\"call\": \"Scheduling.CheckIn\", \"as\": \"lead@\", \"with\": {\"appointment_id\": \"${visit.appointment_id}\"}}\n" \
	"{\"call\": \"Notes.OpenEncounter\", \"as\": \"mira@\", \"with\": {\"appointment_id\": \"${visit.appointment_id}\", \"athlete_id\": \"${ana.athlete_id}\", \"practitioner_id\": \"${mira.practitioner_id}\", \"clinic_id\": \"${clinic.clinic_id}\"}, \"keep\": \"encounter\"}\n" \
	"{\"call\": \"Notes.SignNote\", \"as\": \"mira@\", \"with\": {\"encounter_id\": \"${encounter.encounter_id}\", \"note\": {\"complaint\": \"Left calf tight\", \"tissue_to_calm\": \"Gastrocnemius, left\", \"why_overloaded\": \"Long runs grew\", \"drivers\": [\"load\"], \"findings\": [{\"key\": \"f1\", \"movement\": \"knee-to-wall\", \"side\": \"left\", \"instrument\": \"knee_to_wall\", \"value\": {\"value\": 7.5}}], \"sites\": [{\"muscle\": \"gastrocnemius\", \"side\": \"left\", \"approach\": \"deep\", \"pain_during\": {\"value\": 3}, \"gauge_um\": 300, \"length_mm\": 40, \"depth_mm\": 20, \"insertions\": 8, \"needles_in\": 2, \"needles_out\": 2, \"finding_keys\": [\"f1\"]}]}}}\n"
/* clang-format on */

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

/* `text` with every '@' replaced by `number`. */
static char *numbered(const char *text, char number)
{
	char *copy = strdup(text);
	for (char *at = copy; *at; at++)
		if (*at == '@')
			*at = number;
	return copy;
}

/* Plays the opening at `begins`, then `steps`. */
static void tells(char number, const char *begins, const char *more, const char *steps)
{
	size_t bytes = strlen(begins) + sizeof(opening) + strlen(more) + strlen(steps) + 1;
	char *all = malloc(bytes);
	snprintf(all, bytes, "%s%s%s%s", begins, opening, more, steps);
	char *story = numbered(all, number);
	house_tells(house, story);
	free(story);
	free(all);
}

/* One value of what the organisation with `number` has. */
static void expect(char number, const char *sql, const char *expected)
{
	char *query = numbered(sql, number);
	char *value = house_query(house, query);
	if (strcmp(value, expected) != 0)
		print_error("%s\n", query);
	assert_string_equal(value, expected);
	free(value);
	free(query);
}

#define OF_MESSAGES " FROM reminders.message WHERE organisation_id = '" ORGANISATION "'"

static void test_a_booking_is_confirmed_and_reminded_of_until_it_is_cancelled(void **state)
{
	(void)state;
	tells('1', AT("2026-06-01T06:00:00Z"), "",
	      BOOK("2026-06-10T08:00:00Z") AT("2026-06-08T09:00:00Z"));
	expect('1', "SELECT string_agg(purpose || ' ' || state, ', ' ORDER BY due_at)" OF_MESSAGES,
	       "confirmation sent, reminder_48h sent, preparation planned, reminder_3h planned");
	expect('1',
	       "SELECT to_char(due_at AT TIME ZONE 'Europe/Vienna', 'DD HH24:MI')" OF_MESSAGES
	       " AND purpose = 'reminder_48h'",
	       "08 10:00");
	char *appointment = house_query(
		house, "SELECT appointment_id FROM reminders.visit WHERE organisation_id = "
		       "'0195531a-0000-7000-8000-000000000041'");
	char cancel[400];
	snprintf(cancel, sizeof(cancel),
		 "{\"call\": \"Scheduling.CancelAppointment\", \"as\": \"lead1\", \"with\": "
		 "{\"appointment_id\": \"%s\", \"reason\": \"ill\"}}\n" AT("2026-06-11T09:00:00Z"),
		 appointment);
	house_tells(house, cancel);
	free(appointment);
	expect('1',
	       "SELECT string_agg(purpose || ': ' || why, ', ' ORDER BY purpose)" OF_MESSAGES
	       " AND state = 'suppressed'",
	       "preparation: the visit was cancelled, reminder_3h: the visit was cancelled");
	expect('1', "SELECT state" OF_MESSAGES " AND purpose = 'visit_cancelled'", "sent");
}

static void test_without_consent_nothing_is_sent(void **state)
{
	(void)state;
	tells('2', AT("2026-06-15T06:00:00Z"), "",
	      BOOK("2026-06-16T08:00:00Z") AT("2026-06-16T07:50:00Z")
		      TREAT AT("2026-06-20T08:00:00Z"));
	expect('2', "SELECT count(*)" OF_MESSAGES " AND consent = 'check_ins' AND state = 'sent'",
	       "0");
	expect('2', "SELECT why" OF_MESSAGES " AND purpose = 'day_after_check_in'",
	       "no consent for this kind of message");
}

static void test_the_answer_to_the_check_in_is_read(void **state)
{
	(void)state;
	tells('3', AT("2026-06-22T06:00:00Z"), check_ins_consent,
	      BOOK("2026-06-23T08:00:00Z") AT("2026-06-23T07:50:00Z")
		      TREAT AT("2026-06-24T09:00:00Z") TEXT("t1", "3 8", "answer")
			      TEXT("t2", "3 8", "unknown") TEXT("t1", "3 8", "answer"));
	expect('3',
	       "SELECT to_char(due_at AT TIME ZONE 'Europe/Vienna', 'DD HH24:MI') || ' ' || "
	       "answer" OF_MESSAGES " AND purpose = 'day_after_check_in'",
	       "24 09:00 3 8"); /* in one text with the plan's step of that morning */
	expect('3',
	       "SELECT count(*) FROM reminders.outbox WHERE organisation_id = '" ORGANISATION
	       "' AND type = 'soleus.v1.CheckInAnswered'",
	       "1");
	expect('3',
	       "SELECT string_agg(kind || ' ' || text, ', ') FROM reminders.task WHERE "
	       "organisation_id = '" ORGANISATION "'",
	       "unknown_text 3 8");
}

static void test_red_flag_words_alert_until_acknowledged(void **state)
{
	(void)state;
	/* clang-format off */
	tells('4', AT("2026-06-29T03:00:00Z"), "",
	      TEXT("t1", "I can't breathe", "red_flag") TEXT("t1", "I can't breathe", "red_flag")
	      "{\"call\": \"Reminders.ListAlerts\", \"as\": \"mira@\", \"with\": {\"open_only\": true}, \"keep\": \"alerts\", \"expect\": {\"alerts\": [{\"athlete_id\": \"${ana.athlete_id}\"}]}}\n"
	      "{\"call\": \"Reminders.AcknowledgeAlert\", \"as\": \"lead@\", \"with\": {\"alert_id\": \"${alerts.alerts[0].alert_id}\"}}\n"
	      "{\"call\": \"Reminders.AcknowledgeAlert\", \"as\": \"mira@\", \"with\": {\"alert_id\": \"${alerts.alerts[0].alert_id}\"}}\n"
	      "{\"call\": \"Reminders.AcknowledgeAlert\", \"as\": \"mira@\", \"with\": {\"alert_id\": \"${clinic.clinic_id}\"}, \"fails\": \"NOT_FOUND\"}\n"
	      AT("2026-06-29T03:01:00Z"));
	/* clang-format on */
	expect('4',
	       "SELECT count(*) FROM reminders.outbox WHERE organisation_id = '" ORGANISATION
	       "' AND type = 'soleus.v1.AlertAcknowledged'",
	       "1");
	expect('4',
	       "SELECT count(*) || ' ' || max(acknowledged_by) FROM reminders.alert WHERE "
	       "organisation_id = '" ORGANISATION "'",
	       "1 lead4");
	/* At night too: it answers a text. */
	expect('4', "SELECT state" OF_MESSAGES " AND purpose = 'emergency_advice'", "sent");
}

static void test_cancel_is_an_opt_out_and_a_task_but_leaves_the_visit(void **state)
{
	(void)state;
	tells('5', AT("2026-07-06T06:00:00Z"), "",
	      BOOK("2026-07-10T08:00:00Z") TEXT("t1", "Cancel", "opt_out")
		      TEXT("t2", "STOP", "opt_out") AT("2026-07-10T07:00:00Z")
			      TEXT("t3", "YES", "opt_in"));
	expect('5',
	       "SELECT state FROM scheduling.appointment WHERE organisation_id = '" ORGANISATION
	       "'",
	       "booked");
	expect('5',
	       "SELECT string_agg(kind, ', ') FROM reminders.task WHERE organisation_id = "
	       "'" ORGANISATION "'",
	       "cancel_or_opt_out");
	expect('5', "SELECT string_agg(DISTINCT why, ', ')" OF_MESSAGES " AND state = 'suppressed'",
	       "the number has opted out");
	expect('5', "SELECT count(*)" OF_MESSAGES " AND purpose = 'stop_confirmed'", "1");
	expect('5',
	       "SELECT count(*)" OF_MESSAGES " AND purpose = 'reminder_48h' AND state = 'sent'",
	       "0");
}

/* What was due while the number was out stays unsent; what lies ahead comes, once. */
static void test_start_brings_back_what_lies_ahead(void **state)
{
	(void)state;
	tells('6', AT("2026-07-13T06:00:00Z"), "",
	      BOOK("2026-07-17T08:00:00Z") AT("2026-07-13T06:10:00Z") TEXT("t1", "STOP", "opt_out")
		      AT("2026-07-16T06:00:00Z") TEXT("t2", "START", "opt_in")
			      TEXT("t2", "START", "opt_in") TEXT("t3", "START", "opt_in")
				      AT("2026-07-17T07:50:00Z"));
	expect('6',
	       "SELECT string_agg(purpose || ' ' || state, ', ' ORDER BY due_at)" OF_MESSAGES
	       " AND consent = 'reminders'",
	       "confirmation sent, reminder_48h suppressed, preparation sent, reminder_3h sent");
	expect('6',
	       "SELECT count(*) FROM reminders.delivery WHERE organisation_id = '" ORGANISATION
	       "' AND outcome = 'restored'",
	       "2");
}

/* A visit that was cancelled while the number was out is not spoken of again. */
static void test_start_does_not_bring_back_what_is_off(void **state)
{
	(void)state;
	/* clang-format off */
	tells('7', AT("2026-07-20T06:00:00Z"), "",
	      BOOK("2026-07-24T08:00:00Z") AT("2026-07-20T06:10:00Z") TEXT("t1", "STOP", "opt_out")
	      "{\"call\": \"Scheduling.CancelAppointment\", \"as\": \"lead@\", \"with\": {\"appointment_id\": \"${visit.appointment_id}\", \"reason\": \"ill\"}}\n"
	      AT("2026-07-21T06:00:00Z") TEXT("t2", "START", "opt_in") AT("2026-07-24T07:50:00Z"));
	/* clang-format on */
	expect('7',
	       "SELECT string_agg(purpose, ', ')" OF_MESSAGES
	       " AND consent = 'reminders' AND state = 'sent'",
	       "confirmation");
	expect('7',
	       "SELECT count(*) FROM reminders.delivery WHERE organisation_id = '" ORGANISATION
	       "' AND outcome = 'restored'",
	       "0");
}

/* TREAT, of another muscle; ends with free(). */
static char *treat_rhomboids(void)
{
	char *treat = strdup(TREAT);
	char *muscle = strstr(treat, "\"muscle\": \"gastrocnemius\"");
	memcpy(muscle, "\"muscle\":     \"rhomboids\"", strlen("\"muscle\": \"gastrocnemius\""));
	return treat;
}

/* A2: the rhomboids belong to no area, and lie over the lung. */
static void test_red_flag_checks_follow_a_muscle_without_an_area(void **state)
{
	(void)state;
	char *treat = treat_rhomboids();
	char steps[8000];
	snprintf(steps, sizeof(steps), "%s%s%s",
		 BOOK("2026-07-28T08:00:00Z") AT("2026-07-28T07:50:00Z"), treat,
		 AT("2026-08-02T08:00:00Z"));
	tells('8', AT("2026-07-27T06:00:00Z"), check_ins_consent, steps);
	free(treat);
	expect('8',
	       "SELECT string_agg(purpose || ' ' || state, ', ' ORDER BY due_at)" OF_MESSAGES
	       " AND rule = 'A2'",
	       "red_flag_24h sent, red_flag_72h sent");
	expect('8',
	       "SELECT count(*) FROM reminders.task WHERE organisation_id = '" ORGANISATION "'",
	       "0");
}

/* A2: what cannot be asked by text is left to somebody, once. */
static void test_a_red_flag_check_that_is_not_sent_is_a_task(void **state)
{
	(void)state;
	char *treat = treat_rhomboids();
	char steps[8000];
	snprintf(steps, sizeof(steps), "%s%s%s",
		 BOOK("2026-08-11T08:00:00Z") AT("2026-08-11T07:50:00Z"), treat,
		 AT("2026-08-12T20:00:00Z") TEXT("t1", "STOP", "opt_out")
			 TEXT("t2", "START", "opt_in") TEXT("t3", "STOP", "opt_out")
				 AT("2026-08-16T08:00:00Z"));
	tells('0', AT("2026-08-10T06:00:00Z"), check_ins_consent, steps);
	free(treat);
	expect('0',
	       "SELECT string_agg(purpose || ' ' || state, ', ' ORDER BY due_at)" OF_MESSAGES
	       " AND rule = 'A2'",
	       "red_flag_24h sent, red_flag_72h suppressed");
	expect('0',
	       "SELECT string_agg(kind || ': ' || text, ', ') FROM reminders.task WHERE "
	       "organisation_id = '" ORGANISATION "'",
	       "red_flag_not_asked: the number has opted out");
}

/* The hour of a visit is the clinic's, wherever the athlete lives; the night is the athlete's. */
static void test_a_visit_is_told_by_the_clinics_clock(void **state)
{
	(void)state;
	/* clang-format off */
	tells('9', AT("2026-08-03T13:00:00Z"), "",
	      "{\"call\": \"Directory.RegisterAthlete\", \"as\": \"lead@\", \"with\": {\"athlete\": {\"given_name\": \"Joe\", \"family_name\": \"Hill\", \"birth_date\": \"1994-05-11\", \"zone\": \"America/New_York\", \"home_clinic_id\": \"${clinic.clinic_id}\", \"contact_points\": [{\"channel\": \"sms\", \"value\": \"+1 555 96921@\"}]}}, \"keep\": \"ana\"}\n"
	      "{\"call\": \"Directory.RecordConsent\", \"as\": \"lead@\", \"with\": {\"athlete_id\": \"${ana.athlete_id}\", \"purpose\": \"reminders\", \"channel\": \"sms\", \"granted\": true, \"text_version\": \"1\"}}\n"
	      BOOK("2026-08-06T08:00:00Z") AT("2026-08-06T07:00:00Z"));
	/* clang-format on */
	expect('9',
	       "SELECT text LIKE '%Thu 06 Aug 10:00%'" OF_MESSAGES " AND purpose = 'reminder_48h'",
	       "t");
	/* 10:00 in Vienna is 4:00 in New York: 48 h before, the message waits until 8:00 there. */
	expect('9',
	       "SELECT to_char(sent_at AT TIME ZONE 'America/New_York', 'DD HH24:MI')" OF_MESSAGES
	       " AND purpose = 'reminder_48h'",
	       "04 08:00");
}

/* Whatever else happened: one file for each text, of one message or of several that are said in it,
 * and none besides. */
static void test_every_sent_message_is_one_file(void **state)
{
	char path[128];
	unsigned files = 0;
	(void)state;
	snprintf(path, sizeof(path), "%s/messages", house->folder);
	DIR *folder = opendir(path);
	assert_non_null(folder);
	for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder))
		files += strlen(entry->d_name) == 40 && strcmp(entry->d_name + 36, ".txt") == 0;
	closedir(folder);
	char *sent = house_query(house,
				 "SELECT count(*) FROM reminders.message WHERE state = 'sent' AND "
				 "why !~ 'in one text with'");
	assert_int_equal(files, atoi(sent));
	assert_true(files > 0);
	free(sent);
}

/* The database itself refuses what no statement does. */
static void test_a_sent_message_cannot_be_taken_back(void **state)
{
	static const char *const attempts[] = {
		"UPDATE reminders.decision SET state = 'suppressed' WHERE state = 'sent'",
		"UPDATE reminders.decision SET text = 'other' WHERE state = 'sent'",
		"DELETE FROM reminders.decision WHERE state = 'sent'",
		"UPDATE reminders.planned_message p SET due_at = due_at + interval '1 day' FROM "
		"reminders.decision d WHERE d.message_id = p.message_id AND d.state = 'sent'",
		/* Decided twice: its key. */
		"INSERT INTO reminders.decision SELECT * FROM reminders.decision",
	};
	(void)state;
	for (size_t i = 0; i < sizeof(attempts) / sizeof(attempts[0]); i++) {
		char sql[512];
		snprintf(sql, sizeof(sql),
			 "DO $$ BEGIN %s; RAISE 'it was taken back'; EXCEPTION WHEN "
			 "check_violation OR unique_violation THEN NULL; END $$; SELECT 'refused'",
			 attempts[i]);
		char *refused = house_query(house, sql);
		assert_string_equal(refused, "refused");
		free(refused);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_booking_is_confirmed_and_reminded_of_until_it_is_cancelled),
		cmocka_unit_test(test_without_consent_nothing_is_sent),
		cmocka_unit_test(test_the_answer_to_the_check_in_is_read),
		cmocka_unit_test(test_red_flag_words_alert_until_acknowledged),
		cmocka_unit_test(test_cancel_is_an_opt_out_and_a_task_but_leaves_the_visit),
		cmocka_unit_test(test_start_brings_back_what_lies_ahead),
		cmocka_unit_test(test_start_does_not_bring_back_what_is_off),
		cmocka_unit_test(test_red_flag_checks_follow_a_muscle_without_an_area),
		cmocka_unit_test(test_a_visit_is_told_by_the_clinics_clock),
		cmocka_unit_test(test_a_red_flag_check_that_is_not_sent_is_a_task),
		cmocka_unit_test(test_every_sent_message_is_one_file),
		cmocka_unit_test(test_a_sent_message_cannot_be_taken_back),
	};
	return cmocka_run_group_tests_name("reminders", tests, open_house, close_house);
}
