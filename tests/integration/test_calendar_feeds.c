/* Calendars that others subscribe to: what is in them, read by libical and by the icalendar package
 * of Python, which must agree with each other and with the database; who may open them. */
#include "prater.h"

#include "base/text.h"
#include "ctl/keys.h"
#include "ical/read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TEXT_BYTES (1 << 20)

/* clang-format off */
#define CALL(RPC, AS, WITH) "{'call': 'Scheduling." RPC "', 'as': '" AS "#', 'with': {" WITH "}, "
#define DONE "'expect': {}}\n"
/* What a feed is to say of the visits WHERE, as read-ics prints it. */
#define SHOULD(WHERE) "SELECT coalesce(string_agg(concat_ws('|', CASE WHEN a.state = 'cancelled' THEN 'CANCELLED' WHEN a.state = 'held' THEN 'TENTATIVE' ELSE 'CONFIRMED' END, a.version - 1, to_char(a.starts_at AT TIME ZONE 'UTC', 'YYYYMMDD\"T\"HH24MISS\"Z\"'), to_char(a.ends_at AT TIME ZONE 'UTC', 'YYYYMMDD\"T\"HH24MISS\"Z\"'), s.name, c.name || ', ' || r.name) || E'\\n', '' ORDER BY a.starts_at, a.appointment_id), '') FROM scheduling.appointment a JOIN scheduling.service s USING (organisation_id, service_id) JOIN scheduling.clinic c USING (organisation_id, clinic_id) JOIN scheduling.room r USING (organisation_id, clinic_id, room_id) WHERE a.organisation_id = '" ORGANISATION "' AND " WHERE
#define OUTBOX "SELECT string_agg(replace(type, 'soleus.v1.', ''), ' ' ORDER BY id) FROM scheduling.outbox WHERE organisation_id = '" ORGANISATION "' AND type LIKE '%Feed%'"
/* clang-format on */

/* What a command prints, its last line end cut off; "" when it fails. Ends with free(). */
static char *printed(const char *command)
{
	char *text = calloc(1, TEXT_BYTES);
	FILE *output = popen(command, "re");
	assert_non_null(output);
	size_t length = fread(text, 1, TEXT_BYTES - 1, output);
	if (pclose(output) != 0)
		text[0] = '\0';
	else if (length > 0 && text[length - 1] == '\n')
		text[length - 1] = '\0';
	return text;
}

/* soleusctl as somebody of the test's organisation; `words` may hold '#'. */
static char *ctl(char number, const char *words)
{
	char command[2048];
	snprintf(command, sizeof(command),
		 "SOLEUS_RUN_DIR=%s SOLEUS_CLOCK_FILE=%s " SOLEUS_BUILD "/soleusctl %s",
		 house->run_dir, house->clock_file, words);
	for (char *at = command; *at; at++)
		if (*at == '#')
			*at = number;
	return printed(command);
}

/* The token of a new feed of the id in `field`. Ends with free(). */
static char *new_token(char number, const char *as, const char *field, const char *id)
{
	char words[512];
	snprintf(words, sizeof(words),
		 "--as %s --pick /token call Scheduling.CreateFeed '{\"%s\": \"%s\"}'", as, field,
		 id);
	char *token = ctl(number, words);
	assert_int_equal(strlen(token), 54);
	return token;
}

/* The calendar that a token opens, and the file that holds it; "" when it opens none. */
static char *exported(char number, const char *token, char path[static 128])
{
	char words[256];
	snprintf(path, 128, "%s/feed.ics", house->folder);
	snprintf(words, sizeof(words), "export ics %s %s 2>&1 || true", token, path);
	remove(path);
	char *said = ctl(number, words);
	if (*said)
		print_message("%s\n", said);
	free(said);
	char *text = calloc(1, TEXT_BYTES);
	FILE *file = fopen(path, "re");
	if (file) {
		assert_true(fread(text, 1, TEXT_BYTES - 1, file) > 0);
		fclose(file);
	}
	return text;
}

/* The same as SHOULD, of what libical reads: it skips what is cancelled, and knows neither status
 * nor place. */
static void check_by_libical(const char *text, const char *should)
{
	struct arena *arena = arena_new((size_t)16 << 20);
	struct ical_file file;
	assert_true(status_is_ok(
		ical_read(arena, text, strlen(text), "UTC", 0, INT64_C(4102444800000000), &file)));
	size_t seen = 0, cancelled = 0;
	for (const char *line = should; *line; line = strchr(line, '\n') + 1) {
		char status[16], starts[32], ends[32], title[64], instant[TEXT_INSTANT_BYTES];
		int sequence;
		assert_int_equal(sscanf(line, "%15[^|]|%d|%31[^|]|%31[^|]|%63[^|]", status,
					&sequence, starts, ends, title),
				 5);
		if (strcmp(status, "CANCELLED") == 0) {
			cancelled++;
			continue;
		}
		assert_true(seen < file.event_count);
		const struct ical_event *event = &file.events[seen++];
		text_from_instant(event->starts_at, instant);
		assert_string_equal(arena_printf(arena, "%.4s%.2s%.5s%.2s%.3s", instant,
						 instant + 5, instant + 8, instant + 14,
						 instant + 17),
				    starts);
		text_from_instant(event->ends_at, instant);
		assert_string_equal(arena_printf(arena, "%.4s%.2s%.5s%.2s%.3s", instant,
						 instant + 5, instant + 8, instant + 14,
						 instant + 17),
				    ends);
		assert_string_equal(event->title, title);
	}
	assert_int_equal(file.event_count, seen);
	assert_int_equal(file.skipped_count, cancelled);
	arena_free(arena);
}

static void check_by_python(const char *path, const char *how, const char *should)
{
	char command[384];
	snprintf(command, sizeof(command), SOLEUS_SOURCE "/tests/integration/read-ics %s %s", path,
		 how);
	char *said = printed(command);
	strcat(said, *said ? "\n" : "");
	assert_string_equal(said, should);
	free(said);
}

/* Both readers see in the feed what the database has of the visits where `column` is `id` and
 * `more` holds. Returns the text; ends with free(). */
static char *check_feed(char number, const char *token, const char *column, const char *id,
			const char *more)
{
	char path[128], sql[2048];
	snprintf(sql, sizeof(sql), SHOULD("a.%s = '%s' AND %s"), column, id, more);
	char *should = value_of(number, sql);
	char *text = exported(number, token, path);
	check_by_libical(text, should);
	check_by_python(path, "", should);
	check_by_python(path, "own", should);
	free(should);
	return text;
}

static void expect_told(char number, const char *words, const char *expected)
{
	char *said = ctl(number, words);
	assert_string_equal(said, expected);
	free(said);
}

static unsigned times_of(const char *text, const char *what)
{
	unsigned count = 0;
	for (const char *at = text; (at = strstr(at, what)); at++)
		count++;
	return count;
}

/* ---- What is in them ---- */

struct people {
	char *mira, *ana, *room;          /* ids */
	char *of_mira, *of_ana, *of_room; /* tokens */
};

static struct people open_feeds(char number, const char *needling_at)
{
	char where[96];
	struct people all;
	snprintf(where, sizeof(where), "starts_at = '%s'", needling_at);
	all.mira = id_of(number, "practitioner_id", "appointment", where);
	all.room = id_of(number, "room_id", "appointment", where);
	all.ana = id_of(number, "athlete_id", "appointment", where);
	all.of_mira = new_token(number, "lead#", "practitioner_id", all.mira);
	all.of_room = new_token(number, "lead#", "room_id", all.room);
	all.of_ana = new_token(number, "ana#", "athlete_id", all.ana);
	return all;
}

static void close_feeds(struct people *all)
{
	char *texts[] = {all->mira, all->ana, all->room, all->of_mira, all->of_ana, all->of_room};
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		free(texts[i]);
}

static void expect_nobody_named(const char *text)
{
	static const char *const words[] = {"ana", "ben", "cleo", "mira", "sam", "athlete"};
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strstr(text, words[i]))
			fail_msg("%s is in\n%s", words[i], text);
}

/* clang-format off */
/* The clock changes on 2026-03-29 and 2026-10-25 in Vienna. */
static void test_feeds_say_what_is_booked(void **state)
{
	(void)state;
	tells('1', AT("2026-03-16T06:00:00Z")
		, BOOK("visit", "ana", "mira", "2026-03-23T08:00:00Z", "") "'keep': 'before'}\n"
		BOOK("visit", "ana", "mira", "2026-03-30T07:00:00Z", "") "'keep': 'after'}\n"
		BOOK("needling", "ana", "mira", "2026-10-20T08:00:00Z", "") "'keep': 'october'}\n"
		BOOK("visit", "ben", "mira", "2026-10-26T09:00:00Z", "") "'keep': 'off'}\n"
		BOOK("visit", "cleo", "sam", "2026-03-23T08:00:00Z", "") "'keep': 'sams'}\n"
		HOLD("lead", "visit", "cleo", "mira", "2026-03-24T08:00:00Z", "1000") "'keep': 'held'}\n");
	struct people all = open_feeds('1', "2026-10-20T08:00:00Z");
	char *text = check_feed('1', all.of_mira, "practitioner_id", all.mira, "true");
	assert_int_equal(times_of(text, "BEGIN:VEVENT"), 5);
	assert_int_equal(times_of(text, "STATUS:TENTATIVE"), 1);
	assert_non_null(strstr(text, "DTSTART;TZID=Europe/Vienna:20260323T090000\r\n"));
	assert_non_null(strstr(text, "DTSTART;TZID=Europe/Vienna:20260330T090000\r\n"));
	expect_nobody_named(text);
	free(text);
	text = check_feed('1', all.of_ana, "athlete_id", all.ana, "true");
	assert_int_equal(times_of(text, "BEGIN:VEVENT"), 3);
	assert_non_null(strstr(text, "LOCATION:prater\\, cabin\r\n"));
	expect_nobody_named(text);
	free(text);
	text = check_feed('1', all.of_room, "room_id", all.room, "true");
	expect_nobody_named(text);
	free(text);
	close_feeds(&all);
}

#define VISIT(RPC, MORE) "{'call': 'Scheduling." RPC "', 'as': 'lead#', 'with': {'appointment_id': '%s'" MORE "}, " DONE

static void test_changes_keep_the_uid_and_raise_the_sequence(void **state)
{
	(void)state;
	char text[1024];
	tells('2', AT("2026-03-16T06:00:00Z"),
		BOOK("visit", "ana", "mira", "2026-03-23T08:00:00Z", "") BOOKED
		BOOK("visit", "ana", "mira", "2026-03-24T08:00:00Z", "") BOOKED);
	char *moved = id_of('2', "appointment_id", "appointment", "starts_at = '2026-03-23T08:00:00Z'");
	char *off = id_of('2', "appointment_id", "appointment", "starts_at = '2026-03-24T08:00:00Z'");
	struct people all = open_feeds('2', "2026-03-23T08:00:00Z");
	snprintf(text, sizeof(text), AT("2026-03-17T06:00:00Z") VISIT("Reschedule", ", 'starts_at': '2026-03-31T07:00:00Z'") VISIT("CancelAppointment", ""), moved, off);
	steps('2', text);
	char *feed = check_feed('2', all.of_mira, "practitioner_id", all.mira, "true");
	snprintf(text, sizeof(text), "UID:%s@soleus\r\nDTSTAMP:20260317T060000Z\r\nLAST-MODIFIED:20260317T060000Z\r\nSEQUENCE:1\r\nSTATUS:CONFIRMED\r\n", moved);
	assert_non_null(strstr(feed, text));
	snprintf(text, sizeof(text), "UID:%s@soleus\r\nDTSTAMP:20260317T060000Z\r\nLAST-MODIFIED:20260317T060000Z\r\nSEQUENCE:1\r\nSTATUS:CANCELLED\r\n", off);
	assert_non_null(strstr(feed, text));
	free(feed);
	free(check_feed('2', all.of_ana, "athlete_id", all.ana, "true"));
	free(check_feed('2', all.of_room, "room_id", all.room, "true"));
	/* What was cancelled is told for 30 days, and so is what was. */
	steps('2', AT("2026-04-16T07:00:00Z"));
	free(check_feed('2', all.of_mira, "practitioner_id", all.mira, "state <> 'cancelled'"));
	steps('2', AT("2026-05-01T00:00:00Z"));
	free(check_feed('2', all.of_mira, "practitioner_id", all.mira, "false"));
	free(moved);
	free(off);
	close_feeds(&all);
}

/* More than a calendar holds, and a text that is longer than a reply may be. */
static void test_a_feed_is_bounded(void **state)
{
	(void)state;
	tells('7', AT("2026-03-16T06:00:00Z"), BOOK("visit", "ana", "mira", "2026-03-23T08:00:00Z", "") BOOKED);
	struct people all = open_feeds('7', "2026-03-23T08:00:00Z");
	free(value_of('7', "WITH one AS (SELECT * FROM scheduling.appointment WHERE organisation_id = '" ORGANISATION "') INSERT INTO scheduling.appointment (organisation_id, appointment_id, athlete_id, practitioner_id, clinic_id, room_id, service_id, starts_at, ends_at, blocked_from, blocked_until, grade, timing_override_reason, idempotency_key, booked_at, booked_by) SELECT organisation_id, gen_random_uuid(), gen_random_uuid(), practitioner_id, clinic_id, room_id, service_id, t, t + interval '45 minutes', t, t + interval '1 hour', 'fair', '', 'made' || t, booked_at, '' FROM one, generate_series(timestamptz '2026-04-01Z', '2026-07-01Z', interval '1 hour') t"));
	char path[128];
	char *text = exported('7', all.of_mira, path);
	assert_int_equal(times_of(text, "BEGIN:VEVENT"), 2000);
	assert_non_null(strstr(text, "not all of them"));
	free(text);
	free(value_of('7', "UPDATE scheduling.service SET name = repeat('€,', 50) WHERE organisation_id = '" ORGANISATION "' AND name = 'visit'"));
	text = exported('7', all.of_mira, path);
	assert_true(strlen(text) > 700000 && strlen(text) <= 900000);
	assert_non_null(strstr(text, "DTSTART;TZID=Europe/Vienna:20260323T090000\r\n"));
	assert_non_null(strstr(text, "not all of them"));
	free(text);
	close_feeds(&all);
}

/* ---- Who opens them ---- */

static void test_the_etag_changes_with_the_text_alone(void **state)
{
	(void)state;
	char words[256], text[512];
	tells('3', AT("2026-05-04T06:00:00Z"), BOOK("visit", "ana", "mira", "2026-05-11T08:00:00Z", "") BOOKED);
	char *visit = id_of('3', "appointment_id", "appointment", "true");
	struct people all = open_feeds('3', "2026-05-11T08:00:00Z");
	snprintf(words, sizeof(words), "--pick /etag call Scheduling.ReadFeed '{\"token\": \"%s\"}'", all.of_mira);
	char *etag = ctl('3', words);
	assert_int_equal(strlen(etag), 32);
	steps('3', AT("2026-05-06T09:17:00Z"));
	expect_told('3', words, etag);
	snprintf(text, sizeof(text), "call Scheduling.ReadFeed '{\"token\": \"%s\", \"etag\": \"%s\"}'", all.of_mira, etag);
	char *unchanged = ctl('3', text);
	assert_null(strstr(unchanged, "BEGIN:VCALENDAR"));
	assert_non_null(strstr(unchanged, etag));
	free(unchanged);
	snprintf(text, sizeof(text), VISIT("CancelAppointment", ""), visit);
	steps('3', text);
	char *other = ctl('3', words);
	assert_int_equal(strlen(other), 32);
	assert_string_not_equal(other, etag);
	free(other);
	free(etag);
	free(visit);
	close_feeds(&all);
}

static void expect_closed(char number, const char *as, const char *token)
{
	char words[256];
	snprintf(words, sizeof(words), "%s export ics '%s' 2>&1 || true", as, token);
	char *said = ctl(number, words);
	if (!strstr(said, "no such calendar"))
		fail_msg("as %s: %s", as, said);
	free(said);
}

static void issue(char number, const char *kind, const char *name, const char *roles)
{
	char *organisation = value_of(number, "SELECT '" ORGANISATION "'");
	struct arena *arena = arena_new((size_t)1 << 20);
	bool bound = strcmp(kind, "person") == 0;
	const struct key_request request = {name, kind, roles, bound ? organisation : "*", "-"};
	const struct status status = keys_issue(arena, house->keys_dir, &request);
	if (!status_is_ok(status))
		fail_msg("%s: %s", name, status.message);
	arena_free(arena);
	free(organisation);
}

static void test_a_token_opens_one_calendar_until_it_is_revoked(void **state)
{
	(void)state;
	char words[256], text[768];
	tells('4', AT("2026-05-07T06:00:00Z"), BOOK("visit", "ana", "mira", "2026-05-11T08:00:00Z", "") BOOKED);
	struct people all = open_feeds('4', "2026-05-11T08:00:00Z");
	/* The gateway knows no organisation; somebody else's staff is not let in by the token. */
	issue('4', "service", "gateway", "service");
	issue('9', "person", "stranger", "clinic_lead");
	snprintf(words, sizeof(words), "--as gateway export ics %s | head -n 1", all.of_mira);
	expect_told('4', words, "BEGIN:VCALENDAR\r");
	snprintf(words, sizeof(words), "--as gateway export ics - <<END | head -n 1\n%s\nEND", all.of_mira);
	expect_told('4', words, "BEGIN:VCALENDAR\r");
	expect_closed('4', "--as stranger", all.of_mira);
	/* What was never a token, one letter off, and another organisation's id in it. */
	char wrong[64];
	strcpy(wrong, all.of_mira);
	expect_closed('4', "--as gateway", "x");
	wrong[53] = wrong[53] == 'A' ? 'B' : 'A';
	expect_closed('4', "--as gateway", wrong);
	strcpy(wrong, all.of_mira);
	wrong[20] = wrong[20] == 'A' ? 'B' : 'A';
	expect_closed('4', "--as gateway", wrong);

	snprintf(text, sizeof(text), CALL("ListFeeds", "lead", "'subject_id': '%s'") "'keep': 'f', 'expect': {'feeds': [{'subject_kind': 'practitioner', 'made_at': '2026-05-07T06:00:00Z', 'made_by': 'lead#'}]}}\n"
		CALL("RevokeFeed", "ana", "'feed_id': '${f.feeds[0].feed_id}'") SAYS("NOT_FOUND")
		CALL("RevokeFeed", "lead", "'feed_id': '${f.feeds[0].feed_id}'") DONE
		CALL("RevokeFeed", "lead", "'feed_id': '${f.feeds[0].feed_id}'") SAYS("NOT_FOUND"), all.mira);
	steps('4', text);
	expect_closed('4', "--as gateway", all.of_mira);
	snprintf(words, sizeof(words), "--as gateway export ics %s | head -n 1", all.of_ana);
	expect_told('4', words, "BEGIN:VCALENDAR\r");
	expect('4', OUTBOX, "CalendarFeedCreated CalendarFeedCreated CalendarFeedCreated CalendarFeedRevoked");
	close_feeds(&all);
}

static void test_athletes_have_calendars_of_their_own_visits(void **state)
{
	(void)state;
	tells('5', AT("2026-05-07T06:00:00Z"),
		BOOK("visit", "ana", "mira", "2026-05-11T08:00:00Z", "") BOOKED
		CALL("CreateFeed", "ana", "'athlete_id': '${ana.athlete_id}'") "'keep': 'own'}\n"
		CALL("CreateFeed", "ana", "'athlete_id': '${ben.athlete_id}'") SAYS("NOT_FOUND")
		CALL("CreateFeed", "ana", "'practitioner_id': '${mira.practitioner_id}'") SAYS("NOT_FOUND")
		CALL("CreateFeed", "ana", "'room_id': '${gym.room_id}'") SAYS("NOT_FOUND")
		CALL("CreateFeed", "lead", "'room_id': '${mira.practitioner_id}'") SAYS("NOT_FOUND")
		CALL("CreateFeed", "lead", "'room_id': '${gym.room_id}', 'athlete_id': '${ben.athlete_id}'") SAYS("INVALID_ARGUMENT")
		CALL("CreateFeed", "lead", "'athlete_id': '${ben.athlete_id}'") "'keep': 'bens'}\n"
		CALL("ListFeeds", "ana", "'subject_id': '${ana.athlete_id}'") "'expect': {'feeds': [{'feed_id': '${own.feed_id}'}]}}\n"
		CALL("ListFeeds", "ana", "'subject_id': '${ben.athlete_id}'") SAYS("NOT_FOUND")
		CALL("RevokeFeed", "ana", "'feed_id': '${bens.feed_id}'") SAYS("NOT_FOUND")
		CALL("ReadFeed", "ana", "'athlete_id': '${ana.athlete_id}'") DONE
		CALL("ReadFeed", "ana", "'athlete_id': '${ben.athlete_id}'") SAYS("NOT_FOUND")
		CALL("ReadFeed", "ana", "'practitioner_id': '${mira.practitioner_id}'") SAYS("NOT_FOUND")
		CALL("ReadFeed", "lead", "'practitioner_id': '${mira.practitioner_id}'") DONE
		CALL("ReadFeed", "lead", "'practitioner_id': '${ana.athlete_id}'") SAYS("NOT_FOUND")
		CALL("ReadFeed", "lead", "") SAYS("INVALID_ARGUMENT")
		CALL("RevokeFeed", "ana", "'feed_id': '${own.feed_id}'") DONE);
}

/* The token is told once: the database cannot tell it again. */
static void test_the_token_is_kept_nowhere(void **state)
{
	(void)state;
	char words[256], sql[512];
	tells('6', AT("2026-05-07T06:00:00Z"), "");
	char *ana = id_of('6', "athlete_id", "athlete", "zone <> '' ORDER BY athlete_id LIMIT 1");
	snprintf(words, sizeof(words), "--as lead# --key once --pick /token call Scheduling.CreateFeed '{\"athlete_id\": \"%s\"}'", ana);
	char *token = ctl('6', words);
	assert_int_equal(strlen(token), 54);
	snprintf(sql, sizeof(sql), "SELECT count(*) FROM scheduling.idempotency WHERE position('%s'::bytea in reply) > 0", token);
	expect('6', sql, "0");
	snprintf(sql, sizeof(sql), "SELECT count(*) FROM scheduling.outbox WHERE position('%s'::bytea in payload) > 0", token);
	expect('6', sql, "0");
	char *again = ctl('6', words);
	assert_string_equal(again, "");
	expect('6', "SELECT count(*) FROM scheduling.calendar_feed WHERE organisation_id = '" ORGANISATION "'", "1");
	free(again);
	free(token);
	free(ana);
}
/* clang-format on */

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_feeds_say_what_is_booked),
		cmocka_unit_test(test_a_feed_is_bounded),
		cmocka_unit_test(test_changes_keep_the_uid_and_raise_the_sequence),
		cmocka_unit_test(test_the_etag_changes_with_the_text_alone),
		cmocka_unit_test(test_a_token_opens_one_calendar_until_it_is_revoked),
		cmocka_unit_test(test_athletes_have_calendars_of_their_own_visits),
		cmocka_unit_test(test_the_token_is_kept_nowhere),
	};
	return cmocka_run_group_tests_name("calendar feeds", tests, open_house, close_house);
}
