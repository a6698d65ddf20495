/* Public holidays of an .ics file close clinics, each in its own zone; the file again changes
 * nothing, and takes back what it no longer holds. */
#include "prater.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define AUSTRIA SOLEUS_SOURCE "/tests/data/feiertage-oesterreich.ics"

/* clang-format off */
#define NL "\\r\\n"
#define EVENT(LINES) "BEGIN:VEVENT" NL LINES NL "END:VEVENT" NL
#define DAY(UID, TITLE, DATE) EVENT("UID:" UID NL "SUMMARY:" TITLE NL "DTSTART;VALUE=DATE:" DATE)
#define IMPORT(EVENTS, CLINICS) "{'call': 'Scheduling.ImportHolidays', 'as': 'lead#', 'with': {'source': 'ours', 'clinic_ids': [" CLINICS "], 'ics': 'BEGIN:VCALENDAR" NL EVENTS "END:VCALENDAR" NL "'}, "
#define AT_PRATER "'${prater.clinic_id}'"
#define AT_BOTH AT_PRATER ", '${donau.clinic_id}'"
#define DAYS "SELECT coalesce(string_agg(c.name || ' ' || x.title || ' ' || to_char(x.starts_at AT TIME ZONE c.zone, 'MM-DD HH24:MI') || to_char(x.ends_at AT TIME ZONE c.zone, '/MM-DD HH24:MI'), ', ' ORDER BY x.starts_at, c.name), '') FROM scheduling.absence x JOIN scheduling.clinic c USING (organisation_id, clinic_id) WHERE x.organisation_id = '" ORGANISATION "' AND x.source = 'ours'"
#define OUTBOX "SELECT count(*) FROM scheduling.outbox WHERE organisation_id = '" ORGANISATION "' AND type = 'soleus.v1.HolidaysChanged'"
/* clang-format on */

static void expect_said(char number, const char *words, const char *said)
{
	char command[1024], text[8192] = "";
	snprintf(command, sizeof(command),
		 "SOLEUS_RUN_DIR=%s SOLEUS_CLOCK_FILE=%s " SOLEUS_BUILD
		 "/soleusctl --as lead%c import holidays " AUSTRIA " %s",
		 house->run_dir, house->clock_file, number, words);
	FILE *output = popen(command, "re");
	assert_non_null(output);
	assert_true(fread(text, 1, sizeof(text) - 1, output) > 0);
	assert_int_equal(pclose(output), 0);
	if (!strstr(text, said))
		fail_msg("%s said:\n%sexpected: %s", words, text, said);
}

/* clang-format off */
/* Of 2026-03-16 and the 1,100 days after it: 27 days that recur and 8 that do not. */
static void test_austrias_holidays(void **state)
{
	(void)state;
	tells('1', AT("2026-03-16T06:00:00Z"),
		"{'call': 'Directory.CreateClinic', 'as': 'lead#', 'with': {'name': 'upstate', 'zone': 'America/New_York'}}\n"
		BOOK("visit", "ana", "mira", "2026-05-25T08:00:00Z", "") BOOKED);
	expect_said('1', "", "105 added, 0 changed, 0 unchanged, 0 removed, 0 not taken; 1 visits are booked on them");
	expect_said('1', "", "0 added, 0 changed, 105 unchanged, 0 removed, 0 not taken; 1 visits are booked on them");
	expect_said('1', "", "at 2026-05-25T08:00:00Z");
	expect('1', OUTBOX, "1");
	expect('1', "SELECT string_agg(c.name || ' ' || to_char(x.starts_at AT TIME ZONE 'UTC', 'MM-DD HH24:MI'), ', ' ORDER BY c.name) FROM scheduling.absence x JOIN scheduling.clinic c USING (organisation_id, clinic_id) WHERE x.organisation_id = '" ORGANISATION "' AND x.title = 'Nationalfeiertag' AND x.starts_at BETWEEN '2026-10-25Z' AND '2026-10-27Z'", "donau 10-25 23:00, prater 10-25 23:00, upstate 10-26 04:00");
	/* The visit stays until somebody moves it; no other one is booked there. */
	steps('1', AGAIN
		BOOK_ON(ON_VISIT, ON_BEN, ON_MIRA, "2026-10-26T09:00:00Z", "") REFUSED("'absence'")
		BOOK_ON(ON_VISIT, ON_BEN, ON_MIRA, "2026-10-27T09:00:00Z", "") BOOKED
		"{'call': 'Scheduling.ListAbsences', 'as': 'lead#', 'with': {'clinic_id': '${" ON_PRATER ".clinic_id}', 'from_at': '2026-05-25T00:00:00Z', 'until_at': '2026-05-26T00:00:00Z'}, 'expect': {'absences': [{'kind': 'holiday', 'title': 'Pfingstmontag', 'starts_at': '2026-05-24T22:00:00Z', 'ends_at': '2026-05-25T22:00:00Z'}]}}\n");
}

static void test_the_file_is_the_whole_of_its_source(void **state)
{
	(void)state;
	tells('2', AT("2026-06-01T06:00:00Z"),
		IMPORT(DAY("a", "Founding day", "20260706") DAY("b", "Stocktaking", "20260713") DAY("c", "Summer party", "20260720"), AT_BOTH) "'expect': {'added': 6}}\n"
		BOOK("visit", "ana", "mira", "2026-07-06T08:00:00Z", "") REFUSED("'absence'")
		/* Taken back, moved, called otherwise; at one of the two clinics. */
		IMPORT(DAY("b", "Stocktaking", "20260714") DAY("c", "Party", "20260720"), AT_PRATER) "'expect': {'changed': 2, 'removed': 1}}\n"
		IMPORT(DAY("b", "Stocktaking", "20260714") DAY("c", "Party", "20260720"), AT_PRATER) "'expect': {'unchanged': 2}}\n"
		BOOK("visit", "ana", "mira", "2026-07-06T08:00:00Z", "") BOOKED
		BOOK("visit", "ana", "mira", "2026-07-13T08:00:00Z", "") BOOKED
		BOOK("visit", "ana", "mira", "2026-07-14T08:00:00Z", "") REFUSED("'absence'"));
	expect('2', DAYS, "donau Founding day 07-06 00:00/07-07 00:00, donau Stocktaking 07-13 00:00/07-14 00:00, prater Stocktaking 07-14 00:00/07-15 00:00, donau Summer party 07-20 00:00/07-21 00:00, prater Party 07-20 00:00/07-21 00:00");
	expect('2', OUTBOX, "2");
	/* What is over stays as it was, whatever the file says; another source is another file. */
	steps('2', AT("2026-07-15T08:00:00Z") AGAIN
		IMPORT("", "'${" ON_PRATER ".clinic_id}'") "'expect': {'removed': 1}}\n"
		"{'call': 'Scheduling.ImportHolidays', 'as': 'lead#', 'with': {'source': 'theirs', 'ics': 'BEGIN:VCALENDAR" NL "END:VCALENDAR" NL "'}, 'expect': {}}\n");
	expect('2', DAYS, "donau Founding day 07-06 00:00/07-07 00:00, donau Stocktaking 07-13 00:00/07-14 00:00, prater Stocktaking 07-14 00:00/07-15 00:00, donau Summer party 07-20 00:00/07-21 00:00");
}

static void test_what_cannot_be_used_is_said(void **state)
{
	(void)state;
	tells('3', AT("2026-08-03T06:00:00Z"),
		IMPORT(
			EVENT("UID:h" NL "SUMMARY:From noon" NL "DTSTART:20261224T120000Z" NL "DTEND:20261224T180000Z")
			EVENT("SUMMARY:No uid" NL "DTSTART;VALUE=DATE:20261224")
			EVENT("UID:l" NL "SUMMARY:Summer" NL "DTSTART;VALUE=DATE:20270701" NL "DTEND;VALUE=DATE:20270901")
			DAY("f", "Far", "20400101")
			DAY("p", "Past", "20250101")
			EVENT("UID:o" NL "STATUS:CANCELLED" NL "DTSTART;VALUE=DATE:20261224")
			EVENT("UID:w" NL "SUMMARY:Two days\\\\, the clock changes" NL "DTSTART;VALUE=DATE:20261024" NL "DTEND;VALUE=DATE:20261026"), AT_PRATER)
			"'expect': {'added': 1, 'skipped': [{'line': 8, 'why': 'it has no UID: reading it again would make it twice'}, {'line': 28, 'uid': 'o', 'why': 'it is cancelled'}, {'line': 2, 'uid': 'h', 'why': 'it is not of whole days'}, {'line': 12, 'uid': 'l', 'why': 'it is longer than 31 days'}, {'line': 18, 'uid': 'f', 'why': 'it is more than three years ahead'}]}}\n"
		IMPORT(DAY("a", "One", "20260907"), AT_PRATER ", '${mira.practitioner_id}'") SAYS("NOT_FOUND")
		IMPORT(DAY("a", "One", "20260907"), "'here'") SAYS("INVALID_ARGUMENT")
		"{'call': 'Scheduling.ImportHolidays', 'as': 'lead#', 'with': {'source': 'ours', 'ics': '<html>'}, " SAYS("INVALID_ARGUMENT"));
	expect('3', DAYS, "prater Two days, the clock changes 10-24 00:00/10-26 00:00");
	expect('3', "SELECT extract(epoch FROM ends_at - starts_at)::int / 3600 FROM scheduling.absence WHERE organisation_id = '" ORGANISATION "' AND source = 'ours'", "49");
}
/* clang-format on */

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_austrias_holidays),
		cmocka_unit_test(test_the_file_is_the_whole_of_its_source),
		cmocka_unit_test(test_what_cannot_be_used_is_said),
	};
	return cmocka_run_group_tests_name("holidays", tests, open_house, close_house);
}
