/* What a booking is refused for and what staff override; holds; places of a room; plans; the way
 * between clinics. */
#include "prater.h"

#include "base/clock.h"

#include "soleus/v1/scheduling.pb-c.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CLIENTS 16

/* clang-format off */
static void test_a_room_has_places_kind_and_equipment(void **state)
{
	(void)state;
	tells('1', AT("2026-03-02T06:00:00Z"),
		BOOK("class", "ana", "mira", "2026-03-02T08:00:00Z", "") "'expect': {'room_id': '${gym.room_id}'}}\n"
		BOOK("class", "ben", "sam", "2026-03-02T08:15:00Z", "") "'expect': {'room_id': '${gym.room_id}'}}\n"
		BOOK("class", "cleo", "lee", "2026-03-02T08:30:00Z", "") SAYS("ALREADY_EXISTS")
		BOOK("class", "cleo", "lee", "2026-03-02T08:30:00Z", ", 'room_id': '${gym.room_id}'") SAYS("ALREADY_EXISTS")
		/* The cabin is free, and asked for. */
		BOOK("class", "cleo", "lee", "2026-03-02T08:30:00Z", ", 'room_id': '${cabin.room_id}'") REFUSED("'room_kind', 'equipment'")
		BOOK("class", "cleo", "lee", "2026-03-02T08:30:00Z", ", 'room_id': '${dock.room_id}'") SAYS("NOT_FOUND")
		BOOK("visit", "cleo", "lee", "2026-03-02T08:30:00Z", "") "'keep': 'cabined', 'expect': {'room_id': '${cabin.room_id}'}}\n"
		/* A third place. */
		"{'call': 'Directory.UpdateRoom', 'as': 'lead#', 'with': {'room_id': '${gym.room_id}', 'name': 'gym', 'kind': 'gym', 'capacity': 3, 'equipment': ['bar']}}\n"
		"{'call': 'Scheduling.CancelAppointment', 'as': 'lead#', 'with': {'appointment_id': '${cabined.appointment_id}'}}\n"
		BOOK("class", "cleo", "lee", "2026-03-02T08:30:00Z", "") "'expect': {'room_id': '${gym.room_id}'}}\n"
		"{'call': 'Directory.ListClinics', 'as': 'lead#', 'with': {}, 'keep': 'all'}\n"
		"{'call': 'Directory.UpdateRoom', 'as': 'lead#', 'with': {'room_id': '${gym.room_id}', 'name': 'cabin'}, 'fails': 'ALREADY_EXISTS'}\n"
		"{'call': 'Directory.UpdateRoom', 'as': 'lead#', 'with': {'room_id': '${gym.room_id}', 'name': 'gym', 'capacity': 51}, 'fails': 'INVALID_ARGUMENT'}\n"
		"{'call': 'Scheduling.ListServices', 'as': 'ana#', 'with': {}, 'expect': {'services': [{'service': {'name': 'class', 'equipment': ['bar'], 'modalities': ['coaching'], 'hold_minutes': 10}}, {'service': {'name': 'needling', 'skill': 'needling', 'hold_minutes': 5}}, {'service': {'name': 'visit'}}]}}\n");
	expect('1', "SELECT string_agg(place::text, ' ' ORDER BY place) FROM scheduling.appointment WHERE organisation_id = '" ORGANISATION "' AND state = 'booked'", "1 2 3");
}

static void test_refusals_come_at_once_and_staff_override_them(void **state)
{
	(void)state;
	tells('2', AT("2026-03-09T06:00:00Z"),
		/* Wednesday: nobody works; sam cannot needle. */
		BOOK("needling", "ana", "sam", "2026-03-11T09:00:00Z", "") REFUSED("'outside_hours', 'skill'")
		BOOK_AS("ana", "needling", "ana", "sam", "prater", "2026-03-11T09:00:00Z", ", 'override_reason': 'please'") REFUSED("'outside_hours', 'skill'")
		BOOK("needling", "ana", "sam", "2026-03-11T09:00:00Z", ", 'override_reason': '  '") REFUSED("'outside_hours', 'skill'")
		BOOK("needling", "ana", "sam", "2026-03-11T09:00:00Z", ", 'override_reason': 'supervised, race on Friday'") "'keep': 'needled', 'expect': {'grade': 'fair'}}\n"
		"{'call': 'Scheduling.GetAppointment', 'as': 'lead#', 'with': {'appointment_id': '${needled.appointment_id}'}, 'expect': {'appointment': {'override_reason': 'supervised, race on Friday', 'overridden': ['outside_hours', 'skill']}}}\n"
		/* What is taken stays taken. */
		BOOK("visit", "ben", "sam", "2026-03-11T09:00:00Z", ", 'override_reason': 'he is strong'") SAYS("ALREADY_EXISTS")
		/* A reason that nothing asked for is not kept. */
		BOOK("needling", "ana", "mira", "2026-03-09T09:00:00Z", ", 'override_reason': 'to be sure'") "'keep': 'plain'}\n"
		"{'call': 'Directory.UpdatePractitioner', 'as': 'lead#', 'with': {'practitioner_id': '${sam.practitioner_id}', 'given_name': 'sam', 'family_name': 'N', 'clinic_ids': ['${prater.clinic_id}'], 'skills': ['needling']}}\n"
		BOOK("needling", "cleo", "sam", "2026-03-10T09:00:00Z", "") BOOKED);
	expect('2', "SELECT count(*) FROM scheduling.appointment WHERE organisation_id = '" ORGANISATION "' AND override_reason <> ''", "1");
	expect('2', "INSERT INTO scheduling.absence (organisation_id, absence_id, practitioner_id, clinic_id, room_id, kind, title, starts_at, ends_at) SELECT organisation_id, gen_random_uuid(), practitioner_id, NULL::uuid, NULL::uuid, 'time_off', '', timestamptz '2026-03-16T00:00Z', timestamptz '2026-03-16T10:00Z' FROM scheduling.practitioner WHERE organisation_id = '" ORGANISATION "' AND skills = '{needling,taping}' UNION ALL SELECT organisation_id, gen_random_uuid(), NULL, clinic_id, NULL, 'holiday', '', '2026-03-17T00:00Z', '2026-03-18T00:00Z' FROM scheduling.clinic WHERE organisation_id = '" ORGANISATION "' AND name = 'prater' UNION ALL SELECT organisation_id, gen_random_uuid(), NULL, NULL, room_id, 'closure', '', '2026-03-23T00:00Z', '2026-03-24T00:00Z' FROM scheduling.room WHERE organisation_id = '" ORGANISATION "' AND name = 'cabin'", "");
	steps('2', AGAIN
		BOOK_ON(ON_VISIT, ON_BEN, ON_MIRA, "2026-03-16T09:30:00Z", "") REFUSED("'absence'")
		BOOK_ON(ON_VISIT, ON_BEN, ON_MIRA, "2026-03-16T10:00:00Z", "") BOOKED
		BOOK_ON(ON_VISIT, ON_BEN, ON_MIRA, "2026-03-17T10:00:00Z", "") REFUSED("'absence'")
		BOOK_ON(ON_VISIT, ON_BEN, ON_MIRA, "2026-03-17T10:00:00Z", ", 'override_reason': 'opened for him'") BOOKED
		/* The cabin cannot be used, the gym can. */
		BOOK_ON(ON_VISIT, ON_BEN, ON_MIRA, "2026-03-23T10:00:00Z", "") "'expect': {'room_id': '${c.clinics[1].rooms[1].room_id}'}}\n"
		/* Of the two that do not suit, the one of another kind is the one to override. */
		BOOK_ON(ON_NEEDLING, ON_ANA, ON_MIRA, "2026-03-23T12:00:00Z", "") REFUSED("'room_kind'")
		BOOK_ON(ON_NEEDLING, ON_ANA, ON_MIRA, "2026-03-23T12:00:00Z", ", 'override_reason': 'a mat will do'") "'expect': {'room_id': '${c.clinics[1].rooms[1].room_id}'}}\n"
		BOOK_ON(ON_VISIT, ON_BEN, ON_MIRA, "2026-03-23T14:00:00Z", ", 'room_id': '${c.clinics[1].rooms[0].room_id}'") REFUSED("'absence'"));
}

static void test_the_way_between_clinics_takes_time(void **state)
{
	(void)state;
	tells('3', AT("2026-03-30T05:00:00Z"),
		HOURS("mira", "donau")
		"{'call': 'Scheduling.PutTravelTime', 'as': 'lead#', 'with': {'from_clinic_id': '${prater.clinic_id}', 'to_clinic_id': '${donau.clinic_id}', 'minutes': 40}}\n"
		"{'call': 'Scheduling.PutTravelTime', 'as': 'lead#', 'with': {'from_clinic_id': '${prater.clinic_id}', 'to_clinic_id': '${prater.clinic_id}', 'minutes': 40}, 'fails': 'INVALID_ARGUMENT'}\n"
		"{'call': 'Scheduling.PutTravelTime', 'as': 'lead#', 'with': {'from_clinic_id': '${prater.clinic_id}', 'to_clinic_id': '${dock.room_id}', 'minutes': 40}, 'fails': 'NOT_FOUND'}\n"
		/* Until 09:00 with its buffer. */
		BOOK("visit", "ana", "mira", "2026-03-30T08:00:00Z", "") BOOKED
		BOOK_AS("lead", "visit", "ben", "mira", "donau", "2026-03-30T09:30:00Z", "") REFUSED("'travel'")
		BOOK_AS("lead", "visit", "ben", "mira", "donau", "2026-03-30T09:40:00Z", "") BOOKED
		/* Back: the buffer of the visit there ends at 10:40. */
		BOOK("visit", "cleo", "mira", "2026-03-30T11:15:00Z", "") REFUSED("'travel'")
		BOOK("visit", "cleo", "mira", "2026-03-30T11:20:00Z", "") BOOKED
		/* Before the first, it would have to be here by 08:00. */
		BOOK_AS("lead", "visit", "ben", "mira", "donau", "2026-03-30T06:30:00Z", "") REFUSED("'travel'")
		BOOK_AS("lead", "visit", "ben", "mira", "donau", "2026-03-30T06:30:00Z", ", 'override_reason': 'by taxi'") BOOKED
		/* Sam works in the one clinic alone, until staff send him. */
		BOOK("visit", "ana", "sam", "2026-03-31T08:00:00Z", "") BOOKED
		BOOK_AS("lead", "visit", "ben", "sam", "donau", "2026-03-31T09:00:00Z", ", 'override_reason': 'by taxi'") BOOKED
		BOOK("visit", "cleo", "sam", "2026-03-31T10:00:00Z", "") REFUSED("'travel'"));
	expect('3', "SELECT string_agg(DISTINCT array_to_string(overridden, ' '), '; ') FROM scheduling.appointment WHERE organisation_id = '" ORGANISATION "' AND overridden <> '{}'", "outside_hours travel; travel");
}

static void test_a_hold_is_taken_until_it_ends(void **state)
{
	(void)state;
	tells('4', AT("2026-04-06T05:00:00Z"),
		HOLD("ana", "needling", "ana", "mira", "2026-04-06T08:00:00Z", "0") "'keep': 'hold', 'expect': {'expires_at': '2026-04-06T05:05:00Z', 'booking': {'grade': 'fair'}}}\n"
		STATE("hold.booking", "held")
		BOOK("visit", "ben", "mira", "2026-04-06T08:15:00Z", "") SAYS("ALREADY_EXISTS")
		BOOK("visit", "ana", "sam", "2026-04-06T08:15:00Z", "") SAYS("ALREADY_EXISTS")
		WITH_HOLD("ConfirmHold", "ana", "hold") "'expect': {'appointment': {'state': 'booked', 'version': 2}}}\n"
		WITH_HOLD("ConfirmHold", "lead", "hold") "'expect': {'appointment': {'state': 'booked'}}}\n"
		WITH_HOLD("ReleaseHold", "ana", "hold") SAYS("FAILED_PRECONDITION")
		/* Released, and free for others. */
		HOLD("lead", "visit", "ben", "mira", "2026-04-06T10:00:00Z", "30") "'keep': 'second'}\n"
		WITH_HOLD("ReleaseHold", "ana", "second") SAYS("NOT_FOUND")
		WITH_HOLD("ReleaseHold", "lead", "second") "'expect': {}}\n"
		WITH_HOLD("ReleaseHold", "lead", "second") "'expect': {}}\n"
		WITH_HOLD("ConfirmHold", "lead", "second") SAYS("FAILED_PRECONDITION")
		BOOK("visit", "cleo", "mira", "2026-04-06T10:00:00Z", "") BOOKED
		/* Expired by the clock. */
		HOLD("lead", "visit", "ben", "sam", "2026-04-06T13:00:00Z", "60") "'keep': 'third', 'expect': {'expires_at': '2026-04-06T06:00:00Z'}}\n"
		AT("2026-04-06T05:59:00Z") STATE("third.booking", "held")
		AT("2026-04-06T06:00:00Z") STATE("third.booking", "expired")
		WITH_HOLD("ConfirmHold", "lead", "third") SAYS("FAILED_PRECONDITION")
		BOOK("visit", "cleo", "sam", "2026-04-06T13:00:00Z", "") BOOKED
		/* Not beyond the visit itself; nor for longer than a day. */
		HOLD("lead", "visit", "ben", "sam", "2026-04-06T07:00:00Z", "600") "'expect': {'expires_at': '2026-04-06T07:00:00Z'}}\n"
		HOLD("lead", "visit", "ben", "sam", "2026-04-07T07:00:00Z", "1441") SAYS("INVALID_ARGUMENT")
		"{'call': 'Scheduling.Hold', 'as': 'lead#', 'with': {}, 'fails': 'INVALID_ARGUMENT'}\n"
		HOLD("lead", "needling", "ben", "sam", "2026-04-08T07:00:00Z", "0") "'fails': 'FAILED_PRECONDITION', 'expect': {'booking': {'refusals': ['outside_hours', 'skill']}}}\n"
		HOLD("lead", "visit", "ben", "mira", "2026-04-06T08:00:00Z", "0") "'fails': 'ALREADY_EXISTS', 'expect': {'booking': {'alternatives': [{}, {}, {}]}}}\n");
	expect('4', "SELECT string_agg(replace(type, 'soleus.v1.', ''), ' ' ORDER BY id) FROM scheduling.outbox WHERE organisation_id = '" ORGANISATION "'", "AppointmentHeld AppointmentBooked AppointmentHeld HoldEnded AppointmentBooked AppointmentHeld HoldEnded AppointmentBooked AppointmentHeld");
	/* The confirmation goes out when the visit is booked: three of them are. */
	expect('4', "SELECT count(*) FROM reminders.message WHERE organisation_id = '" ORGANISATION "' AND purpose = 'confirmation'", "3");
}

static void test_a_dead_hold_is_in_nobodys_way(void **state)
{
	(void)state;
	tells('5', AT("2026-04-13T05:00:00Z"),
		HOLD("lead", "visit", "ben", "mira", "2026-04-13T10:00:00Z", "60") "'keep': 'hold'}\n"
		HOLD("lead", "visit", "cleo", "sam", "2026-04-13T10:00:00Z", "60") "'keep': 'other'}\n");
	expect('5', "ALTER TABLE scheduling.appointment DISABLE TRIGGER appointment_moves; UPDATE scheduling.appointment SET hold_expires_at = '2026-04-13T04:00Z' WHERE organisation_id = '" ORGANISATION "'; ALTER TABLE scheduling.appointment ENABLE TRIGGER appointment_moves", "");
	/* Before the worker looks again, or behind it: the outcome is the same. */
	steps('5', AGAIN BOOK_ON(ON_VISIT, ON_ANA, ON_MIRA, "2026-04-13T10:15:00Z", "") BOOKED);
	expect('5', "SELECT string_agg(state, ' ' ORDER BY state) FROM scheduling.appointment WHERE organisation_id = '" ORGANISATION "'", "booked expired expired");
	expect('5', "SELECT count(*) FROM scheduling.outbox WHERE organisation_id = '" ORGANISATION "' AND type = 'soleus.v1.HoldEnded'", "2");
}

/* The first of two fails until it was tried alone, too. */
static void test_a_hold_that_cannot_be_ended_keeps_no_other(void **state)
{
	(void)state;
	tells('8', AT("2026-05-04T05:00:00Z"),
		HOLD("lead", "visit", "ana", "mira", "2026-05-04T08:00:00Z", "10") "'expect': {}}\n"
		HOLD("lead", "visit", "ben", "mira", "2026-05-04T10:00:00Z", "20") "'expect': {}}\n");
	expect('8', "CREATE SEQUENCE scheduling.refusals; CREATE FUNCTION scheduling.refuse() RETURNS trigger SECURITY DEFINER LANGUAGE plpgsql AS 'BEGIN IF nextval(''scheduling.refusals'') < 3 THEN RAISE EXCEPTION USING MESSAGE = TG_NAME; END IF; RETURN NEW; END'; CREATE TRIGGER refused BEFORE UPDATE ON scheduling.appointment FOR EACH ROW WHEN (NEW.starts_at = '2026-05-04T08:00Z') EXECUTE FUNCTION scheduling.refuse()", "");
	steps('8', AT("2026-05-04T06:00:00Z") AGAIN);
	expect('8', "DROP TRIGGER refused ON scheduling.appointment; DROP FUNCTION scheduling.refuse; DROP SEQUENCE scheduling.refusals", "");
	expect('8', "SELECT string_agg(extract(hour FROM a.starts_at AT TIME ZONE 'UTC')::text, ' ' ORDER BY o.id) FROM scheduling.outbox o JOIN scheduling.appointment a ON a.appointment_id::text = o.subject_id::text WHERE o.organisation_id = '" ORGANISATION "' AND o.type = 'soleus.v1.HoldEnded'", "10 8");
}

static void test_a_plan_limits_visits(void **state)
{
	(void)state;
	tells('6', AT("2026-04-20T05:00:00Z"),
		"{'call': 'Scheduling.PutVisitPlan', 'as': 'lead#', 'with': {'athlete_id': '${ana.athlete_id}', 'service_id': '${visit.service_id}', 'name': 'Spring', 'visits': 2, 'starts_at': '2026-04-20T00:00:00Z', 'ends_at': '2026-05-01T00:00:00Z'}, 'keep': 'plan'}\n"
		BOOK("visit", "ana", "mira", "2026-04-20T08:00:00Z", "") "'keep': 'first'}\n"
		HOLD("lead", "visit", "ana", "mira", "2026-04-20T10:00:00Z", "10") "'keep': 'hold'}\n"
		BOOK("visit", "ana", "mira", "2026-04-20T12:00:00Z", "") REFUSED("'visit_plan'")
		/* Another service, another time: not of the plan. */
		BOOK("class", "ana", "mira", "2026-04-20T12:00:00Z", "") BOOKED
		BOOK("visit", "ana", "mira", "2026-05-04T12:00:00Z", "") BOOKED
		"{'call': 'Scheduling.ListVisitPlans', 'as': 'ana#', 'with': {'athlete_id': '${ana.athlete_id}'}, 'expect': {'plans': [{'plan_id': '${plan.plan_id}', 'visits': 2, 'used': 2}]}}\n"
		"{'call': 'Scheduling.ListVisitPlans', 'as': 'ana#', 'with': {'athlete_id': '${ben.athlete_id}'}, 'fails': 'NOT_FOUND'}\n"
		/* The hold ends, and its visit is free again; so is one that is cancelled. */
		AT("2026-04-20T05:10:00Z")
		BOOK("visit", "ana", "mira", "2026-04-20T13:00:00Z", "") BOOKED
		"{'call': 'Scheduling.CancelAppointment', 'as': 'lead#', 'with': {'appointment_id': '${first.appointment_id}'}}\n"
		BOOK("visit", "ana", "mira", "2026-04-21T08:00:00Z", "") BOOKED
		BOOK("visit", "ana", "mira", "2026-04-21T10:00:00Z", ", 'override_reason': 'paid apart'") "'keep': 'apart'}\n"
		"{'call': 'Scheduling.GetAppointment', 'as': 'lead#', 'with': {'appointment_id': '${apart.appointment_id}'}, 'expect': {'appointment': {'overridden': ['visit_plan']}}}\n"
		"{'call': 'Scheduling.PutVisitPlan', 'as': 'lead#', 'with': {'plan_id': '${plan.plan_id}', 'athlete_id': '${ana.athlete_id}', 'service_id': '${visit.service_id}', 'name': 'Spring', 'visits': 4, 'starts_at': '2026-04-20T00:00:00Z', 'ends_at': '2026-05-01T00:00:00Z'}, 'expect': {'plan_id': '${plan.plan_id}'}}\n"
		BOOK("visit", "ana", "mira", "2026-04-21T12:00:00Z", "") BOOKED
		"{'call': 'Scheduling.PutVisitPlan', 'as': 'lead#', 'with': {'plan_id': '${plan.plan_id}', 'athlete_id': '${ben.athlete_id}', 'name': 'Spring', 'visits': 4, 'starts_at': '2026-04-20T00:00:00Z', 'ends_at': '2026-05-01T00:00:00Z'}, 'fails': 'NOT_FOUND'}\n"
		"{'call': 'Scheduling.PutVisitPlan', 'as': 'lead#', 'with': {'plan_id': '${ben.athlete_id}', 'athlete_id': '${ben.athlete_id}', 'name': 'Spring', 'visits': 4, 'starts_at': '2026-04-20T00:00:00Z', 'ends_at': '2026-05-01T00:00:00Z'}, 'fails': 'NOT_FOUND'}\n");
}
/* clang-format on */

/* ---- Many at once ---- */

struct race {
	struct session *session;
	struct fiber *judge;
	struct method book;
	char *service_id, *athlete_id, *practitioner_id;
	char *clinic_ids[2];
	unsigned clinics; /* that take turns */
	int64_t starts_at;
	int64_t step_us; /* between two of them */
	const char *key; /* the same of all, who then want the same; NULL: one for each */
	unsigned running, won, refused;
	char appointment_id[37]; /* of whoever was last */
	const char *fault;
};

struct runner {
	struct race *race;
	unsigned number;
};

static void run_one(void *argument)
{
	const struct runner *runner = argument;
	struct race *race = runner->race;
	Soleus__V1__BookRequest request = SOLEUS__V1__BOOK_REQUEST__INIT;
	unsigned number = race->key ? 0 : runner->number;
	struct session_call call = {
		.who = "lead7", .idempotency_key = race->key, .patience_us = 20 * CLOCK_SECOND_US};
	ProtobufCMessage *message = NULL;
	request.service_id = race->service_id;
	request.athlete_id = race->athlete_id;
	request.practitioner_id = race->practitioner_id;
	request.clinic_id = race->clinic_ids[number % race->clinics];
	request.starts_at = race->starts_at + number * race->step_us;
	struct status status =
		session_call_message(race->session, &race->book, &call, &request.base, &message);
	const char *booked =
		status_is_ok(status) ? ((Soleus__V1__BookReply *)message)->appointment_id : "";
	if (race->key && race->won && strcmp(booked, race->appointment_id) != 0)
		race->fault = "one key booked two visits";
	snprintf(race->appointment_id, sizeof(race->appointment_id), "%s", booked);
	if (status_is_ok(status))
		race->won++;
	else if (status.code == STATUS_FAILED_PRECONDITION)
		race->refused++;
	else
		race->fault = status.message;
	if (--race->running == 0)
		fiber_resume(race->judge);
}

static FIBER int run_race(struct session *session, void *argument)
{
	struct race *race = argument;
	struct runner runners[CLIENTS];
	race->session = session;
	race->judge = fiber_current();
	if (!status_is_ok(method_find(session->arena, "Scheduling.Book", &race->book)))
		return 1;
	race->won = race->refused = 0;
	race->running = CLIENTS;
	for (unsigned i = 0; i < CLIENTS; i++) {
		runners[i] = (struct runner){race, i};
		fiber_start(run_one, &runners[i]);
	}
	fiber_suspend();
	if (race->fault)
		print_error("%s\n", race->fault);
	return race->fault || race->won + race->refused != CLIENTS;
}

/* clang-format off */
static void test_races_do_not_pass_the_limits(void **state)
{
	(void)state;
	struct race race = {.clinics = 1, .step_us = CLOCK_DAY_US * 7};
	tells('7', AT("2026-04-27T05:00:00Z"),
		HOURS("mira", "donau")
		"{'call': 'Scheduling.PutTravelTime', 'as': 'lead#', 'with': {'from_clinic_id': '${prater.clinic_id}', 'to_clinic_id': '${donau.clinic_id}', 'minutes': 40}}\n"
		"{'call': 'Scheduling.PutVisitPlan', 'as': 'lead#', 'with': {'athlete_id': '${ana.athlete_id}', 'name': 'Course', 'visits': 6, 'starts_at': '2026-04-20T00:00:00Z', 'ends_at': '2027-05-01T00:00:00Z'}, 'keep': 'plan'}\n"
		BOOK("needling", "ben", "mira", "2026-04-28T08:00:00Z", "") BOOKED);
	race.service_id = id_of('7', "service_id", "service", "name = 'visit'");
	race.athlete_id = id_of('7', "athlete_id", "visit_plan", "true");
	race.practitioner_id = id_of('7', "practitioner_id", "practitioner", "skills <> '{}'");
	race.clinic_ids[0] = id_of('7', "clinic_id", "clinic", "name = 'prater'");
	race.clinic_ids[1] = id_of('7', "clinic_id", "clinic", "name = 'donau'");
	/* 16 Mondays at once for a course of six. */
	race.starts_at = INT64_C(1777881600000000); /* 2026-05-04 08:00 UTC */
	house_runs(house, run_race, &race);
	assert_int_equal(race.won, 6);
	/* One command that comes 16 times is answered 16 times and done once. */
	race.key = "the same for all";
	race.starts_at = INT64_C(1777359600000000); /* 2026-04-28 07:00 UTC */
	expect('7', "UPDATE scheduling.visit_plan SET visits = 7 WHERE organisation_id = '" ORGANISATION "'", "");
	house_runs(house, run_race, &race);
	assert_int_equal(race.won, CLIENTS);
	race.key = NULL;
	/* 16 visits back to back in two clinics in turn: what is booked leaves the time to travel. */
	expect('7', "UPDATE scheduling.visit_plan SET visits = 100 WHERE organisation_id = '" ORGANISATION "'", "");
	race.clinics = 2;
	race.starts_at = INT64_C(1777964400000000); /* 2026-05-05 07:00 UTC, from 09:00 there */
	race.step_us = CLOCK_HOUR_US;
	house_runs(house, run_race, &race);
	expect('7', "SELECT count(*) FROM scheduling.appointment a JOIN scheduling.appointment b USING (organisation_id, practitioner_id) WHERE organisation_id = '" ORGANISATION "' AND a.clinic_id <> b.clinic_id AND b.blocked_from >= a.blocked_until AND b.blocked_from < a.blocked_until + interval '40 minutes'", "0");
	free(race.service_id);
	free(race.athlete_id);
	free(race.practitioner_id);
	free(race.clinic_ids[0]);
	free(race.clinic_ids[1]);
}
/* clang-format on */

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_room_has_places_kind_and_equipment),
		cmocka_unit_test(test_refusals_come_at_once_and_staff_override_them),
		cmocka_unit_test(test_the_way_between_clinics_takes_time),
		cmocka_unit_test(test_a_hold_is_taken_until_it_ends),
		cmocka_unit_test(test_a_dead_hold_is_in_nobodys_way),
		cmocka_unit_test(test_a_plan_limits_visits),
		cmocka_unit_test(test_races_do_not_pass_the_limits),
		cmocka_unit_test(test_a_hold_that_cannot_be_ended_keeps_no_other),
	};
	return cmocka_run_group_tests_name("booking", tests, open_house, close_house);
}
