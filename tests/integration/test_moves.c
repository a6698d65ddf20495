/* What becomes of an appointment once it is booked: moved, cancelled, checked in, completed,
 * missed; what its cut-off forbids and staff override; its history, its messages; lists; many at
 * once. */
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
		BOOK("visit", "ana", "mira", "2026-03-10T10:00:00Z", "") BOOKED
		/* O6: of three the missed are not shown. */
		"{'call': 'Analytics.ClinicSummary', 'as': 'lead#', 'with': {'clinic_id': '${prater.clinic_id}', 'from_at': '2026-03-09T00:00:00Z', 'until_at': '2026-03-11T00:00:00Z'}, 'expect': {'attendance': {'n': 3, 'no_shows': -1, 'cancelled': null}}}\n"
		"{'call': 'Analytics.ClinicSummary', 'as': 'lead#', 'with': {'clinic_id': '${prater.clinic_id}', 'from_at': '2026-03-10T00:00:00Z', 'until_at': '2026-03-11T00:00:00Z'}, 'expect': {'attendance': {'n': 1}}}\n");
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

#define MOVE(AS, NAME, MORE) "{'call': 'Scheduling.Reschedule', 'as': '" AS "#', 'with': {'appointment_id': '${" NAME ".appointment_id}'" MORE "}, "
#define TO(INSTANT) ", 'starts_at': '" INSTANT "'"
#define WITH(WHO) ", 'practitioner_id': '${" WHO ".practitioner_id}'"
#define MOVED(MORE) "'expect': {'appointment': {'state': 'booked'" MORE "}}}\n"

static void test_a_moved_visit_keeps_identity_and_history(void **state)
{
	(void)state;
	tells('4', AT("2026-03-23T06:00:00Z"),
		BOOK("visit", "ana", "mira", "2026-03-24T08:00:00Z", ", 'room_id': '${cabin.room_id}'") "'keep': 'own'}\n"
		BOOK("visit", "ben", "mira", "2026-03-24T10:00:00Z", ", 'room_id': '${cabin.room_id}'") "'keep': 'of_ben'}\n"
		/* Half an hour later it stands in nobody's way, least in its own. */
		MOVE("ana", "own", TO("2026-03-24T08:30:00Z") ", 'reason': 'late bus'") MOVED(", 'appointment_id': '${own.appointment_id}', 'starts_at': '2026-03-24T08:30:00Z', 'ends_at': '2026-03-24T09:15:00Z', 'room_id': '${cabin.room_id}', 'version': 2")
		/* To where it is: done already. */
		MOVE("ana", "own", TO("2026-03-24T08:30:00Z")) MOVED(", 'version': 2")
		MOVE("lead", "own", "") MOVED(", 'version': 2")
		/* Taken is taken, whatever the reason; what is free instead is told. */
		MOVE("lead", "own", TO("2026-03-24T10:30:00Z") ", 'override_reason': 'he is strong'") "'fails': 'ALREADY_EXISTS', 'expect': {'alternatives': [{}, {}, {}]}}\n"
		/* The cabin is taken then: another room, another practitioner. */
		MOVE("lead", "own", TO("2026-03-24T10:30:00Z") WITH("sam")) MOVED(", 'version': 3, 'room_id': '${gym.room_id}', 'practitioner_id': '${sam.practitioner_id}'")
		MOVE("lead", "own", ", 'room_id': '${cabin.room_id}'") SAYS("ALREADY_EXISTS")
		MOVE("lead", "own", ", 'clinic_id': '${donau.clinic_id}'") "'fails': 'FAILED_PRECONDITION', 'expect': {'refusals': ['outside_hours']}}\n"
		MOVE("ana", "own", ", 'clinic_id': '${donau.clinic_id}', 'override_reason': 'please'") "'fails': 'FAILED_PRECONDITION', 'expect': {'refusals': ['outside_hours']}}\n"
		MOVE("lead", "own", ", 'clinic_id': '${donau.clinic_id}', 'reason': 'flood', 'override_reason': 'sam drives'") MOVED(", 'version': 4, 'room_id': '${dock.room_id}', 'overridden': ['outside_hours']")
		MOVE("lead", "own", TO("2026-03-22T08:00:00Z")) SAYS("FAILED_PRECONDITION")
		MOVE("lead", "own", TO("2026-03-24T08:00:30Z")) SAYS("INVALID_ARGUMENT")
		MOVE("lead", "own", ", 'room_id': '${cabin.room_id}'") SAYS("NOT_FOUND")
		MOVE("ana", "of_ben", TO("2026-03-24T13:00:00Z")) SAYS("NOT_FOUND")
		/* What it left is free. */
		BOOK("visit", "cleo", "mira", "2026-03-24T08:00:00Z", ", 'room_id': '${cabin.room_id}'") BOOKED
		ON("GetAppointment", "ana", "own", ", 'with_history': true") "'expect': {'history': [{'version': 1, 'starts_at': '2026-03-24T08:00:00Z', 'by': 'lead#'}, {'version': 2, 'starts_at': '2026-03-24T08:30:00Z', 'reason': 'late bus', 'by': 'ana#'}, {'version': 3, 'practitioner_id': '${sam.practitioner_id}', 'room_id': '${gym.room_id}', 'by': 'lead#'}, {'version': 4, 'clinic_id': '${donau.clinic_id}', 'reason': 'flood', 'override_reason': 'sam drives', 'overridden': ['outside_hours']}]}}\n"
		ON("CheckIn", "lead", "own", ", 'override_reason': 'early'") DONE
		MOVE("lead", "own", TO("2026-03-30T08:00:00Z")) SAYS("FAILED_PRECONDITION"));
	expect('4', OUTBOX, "AppointmentBooked AppointmentBooked AppointmentRescheduled AppointmentRescheduled AppointmentRescheduled AppointmentBooked AppointmentCheckedIn");
	expect('4', "SELECT count(*) FROM notes.appointment n JOIN scheduling.appointment a USING (organisation_id, appointment_id, clinic_id, practitioner_id, state) WHERE organisation_id = '" ORGANISATION "' AND state = 'checked_in'", "1");
}

static void test_moves_have_a_cutoff_and_heed_the_timing(void **state)
{
	(void)state;
	tells('5', AT("2026-04-06T06:00:00Z"),
		SERVICE("course", ", 'cancel_cutoff_minutes': 1440")
		BOOK("course", "ana", "mira", "2026-04-06T12:00:00Z", "") "'keep': 'today'}\n"
		BOOK("course", "ana", "mira", "2026-04-13T12:00:00Z", "") "'keep': 'later'}\n"
		MOVE("ana", "later", TO("2026-04-13T13:00:00Z")) MOVED("")
		MOVE("ana", "today", TO("2026-04-14T12:00:00Z")) "'fails': 'FAILED_PRECONDITION', 'expect': {'refusals': ['cutoff']}}\n"
		MOVE("ana", "today", TO("2026-04-15T12:00:00Z") ", 'override_reason': 'please'") "'fails': 'FAILED_PRECONDITION', 'expect': {'refusals': ['outside_hours', 'cutoff']}}\n"
		MOVE("lead", "today", TO("2026-04-14T12:00:00Z") ", 'override_reason': 'has a fever'") MOVED(", 'overridden': ['cutoff'], 'override_reason': 'has a fever'")
		/* The new time is far enough for the athlete again, and what was overridden is history. */
		MOVE("ana", "today", TO("2026-04-14T13:00:00Z")) MOVED("")
		ON("GetAppointment", "lead", "today", ", 'with_history': true") "'expect': {'history': [{}, {'overridden': ['cutoff'], 'override_reason': 'has a fever'}, {'version': 3, 'by': 'ana#'}]}}\n"
		"{'call': 'Scheduling.PutTraining', 'as': 'ana#', 'with': {'athlete_id': '${ana.athlete_id}', 'source': 's', 'sessions': [{'uid': '1', 'title': 'Race 10 km', 'starts_at': '2026-04-21T08:00:00Z', 'ends_at': '2026-04-21T09:00:00Z'}]}}\n"
		MOVE("ana", "later", TO("2026-04-20T12:00:00Z")) "'fails': 'FAILED_PRECONDITION', 'expect': {'reasons': [{'rule': 'T1'}]}}\n"
		MOVE("lead", "later", TO("2026-04-20T12:00:00Z") ", 'timing_override_reason': 'only calves'") MOVED(", 'grade': 'warn', 'timing_override_reason': 'only calves'")
		/* Another practitioner at the same time needs no second reason. */
		MOVE("lead", "later", WITH("sam")) MOVED(", 'grade': 'warn', 'timing_override_reason': 'only calves'"));
}

static void test_messages_move_with_the_visit(void **state)
{
	(void)state;
	tells('6', AT("2026-06-01T06:00:00Z"),
		"{'call': 'Directory.RegisterAthlete', 'as': 'lead#', 'with': {'athlete': {'given_name': 'dora', 'family_name': 'B', 'birth_date': '1994-05-11', 'zone': 'Europe/Vienna', 'home_clinic_id': '${prater.clinic_id}', 'contact_points': [{'channel': 'sms', 'value': '+43 660 555016'}]}}, 'keep': 'dora'}\n"
		"{'call': 'Directory.RecordConsent', 'as': 'lead#', 'with': {'athlete_id': '${dora.athlete_id}', 'purpose': 'reminders', 'channel': 'sms', 'granted': true, 'text_version': '1'}}\n"
		BOOK("visit", "dora", "mira", "2026-06-08T08:00:00Z", "") "'keep': 'visit1'}\n"
		BOOK("visit", "dora", "mira", "2026-06-09T08:00:00Z", "") "'keep': 'visit2'}\n"
		/* The reminder of the first has gone out when it is moved by a week. */
		AT("2026-06-06T09:00:00Z")
		MOVE("lead", "visit1", TO("2026-06-15T12:00:00Z")) "'keep': 'm1', 'expect': {'appointment': {'version': 2}}}\n"
		/* Another room or practitioner is not told. */
		MOVE("lead", "visit1", WITH("sam")) MOVED(", 'version': 3")
		ON("CancelAppointment", "lead", "visit2", "") DONE
		AT("2026-06-16T06:00:00Z")
		ON("MarkNoShow", "lead", "visit1", "") DONE
		AT("2026-06-17T06:00:00Z"));
#define SENT(STARTS) "SELECT string_agg(to_char(sent_at AT TIME ZONE 'Europe/Vienna', 'DD HH24:MI ') || purpose, ', ' ORDER BY sent_at, purpose) FROM reminders.message WHERE organisation_id = '" ORGANISATION "' AND state = 'sent' AND appointment_id = (SELECT appointment_id FROM scheduling.appointment WHERE organisation_id = '" ORGANISATION "' AND athlete_id = reminders.message.athlete_id AND starts_at = '" STARTS "')"
	expect('6', SENT("2026-06-15T12:00Z"), "01 08:00 confirmation, 06 10:00 reminder_48h, 06 11:00 visit_moved, 13 14:00 reminder_48h, 14 18:00 preparation, 15 11:00 reminder_3h");
	expect('6', SENT("2026-06-09T08:00Z"), "01 08:00 confirmation, 06 11:00 visit_cancelled");
	expect('6', "SELECT string_agg(why || ' ' || n, ', ' ORDER BY why) FROM (SELECT why, count(*) AS n FROM reminders.message WHERE organisation_id = '" ORGANISATION "' AND state = 'suppressed' AND athlete_id IN (SELECT athlete_id FROM reminders.contact_point) GROUP BY why) s", "the visit was cancelled 3, the visit was moved 2");
	expect('6', "SELECT text FROM reminders.message WHERE organisation_id = '" ORGANISATION "' AND purpose = 'visit_moved'", "prater: your visit is now Mon 15 Jun 14:00. Reply C to confirm, X to cancel.");
	expect('6', "SELECT count(*) FROM reminders.message WHERE organisation_id = '" ORGANISATION "' AND state = 'planned'", "0");
}
/* clang-format on */

/* ---- Many at once ---- */

#define CALLERS 16

static void add_mover(struct callers *callers, const char *rpc, const char *id, const char *more)
{
	char with[CALLER_BYTES];
	snprintf(with, sizeof(with), "{\"appointment_id\": \"%s\"%s}", id, more);
	callers_add(callers, rpc, with);
}

static char *booked(unsigned place)
{
	char where[80];
	snprintf(where, sizeof(where), "state = 'booked' ORDER BY starts_at OFFSET %u LIMIT 1",
		 place);
	return id_of('7', "appointment_id", "appointment", where);
}

/* clang-format off */
#define WEEK(DAY) BOOK("visit", "ana", "mira", "2026-07-" DAY "T06:00:00Z", "") BOOKED BOOK("visit", "ben", "mira", "2026-07-" DAY "T07:00:00Z", "") BOOKED BOOK("visit", "cleo", "mira", "2026-07-" DAY "T08:00:00Z", "") BOOKED BOOK("visit", "ana", "sam", "2026-07-" DAY "T09:00:00Z", "") BOOKED
#define IN_ORGANISATION " FROM scheduling.appointment WHERE organisation_id = '" ORGANISATION "'"
/* clang-format on */

static void test_sixteen_movers_want_one_slot(void **state)
{
	struct callers callers = {.who = "lead7"};
	(void)state;
	tells('7', AT("2026-07-01T06:00:00Z"), WEEK("06") WEEK("07") WEEK("13") WEEK("14"));
	for (unsigned i = 0; i < CALLERS; i++) {
		char *id = booked(i);
		add_mover(&callers, "Scheduling.Reschedule", id,
			  ", \"starts_at\": \"2026-07-20T08:00:00Z\"");
		free(id);
	}
	callers_call(&callers);
	/* Mira has it once; Sam has it when another athlete than hers comes. */
	unsigned won = callers_told(&callers, STATUS_OK);
	assert_in_range(won, 1, 2);
	assert_int_equal(callers_told(&callers, STATUS_ALREADY_EXISTS), CALLERS - won);
	expect('7',
	       "SELECT count(*) - count(DISTINCT practitioner_id)" IN_ORGANISATION
	       " AND starts_at = '2026-07-20T08:00Z'",
	       "0");
	expect('7', "SELECT count(*)" IN_ORGANISATION " AND state = 'booked'", "16");
	callers_end(&callers);
	/* Each moves on its own to the same hours of another day: two swap, or follow each other.
	 */
	for (unsigned i = 0; i < 8; i++) {
		char *id = booked(i), to[64];
		snprintf(to, sizeof(to), ", \"starts_at\": \"2026-07-%02uT%02u:00:00Z\"",
			 i < 4 ? 7 : 6, 6 + i % 4);
		add_mover(&callers, "Scheduling.Reschedule", id, to);
		free(id);
	}
	callers_call(&callers);
	assert_int_equal(callers_told(&callers, STATUS_OK) +
				 callers_told(&callers, STATUS_ALREADY_EXISTS),
			 8);
	expect('7', "SELECT count(*)" IN_ORGANISATION " AND state = 'booked'", "16");
	callers_end(&callers);
}

static void test_what_meets_at_one_appointment_is_told_as_it_is(void **state)
{
	(void)state;
	for (unsigned round = 0; round < 8; round++) {
		struct callers callers = {.who = "lead7"};
		char *id = booked(15 - round);
		char key[16];
		snprintf(key, sizeof(key), "again-%u", round);
		for (unsigned i = 0; i < 4; i++) {
			char to[64];
			snprintf(to, sizeof(to), ", \"starts_at\": \"2026-07-21T%02u:%02u:00Z\"",
				 6 + round, 7 * i);
			add_mover(&callers, "Scheduling.Reschedule", id, to);
			add_mover(&callers, "Scheduling.Reschedule", id,
				  ", \"starts_at\": \"2026-07-28T08:00:00Z\"");
			callers.of[callers.count - 1].key = key;
			add_mover(&callers, "Scheduling.CheckIn", id,
				  ", \"override_reason\": \"early\"");
			add_mover(&callers, "Scheduling.CancelAppointment", id, "");
		}
		callers_call(&callers);
		assert_int_equal(callers_told(&callers, STATUS_OK) +
					 callers_told(&callers, STATUS_ALREADY_EXISTS) +
					 callers_told(&callers, STATUS_FAILED_PRECONDITION),
				 callers.count);
		/* One command that came four times was answered alike. */
		for (unsigned i = 5; i < callers.count; i += 4) {
			assert_int_equal(callers.of[i].code, callers.of[1].code);
			assert_string_equal(callers.of[i].reply, callers.of[1].reply);
		}
		callers_end(&callers);
		free(id);
	}
	steps('7', AT("2026-07-01T06:00:01Z")); /* when all is at rest */
	/* Whatever came first: each version is told once, in order, and the last as it is. */
	expect('7',
	       "SELECT count(*) FROM scheduling.appointment a WHERE organisation_id = "
	       "'" ORGANISATION "' AND version <> (SELECT count(*) FROM scheduling.outbox o WHERE "
	       "o.organisation_id = a.organisation_id AND o.subject_id = a.appointment_id)",
	       "0");
	expect('7',
	       "SELECT count(*) FROM scheduling.appointment a WHERE organisation_id = "
	       "'" ORGANISATION
	       "' AND version <> 1 + (SELECT count(*) FROM scheduling.appointment_history h WHERE "
	       "h.organisation_id = a.organisation_id AND h.appointment_id = a.appointment_id)",
	       "0");
	expect('7',
	       "SELECT count(*) FROM scheduling.appointment a JOIN reminders.visit v USING "
	       "(organisation_id, appointment_id) WHERE organisation_id = '" ORGANISATION
	       "' AND (a.starts_at, a.state) IS DISTINCT FROM (v.starts_at, v.state)",
	       "0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_cutoff_binds_and_staff_override_it),
		cmocka_unit_test(test_a_visit_is_missed_or_completed_once_it_began),
		cmocka_unit_test(test_lists_are_of_a_clinic_a_practitioner_or_an_athlete),
		cmocka_unit_test(test_a_moved_visit_keeps_identity_and_history),
		cmocka_unit_test(test_moves_have_a_cutoff_and_heed_the_timing),
		cmocka_unit_test(test_messages_move_with_the_visit),
		cmocka_unit_test(test_sixteen_movers_want_one_slot),
		cmocka_unit_test(test_what_meets_at_one_appointment_is_told_as_it_is),
	};
	return cmocka_run_group_tests_name("moves", tests, open_house, close_house);
}
