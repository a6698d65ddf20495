/* Training calendars from .ics files and from addresses that are read again and again. */
#include "prater.h"
#include "web.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct web *web;

static int open_all(void **state)
{
	web = web_open();
	setenv("STACK_FEEDS_PRIVATE", "true", 1);
	return open_house(state);
}

static int close_all(void **state)
{
	int code = close_house(state);
	web_close(web);
	return code;
}

/* clang-format off */
#define CALL(RPC, AS, WITH) "{'call': 'Scheduling." RPC "', 'as': '" AS "#', 'with': {" WITH "}, "
#define DONE "'expect': {}}\n"
#define OF_ANA "'athlete_id': '${" ON_ANA ".athlete_id}'"
/* The daemons come to rest before a call. */
#define AT_REST CALL("ListTrainingWords", "lead", "") DONE
/* In a file, and in a step. */
#define FILE_OF(EVENTS, LINE) "BEGIN:VCALENDAR" LINE "VERSION:2.0" LINE EVENTS "END:VCALENDAR" LINE
#define EVENT(UID, TITLE, DAY, LINE) "BEGIN:VEVENT" LINE "UID:" UID LINE "SUMMARY:" TITLE LINE "DTSTART:" DAY "T080000Z" LINE "DTEND:" DAY "T090000Z" LINE "END:VEVENT" LINE
#define NL "\r\n"
#define STEP_NL "\\r\\n"
#define IMPORT(EVENTS) CALL("ImportTraining", "ana", "'athlete_id': '${ana.athlete_id}', 'source': 'plan', 'ics': '" FILE_OF(EVENTS, STEP_NL) "'")
#define SESSIONS "SELECT coalesce(string_agg(uid || ' ' || kind, ', ' ORDER BY starts_at, uid), '') FROM scheduling.training_session WHERE organisation_id = '" ORGANISATION "'"
#define OUTBOX(WHAT) "SELECT count(*) FROM scheduling.outbox WHERE organisation_id = '" ORGANISATION "' AND type = 'soleus.v1." WHAT "'"
#define FAULT "SELECT string_agg(failures || ' ' || fault, ', ' ORDER BY feed_id) FROM scheduling.training_feed WHERE organisation_id = '" ORGANISATION "'"

static void test_a_file_is_the_whole_of_its_source(void **state)
{
	(void)state;
	tells('1', AT("2026-03-02T06:00:00Z"),
		IMPORT(EVENT("a", "Easy run", "20260303", STEP_NL) EVENT("b", "RACE Vienna", "20260315", STEP_NL) EVENT("c", "Zumba", "20260304", STEP_NL) "BEGIN:VEVENT" STEP_NL "SUMMARY:No uid" STEP_NL "DTSTART:20260303T080000Z" STEP_NL "END:VEVENT" STEP_NL)
			"'expect': {'put': {'added': 3, 'uncertain': 1}, 'skipped': [{'line': 21}]}}\n"
		CALL("PutTraining", "ana", "'athlete_id': '${ana.athlete_id}', 'source': 'other', 'sessions': [{'uid': 'z', 'title': 'Rest', 'starts_at': '2026-03-05T08:00:00Z', 'ends_at': '2026-03-05T09:00:00Z'}]") DONE
		IMPORT(EVENT("a", "Easy run", "20260303", STEP_NL) EVENT("b", "Race", "20260316", STEP_NL)) "'expect': {'put': {'changed': 1, 'unchanged': 1, 'removed': 1}}}\n"
		/* What is over and has its load stays, whatever the file says. */
		AT("2026-03-04T06:00:00Z")
		CALL("RecordLoad", "ana", "'athlete_id': '${ana.athlete_id}', 'source': 'plan', 'uid': 'a', 'rpe': 3, 'minutes': 40") DONE
		IMPORT(EVENT("b", "Race", "20260316", STEP_NL)) "'expect': {'put': {'unchanged': 1}}}\n"
		CALL("ImportTraining", "ana", "'athlete_id': '${ana.athlete_id}', 'source': 'plan', 'ics': '<html>'") SAYS("INVALID_ARGUMENT")
		CALL("ImportTraining", "ana", "'athlete_id': '${ana.athlete_id}', 'source': 'plan', 'ics': 'BEGIN:VCALENDAR" STEP_NL "BEGIN:VEVENT" STEP_NL "'") SAYS("INVALID_ARGUMENT")
		CALL("ImportTraining", "ana", "'athlete_id': '${ben.athlete_id}', 'source': 'plan', 'ics': '" FILE_OF("", STEP_NL) "'") SAYS("NOT_FOUND")
		CALL("ImportTraining", "lead", "'athlete_id': '${mira.practitioner_id}', 'source': 'plan', 'ics': '" FILE_OF("", STEP_NL) "'") SAYS("NOT_FOUND"));
	expect('1', SESSIONS, "a low, z rest, b race");
}

/* ana subscribes to `path`. */
static void subscribe(char number, const char *begins, const char *path, const char *more)
{
	char url[128], then[2048];
	web_url(web, path, url, sizeof(url));
	snprintf(then, sizeof(then),
		 CALL("SubscribeTraining", "ana", "'athlete_id': '${ana.athlete_id}', 'url': '%s'") "'keep': 'feed'}\n"
		 CALL("SubscribeTraining", "ana", "'athlete_id': '${ana.athlete_id}', 'url': '%s'") "'expect': {'feed_id': '${feed.feed_id}'}}\n"
		 "%s" AT_REST, url, url, more);
	tells(number, begins, then);
}

static void test_a_subscribed_calendar_is_followed(void **state)
{
	(void)state;
	web_put(web, "/plan.ics", &(struct web_page){.body = FILE_OF(EVENT("a", "Easy run", "20260417", NL) EVENT("b", "Intervals", "20260418", NL), NL), .etag = "\"1\""});
	subscribe('2', AT("2026-04-06T06:00:00Z"), "/plan.ics", "");
	expect('2', SESSIONS, "a low, b high_intensity");
	assert_int_equal(web_asked(web, "/plan.ics"), 1);
	/* Two hours later: asked again, with the tag; nothing is new. */
	steps('2', AT("2026-04-06T08:00:00Z") AT_REST);
	assert_true(web_unchanged(web, "/plan.ics") >= 1);
	assert_int_equal(web_asked(web, "/plan.ics"), 1 + web_unchanged(web, "/plan.ics"));
	expect('2', OUTBOX("TrainingChanged"), "1");
	/* The plan has changed, and a visit clashes. */
	steps('2', AGAIN BOOK_ON(ON_VISIT, ON_ANA, ON_MIRA, "2026-04-13T08:00:00Z", "") "'keep': 'v'}\n");
	web_put(web, "/plan.ics", &(struct web_page){.body = FILE_OF(EVENT("a", "Easy run", "20260417", NL) EVENT("r", "Race", "20260414", NL), NL), .etag = "\"2\""});
	steps('2', AT("2026-04-06T10:00:00Z") AT_REST AT_REST);
	expect('2', SESSIONS, "r race, a low");
	expect('2', OUTBOX("TrainingChanged"), "2");
	expect('2', OUTBOX("TimingClashFound"), "1");
	steps('2', AGAIN CALL("ListTrainingFeeds", "ana", OF_ANA) "'keep': 'f', 'expect': {'feeds': [{'good_at': '2026-04-06T10:00:00Z', 'next_at': '2026-04-06T11:00:00Z'}]}}\n"
		CALL("UnsubscribeTraining", "ana", "'feed_id': '${f.feeds[0].feed_id}'") DONE
		CALL("UnsubscribeTraining", "ana", "'feed_id': '${f.feeds[0].feed_id}'") SAYS("NOT_FOUND") AT_REST);
	expect('2', SESSIONS, "");
	expect('2', OUTBOX("TimingClashCleared"), "1");
	unsigned asked = web_asked(web, "/plan.ics");
	steps('2', AT("2026-04-06T14:00:00Z") AT_REST);
	assert_int_equal(web_asked(web, "/plan.ics"), asked);
}

static void test_a_bad_feed_is_told_and_the_last_good_copy_stays(void **state)
{
	(void)state;
	static char large[(1 << 20) + 2];
	memset(large, 'x', sizeof(large) - 1);
	web_put(web, "/bad.ics", &(struct web_page){.body = FILE_OF(EVENT("a", "Race", "20260517", NL), NL), .etag = "\"1\""});
	subscribe('3', AT("2026-05-04T06:00:00Z"), "/bad.ics", "");
	expect('3', SESSIONS, "a race");
	web_put(web, "/bad.ics", &(struct web_page){.code = 500, .body = "oh"});
	steps('3', AT("2026-05-04T07:00:00Z") AT_REST);
	expect('3', FAULT, "1 it answers with 500");
	/* The same fault is told once; the pauses grow: 5 and 10 minutes. */
	steps('3', AT("2026-05-04T07:05:00Z") AT_REST);
	expect('3', FAULT, "2 it answers with 500");
	expect('3', OUTBOX("TrainingFeedFailed"), "1");
	unsigned asked = web_asked(web, "/bad.ics");
	steps('3', AT("2026-05-04T07:14:00Z") AT_REST);
	assert_int_equal(web_asked(web, "/bad.ics"), asked);
	web_put(web, "/bad.ics", &(struct web_page){.body = "BEGIN:VCALENDAR" NL "BEGIN:VEVENT" NL "UID:b"});
	steps('3', AT("2026-05-04T07:15:00Z") AT_REST);
	expect('3', FAULT, "3 it is not a whole file: this one ends in the middle");
	web_put(web, "/bad.ics", &(struct web_page){.body = "<html>log in</html>", .type = "text/html"});
	steps('3', AT("2026-05-04T07:35:00Z") AT_REST);
	expect('3', FAULT, "4 it is not an iCalendar file (BEGIN:VCALENDAR)");
	web_put(web, "/bad.ics", &(struct web_page){.body = large});
	steps('3', AT("2026-05-04T08:15:00Z") AT_REST);
	expect('3', FAULT, "5 it is larger than 1048576 bytes");
	web_put(web, "/bad.ics", &(struct web_page){.code = 302, .leads_to = "ftp://127.0.0.1/a.ics"});
	steps('3', AT("2026-05-04T09:35:00Z") AT_REST);
	expect('3', FAULT, "6 it is neither http nor https");
	expect('3', SESSIONS, "a race");
	expect('3', OUTBOX("TrainingFeedFailed"), "5");
	/* It is well again: the tag of the copy that we have is still known. */
	web_put(web, "/bad.ics", &(struct web_page){.body = FILE_OF(EVENT("a", "Race", "20260517", NL), NL), .etag = "\"1\""});
	steps('3', AT("2026-05-04T12:15:00Z") AT_REST);
	expect('3', FAULT, "0 ");
	expect('3', SESSIONS, "a race");
	expect('3', OUTBOX("TrainingChanged"), "1");
}

static void test_subscriptions_are_limited_to_their_athletes(void **state)
{
	(void)state;
	web_put(web, "/own.ics", &(struct web_page){.body = FILE_OF(EVENT("a", "Race", "20260617", NL), NL)});
	subscribe('4', AT("2026-06-01T06:00:00Z"), "/own.ics",
		CALL("SubscribeTraining", "ana", "'athlete_id': '${ben.athlete_id}', 'url': 'https://example.invalid/'") SAYS("NOT_FOUND")
		CALL("SubscribeTraining", "ana", "'athlete_id': '${ana.athlete_id}', 'url': 'file:///etc/passwd'") SAYS("INVALID_ARGUMENT")
		CALL("ListTrainingFeeds", "ana", "'athlete_id': '${ben.athlete_id}'") SAYS("NOT_FOUND")
		CALL("SubscribeTraining", "lead", "'athlete_id': '${ben.athlete_id}', 'url': 'http://127.0.0.1:1/1.ics'") "'keep': 'bens'}\n"
		CALL("UnsubscribeTraining", "ana", "'feed_id': '${bens.feed_id}'") SAYS("NOT_FOUND")
		CALL("SubscribeTraining", "lead", "'athlete_id': '${ben.athlete_id}', 'url': 'http://127.0.0.1:1/2.ics'") DONE
		CALL("SubscribeTraining", "lead", "'athlete_id': '${ben.athlete_id}', 'url': 'http://127.0.0.1:1/3.ics'") DONE
		CALL("SubscribeTraining", "lead", "'athlete_id': '${ben.athlete_id}', 'url': 'http://127.0.0.1:1/4.ics'") DONE
		CALL("SubscribeTraining", "lead", "'athlete_id': '${ben.athlete_id}', 'url': 'http://127.0.0.1:1/5.ics'") DONE
		CALL("SubscribeTraining", "lead", "'athlete_id': '${ben.athlete_id}', 'url': 'http://127.0.0.1:1/6.ics'") SAYS("RESOURCE_EXHAUSTED")
		/* What it brought can be kept. */
		CALL("UnsubscribeTraining", "ana", "'feed_id': '${feed.feed_id}', 'keep_sessions': true") DONE);
	expect('4', SESSIONS, "a race");
	expect('4', FAULT, "0 , 1 the host does not take the connection, 1 the host does not take the connection, 1 the host does not take the connection, 1 the host does not take the connection, 1 the host does not take the connection");
}
static void test_what_is_repeated_goes_on_though_the_calendar_stays_as_it_is(void **state)
{
	(void)state;
#define LAID_OUT_TO(DAY) "SELECT max(starts_at) >= '" DAY "' FROM scheduling.training_session WHERE organisation_id = '" ORGANISATION "'"
	web_put(web, "/weekly.ics", &(struct web_page){.body = FILE_OF("BEGIN:VEVENT" NL "UID:w" NL "SUMMARY:Intervals" NL "DTSTART:20260707T080000Z" NL "DTEND:20260707T090000Z" NL "RRULE:FREQ=WEEKLY" NL "END:VEVENT" NL, NL), .etag = "\"1\""});
	subscribe('5', AT("2026-07-06T06:00:00Z"), "/weekly.ics", "");
	expect('5', LAID_OUT_TO("2028-09-05"), "t");
	expect('5', LAID_OUT_TO("2028-09-19"), "f");
	steps('5', AT("2026-07-20T06:00:00Z") AT_REST);
	expect('5', LAID_OUT_TO("2028-09-19"), "t");
}
/* clang-format on */

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_file_is_the_whole_of_its_source),
		cmocka_unit_test(test_a_subscribed_calendar_is_followed),
		cmocka_unit_test(test_a_bad_feed_is_told_and_the_last_good_copy_stays),
		cmocka_unit_test(test_subscriptions_are_limited_to_their_athletes),
		cmocka_unit_test(test_what_is_repeated_goes_on_though_the_calendar_stays_as_it_is),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
