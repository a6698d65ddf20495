/* T3: after five check-ins the athlete's own settling time replaces the default. */
#include "prater.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* clang-format off */
#define OF_DORA "'athlete_id': '${dora.athlete_id}'"
#define CONSENT(PURPOSE, MORE) "{'call': 'Directory.RecordConsent', 'as': 'lead#', 'with': {" OF_DORA ", 'purpose': '" PURPOSE "', 'granted': true, 'text_version': '1'" MORE "}}\n"
#define OF_VISIT(WEEK) "'appointment_id': '${visit" WEEK ".appointment_id}'"
/* Treated on a Monday at 15:00 in Vienna, asked the next morning, answers at 11:00. */
#define VISIT(WEEK, MONDAY, TUESDAY, ANSWER) \
	BOOK("visit", "dora", "mira", MONDAY "T14:00:00Z", "") "'keep': 'visit" WEEK "'}\n" \
	AT(MONDAY "T14:00:00Z") \
	"{'call': 'Notes.RecordScreening', 'as': 'mira#', 'with': {" OF_DORA ", " OF_VISIT(WEEK) ", 'items': []}}\n" \
	"{'call': 'Scheduling.CheckIn', 'as': 'lead#', 'with': {" OF_VISIT(WEEK) "}}\n" \
	"{'call': 'Notes.OpenEncounter', 'as': 'mira#', 'with': {" OF_DORA ", " OF_VISIT(WEEK) ", 'practitioner_id': '${mira.practitioner_id}', 'clinic_id': '${prater.clinic_id}'}, 'keep': 'encounter'}\n" \
	"{'call': 'Notes.SignNote', 'as': 'mira#', 'with': {'encounter_id': '${encounter.encounter_id}', 'note': {'complaint': 'Left calf tight', 'tissue_to_calm': 'Gastrocnemius, left', 'why_overloaded': 'Long runs grew', 'drivers': ['load'], 'findings': [{'key': 'f1', 'movement': 'knee-to-wall', 'side': 'left', 'instrument': 'knee_to_wall', 'value': {'value': 7.5}}], 'sites': [{'muscle': 'gastrocnemius', 'side': 'left', 'approach': 'deep', 'pain_during': {'value': 3}, 'gauge_um': 300, 'length_mm': 40, 'depth_mm': 20, 'insertions': 8, 'needles_in': 2, 'needles_out': 2, 'finding_keys': ['f1']}]}}}\n" \
	AT(TUESDAY "T10:00:00Z") \
	"{'call': 'Reminders.ReceiveText', 'as': 'operator', 'organisation': '" ORGANISATION "', 'with': {'provider_message_id': 'answer" WEEK "', 'from': '0043660555019', 'channel': 'sms', 'text': '" ANSWER "'}}\n"
#define TIMING(EXPECTED) "{'call': 'Scheduling.GetTiming', 'as': 'lead#', 'with': {" OF_DORA "}, 'expect': {" EXPECTED "}}\n"

static void test_five_check_ins_replace_the_default(void **state)
{
	(void)state;
	tells('1', AT("2026-01-05T06:00:00Z"),
		"{'key': 'mira#', 'roles': 'practitioner', 'organisation': '" ORGANISATION "', 'subject': '${mira.practitioner_id}'}\n"
		"{'call': 'Directory.RegisterAthlete', 'as': 'lead#', 'with': {'athlete': {'given_name': 'dora', 'family_name': 'B', 'birth_date': '1994-05-11', 'zone': 'Europe/Vienna', 'home_clinic_id': '${prater.clinic_id}', 'contact_points': [{'channel': 'sms', 'value': '+43 660 555019'}]}}, 'keep': 'dora'}\n"
		CONSENT("treatment", "") CONSENT("reminders", ", 'channel': 'sms'") CONSENT("check_ins", ", 'channel': 'sms'")
		/* Intervals 21 h 15 min after a visit that is to come: a clash, while the default holds. */
		BOOK("visit", "dora", "mira", "2026-03-02T14:00:00Z", "") "'keep': 'later'}\n"
		"{'call': 'Scheduling.PutTraining', 'as': 'lead#', 'with': {" OF_DORA ", 'source': 'club', 'sessions': [{'uid': 'i', 'title': 'Intervals', 'starts_at': '2026-03-03T12:00:00Z', 'ends_at': '2026-03-03T13:00:00Z'}]}}\n"
		VISIT("1", "2026-01-12", "2026-01-13", "1 8")
		VISIT("2", "2026-01-19", "2026-01-20", "7 3")
		VISIT("3", "2026-01-26", "2026-01-27", "0 9")
		VISIT("4", "2026-02-02", "2026-02-03", "2 7")
		TIMING("'windows': {'warn_hours': 24}, 'check_ins': 4")
		"{'call': 'Scheduling.ListClashes', 'as': 'lead#', 'with': {" OF_DORA "}, 'expect': {'clashes': [{'appointment': {'appointment_id': '${later.appointment_id}'}}]}}\n"
		VISIT("5", "2026-02-09", "2026-02-10", "2 8")
		TIMING("'windows': {'warn_hours': 20, 'competition_hours': 48}, 'organisation': {'warn_hours': 24}, 'settling_hours': 20, 'check_ins': 5"));
	expect('1', "SELECT count(*) FROM scheduling.timing_clash WHERE organisation_id = '" ORGANISATION "' AND cleared_at IS NULL", "0");
}
/* clang-format on */

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_five_check_ins_replace_the_default),
	};
	return cmocka_run_group_tests(tests, open_house, close_house);
}
