/* One person with two records is at one place at a time, and trains once (merged-athletes.story has
 * the setting). */
#include "desk.h"
#include "merged.h"

#include "base/clock.h"

#include "soleus/v1/directory.pb-c.h"
#include "soleus/v1/scheduling.pb-c.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* clang-format off */
#define AT(WHEN) "{'at': '2026-" WHEN "Z'}\n"
#define BOOK(WHO, PRACTITIONER, WHEN, MORE) CALL("Scheduling.Book", "g.lead", OF(WHO) ", 'service_id': '${service.service_id}', 'clinic_id': '${clinic.clinic_id}', 'practitioner_id': '${" PRACTITIONER ".practitioner_id}', 'starts_at': '2026-" WHEN "Z'", MORE)
#define VISIT(RPC, NAME, WITH, MORE) CALL("Scheduling." RPC, "g.lead", "'appointment_id': '${" NAME ".appointment_id}'" WITH, MORE)
#define LISTED(WHO, MORE) CALL("Scheduling.ListAppointments", "g.lead", OF(WHO) ", 'from_at': '2026-03-09T00:00:00Z', 'until_at': '2026-03-13T00:00:00Z'", MORE)
#define TRAINED(WHO, MORE) CALL("Scheduling.ListTraining", "g.lead", OF(WHO) ", 'from_at': '2026-03-09T00:00:00Z', 'until_at': '2026-03-20T00:00:00Z'", MORE)
#define RACE(WHO) CALL("Scheduling.PutTraining", "g.lead", OF(WHO) ", 'source': 'hand', 'sessions': [{'uid': 'r', 'title': 'Race', 'starts_at': '2026-03-13T08:00:00Z', 'ends_at': '2026-03-13T10:00:00Z'}]", "")
#define NOBODY "'appointments': null"
/* clang-format on */

static struct merged merged;

static int open_house(void **state)
{
	(void)state;
	return merged_open(&merged);
}

static int close_house(void **state)
{
	(void)state;
	return merged_close(&merged);
}

static void tells(const char *steps)
{
	merged_tells(&merged, steps);
}

static void test_a_person_is_at_one_place_at_a_time(void **state)
{
	(void)state;
	tells(AT("03-05T09:00:00")
	      /* Twice at nine, as long as nobody knows; Anna runs a race three days later. */
	      BOOK("ana", "mira", "03-10T09:00:00", KEEP("a")) BOOK("anna", "tom", "03-10T09:00:00",
								    KEEP("b"))
		      BOOK("anna", "tom", "03-10T12:00:00", KEEP("c")) RACE("anna") LISTED(
			      "ana",
			      EXPECT("'appointments': [{'appointment_id': '${a.appointment_id}'}]"))
			      MERGE("ana", "anna", KEEP("m")) AT("03-05T09:01:00")
	      /* Both records show what the person has, and staff are told of what is twice. */
	      LISTED("ana", EXPECT("'appointments': [{}, {}, {}]"))
		      LISTED("anna", EXPECT("'appointments': [{}, {}, {}]"))
			      CALL("Reminders.ListTasks", "g.lead", "",
				   EXPECT("'tasks': [{'kind': 'visits_overlap', 'athlete_id': "
					  "'${ana.athlete_id}'}]"))
	      /* Neither record gets a visit at the time of the other's. */
	      BOOK("anna", "tom", "03-10T09:15:00", FAILS("ALREADY_EXISTS"))
		      BOOK("ana", "mira", "03-10T12:15:00", FAILS("ALREADY_EXISTS"))
			      VISIT("Reschedule", "a",
				    ", 'starts_at': '2026-03-10T12:15:00Z', 'clinic_id': "
				    "'${clinic.clinic_id}', 'practitioner_id': "
				    "'${mira.practitioner_id}', 'reason': 'asked'",
				    FAILS("ALREADY_EXISTS"))
	      /* T1 sees the race of the other record. */
	      TRAINED("ana", EXPECT("'sessions': [{'title': 'Race'}]"))
		      BOOK("ana", "mira", "03-12T09:00:00", FAILS("FAILED_PRECONDITION"))
	      /* What was twice is not in the way of the desk; once moved it is held to the rule. */
	      VISIT("Reschedule", "b",
		    ", 'starts_at': '2026-03-10T10:00:00Z', 'clinic_id': '${clinic.clinic_id}', "
		    "'practitioner_id': '${tom.practitioner_id}', 'reason': 'was twice'",
		    "") BOOK("ana", "mira", "03-10T10:15:00", FAILS("ALREADY_EXISTS"))
		      AT("03-10T08:55:00") VISIT("CheckIn", "a", "", "")
	      /* Parted again, each has its own, also what was booked between. */
	      UNMERGE("m", "") AT("03-10T08:56:00") LISTED(
		      "ana", EXPECT("'appointments': [{'appointment_id': '${a.appointment_id}'}]"))
		      LISTED("anna",
			     EXPECT("'appointments': [{'appointment_id': '${b.appointment_id}'}, "
				    "{'appointment_id': '${c.appointment_id}'}]"))
			      TRAINED("ana", EXPECT("'sessions': null"))
				      BOOK("ana", "mira", "03-10T12:15:00", ""));
}

/* ---- A merge and bookings at once ---- */

#define ROUNDS   12
#define BOOKINGS 8 /* of both records, all at one time, while they are merged */

struct race {
	struct desk desk;
	int64_t starts_at;
	unsigned booked;
};

static FIBER void book_or_merge(void *argument, unsigned number)
{
	struct race *race = argument;
	struct arena *arena = arena_new((size_t)1 << 18);
	if (number == BOOKINGS / 2) {
		Soleus__V1__MergeAthletesRequest request = SOLEUS__V1__MERGE_ATHLETES_REQUEST__INIT;
		Soleus__V1__MergeAthletesReply *reply = NULL;
		request.survivor_id = merged.ids[ANA];
		request.merged_id = merged.ids[ANNA];
		request.reason = "the same person";
		struct status status = desk_ask(&race->desk, "Directory.MergeAthletes", arena,
						&request.base, &reply);
		assert_true(status_is_ok(status));
	} else {
		Soleus__V1__BookRequest request = SOLEUS__V1__BOOK_REQUEST__INIT;
		Soleus__V1__BookReply *reply;
		request.athlete_id = merged.ids[number % 2 ? ANNA : ANA];
		request.practitioner_id = merged.ids[number % 2 ? TOM : MIRA];
		request.clinic_id = merged.ids[CLINIC];
		request.service_id = merged.ids[SERVICE];
		request.starts_at = race->starts_at;
		race->booked += status_is_ok(
			desk_ask(&race->desk, "Scheduling.Book", arena, &request.base, &reply));
	}
	arena_free(arena);
}

static FIBER int race_once(struct session *session, void *argument)
{
	struct race *race = argument;
	race->desk = (struct desk){session, "g.lead", ORGANISATION, {{0}}, 0};
	desk_run(BOOKINGS + 1, book_or_merge, race);
	return 0;
}

/* Whichever was first: of two visits at one time under two records one is known to be twice, and no
 * row of the merged record is left with a person of its own. */
static void test_no_booking_slips_behind_a_merge(void **state)
{
	static struct race race;
	(void)state;
	tells(AT("03-20T09:00:00"));
	for (unsigned round = 0; round < ROUNDS; round++) {
		char steps[256];
		race.booked = 0;
		race.starts_at =
			INT64_C(1774252800000000) + round * CLOCK_HOUR_US; /* 23 March, 8:00 */
		house_runs(merged.house, race_once, &race);
		snprintf(steps, sizeof(steps), AT("03-20T09:%02u:00"), round + 1);
		tells(steps);
		char *apart = house_query(
			merged.house,
			"SELECT count(*) FROM scheduling.appointment a JOIN "
			"scheduling.athlete_alias l "
			"USING (organisation_id, athlete_id) WHERE a.merged_into "
			"IS NULL AND NOT EXISTS "
			"(SELECT FROM scheduling.appointment b WHERE "
			"b.athlete_id = l.survivor_id AND "
			"b.starts_at < a.ends_at AND b.ends_at > a.starts_at AND b.state IN "
			"('booked', 'checked_in'))");
		assert_string_equal(apart, "0");
		assert_in_range(race.booked, 1, 2);
		free(apart);
		merged_part(&merged);
		snprintf(steps, sizeof(steps), AT("03-20T09:%02u:30"), round + 1);
		tells(steps);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_person_is_at_one_place_at_a_time),
		cmocka_unit_test(test_no_booking_slips_behind_a_merge),
	};
	return cmocka_run_group_tests_name("merged visits", tests, open_house, close_house);
}
