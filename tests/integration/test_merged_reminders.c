/* One person with two records gets each message once, and answers with either number
 * (merged-athletes.story has the setting). */
#include "merged.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* clang-format off */
#define AT(WHEN) "{'at': '2026-" WHEN "Z'}\n"
#define BOOK(WHO, PRACTITIONER, WHEN, MORE) CALL("Scheduling.Book", "g.lead", OF(WHO) ", 'service_id': '${service.service_id}', 'clinic_id': '${clinic.clinic_id}', 'practitioner_id': '${" PRACTITIONER ".practitioner_id}', 'starts_at': '2026-" WHEN "Z'", MORE)
#define CONSENT(WHO, PURPOSE, GRANTED) CALL("Directory.RecordConsent", "g.lead", OF(WHO) ", 'purpose': '" PURPOSE "', 'channel': 'sms', 'granted': " GRANTED ", 'text_version': 'v1'", "")
#define TEXT(ID, PHONE, WORDS, AS) "{'call': 'Reminders.ReceiveText', 'as': 'operator', 'organisation': '" ORGANISATION "', 'with': {'provider_message_id': '" ID "', 'from': '" PHONE "', 'channel': 'sms', 'text': '" WORDS "'}, 'expect': {'understood_as': '" AS "'}}\n"
#define ANAS  "+436601110001"
#define ANNAS "+436601110002"
/* clang-format on */

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

/* Messages of one purpose about visits or treatments of the day: "state address answer, …". */
static void expect_messages(const char *purpose, const char *day, const char *expected)
{
	char sql[1024];
	snprintf(sql, sizeof(sql),
		 "SELECT string_agg(concat_ws(' ', m.state, nullif(m.address, ''), "
		 "nullif(m.answer, '')), ', ' ORDER BY v.starts_at) FROM reminders.message m "
		 "LEFT JOIN reminders.visit v USING (appointment_id) WHERE m.purpose = '%s' AND "
		 "v.starts_at::date = '2026-%s'",
		 purpose, day);
	char *found = house_query(merged.house, sql);
	assert_string_equal(found, expected);
	free(found);
}

/* What the rows of either say, as they stood under their own ids. */
static char *messages_of(enum merged_made athlete)
{
	char sql[512];
	snprintf(sql, sizeof(sql),
		 "SELECT string_agg(concat_ws(' ', purpose, due_at, state, why), '; ' ORDER BY "
		 "message_id) FROM reminders.message WHERE athlete_id = '%s'",
		 merged.ids[athlete]);
	return house_query(merged.house, sql);
}

static void test_a_message_goes_to_the_survivor(void **state)
{
	(void)state;
	tells(CONSENT("ana", "check_ins", "true") CONSENT("anna", "check_ins", "true") /**/
	      BOOK("anna", "mira", "03-10T09:00:00", "") BOOK("ana", "tom", "03-10T14:00:00", "")
		      AT("03-04T12:00:00"));
	expect_messages("confirmation", "03-10", "sent " ANNAS ", sent " ANAS);
	tells(MERGE("ana", "anna", "") AT("03-05T12:00:00"));
	expect_messages("day_after_check_in", "03-04", "sent " ANAS);
	/* The answer is the person's, whichever number it comes from. */
	tells(TEXT("a-1", ANNAS, "sore 4 ready 7", "answer") AT("03-08T15:00:00"));
	expect_messages("day_after_check_in", "03-04", "sent " ANAS " sore 4 ready 7");
	expect_messages("reminder_48h", "03-10", "sent " ANAS ", sent " ANAS);
	tells(TEXT("a-2", ANNAS, "C", "confirm") TEXT("a-3", ANAS, "C", "confirm"));
	expect_messages("reminder_48h", "03-10",
			"sent " ANAS " confirmed, sent " ANAS " confirmed");
	tells(CALL("Reminders.ListMessages", "g.anna", OF("anna") ", 'limit': 2",
		   EXPECT("'messages': [{'athlete_id': '${anna.athlete_id}'}, {'athlete_id': "
			  "'${ana.athlete_id}'}]")));
	merged_part(&merged);
	tells(AT("03-10T08:30:00"));
	expect_messages("reminder_3h", "03-10", "sent " ANNAS ", planned");
}

/* A no of either record is the person's; parted again each has its own. */
static void test_a_no_holds_for_the_person(void **state)
{
	(void)state;
	tells(AT("03-11T09:00:00") BOOK("ana", "mira", "03-16T09:00:00", "")
		      BOOK("anna", "tom", "03-17T09:00:00", "") AT("03-11T10:00:00"));
	tells(MERGE("ana", "anna", "") TEXT("b-1", ANNAS, "STOP", "opt_out"));
	expect_messages("reminder_48h", "03-16", "suppressed");
	expect_messages("reminder_48h", "03-17", "suppressed");
	merged_part(&merged);
	expect_messages("reminder_48h", "03-16", "planned");
	expect_messages("reminder_48h", "03-17", "suppressed");
	/* What was said before the merge counts from then on. */
	tells(MERGE("ana", "anna", "") AT("03-14T10:00:00"));
	expect_messages("reminder_48h", "03-16", "suppressed " ANAS);
	tells(TEXT("b-2", ANNAS, "START", "opt_in"));
	expect_messages("reminder_48h", "03-17", "planned");
	tells(AT("03-15T10:00:00"));
	expect_messages("reminder_48h", "03-17", "sent " ANAS);
	merged_part(&merged);
	expect_messages("reminder_3h", "03-16", "planned");
}

/* Consent that was withdrawn under the other id, later than the survivor gave it. */
static void test_a_withdrawal_holds_for_the_person(void **state)
{
	(void)state;
	tells(AT("03-18T09:00:00") BOOK("ana", "mira", "03-24T09:00:00", "") /**/
	      BOOK("ana", "mira", "03-26T09:00:00", "") CONSENT("anna", "reminders", "false")
		      MERGE("ana", "anna", "") AT("03-22T10:00:00"));
	expect_messages("reminder_48h", "03-24", "suppressed");
	merged_part(&merged);
	tells(AT("03-24T10:00:00"));
	expect_messages("reminder_48h", "03-26", "sent " ANAS);
	tells(CONSENT("anna", "reminders", "true"));
}

/* Nothing was said meanwhile: nothing is left of it. */
static void test_an_unmerge_is_exact(void **state)
{
	(void)state;
	tells(AT("03-30T09:00:00") BOOK("ana", "mira", "04-02T09:00:00", "") /**/
	      BOOK("anna", "tom", "04-03T09:00:00", "") AT("03-30T10:00:00"));
	char *before[] = {messages_of(ANA), messages_of(ANNA)};
	tells(MERGE("anna", "ana", ""));
	merged_part(&merged);
	char *after[] = {messages_of(ANA), messages_of(ANNA)};
	for (size_t i = 0; i < 2; i++) {
		assert_string_equal(after[i], before[i]);
		free(before[i]);
		free(after[i]);
	}
	tells(AT("04-01T10:00:00"));
	expect_messages("reminder_48h", "04-02", "sent " ANAS);
	expect_messages("reminder_48h", "04-03", "sent " ANNAS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_message_goes_to_the_survivor),
		cmocka_unit_test(test_a_no_holds_for_the_person),
		cmocka_unit_test(test_a_withdrawal_holds_for_the_person),
		cmocka_unit_test(test_an_unmerge_is_exact),
	};
	return cmocka_run_group_tests_name("merged reminders", tests, open_house, close_house);
}
