/* What becomes of an appointment once it is booked: cancelled, checked in, completed, missed; what
 * its cut-off forbids and staff override; its history; lists. */
#include "prater.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* clang-format off */
#define ON(RPC, AS, NAME, MORE) "{'call': 'Scheduling." RPC "', 'as': '" AS "#', 'with': {'appointment_id': '${" NAME ".appointment_id}'" MORE "}, "
#define DONE "'expect': {}}\n"
#define OUTBOX "SELECT string_agg(replace(type, 'soleus.v1.', ''), ' ' ORDER BY id) FROM scheduling.outbox WHERE organisation_id = '" ORGANISATION "'"

static void test_the_cutoff_binds_and_staff_override_it(void **state)
{
	(void)state;
	tells('1', AT("2026-03-02T06:00:00Z"),
		SERVICE("course", ", 'cancel_cutoff_minutes': 1440")
		BOOK("course", "ana", "mira", "2026-03-03T08:00:00Z", "") "'keep': 'soon'}\n"
		BOOK("course", "ana", "mira", "2026-03-09T08:00:00Z", "") "'keep': 'far'}\n"
		BOOK("visit", "ana", "mira", "2026-03-02T08:00:00Z", "") "'keep': 'today'}\n"
		/* In time: the athlete as well. */
		ON("CancelAppointment", "ana", "far", ", 'reason': 'race moved'") DONE
		ON("CancelAppointment", "ana", "today", "") DONE
		/* 26 hours before is in time, 23 is not. */
		AT("2026-03-02T09:00:00Z")
		ON("CancelAppointment", "ana", "soon", "") SAYS("FAILED_PRECONDITION")
		ON("CancelAppointment", "ana", "soon", ", 'override_reason': 'please'") SAYS("FAILED_PRECONDITION")
		ON("CancelAppointment", "lead", "soon", "") SAYS("FAILED_PRECONDITION")
		ON("CancelAppointment", "lead", "soon", ", 'override_reason': '  '") SAYS("FAILED_PRECONDITION")
		STATE("soon", "booked")
		ON("CancelAppointment", "lead", "soon", ", 'reason': 'ill', 'override_reason': 'has a fever'") DONE
		ON("CancelAppointment", "lead", "soon", "") DONE
		ON("GetAppointment", "lead", "soon", ", 'with_history': true") "'expect': {'appointment': {'state': 'cancelled', 'version': 2, 'override_reason': 'has a fever', 'overridden': ['cutoff']}, 'history': [{'version': 1, 'state': 'booked', 'by': 'lead#', 'state_at': '2026-03-02T06:00:00Z'}, {'version': 2, 'state': 'cancelled', 'by': 'lead#', 'reason': 'ill', 'override_reason': 'has a fever', 'overridden': ['cutoff'], 'state_at': '2026-03-02T09:00:00Z'}]}}\n"
		ON("GetAppointment", "ana", "far", ", 'with_history': true") "'expect': {'history': [{'state': 'booked'}, {'state': 'cancelled', 'by': 'ana#', 'reason': 'race moved'}]}}\n"
		/* Without a cut-off the visit's beginning is one. */
		BOOK("visit", "ana", "mira", "2026-03-02T10:00:00Z", "") "'keep': 'begun'}\n"
		AT("2026-03-02T10:00:01Z")
		ON("CancelAppointment", "ana", "begun", "") SAYS("FAILED_PRECONDITION")
		ON("CancelAppointment", "lead", "begun", ", 'override_reason': 'fire alarm'") DONE);
	expect('1', OUTBOX, "AppointmentBooked AppointmentBooked AppointmentBooked AppointmentCancelled AppointmentCancelled AppointmentCancelled AppointmentBooked AppointmentCancelled");
}

static void test_a_visit_is_missed_or_completed_once_it_began(void **state)
{
	(void)state;
	tells('2', AT("2026-03-09T06:00:00Z"),
		BOOK("visit", "ana", "mira", "2026-03-09T08:00:00Z", "") "'keep': 'missed'}\n"
		BOOK("visit", "ben", "sam", "2026-03-09T08:00:00Z", "") "'keep': 'come'}\n"
		BOOK("visit", "cleo", "lee", "2026-03-10T08:00:00Z", "") "'keep': 'other'}\n"
		ON("MarkNoShow", "lead", "missed", "") SAYS("FAILED_PRECONDITION")
		ON("CompleteAppointment", "lead", "come", "") SAYS("FAILED_PRECONDITION")
		ON("MarkNoShow", "ana", "missed", "") SAYS("PERMISSION_DENIED")
		ON("CompleteAppointment", "ana", "missed", "") SAYS("PERMISSION_DENIED")
		/* Who is checked in may be done early. */
		ON("CheckIn", "lead", "come", "") DONE
		ON("MarkNoShow", "lead", "come", "") SAYS("FAILED_PRECONDITION")
		ON("CompleteAppointment", "lead", "come", "") DONE
		ON("CompleteAppointment", "lead", "come", "") DONE
		ON("CancelAppointment", "lead", "come", "") SAYS("FAILED_PRECONDITION")
		ON("CheckIn", "lead", "come", "") SAYS("FAILED_PRECONDITION")
		AT("2026-03-09T08:20:00Z")
		ON("MarkNoShow", "lead", "missed", ", 'reason': 'no call'") DONE
		ON("MarkNoShow", "lead", "missed", "") DONE
		ON("CompleteAppointment", "lead", "missed", "") SAYS("FAILED_PRECONDITION")
		STATE("missed", "no_show") STATE("come", "completed")
		"{'call': 'Notes.OpenEncounter', 'as': 'lead#', 'with': {'appointment_id': '${missed.appointment_id}', 'athlete_id': '${ana.athlete_id}', 'practitioner_id': '${mira.practitioner_id}', 'clinic_id': '${prater.clinic_id}'}, 'fails': 'FAILED_PRECONDITION'}\n"
		AT("2026-03-10T09:00:00Z")
		ON("CompleteAppointment", "lead", "other", "") DONE
		/* Nobody was there: the time is free again. */
		BOOK("visit", "ana", "mira", "2026-03-10T10:00:00Z", "") BOOKED);
	expect('2', "SELECT string_agg(DISTINCT state, ' ') FROM reminders.visit WHERE organisation_id = '" ORGANISATION "'", "booked completed no_show");
	expect('2', "SELECT string_agg(DISTINCT why, ', ') FROM reminders.message WHERE organisation_id = '" ORGANISATION "' AND state = 'planned' AND due_at < '2026-03-10T09:00Z'", "");
	expect('2', "SELECT count(*) FROM scheduling.outbox WHERE organisation_id = '" ORGANISATION "' AND type ~ 'NoShow|Completed'", "3");
}

static void test_lists_are_of_a_clinic_a_practitioner_or_an_athlete(void **state)
{
	(void)state;
	tells('3', AT("2026-03-16T06:00:00Z"),
		SERVICE("long", ", 'buffer_before_minutes': 120")
		BOOK("long", "ana", "mira", "2026-03-16T09:00:00Z", "") "'keep': 'first'}\n"
		BOOK("visit", "ben", "mira", "2026-03-16T13:00:00Z", "") "'keep': 'second'}\n"
		BOOK("visit", "cleo", "sam", "2026-03-16T13:00:00Z", "") "'keep': 'of_sam'}\n"
		ON("CancelAppointment", "lead", "second", "") DONE
		BOOK_AS("lead", "visit", "ben", "mira", "donau", "2026-03-16T14:00:00Z", ", 'override_reason': 'there today'") "'keep': 'away'}\n"
#define LIST(AS, WHOSE, FROM, UNTIL) "{'call': 'Scheduling.ListAppointments', 'as': '" AS "#', 'with': {" WHOSE ", 'from_at': '2026-03-" FROM ":00Z', 'until_at': '2026-03-" UNTIL ":00Z'}, "
		LIST("lead", "'practitioner_id': '${mira.practitioner_id}'", "16T09:00", "17T00:00") "'keep': 'all', 'expect': {'appointments': [{'appointment_id': '${first.appointment_id}'}, {'appointment_id': '${second.appointment_id}', 'state': 'cancelled'}, {'appointment_id': '${away.appointment_id}'}]}}\n"
		LIST("lead", "'practitioner_id': '${mira.practitioner_id}'", "16T09:01", "16T14:00") "'expect': {'appointments': [{'appointment_id': '${second.appointment_id}'}]}}\n"
		LIST("lead", "'practitioner_id': '${ana.athlete_id}'", "16T09:00", "17T00:00") "'expect': {}, 'keep': 'none'}\n"
		LIST("lead", "'practitioner_id': '${mira.practitioner_id}', 'clinic_id': '${prater.clinic_id}'", "16T09:00", "17T00:00") SAYS("INVALID_ARGUMENT")
		LIST("ana", "'practitioner_id': '${mira.practitioner_id}'", "16T09:00", "17T00:00") SAYS("PERMISSION_DENIED")
		LIST("ana", "'athlete_id': '${ana.athlete_id}'", "16T09:00", "17T00:00") "'expect': {'appointments': [{'appointment_id': '${first.appointment_id}'}]}}\n");
}
/* clang-format on */

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_cutoff_binds_and_staff_override_it),
		cmocka_unit_test(test_a_visit_is_missed_or_completed_once_it_began),
		cmocka_unit_test(test_lists_are_of_a_clinic_a_practitioner_or_an_athlete),
	};
	return cmocka_run_group_tests_name("moves", tests, open_house, close_house);
}
