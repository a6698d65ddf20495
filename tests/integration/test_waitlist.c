/* The waitlist: who joins and leaves; what comes free and how; what becomes of an offer. Each test
 * is an organisation of its own (prater.h). */
#include "waits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* clang-format off */
static void test_an_entry_is_checked(void **state)
{
	(void)state;
	tells('1', AT("2026-03-02T07:00:00Z"),
		WAITS_FOR("ana", "ana", "visit", WINDOW("2026-03-02", "2026-03-20") ", 'weekdays': [1, 2], 'opens': '09:00', 'closes': '12:00', 'clinic_ids': ['${prater.clinic_id}'], 'practitioner_ids': ['${mira.practitioner_id}', '${sam.practitioner_id}']") "'keep': 'entry'}\n"
		ENTRIES("ana") "'expect': {'entries': [{'entry_id': '${entry.entry_id}', 'state': 'waiting', 'weekdays': [1, 2], 'opens': '09:00', 'closes': '12:00', 'least_grade': 'fair', 'notice_minutes': 120, 'clinic_ids': ['${prater.clinic_id}'], 'joined_at': '2026-03-02T07:00:00Z'}]}}\n"
		/* What is for staff to set. */
		WAITS_FOR("ana", "ana", "visit", WINDOW("2026-03-02", "2026-03-20") ", 'urgency': 1") SAYS("INVALID_ARGUMENT")
		WAITS_FOR("ana", "ana", "visit", WINDOW("2026-03-02", "2026-03-20") ", 'least_grade': 'warn'") SAYS("INVALID_ARGUMENT")
		WAITS_FOR("lead", "ana", "visit", WINDOW("2026-03-02", "2026-03-20") ", 'urgency': 3") SAYS("INVALID_ARGUMENT")
		WAITS_FOR("lead", "ana", "visit", WINDOW("2026-03-20", "2026-03-02")) SAYS("INVALID_ARGUMENT")
		WAITS_FOR("lead", "ana", "visit", WINDOW("2026-02-01", "2026-03-01")) SAYS("INVALID_ARGUMENT")
		WAITS_FOR("lead", "ana", "visit", WINDOW("2026-03-02", "2026-03-20") ", 'weekdays': [1, 1]") SAYS("INVALID_ARGUMENT")
		WAITS_FOR("lead", "ana", "visit", WINDOW("2026-03-02", "2026-03-20") ", 'opens': '12:00', 'closes': '09:00'") SAYS("INVALID_ARGUMENT")
		WAITS_FOR("lead", "ana", "visit", WINDOW("2026-03-02", "2026-03-20") ", 'least_grade': 'best'") SAYS("INVALID_ARGUMENT")
		WAITS_FOR("lead", "ana", "visit", WINDOW("2026-03-02", "2026-03-20") ", 'clinic_ids': ['${mira.practitioner_id}']") SAYS("NOT_FOUND")
		WAITS_FOR("ana", "ben", "visit", WINDOW("2026-03-02", "2026-03-20")) SAYS("NOT_FOUND")
		LEAVES("ana", "entry") DONE
		LEAVES("ana", "entry") DONE
		ENTRIES("ana") "'expect': {'entries': [{'state': 'left'}]}}\n"
		"{'call': 'Scheduling.ListWaitlist', 'as': 'ana#', 'with': {}, 'fails': 'PERMISSION_DENIED'}\n"
		"{'call': 'Scheduling.LeaveWaitlist', 'as': 'lead#', 'with': {'entry_id': '${ana.athlete_id}'}, 'fails': 'NOT_FOUND'}\n");
}

static void test_a_cancelled_visit_is_offered_to_one_after_the_other(void **state)
{
	(void)state;
	tells('2', AT("2026-03-02T09:00:00Z"),
		BOOK("visit", "cleo", "mira", "2026-03-10T08:00:00Z", "") "'keep': 'freed'}\n"
		WAITS_FOR("ana", "ana", "visit", WINDOW("2026-03-02", "2026-03-20")) "'keep': 'first'}\n"
		AT("2026-03-03T10:00:00Z")
		WAITS_FOR("lead", "ben", "visit", WINDOW("2026-03-02", "2026-03-20")) "'keep': 'second'}\n"
		AT("2026-03-04T09:00:00Z")
		CANCEL("freed")
		OFFERS_OF("freed") "'keep': 'a', 'expect': {'offers': [{'athlete_id': '${ana.athlete_id}', 'entry_id': '${first.entry_id}', 'state': 'open', 'rank': 1, 'why': '1 of 2 who fit: urgency 0, timing fair, waits 2 days, 0 offers before; ahead of the next by days waited', 'starts_at': '2026-03-10T08:00:00Z', 'local_start': 'Tue 10 Mar 2026 09:00', 'offered_at': '2026-03-04T09:00:00Z', 'expires_at': '2026-03-04T10:00:00Z', 'practitioner_id': '${mira.practitioner_id}', 'service_id': '${visit.service_id}'}]}}\n"
		ENTRIES("ana") "'expect': {'entries': [{'state': 'offered', 'offers': 1}]}}\n"
		/* Held for her, and for nobody else. */
		STATE("a.offers[0]", "held")
		BOOK("visit", "ben", "mira", "2026-03-10T08:00:00Z", "") SAYS("ALREADY_EXISTS")
		ANSWER("ana", "a", "false") DONE
		ANSWER("ana", "a", "false") DONE
		ANSWER("ana", "a", "true") SAYS("FAILED_PRECONDITION")
		STATE("a.offers[0]", "cancelled")
		OFFERS_TO("ben") "'keep': 'b', 'expect': {'offers': [{'state': 'open', 'rank': 1, 'why': '1 of 1 who fit: urgency 0, timing fair, waits 0 days, 0 offers before'}]}}\n"
		/* Another's offer is nobody's business. */
		ANSWER("ana", "b", "true") SAYS("NOT_FOUND")
		ANSWER("lead", "b", "true") "'expect': {'appointment': {'state': 'booked', 'athlete_id': '${ben.athlete_id}', 'starts_at': '2026-03-10T08:00:00Z'}}}\n"
		ANSWER("lead", "b", "true") "'expect': {'appointment': {'state': 'booked'}}}\n"
		ANSWER("lead", "b", "false") SAYS("FAILED_PRECONDITION")
		ENTRIES("ben") "'expect': {'entries': [{'state': 'booked'}]}}\n"
		ENTRIES("ana") "'expect': {'entries': [{'state': 'waiting', 'offers': 1}]}}\n"
		LEAVES("lead", "second") SAYS("FAILED_PRECONDITION")
		/* What was booked from the waitlist comes free like any other. */
		"{'call': 'Scheduling.CancelAppointment', 'as': 'lead#', 'with': {'appointment_id': '${b.offers[0].appointment_id}'}}\n"
		OFFERS_TO("ana") "'expect': {'offers': [{'state': 'open', 'why': '1 of 1 who fit: urgency 0, timing fair, waits 2 days, 1 offer before'}, {'state': 'declined'}]}}\n");
	expect('2', SLOTS, "booked offered");
	expect('2', OUTBOX, "AppointmentBooked AppointmentCancelled AppointmentHeld WaitlistOffered WaitlistOfferEnded HoldEnded AppointmentHeld WaitlistOffered WaitlistOfferEnded AppointmentBooked AppointmentCancelled AppointmentHeld WaitlistOffered");
}

static void test_who_does_not_answer_lets_it_pass(void **state)
{
	(void)state;
	tells('3', AT("2026-03-09T09:00:00Z"),
		BOOK("visit", "cleo", "mira", "2026-03-16T08:00:00Z", "") "'keep': 'freed'}\n"
		WAITS_FOR("lead", "ana", "visit", WINDOW("2026-03-02", "2026-03-20")) "'keep': 'first'}\n"
		WAITS_FOR("lead", "ben", "visit", WINDOW("2026-03-02", "2026-03-20") ", 'urgency': 2") "'keep': 'urgent'}\n"
		CANCEL("freed")
		OFFERS_OF("freed") "'expect': {'offers': [{'athlete_id': '${ben.athlete_id}', 'why': '1 of 2 who fit: urgency 2, timing fair, waits 0 days, 0 offers before; ahead of the next by urgency'}]}}\n"
		AT("2026-03-09T09:59:59Z")
		OFFERS_OF("freed") "'keep': 'o', 'expect': {'offers': [{'state': 'open'}]}}\n"
		AT("2026-03-09T10:00:00Z")
		ANSWER("lead", "o", "true") SAYS("FAILED_PRECONDITION")
		OFFERS_OF("freed") "'expect': {'offers': [{'state': 'expired'}, {'athlete_id': '${ana.athlete_id}', 'state': 'open', 'expires_at': '2026-03-09T11:00:00Z'}]}}\n"
		AT("2026-03-09T12:00:00Z")
		OFFERS_OF("freed") "'expect': {'offers': [{'state': 'expired'}, {'state': 'expired'}]}}\n"
		ENTRIES("ana") "'expect': {'entries': [{'state': 'waiting', 'offers': 1}]}}\n"
		BOOK("visit", "ana", "mira", "2026-03-16T08:00:00Z", "") BOOKED
		/* What was waited for is over. */
		AT("2026-03-20T01:00:00Z")
		ENTRIES("ana") "'expect': {'entries': [{'state': 'lapsed'}]}}\n"
		LEAVES("lead", "first") DONE);
	expect('3', SLOTS, "exhausted");
	expect('3', "SELECT string_agg(state, ' ' ORDER BY booked_at, state) FROM scheduling.appointment WHERE organisation_id = '" ORGANISATION "'", "cancelled expired expired booked");
}

static void test_only_what_fits_is_offered(void **state)
{
	(void)state;
	tells('4', AT("2026-03-23T08:00:00Z"),
		/* Ana waits for one thing alone: Tuesdays with Mira, 10:00 to 12:00, in two weeks. */
		WAITS_FOR("lead", "ana", "visit", WINDOW("2026-03-30", "2026-04-12") ", 'weekdays': [2], 'opens': '10:00', 'closes': '12:00', 'clinic_ids': ['${prater.clinic_id}'], 'practitioner_ids': ['${mira.practitioner_id}']") "'keep': 'entry'}\n"
		FREE("mira", "2026-03-24T08:00:00Z") /* a week too early */
		FREE("mira", "2026-03-30T08:00:00Z") /* Monday */
		FREE("sam", "2026-03-31T08:00:00Z")
		FREE("mira", "2026-03-31T07:30:00Z") /* 09:30: the clocks have changed meanwhile */
		FREE("mira", "2026-03-31T09:30:00Z") /* until 12:15 */
		BOOK("class", "cleo", "mira", "2026-03-31T08:00:00Z", "") "'keep': 'other'}\n" CANCEL("other")
		NOT_OFFERED("ana")
		FREE("mira", "2026-03-31T09:15:00Z")
		OFFERS_TO("ana") "'keep': 'o', 'expect': {'offers': [{'starts_at': '2026-03-31T09:15:00Z', 'local_start': 'Tue 31 Mar 2026 11:15'}]}}\n"
		ANSWER("ana", "o", "false") DONE
		/* The timing must suit her as much as she asks for. */
		"{'call': 'Scheduling.PutTraining', 'as': 'ana#', 'with': {'athlete_id': '${ana.athlete_id}', 'source': 's', 'sessions': [{'uid': '1', 'title': 'Race 10 km', 'starts_at': '2026-04-08T08:00:00Z', 'ends_at': '2026-04-08T09:00:00Z'}]}}\n"
		FREE("mira", "2026-04-07T08:00:00Z")
		OFFERS_OF("freed") "'keep': 'none', 'expect': {}}\n"
		WAITS_FOR("lead", "ana", "visit", WINDOW("2026-03-30", "2026-04-12") ", 'least_grade': 'warn'") "'keep': 'entry'}\n"
		FREE("mira", "2026-04-07T08:00:00Z")
		OFFERS_OF("freed") "'keep': 'o', 'expect': {'offers': [{'athlete_id': '${ana.athlete_id}', 'why': '1 of 1 who fit: urgency 0, timing warn, waits 0 days, 0 offers before'}]}}\n"
		ANSWER("ana", "o", "true") "'expect': {'appointment': {'grade': 'warn', 'timing_override_reason': 'the waitlist entry takes times that the timing warns of'}}}\n"
		/* The timing puts Ben before who waits as long. */
		WAITS_FOR("lead", "cleo", "visit", WINDOW("2026-04-12", "2026-05-12")) DONE
		WAITS_FOR("lead", "ben", "visit", WINDOW("2026-04-12", "2026-05-12")) DONE
		"{'call': 'Scheduling.PutTraining', 'as': 'lead#', 'with': {'athlete_id': '${ben.athlete_id}', 'source': 's', 'sessions': [{'uid': '1', 'title': 'Rest day', 'kind': 'rest', 'starts_at': '2026-04-14T05:00:00Z', 'ends_at': '2026-04-14T20:00:00Z'}]}}\n"
		BOOK("visit", "ana", "mira", "2026-04-14T08:00:00Z", "") "'keep': 'freed'}\n" CANCEL("freed")
		OFFERS_OF("freed") "'expect': {'offers': [{'athlete_id': '${ben.athlete_id}', 'why': '1 of 2 who fit: urgency 0, timing good, waits 0 days, 0 offers before; ahead of the next by timing'}]}}\n");
	expect('4', SLOTS " AND starts_at < '2026-04-01Z'", "exhausted exhausted exhausted exhausted exhausted exhausted");
}

static void test_notice_and_night(void **state)
{
	(void)state;
	tells('5', AT("2026-04-20T08:00:00Z"),
		WAITS_FOR("lead", "ana", "visit", WINDOW("2026-04-20", "2026-05-12") ", 'notice_minutes': 1440") DONE
		/* A day's notice, and four hours are left. */
		FREE("mira", "2026-04-20T12:00:00Z")
		NOT_OFFERED("ana")
		WAITS_FOR("lead", "ben", "visit", WINDOW("2026-04-20", "2026-05-12")) DONE
		FREE("mira", "2026-04-20T12:00:00Z")
		OFFERS_TO("ben") "'keep': 'o', 'expect': {'offers': [{'expires_at': '2026-04-20T08:30:00Z'}]}}\n"
		ANSWER("lead", "o", "false") DONE
		/* At night nobody is written to: the offer stands until an hour into the morning. */
		AT("2026-04-20T20:30:00Z")
		FREE("mira", "2026-04-27T12:00:00Z")
		OFFERS_OF("freed") "'expect': {'offers': [{'athlete_id': '${ana.athlete_id}', 'expires_at': '2026-04-21T07:00:00Z'}]}}\n"
		/* And who would hear of it too late is not asked. */
		FREE("sam", "2026-04-21T07:30:00Z")
		OFFERS_OF("freed") "'keep': 'none', 'expect': {}}\n");
	expect('5', SLOTS, "exhausted exhausted exhausted offered");
}

static void test_whatever_frees_a_time(void **state)
{
	(void)state;
	tells('6', AT("2026-05-04T08:00:00Z"),
		/* Nobody waits: nothing is kept. */
		FREE("mira", "2026-05-11T08:00:00Z")
		WAITS_FOR("lead", "ben", "visit", WINDOW("2026-05-04", "2026-06-12")) "'keep': 'entry'}\n"
		/* A hold that is released, and one that ends. */
		HOLD("lead", "visit", "cleo", "mira", "2026-05-11T08:00:00Z", "10") "'keep': 'held'}\n"
		WITH_HOLD("ReleaseHold", "lead", "held") DONE
		OFFERS_TO("ben") "'keep': 'o', 'expect': {'offers': [{'starts_at': '2026-05-11T08:00:00Z', 'state': 'open'}]}}\n"
		ANSWER("lead", "o", "false") DONE
		HOLD("lead", "visit", "cleo", "mira", "2026-05-11T10:00:00Z", "10") "'keep': 'held'}\n"
		AT("2026-05-04T08:10:00Z")
		OFFERS_TO("ben") "'keep': 'o', 'expect': {'offers': [{'starts_at': '2026-05-11T10:00:00Z', 'state': 'open'}, {}]}}\n"
		ANSWER("lead", "o", "false") DONE
		/* A visit that is moved away; one that is moved a little leaves nothing. */
		BOOK("visit", "cleo", "mira", "2026-05-11T12:00:00Z", "") "'keep': 'moved'}\n"
		"{'call': 'Scheduling.Reschedule', 'as': 'lead#', 'with': {'appointment_id': '${moved.appointment_id}', 'starts_at': '2026-05-12T12:00:00Z'}}\n"
		OFFERS_TO("ben") "'keep': 'o', 'expect': {'offers': [{'starts_at': '2026-05-11T12:00:00Z', 'state': 'open'}, {}, {}]}}\n"
		ANSWER("lead", "o", "false") DONE
		"{'call': 'Scheduling.Reschedule', 'as': 'lead#', 'with': {'appointment_id': '${moved.appointment_id}', 'starts_at': '2026-05-12T12:30:00Z'}}\n"
		OFFERS_TO("ben") "'expect': {'offers': [{'state': 'declined'}, {}, {}]}}\n"
		/* An absence that is called off: two visits fit into what it took. */
		"{'call': 'Scheduling.AddAbsence', 'as': 'lead#', 'with': {'absence': {'practitioner_id': '${sam.practitioner_id}', 'kind': 'time_off', 'title': 'course', 'starts_at': '2026-05-18T14:00:00Z', 'ends_at': '2026-05-18T22:00:00Z'}}, 'keep': 'absence'}\n"
		WAITS_FOR("lead", "cleo", "visit", WINDOW("2026-05-18", "2026-06-12")) DONE
		"{'call': 'Scheduling.RemoveAbsence', 'as': 'lead#', 'with': {'absence_id': '${absence.absence_id}'}}\n"
		OFFERS_TO("cleo") "'keep': 'c', 'expect': {'offers': [{'starts_at': '2026-05-18T14:00:00Z', 'practitioner_id': '${sam.practitioner_id}', 'state': 'open', 'why': '1 of 2 who fit: urgency 0, timing fair, waits 0 days, 0 offers before; ahead of the next by fewer offers'}]}}\n"
		OFFERS_TO("ben") "'keep': 'b', 'expect': {'offers': [{'starts_at': '2026-05-18T15:00:00Z', 'state': 'open'}, {}, {}, {}]}}\n"
		/* Confirming and releasing what is held for an offer answers it. */
		"{'call': 'Scheduling.ConfirmHold', 'as': 'lead#', 'with': {'appointment_id': '${b.offers[0].appointment_id}'}, 'expect': {'appointment': {'state': 'booked'}}}\n"
		"{'call': 'Scheduling.ReleaseHold', 'as': 'lead#', 'with': {'appointment_id': '${c.offers[0].appointment_id}'}}\n"
		ENTRIES("ben") "'expect': {'entries': [{'state': 'booked', 'offers': 4}]}}\n"
		OFFERS_TO("ben") "'expect': {'offers': [{'state': 'accepted'}, {}, {}, {}]}}\n"
		OFFERS_TO("cleo") "'expect': {'offers': [{'state': 'declined'}]}}\n");
	expect('6', SLOTS, "exhausted exhausted exhausted taken exhausted booked");
	expect('6', "SELECT count(*) FROM scheduling.freed_slot f JOIN scheduling.waitlist_offer o ON o.appointment_id = f.slot_id WHERE f.organisation_id = '" ORGANISATION "'", "0");
}
/* clang-format on */

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_entry_is_checked),
		cmocka_unit_test(test_a_cancelled_visit_is_offered_to_one_after_the_other),
		cmocka_unit_test(test_who_does_not_answer_lets_it_pass),
		cmocka_unit_test(test_only_what_fits_is_offered),
		cmocka_unit_test(test_notice_and_night),
		cmocka_unit_test(test_whatever_frees_a_time),
	};
	return cmocka_run_group_tests_name("waitlist", tests, open_house, close_house);
}
