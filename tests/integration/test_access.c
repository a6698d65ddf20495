/* Who may read an athlete's record, and what is left behind by who did (access.story). */
#include "house.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define OF_THE_STORY "organisation_id = '0195531a-0000-7000-8000-0000000000f1'"

static int open_house(void **state)
{
	return house_open((struct house **)state);
}

static int close_house(void **state)
{
	return house_close((struct house **)state);
}

static void test_clinics_bound_who_reads(void **state)
{
	house_plays(*state, "access.story");
}

/* What was refused did nothing: no record was opened, and the trail has no reading of it. */
static void test_who_was_refused_left_nothing(void **state)
{
	house_expects(*state,
		      "SELECT count(*) FROM notes.encounter AS e JOIN notes.glass AS g ON "
		      "e.practitioner_id = g.practitioner_id WHERE e.opened_at < g.broken_at AND "
		      "e.opened_at < '2026-03-02T12:00:00Z' AND g.broken_at < "
		      "'2026-03-02T12:00:00Z' AND e." OF_THE_STORY,
		      "0");
	house_expects(
		*state,
		"SELECT string_agg(method, ' ' ORDER BY xid, id) FROM notes.audit WHERE actor = "
		"'a.finn' AND at < '2026-03-02T12:00:00Z' AND athlete_id IS NOT NULL "
		"AND " OF_THE_STORY,
		"soleus.v1.Notes.BreakGlass soleus.v1.Notes.GetNote soleus.v1.Notes.ListNotes "
		"soleus.v1.Notes.SearchNotes soleus.v1.Notes.OpenEncounter "
		"soleus.v1.Notes.OpenEncounter soleus.v1.Notes.OpenEncounter "
		"soleus.v1.Notes.OpenEncounter soleus.v1.Notes.GetNote "
		"soleus.v1.Notes.OpenEncounter");
}

/* Who reads of many at once is in the trail of each: of the athlete found, who was not named. */
static void test_who_searched_is_seen_by_whom_was_found(void **state)
{
	house_expects(
		*state,
		"SELECT string_agg(DISTINCT actor || ' ' || substr(method, 17), ', ') FROM "
		"notes.audit JOIN directory.athlete USING (organisation_id, athlete_id) WHERE "
		"method IN ('soleus.v1.Notes.SearchNotes', 'soleus.v1.Notes.ListAdverseEvents') "
		"AND given_name = 'Ana' AND at < '2026-03-02T12:00:00Z' AND " OF_THE_STORY,
		"a.finn SearchNotes, a.hanna ListAdverseEvents, a.hanna SearchNotes");
}

/* The reason is clinical at times: it is in the trail alone. */
static void test_the_reason_is_told_to_nobody_else(void **state)
{
	house_expects(*state,
		      "SELECT count(*) FROM notes.outbox WHERE " OF_THE_STORY
		      " AND position('chest' in encode(payload, 'escape')) > 0",
		      "0");
	house_expects(*state,
		      "SELECT count(*) FROM reminders.alert WHERE " OF_THE_STORY
		      " AND reason LIKE '%a.finn%' AND reason NOT LIKE '%chest%'",
		      "2");
}

/* The planner knows what is behind access_of: it is no call of a function, and each part of it has
 * its index. */
static void test_access_is_read_by_indexes(void **state)
{
	char *plan = house_query(
		*state,
		"SET LOCAL search_path = notes; SET LOCAL enable_seqscan = off; SET LOCAL jit = "
		"off; "
		"SET LOCAL plan_cache_mode = force_generic_plan; "
		"CREATE FUNCTION pg_temp.plan() RETURNS text LANGUAGE plpgsql AS $$ DECLARE plan "
		"text := ''; line text; BEGIN PREPARE asked (uuid, uuid, uuid, timestamptz) AS "
		"SELECT EXISTS (SELECT FROM access_of($1, $2, $3, $4)); FOR line IN EXECUTE "
		"'EXPLAIN EXECUTE asked (NULL, NULL, NULL, NULL)' LOOP plan := plan || line || "
		"E'\\n'; END LOOP; DEALLOCATE asked; RETURN plan; END $$; SELECT pg_temp.plan()");
	if (strstr(plan, "Function Scan") || strstr(plan, "Seq Scan") ||
	    !strstr(plan, "appointment_of_athlete") || !strstr(plan, "encounter_by_athlete") ||
	    !strstr(plan, "glass_open") || !strstr(plan, "practitioner_key"))
		fail_msg("%s", plan);
	free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clinics_bound_who_reads),
		cmocka_unit_test(test_who_was_refused_left_nothing),
		cmocka_unit_test(test_who_searched_is_seen_by_whom_was_found),
		cmocka_unit_test(test_the_reason_is_told_to_nobody_else),
		cmocka_unit_test(test_access_is_read_by_indexes),
	};
	return cmocka_run_group_tests_name("access", tests, open_house, close_house);
}
