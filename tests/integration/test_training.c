/* The athlete's training: its words, its load, the windows of T1 to T3, and coming visits that
 * clash with it. */
#include "prater.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* clang-format off */
#define CALL(RPC, AS, WITH) "{'call': 'Scheduling." RPC "', 'as': '" AS "#', 'with': {" WITH "}, "
#define DONE "'expect': {}}\n"
#define OF(WHO) "'athlete_id': '${" WHO ".athlete_id}'"
#define SESSION(UID, TITLE, STARTS, ENDS) "{'uid': '" UID "', 'title': '" TITLE "', 'starts_at': '" STARTS "', 'ends_at': '" ENDS "'}"
#define TRAIN(WHO, SESSIONS) CALL("PutTraining", "lead", OF(WHO) ", 'source': 'club', 'sessions': [" SESSIONS "]")
#define TRAINING(WHO, SESSIONS) CALL("ListTraining", "lead", OF(WHO) ", 'from_at': '2026-02-01T00:00:00Z', 'until_at': '2026-05-01T00:00:00Z'") "'expect': {'sessions': [" SESSIONS "]}}\n"
#define ON(WHO, UID) OF(WHO) ", 'source': 'club', 'uid': '" UID "'"
#define CLASHES(WHO, CLASHES) CALL("ListClashes", "lead", OF(WHO)) "'expect': {'clashes': [" CLASHES "]}}\n"
#define CLASH(NAME, RULE) "{'appointment': {'appointment_id': '${" NAME ".appointment_id}'}, 'reasons': [{'rule': '" RULE "'}]}"
#define OUTBOX(WHAT) "SELECT string_agg(substr(type, 11), ' ' ORDER BY id) FROM scheduling.outbox WHERE organisation_id = '" ORGANISATION "' AND type LIKE 'soleus.v1." WHAT "%'"
/* The daemons come to rest before a call. */
#define AT_REST CALL("ListTrainingWords", "lead", "") DONE
#define OPEN_CLASHES "SELECT count(*) FROM scheduling.timing_clash WHERE organisation_id = '" ORGANISATION "' AND cleared_at IS NULL"

static void test_words_of_the_organisation_go_before_ours(void **state)
{
	(void)state;
	tells('1', AT("2026-03-02T06:00:00Z"),
		TRAIN("ana", SESSION("a", "Zirkel am Montag", "2026-03-09T16:00:00Z", "2026-03-09T17:00:00Z") ", "
			SESSION("b", "Easy Zirkel", "2026-03-10T16:00:00Z", "2026-03-10T17:00:00Z") ", "
			"{'uid': 'c', 'title': 'Zirkel', 'kind': 'low', 'starts_at': '2026-03-11T16:00:00Z', 'ends_at': '2026-03-11T17:00:00Z'}, "
			SESSION("d", "Easy run", "2026-03-12T16:00:00Z", "2026-03-12T17:00:00Z")) "'expect': {'added': 4, 'uncertain': 1}}\n"
		TRAINING("ana", "{'uid': 'a', 'kind': 'moderate', 'uncertain': true, 'source': 'club'}, {'kind': 'low'}, {'kind': 'low'}, {'kind': 'low'}")
		CALL("PutTrainingWords", "lead", "'words': [{'phrase': 'ZIRKEL', 'kind': 'high_intensity'}, {'phrase': 'easy-zirkel!', 'kind': 'moderate'}]") "'expect': {'reclassified': 2}}\n"
		/* The longer phrase decides; a kind that the calendar itself gave stays. */
		TRAINING("ana", "{'kind': 'high_intensity'}, {'kind': 'moderate'}, {'kind': 'low'}, {'kind': 'low'}")
		CALL("ListTrainingWords", "ana", "") "'expect': {'words': [{'phrase': 'easy zirkel', 'kind': 'moderate'}, {'phrase': 'zirkel', 'kind': 'high_intensity'}], 'built_in': [{'phrase': 'rest day', 'kind': 'rest'}]}}\n"
		/* What comes now is classified by them at once. */
		TRAIN("ben", SESSION("a", "Zirkel", "2026-03-09T16:00:00Z", "2026-03-09T17:00:00Z")) "'expect': {'added': 1}}\n"
		CALL("PutTrainingWords", "lead", "'words': [{'phrase': 'zirkel'}]") "'expect': {'reclassified': 2}}\n"
		TRAINING("ana", "{'kind': 'moderate', 'uncertain': true}, {'kind': 'moderate'}, {}, {}")
		CALL("PutTrainingWords", "ana", "'words': [{'phrase': 'zirkel', 'kind': 'rest'}]") SAYS("PERMISSION_DENIED")
		CALL("PutTrainingWords", "lead", "'words': [{'phrase': '!!', 'kind': 'rest'}]") SAYS("INVALID_ARGUMENT")
		CALL("PutTrainingWords", "lead", "'words': [{'phrase': 'a', 'kind': 'nap'}]") SAYS("INVALID_ARGUMENT")
		CALL("PutTrainingWords", "lead", "'words': [{'phrase': 'a b', 'kind': 'rest'}, {'phrase': 'A-B'}]") SAYS("INVALID_ARGUMENT"));
}

static void test_a_kind_set_by_hand_stays(void **state)
{
	(void)state;
#define ZUMBA SESSION("z", "Zumba", "2026-03-09T16:00:00Z", "2026-03-09T17:00:00Z")
	tells('2', AT("2026-03-02T06:00:00Z"),
		TRAIN("ana", ZUMBA) DONE
		CALL("CorrectTraining", "ana", ON("ana", "z") ", 'kind': 'high_intensity'") DONE
		TRAINING("ana", "{'uid': 'z', 'kind': 'high_intensity', 'corrected': true}")
		TRAIN("ana", ZUMBA) "'expect': {'unchanged': 1}}\n"
		CALL("PutTrainingWords", "lead", "'words': [{'phrase': 'zumba', 'kind': 'low'}]") "'expect': {}}\n"
		TRAINING("ana", "{'uid': 'z', 'kind': 'high_intensity'}")
		CALL("CorrectTraining", "ana", ON("ana", "nothing") ", 'kind': 'low'") SAYS("NOT_FOUND")
		CALL("CorrectTraining", "ana", ON("ben", "z") ", 'kind': 'low'") SAYS("NOT_FOUND")
		CALL("CorrectTraining", "ana", ON("ana", "z") ", 'kind': 'nap'") SAYS("INVALID_ARGUMENT"));
}

static void test_load_is_shown_by_local_day(void **state)
{
	(void)state;
	/* 23:30 UTC of the 1st is the 2nd in Vienna. */
	tells('3', AT("2026-03-02T20:00:00Z"),
		TRAIN("ana", SESSION("a", "Easy run", "2026-03-01T23:30:00Z", "2026-03-02T00:30:00Z") ", "
			SESSION("b", "Intervals", "2026-02-05T16:00:00Z", "2026-02-05T17:00:00Z") ", "
			SESSION("c", "Long run", "2026-02-28T08:00:00Z", "2026-02-28T10:00:00Z") ", "
			SESSION("d", "Rest", "2026-02-27T08:00:00Z", "2026-02-27T10:00:00Z") ", "
			SESSION("e", "Intervals", "2026-03-05T16:00:00Z", "2026-03-05T17:00:00Z")) DONE
		CALL("RecordLoad", "ana", ON("ana", "a") ", 'rpe': 4, 'minutes': 60") DONE
		CALL("RecordLoad", "ana", ON("ana", "b") ", 'rpe': 7.5, 'minutes': 80") DONE
		CALL("GetLoad", "ana", OF("ana")) "'expect': {'days': ["
			"{'day': '2026-02-03'}, {}, {'day': '2026-02-05', 'load': 600, 'sessions': 1}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {'day': '2026-03-02', 'load': 240, 'sessions': 1}], "
			"'acute': 240, 'chronic': 210, 'sessions_without_load': 1}}\n"
		CALL("RecordLoad", "ana", ON("ana", "c") ", 'rpe': 11, 'minutes': 0") SAYS("INVALID_ARGUMENT")
		CALL("RecordLoad", "ana", ON("ana", "x") ", 'rpe': 3, 'minutes': 10") SAYS("NOT_FOUND")
		CALL("GetLoad", "ana", OF("ben")) SAYS("NOT_FOUND")
		TRAINING("ana", "{'uid': 'b', 'rpe': 7.5, 'minutes': 80}, {}, {}, {}, {}"));
}

static void test_a_changed_calendar_finds_and_clears_clashes(void **state)
{
	(void)state;
#define RACE(DAY) SESSION("r", "City race", DAY "T08:00:00Z", DAY "T09:00:00Z")
	tells('4', AT("2026-03-02T06:00:00Z"),
		BOOK("visit", "ana", "mira", "2026-03-10T08:00:00Z", "") "'keep': 'visit1', 'expect': {'grade': 'fair'}}\n"
		BOOK("visit", "ana", "mira", "2026-03-16T08:00:00Z", "") "'keep': 'visit2'}\n"
		TRAIN("ana", RACE("2026-03-11")) DONE
		CLASHES("ana", CLASH("visit1", "T1"))
		CALL("ListClashes", "lead", "'clinic_id': '${prater.clinic_id}'") "'expect': {'clashes': [" CLASH("visit1", "T1") "]}}\n"
		CALL("ListClashes", "ana", OF("ana")) "'expect': {'clashes': [" CLASH("visit1", "T1") "]}}\n"
		CALL("ListClashes", "ana", OF("ben")) SAYS("NOT_FOUND")
		CALL("ListClashes", "ana", "") SAYS("NOT_FOUND"));
	expect('4', OPEN_CLASHES, "1");
	expect('4', OUTBOX("TimingClash"), "TimingClashFound");
	steps('4', AGAIN TRAIN(ON_ANA, RACE("2026-03-20")) DONE AT_REST);
	expect('4', OPEN_CLASHES, "0");
	expect('4', OUTBOX("TimingClash"), "TimingClashFound TimingClashCleared");
	steps('4', AGAIN TRAIN(ON_ANA, RACE("2026-03-17")) DONE AT_REST);
	expect('4', OPEN_CLASHES, "1");
	expect('4', OUTBOX("TimingClash"), "TimingClashFound TimingClashCleared TimingClashFound");
}

static void test_a_clash_ends_with_its_visit(void **state)
{
	(void)state;
	tells('5', AT("2026-03-02T06:00:00Z"),
		BOOK("visit", "ana", "mira", "2026-03-10T08:00:00Z", "") "'keep': 'moved'}\n"
		BOOK("visit", "ana", "mira", "2026-03-16T08:00:00Z", "") "'keep': 'gone'}\n"
		TRAIN("ana", SESSION("r", "Race", "2026-03-11T08:00:00Z", "2026-03-11T09:00:00Z") ", " SESSION("s", "Race", "2026-03-17T08:00:00Z", "2026-03-17T09:00:00Z")) DONE
		CLASHES("ana", CLASH("moved", "T1") ", " CLASH("gone", "T1"))
		CALL("Reschedule", "lead", "'appointment_id': '${moved.appointment_id}', 'starts_at': '2026-03-23T08:00:00Z'") DONE
		CALL("CancelAppointment", "ana", "'appointment_id': '${gone.appointment_id}'") DONE
		AT_REST);
	expect('5', OPEN_CLASHES, "0");
	expect('5', OUTBOX("TimingClash"), "TimingClashFound TimingClashFound TimingClashCleared TimingClashCleared");
}

static void test_a_clash_ends_when_its_visit_is_over(void **state)
{
	(void)state;
	tells('a', AT("2026-05-04T07:00:00Z"),
		BOOK("visit", "ana", "mira", "2026-05-12T08:00:00Z", "") "'keep': 'kept'}\n"
		TRAIN("ana", RACE("2026-05-13")) DONE
		CLASHES("ana", CLASH("kept", "T1"))
		AT("2026-05-12T09:00:00Z")
		CALL("CompleteAppointment", "lead", "'appointment_id': '${kept.appointment_id}'") DONE
		AT_REST);
	expect('a', OPEN_CLASHES, "0");
	expect('a', OUTBOX("TimingClash"), "TimingClashFound TimingClashCleared");
}

static void test_one_who_cannot_be_checked_keeps_nobody_else(void **state)
{
	(void)state;
	char sql[512];
	tells('b', AT("2026-05-04T06:00:00Z"),
		BOOK("visit", "ana", "mira", "2026-05-12T08:00:00Z", "") BOOKED
		BOOK("visit", "ben", "mira", "2026-05-12T10:00:00Z", "") BOOKED);
	char *ana = id_of('b', "athlete_id", "appointment", "starts_at = '2026-05-12T08:00Z'");
	snprintf(sql, sizeof(sql), "CREATE FUNCTION scheduling.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION USING MESSAGE = TG_NAME; END'; CREATE TRIGGER refused BEFORE INSERT ON scheduling.timing_clash FOR EACH ROW WHEN (NEW.athlete_id = '%s') EXECUTE FUNCTION scheduling.refuse()", ana);
	free(ana);
	expect('b', sql, "");
	steps('b', AGAIN TRAIN(ON_ANA, RACE("2026-05-13")) DONE
		AT("2026-05-04T06:00:30Z") TRAIN(ON_BEN, RACE("2026-05-13")) DONE AT_REST);
	expect('b', OPEN_CLASHES, "1");
	expect('b', "DROP TRIGGER refused ON scheduling.timing_clash; DROP FUNCTION scheduling.refuse", "");
	steps('b', AT("2026-05-04T06:03:00Z") AT_REST);
	expect('b', OPEN_CLASHES, "2");
}

static void test_calendars_of_the_house_itself_are_not_read(void **state)
{
	(void)state;
	tells('9', AT("2026-03-02T06:00:00Z"),
		CALL("SubscribeTraining", "lead", OF("ana") ", 'url': 'http://127.0.0.1:1/a.ics'") DONE
		CALL("SubscribeTraining", "lead", OF("ana") ", 'url': 'webcal://localhost/a.ics'") DONE
		CALL("ListTrainingFeeds", "lead", OF("ana")) "'expect': {'feeds': [{'failures': 1, 'fault': 'its address is of a private network, which is not asked'}, {'url': 'https://localhost/a.ics', 'fault': 'its address is of a private network, which is not asked'}]}}\n");
}

static void test_the_athlete_is_told_of_a_clash_once(void **state)
{
	(void)state;
#define RACE_OF_DORA(DAY) CALL("PutTraining", "lead", OF("dora") ", 'source': 'club', 'sessions': [" RACE(DAY) ", " SESSION("i", "Intervals", "2026-04-11T08:00:00Z", "2026-04-11T09:00:00Z") "]") DONE
#define MESSAGES "SELECT string_agg(state || ' ' || text, ', ' ORDER BY planned_at) FROM reminders.message WHERE organisation_id = '" ORGANISATION "' AND purpose = 'timing_clash'"
	tells('8', AT("2026-04-01T06:00:00Z"),
		"{'call': 'Directory.RegisterAthlete', 'as': 'lead#', 'with': {'athlete': {'given_name': 'dora', 'family_name': 'B', 'birth_date': '1994-05-11', 'zone': 'Europe/Vienna', 'home_clinic_id': '${prater.clinic_id}', 'contact_points': [{'channel': 'sms', 'value': '+43 660 555018'}]}}, 'keep': 'dora'}\n"
		"{'call': 'Directory.RecordConsent', 'as': 'lead#', 'with': {" OF("dora") ", 'purpose': 'reminders', 'channel': 'sms', 'granted': true, 'text_version': '1'}}\n"
		BOOK("visit", "dora", "mira", "2026-04-14T08:00:00Z", "") "'keep': 'v'}\n"
		/* At night nobody is told; by the morning the race is another day. */
		AT("2026-04-02T20:30:00Z") RACE_OF_DORA("2026-04-15")
		AT("2026-04-02T21:00:00Z") RACE_OF_DORA("2026-04-25")
		AT("2026-04-03T10:00:00Z") AT_REST);
	expect('8', MESSAGES, "suppressed ");
	steps('8', "{'call': 'Directory.ListAthletes', 'as': 'lead#', 'with': {}, 'keep': 'all'}\n"
		"{'call': 'Scheduling.PutTraining', 'as': 'lead#', 'with': {'athlete_id': '${all.athletes[3].athlete_id}', 'source': 'club', 'sessions': [" RACE("2026-04-15") "]}}\n"
		AT("2026-04-03T11:00:00Z")
		/* Other reasons, the same clash. */
		"{'call': 'Scheduling.PutTraining', 'as': 'lead#', 'with': {'athlete_id': '${all.athletes[3].athlete_id}', 'source': 'club', 'sessions': [" SESSION("j", "Intervals", "2026-04-14T18:00:00Z", "2026-04-14T19:00:00Z") "]}}\n"
		AT("2026-04-03T12:00:00Z") AT_REST);
	expect('8', MESSAGES, "suppressed , sent prater: your visit Tue 14 Apr 10:00 may no longer fit your training calendar. Reply M to move it, C to keep it.");
	expect('8', OUTBOX("TimingClash"), "TimingClashFound TimingClashCleared TimingClashFound TimingClashFound");
}

static void test_what_staff_overrode_clashes_with_something_new_alone(void **state)
{
	(void)state;
	tells('6', AT("2026-03-02T06:00:00Z"),
		TRAIN("ana", SESSION("r", "Race", "2026-03-11T08:00:00Z", "2026-03-11T09:00:00Z")) DONE
		BOOK("visit", "ana", "mira", "2026-03-10T08:00:00Z", ", 'timing_override_reason': 'calves only'") "'keep': 'visit1', 'expect': {'grade': 'warn'}}\n"
		AT("2026-03-02T21:00:00Z")
		TRAIN("ana", SESSION("e", "Easy run", "2026-03-10T16:00:00Z", "2026-03-10T17:00:00Z")) DONE
		AT_REST);
	expect('6', OPEN_CLASHES, "0");
	steps('6', AGAIN TRAIN(ON_ANA, SESSION("i", "Intervals", "2026-03-10T18:00:00Z", "2026-03-10T19:00:00Z")) DONE AT_REST);
	expect('6', OPEN_CLASHES, "1");
	expect('6', "SELECT reasons FROM scheduling.timing_clash WHERE organisation_id = '" ORGANISATION "'", "T1 High-intensity session in 9 h: some athletes are flat for 24 h after needling (T1)");
}

static void test_windows_of_the_organisation_and_of_an_athlete(void **state)
{
	(void)state;
#define WINDOWS(WARN, COMPETITION) "'windows': {'warn_hours': " WARN ", 'competition_hours': " COMPETITION ", 'after_block_hours': 48, 'early_days': 10}"
	tells('7', AT("2026-03-02T06:00:00Z"),
		CALL("GetTiming", "ana", OF("ana")) "'expect': {" WINDOWS("24", "48") ", 'organisation': {'warn_hours': 24}}}\n"
		BOOK("visit", "ana", "mira", "2026-03-10T08:00:00Z", "") "'keep': 'visit1'}\n"
		TRAIN("ana", SESSION("r", "Race", "2026-03-13T08:00:00Z", "2026-03-13T09:00:00Z")) DONE
		CALL("PutTimingDefaults", "lead", WINDOWS("24", "96")) DONE
		CLASHES("ana", CLASH("visit1", "T1"))
		/* She knows herself. */
		CALL("PutAthleteTiming", "lead", OF("ana") ", 'warn_hours': -1, 'competition_hours': 24, 'reason': 'raced well the day after'") DONE
		CALL("GetTiming", "ana", OF("ana")) "'expect': {" WINDOWS("24", "24") ", 'organisation': {'competition_hours': 96}, 'reason': 'raced well the day after'}}\n"
		"{'at': '2026-03-02T22:00:00Z'}\n"
		CALL("PutAthleteTiming", "lead", OF("ana") ", 'warn_hours': -1, 'competition_hours': -1") DONE
		CLASHES("ana", CLASH("visit1", "T1"))
		CALL("PutAthleteTiming", "lead", OF("ana") ", 'warn_hours': 500, 'competition_hours': 10") SAYS("INVALID_ARGUMENT")
		CALL("PutAthleteTiming", "lead", "'athlete_id': '${mira.practitioner_id}', 'warn_hours': 1, 'competition_hours': 1, 'reason': 'x'") SAYS("NOT_FOUND")
		CALL("PutAthleteTiming", "ana", OF("ana") ", 'warn_hours': 0, 'competition_hours': 0, 'reason': 'x'") SAYS("PERMISSION_DENIED")
		CALL("PutTimingDefaults", "lead", WINDOWS("0", "96")) SAYS("INVALID_ARGUMENT")
		CALL("GetTiming", "ana", OF("ben")) SAYS("NOT_FOUND"));
	expect('7', OUTBOX("TimingClash"), "TimingClashFound TimingClashCleared TimingClashFound");
}
/* clang-format on */

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words_of_the_organisation_go_before_ours),
		cmocka_unit_test(test_a_kind_set_by_hand_stays),
		cmocka_unit_test(test_load_is_shown_by_local_day),
		cmocka_unit_test(test_a_changed_calendar_finds_and_clears_clashes),
		cmocka_unit_test(test_a_clash_ends_with_its_visit),
		cmocka_unit_test(test_what_staff_overrode_clashes_with_something_new_alone),
		cmocka_unit_test(test_windows_of_the_organisation_and_of_an_athlete),
		cmocka_unit_test(test_calendars_of_the_house_itself_are_not_read),
		cmocka_unit_test(test_the_athlete_is_told_of_a_clash_once),
		cmocka_unit_test(test_one_who_cannot_be_checked_keeps_nobody_else),
		cmocka_unit_test(test_a_clash_ends_when_its_visit_is_over),
	};
	return cmocka_run_group_tests(tests, open_house, close_house);
}
