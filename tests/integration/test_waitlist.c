/* The waitlist: who joins and leaves; what comes free and how; who is offered it, in which order
 * and why; what becomes of an offer. Each test is an organisation of its own (prater.h). */
#include "callers.h"
#include "prater.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* clang-format off */
#define WAITS_FOR(AS, ATHLETE, SERVICE, MORE) "{'call': 'Scheduling.JoinWaitlist', 'as': '" AS "#', 'with': {'entry': {'athlete_id': '${" ATHLETE ".athlete_id}', 'service_id': '${" SERVICE ".service_id}'" MORE "}}, "
#define WINDOW(FROM, UNTIL) ", 'from_at': '" FROM "T00:00:00Z', 'until_at': '" UNTIL "T00:00:00Z'"
#define LEAVES(AS, NAME) "{'call': 'Scheduling.LeaveWaitlist', 'as': '" AS "#', 'with': {'entry_id': '${" NAME ".entry_id}'}, "
#define CANCEL(NAME) "{'call': 'Scheduling.CancelAppointment', 'as': 'lead#', 'with': {'appointment_id': '${" NAME ".appointment_id}'}}\n"
#define OFFERS_TO(ATHLETE) "{'call': 'Scheduling.ListOffers', 'as': 'lead#', 'with': {'athlete_id': '${" ATHLETE ".athlete_id}'}, "
#define OFFERS_OF(NAME) "{'call': 'Scheduling.ListOffers', 'as': 'lead#', 'with': {'slot_id': '${" NAME ".appointment_id}'}, "
#define ANSWER(AS, OFFERS, ACCEPT) "{'call': 'Scheduling.AnswerOffer', 'as': '" AS "#', 'with': {'offer_id': '${" OFFERS ".offers[0].offer_id}', 'accept': " ACCEPT "}, "
#define ENTRIES(ATHLETE) "{'call': 'Scheduling.ListWaitlist', 'as': 'lead#', 'with': {'athlete_id': '${" ATHLETE ".athlete_id}'}, "
#define SLOTS "SELECT string_agg(state, ' ' ORDER BY starts_at, version) FROM scheduling.freed_slot WHERE organisation_id = '" ORGANISATION "'"
#define OUTBOX "SELECT string_agg(replace(type, 'soleus.v1.', ''), ' ' ORDER BY id) FROM scheduling.outbox WHERE organisation_id = '" ORGANISATION "'"
#define DONE "'expect': {}}\n"

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
	expect('3', "SELECT string_agg(state, ' ' ORDER BY booked_at) FROM scheduling.appointment WHERE organisation_id = '" ORGANISATION "'", "cancelled expired expired booked");
}

#define NOT_OFFERED(ATHLETE) OFFERS_TO(ATHLETE) "'keep': 'none', 'expect': {}}\n"
#define FREE(WHO, INSTANT) BOOK("visit", "cleo", WHO, INSTANT, "") "'keep': 'freed'}\n" CANCEL("freed")

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

static void test_one_athlete_is_asked_one_thing_at_a_time(void **state)
{
	(void)state;
	tells('7', AT("2026-06-01T08:00:00Z"),
		WAITS_FOR("lead", "ana", "visit", WINDOW("2026-06-01", "2026-06-30")) "'keep': 'one'}\n"
		BOOK("visit", "cleo", "mira", "2026-06-08T08:00:00Z", "") "'keep': 'first'}\n"
		BOOK("visit", "cleo", "mira", "2026-06-09T08:00:00Z", "") "'keep': 'second'}\n"
		CANCEL("first") CANCEL("second")
		/* The other waits for her answer. */
		OFFERS_TO("ana") "'keep': 'o', 'expect': {'offers': [{'starts_at': '2026-06-08T08:00:00Z'}]}}\n"
		OFFERS_OF("second") "'keep': 'none', 'expect': {}}\n"
		AT("2026-06-01T09:00:00Z")
		OFFERS_OF("second") "'keep': 'o', 'expect': {'offers': [{'athlete_id': '${ana.athlete_id}', 'state': 'open'}]}}\n"
		ANSWER("ana", "o", "false") DONE
		/* With however many entries, nobody is offered the same twice. */
		WAITS_FOR("lead", "ana", "visit", WINDOW("2026-06-01", "2026-06-30")) "'keep': 'two'}\n"
		BOOK("visit", "cleo", "mira", "2026-06-15T08:00:00Z", "") "'keep': 'third'}\n"
		CANCEL("third")
		OFFERS_OF("third") "'keep': 'o', 'expect': {'offers': [{'entry_id': '${two.entry_id}'}]}}\n"
		ANSWER("ana", "o", "false") DONE
		OFFERS_OF("third") "'expect': {'offers': [{'state': 'declined'}]}}\n"
		/* Who leaves gives up what is offered; who is busy then, or has used up the plan, is passed over. */
		LEAVES("lead", "one") DONE
		ATHLETE("dan")
		BOOK("visit", "dan", "mira", "2026-06-16T08:00:00Z", "") "'keep': 'fourth'}\n"
		CANCEL("fourth")
		WAITS_FOR("lead", "ben", "visit", WINDOW("2026-06-01", "2026-06-30")) DONE
		"{'call': 'Scheduling.PutVisitPlan', 'as': 'lead#', 'with': {'athlete_id': '${ben.athlete_id}', 'name': 'none', 'visits': 1, 'starts_at': '2026-06-01T00:00:00Z', 'ends_at': '2026-06-30T00:00:00Z'}}\n"
		BOOK("visit", "ben", "sam", "2026-06-29T08:00:00Z", "") BOOKED
		WAITS_FOR("lead", "cleo", "visit", WINDOW("2026-06-01", "2026-06-30")) DONE
		OFFERS_OF("fourth") "'keep': 'o', 'expect': {'offers': [{'athlete_id': '${ana.athlete_id}', 'state': 'open'}]}}\n"
		LEAVES("ana", "two") DONE
		OFFERS_OF("fourth") "'keep': 'o', 'expect': {'offers': [{'state': 'declined'}, {'athlete_id': '${cleo.athlete_id}', 'state': 'open', 'rank': 2, 'why': '2 of 2 who fit: urgency 0, timing fair, waits 0 days, 0 offers before'}]}}\n"
		ENTRIES("ana") "'expect': {'entries': [{'state': 'left'}, {'state': 'left'}]}}\n");
	expect('7', SLOTS, "exhausted exhausted exhausted offered");
}

static void test_two_services_are_asked_for_one_after_the_other(void **state)
{
	(void)state;
	tells('b', AT("2026-06-23T08:00:00Z"),
		WAITS_FOR("lead", "ana", "visit", WINDOW("2026-06-23", "2026-07-30")) "'keep': 'one'}\n"
		WAITS_FOR("lead", "ana", "needling", WINDOW("2026-06-23", "2026-07-30")) "'keep': 'two'}\n"
		BOOK("visit", "cleo", "mira", "2026-07-06T08:00:00Z", "") "'keep': 'first'}\n"
		BOOK("needling", "cleo", "mira", "2026-07-07T08:00:00Z", "") "'keep': 'second'}\n"
		CANCEL("first") CANCEL("second")
		/* A yes by text has one meaning. */
		OFFERS_TO("ana") "'keep': 'o', 'expect': {'offers': [{'entry_id': '${one.entry_id}', 'state': 'open'}]}}\n"
		AT("2026-06-23T08:30:00Z")
		ANSWER("ana", "o", "true") DONE
		/* Her answer ends the other's waiting at once. */
		OFFERS_TO("ana") "'expect': {'offers': [{'entry_id': '${two.entry_id}', 'state': 'open', 'offered_at': '2026-06-23T08:30:00Z'}, {'state': 'accepted'}]}}\n");
	expect('b', SLOTS, "booked offered");
}

static void test_who_gives_a_time_back_is_not_offered_it(void **state)
{
	(void)state;
	tells('c', AT("2026-06-24T08:00:00Z"),
		WAITS_FOR("lead", "ana", "visit", WINDOW("2026-06-24", "2026-07-30")) DONE
		BOOK("visit", "ana", "mira", "2026-07-06T08:00:00Z", "") "'keep': 'freed'}\n"
		CANCEL("freed")
		BOOK("visit", "ana", "mira", "2026-07-06T10:00:00Z", "") "'keep': 'moved'}\n"
		"{'call': 'Scheduling.Reschedule', 'as': 'lead#', 'with': {'appointment_id': '${moved.appointment_id}', 'starts_at': '2026-07-07T12:00:00Z'}}\n"
		NOT_OFFERED("ana")
		/* Another's is. */
		BOOK("visit", "ben", "mira", "2026-07-13T10:00:00Z", "") "'keep': 'other'}\n" CANCEL("other")
		OFFERS_TO("ana") "'expect': {'offers': [{'starts_at': '2026-07-13T10:00:00Z'}]}}\n");
	expect('c', SLOTS, "exhausted exhausted offered");
}

/* ---- By message ---- */

#define TEXTER(WHO, PHONE, ZONE) "{'call': 'Directory.RegisterAthlete', 'as': 'lead#', 'with': {'athlete': {'given_name': '" WHO "', 'family_name': 'B', 'birth_date': '1994-05-11', 'zone': '" ZONE "', 'home_clinic_id': '${prater.clinic_id}', 'contact_points': [{'channel': 'sms', 'value': '" PHONE "'}]}}, 'keep': '" WHO "'}\n" \
	"{'call': 'Directory.RecordConsent', 'as': 'lead#', 'with': {'athlete_id': '${" WHO ".athlete_id}', 'purpose': 'reminders', 'channel': 'sms', 'granted': true, 'text_version': '1'}}\n"
#define TEXT(ID, PHONE, WORDS, AS) "{'call': 'Reminders.ReceiveText', 'as': 'operator', 'organisation': '" ORGANISATION "', 'with': {'provider_message_id': '" ID "', 'from': '" PHONE "', 'channel': 'sms', 'text': '" WORDS "'}, 'expect': {'understood_as': '" AS "'}}\n"
#define SENT_TO(WHO) "SELECT string_agg(to_char(m.sent_at AT TIME ZONE 'Europe/Vienna', 'DD HH24:MI ') || m.purpose, ', ' ORDER BY m.sent_at, m.purpose) FROM reminders.message m WHERE m.organisation_id = '" ORGANISATION "' AND m.state = 'sent' AND m.athlete_id = (SELECT athlete_id FROM directory.athlete d WHERE d.organisation_id = m.organisation_id AND d.given_name = '" WHO "')"
#define DORA "+43 660 555081"
#define EVE  "+43 660 555082"

static void test_an_offer_is_texted_and_answered_by_text(void **state)
{
	(void)state;
	tells('a', AT("2026-08-03T08:00:00Z"),
		TEXTER("dora", DORA, "Europe/Vienna") TEXTER("eve", EVE, "Europe/London")
		WAITS_FOR("lead", "dora", "visit", WINDOW("2026-08-03", "2026-09-30")) "'keep': 'one'}\n"
		AT("2026-08-04T08:00:00Z")
		WAITS_FOR("lead", "eve", "visit", WINDOW("2026-08-03", "2026-09-30")) "'keep': 'two'}\n"
		AT("2026-08-05T08:00:00Z")
		/* No passes it on, yes takes it. */
		FREE("mira", "2026-08-10T08:00:00Z")
		OFFERS_OF("freed") "'expect': {'offers': [{'athlete_id': '${dora.athlete_id}'}]}}\n"
		TEXT("1", DORA, "No thanks", "answer")
		OFFERS_OF("freed") "'expect': {'offers': [{'state': 'declined'}, {'athlete_id': '${eve.athlete_id}', 'state': 'open'}]}}\n"
		TEXT("2", EVE, "YES", "answer")
		OFFERS_OF("freed") "'keep': 'o', 'expect': {'offers': [{'state': 'declined'}, {'state': 'accepted'}]}}\n"
		"{'call': 'Scheduling.GetAppointment', 'as': 'lead#', 'with': {'appointment_id': '${o.offers[1].appointment_id}'}, 'expect': {'appointment': {'state': 'booked', 'athlete_id': '${eve.athlete_id}'}}}\n"
		/* What was said twice was meant once: a yes to what is booked confirms it. */
		TEXT("3", EVE, "yes", "confirm")
		/* A yes that comes too late. */
		FREE("mira", "2026-08-10T10:00:00Z")
		AT("2026-08-05T09:30:00Z")
		TEXT("4", DORA, "Yes", "answer")
		OFFERS_OF("freed") "'expect': {'offers': [{'state': 'expired'}]}}\n"
		/* At night the message waits for the morning, and so does the clock of the offer. */
		AT("2026-08-05T20:00:00Z")
		FREE("mira", "2026-08-10T12:00:00Z")
		AT("2026-08-06T06:30:00Z")
		TEXT("5", DORA, "YES!", "answer")
		OFFERS_OF("freed") "'expect': {'offers': [{'state': 'accepted', 'expires_at': '2026-08-06T07:00:00Z'}]}}\n"
		ENTRIES("dora") "'expect': {'entries': [{'state': 'booked', 'offers': 3}]}}\n"
		AT("2026-08-06T07:00:00Z"));
	expect('a', SENT_TO("dora"), "05 10:00 waitlist_offer, 05 10:00 waitlist_offer, 05 11:30 waitlist_gone, 06 08:00 waitlist_offer, 06 08:30 confirmation");
	expect('a', SENT_TO("eve"), "05 10:00 confirmation, 05 10:00 waitlist_offer");
	expect('a', "SELECT string_agg(text, '|' ORDER BY text) FROM reminders.message WHERE organisation_id = '" ORGANISATION "' AND purpose ~ 'waitlist' AND appointment_id IN (SELECT appointment_id FROM scheduling.appointment WHERE organisation_id = '" ORGANISATION "' AND starts_at = '2026-08-10T08:00Z')", "prater: a time you wait for is free, Mon 10 Aug 10:00. Reply YES by 10:00 to take it, or NO and it goes to the next.|prater: a time you wait for is free, Mon 10 Aug 10:00. Reply YES by 11:00 to take it, or NO and it goes to the next.");
	expect('a', "SELECT count(*) FROM reminders.task WHERE organisation_id = '" ORGANISATION "'", "0");
	expect('a', "SELECT string_agg(DISTINCT state, ' ') FROM reminders.visit WHERE organisation_id = '" ORGANISATION "'", "booked cancelled");
}
/* clang-format on */

/* ---- Many at once ---- */

#define CALLERS 16

static void add_answers(struct callers *callers, const char *offer_id)
{
	for (unsigned i = 0; i < CALLERS; i++) {
		char with[CALLER_BYTES];
		snprintf(with, sizeof(with), "{\"offer_id\": \"%s\", \"accept\": %s}", offer_id,
			 i % 2 ? "true" : "false");
		callers_add(callers, "Scheduling.AnswerOffer", with);
	}
}

/* clang-format off */
static void test_sixteen_answers_are_one(void **state)
{
	(void)state;
	for (char number = '8'; number <= '9'; number++) {
		char who[] = "lead#";
		struct callers callers = {.who = who};
		who[4] = number;
		tells(number, number == '8' ? AT("2026-07-06T08:00:00Z") : AT("2026-07-13T08:00:00Z"),
			WAITS_FOR("lead", "ana", "visit", WINDOW("2026-07-06", "2026-08-30")) "'keep': 'one'}\n"
			FREE("mira", "2026-07-27T08:00:00Z")
			OFFERS_OF("freed") "'expect': {'offers': [{'state': 'open'}]}}\n");
		char *offer = id_of(number, "offer_id", "waitlist_offer", "state = 'open'");
		add_answers(&callers, offer);
		callers_call(&callers);
		assert_int_equal(callers_told(&callers, STATUS_OK) + callers_told(&callers, STATUS_FAILED_PRECONDITION), CALLERS);
		assert_int_equal(callers_told(&callers, STATUS_OK), CALLERS / 2);
		callers_end(&callers);
		free(offer);
		steps(number, "{'call': 'Scheduling.ListWaitlist', 'as': 'lead#', 'with': {}}\n");
		expect(number, "SELECT count(*) FROM scheduling.waitlist_offer WHERE organisation_id = '" ORGANISATION "'", "1");
		expect(number, "SELECT count(*) FROM scheduling.waitlist_offer o JOIN scheduling.freed_slot f USING (organisation_id, slot_id) WHERE organisation_id = '" ORGANISATION "' AND (o.state, f.state) IN (('accepted', 'booked'), ('declined', 'exhausted'))", "1");
	}
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
		cmocka_unit_test(test_one_athlete_is_asked_one_thing_at_a_time),
		cmocka_unit_test(test_two_services_are_asked_for_one_after_the_other),
		cmocka_unit_test(test_who_gives_a_time_back_is_not_offered_it),
		cmocka_unit_test(test_sixteen_answers_are_one),
		cmocka_unit_test(test_an_offer_is_texted_and_answered_by_text),
	};
	return cmocka_run_group_tests_name("waitlist", tests, open_house, close_house);
}
