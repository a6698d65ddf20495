/* The plans of scheduling's hot statements: none reads a table that grows as a whole. */
#include "house.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ORGANISATION "0195531a-0000-7000-8000-00000000003a"

static struct house *house;

static int open_house(void **state)
{
	(void)state;
	return house_open(&house);
}

static int close_house(void **state)
{
	(void)state;
	return house_close(&house);
}

/* The generic plan of a statement as the service's role and its sessions (db/target.c) have it. */
static char *plan_of(const char *name, unsigned parameters)
{
	char path[256], nulls[160] = "(NULL", text[8192] = "", sql[10240];
	snprintf(path, sizeof(path), "%s/services/scheduling/store/sql/%s.sql", SOLEUS_SOURCE,
		 name);
	FILE *file = fopen(path, "re");
	assert_non_null(file);
	assert_int_not_equal(fread(text, 1, sizeof(text) - 1, file), 0);
	fclose(file);
	for (unsigned i = 1; i < parameters; i++)
		strcat(nulls, ", NULL");
	strcat(nulls, ")");
	if (parameters == 0)
		nulls[0] = '\0';
	snprintf(sql, sizeof(sql),
		 "SET ROLE scheduling; SET search_path = scheduling; SET plan_cache_mode = "
		 "force_generic_plan; SET enable_seqscan = off; PREPARE asked AS %s; CREATE "
		 "FUNCTION pg_temp.plan() RETURNS "
		 "text LANGUAGE plpgsql AS $f$ DECLARE line text; plan text := ''; BEGIN FOR line "
		 "IN "
		 "EXECUTE 'EXPLAIN EXECUTE asked%s' LOOP plan := plan || line || E'\\n'; END "
		 "LOOP; "
		 "RETURN plan; END $f$; SELECT pg_temp.plan()",
		 text, nulls);
	return house_query(house, sql);
}

static void fill(const char *sql)
{
	free(house_query(house, sql));
}

/* Busy ranges are found within an index: a filter behind it would read all of a room's visits. */
static void check_ranges(const char *name, const char *plan)
{
	static const char *const busy[] = {"using appointment_room_busy",
					   "using appointment_practitioner_busy"};
	for (size_t i = 0; i < sizeof(busy) / sizeof(*busy); i++)
		for (const char *at = plan; (at = strstr(at, busy[i])); at++) {
			const char *condition = strstr(at, "Index Cond: ");
			const char *end = condition ? strchr(condition, '\n') : NULL;
			const char *range = condition ? strstr(condition, "blocked_from >") : NULL;
			if (!range || !end || range > end)
				fail_msg("%s is not bounded by time in %s", busy[i], name);
		}
}

static void test_no_hot_statement_reads_a_growing_table_whole(void **state)
{
	static const struct {
		const char *name;
		unsigned parameters;
	} hot[] = {{"book_look_one", 8},
		   {"book_look_many", 8},
		   {"book_one", 22},
		   {"book_many", 22},
		   {"book_insert", 22},
		   {"book_limits", 10},
		   {"book_limits_kept", 12},
		   {"book_move", 18},
		   {"book_refused", 12},
		   {"hold_dead", 3},
		   {"hold_outlook", 0},
		   {"hold_confirm", 4},
		   {"offer_busy", 4},
		   {"offer_room_busy", 5},
		   {"offer_about", 4},
		   {"offer_windows", 7},
		   {"offer_who", 4},
		   {"offer_rooms", 3},
		   {"offer_absences", 5},
		   {"training_list", 4},
		   {"training_seen", 15},
		   {"training_remove", 8},
		   {"training_load_days", 3},
		   {"training_titles", 2},
		   {"training_feed_outlook", 0},
		   {"training_feed_list", 3},
		   {"training_feed_clear", 4},
		   {"training_reclassify", 6},
		   {"waitlist_find", 2},
		   {"waitlist_of_all", 3},
		   {"waitlist_of_athlete", 4},
		   {"waitlist_leave", 3},
		   {"waitlist_lapse", 2},
		   {"waitlist_offer_add", 12},
		   {"waitlist_offer_end", 5},
		   {"waitlist_offers_find", 2},
		   {"waitlist_offers_of_athlete", 2},
		   {"waitlist_offers_of_slot", 2},
		   {"freed_add", 9},
		   {"freed_by_absence", 3},
		   {"freed_claim", 5},
		   {"freed_decide", 6},
		   {"freed_match", 15},
		   {"freed_outlook", 0},
		   {"clash_ask_all", 2},
		   {"clash_visits", 3},
		   {"clash_sessions", 4},
		   {"clash_list", 4},
		   {"appointment_find", 3},
		   {"appointment_move", 9},
		   {"appointment_history", 2},
		   {"appointments_of_practitioner", 5},
		   {"appointments_of_clinic", 5},
		   {"appointments_of_athlete", 5},
		   {"calendar_feed_visits", 9},
		   {"calendar_feed_find", 2},
		   {"holiday_kept", 4},
		   {"holiday_visits", 6}};
	static const char *const growing[] = {
		"appointment",    "training_session", "idempotency",    "opening",
		"absence",        "outbox",           "visit_plan",     "training_feed",
		"timing_recheck", "waitlist_entry",   "waitlist_offer", "freed_slot"};
	(void)state;
	fill("INSERT INTO scheduling.workplace SELECT '" ORGANISATION "', gen_random_uuid(), "
	     "gen_random_uuid(), '2020-01-01Z' FROM generate_series(1, 3)");
	fill("INSERT INTO scheduling.athlete SELECT '" ORGANISATION
	     "', gen_random_uuid(), 'UTC' FROM "
	     "generate_series(1, 3)");
	fill("INSERT INTO scheduling.appointment (organisation_id, appointment_id, athlete_id, "
	     "practitioner_id, clinic_id, room_id, service_id, starts_at, ends_at, blocked_from, "
	     "blocked_until, grade, timing_override_reason, idempotency_key, booked_at, "
	     "booked_by) "
	     "SELECT organisation_id, gen_random_uuid(), gen_random_uuid(), practitioner_id, "
	     "clinic_id, gen_random_uuid(), gen_random_uuid(), t, t + interval '45 min', t, t + "
	     "interval '1 hour', 'fair', '', 'made' || practitioner_id || t, t, '' FROM "
	     "scheduling.workplace, generate_series(timestamptz '2020-01-01Z', '2021-01-01Z', "
	     "interval '1 hour') t WHERE organisation_id = '" ORGANISATION "'; INSERT INTO "
	     "scheduling.training_session SELECT organisation_id, athlete_id, 's', t::text, 't', "
	     "'low', t, t + interval '1 hour', false, false FROM scheduling.athlete, "
	     "generate_series(timestamptz '2020-01-01Z', '2021-01-01Z', interval '3 hours') t "
	     "WHERE "
	     "organisation_id = '" ORGANISATION "'; INSERT INTO scheduling.idempotency SELECT "
	     "organisation_id, idempotency_key, '', '', booked_at FROM scheduling.appointment "
	     "WHERE "
	     "organisation_id = '" ORGANISATION "'; INSERT INTO scheduling.absence "
	     "(organisation_id, absence_id, practitioner_id, kind, title, starts_at, ends_at) "
	     "SELECT organisation_id, gen_random_uuid(), practitioner_id, 'time_off', '', t, "
	     "t + interval '1 day' FROM scheduling.workplace, generate_series(timestamptz "
	     "'2010-01-01Z', '2021-01-01Z', interval '2 days') t WHERE organisation_id = "
	     "'" ORGANISATION "'; INSERT INTO scheduling.visit_plan (organisation_id, plan_id, "
	     "athlete_id, name, visits, starts_at, ends_at) SELECT organisation_id, "
	     "gen_random_uuid(), gen_random_uuid(), '', 6, '2020-01-01Z', '2021-01-01Z' FROM "
	     "scheduling.athlete, generate_series(1, 1000) WHERE organisation_id = "
	     "'" ORGANISATION "'");
	fill("INSERT INTO scheduling.opening SELECT organisation_id, practitioner_id, clinic_id, "
	     "t, "
	     "t + interval '8 hours', gen_random_uuid(), 0, 0, NULL, t, t + interval '1 day' "
	     "FROM scheduling.workplace, generate_series(timestamptz '2018-01-01Z', "
	     "'2022-01-01Z', interval '1 day') t WHERE organisation_id = '" ORGANISATION "'");
	fill("INSERT INTO scheduling.waitlist_entry (organisation_id, entry_id, athlete_id, "
	     "service_id, from_at, until_at, least_grade, joined_at, state_at) SELECT "
	     "organisation_id, gen_random_uuid(), gen_random_uuid(), clinic_id, '2020-01-01Z', "
	     "'2021-01-01Z', 'fair', t, t FROM scheduling.workplace, generate_series(timestamptz "
	     "'2019-01-01Z', '2020-01-01Z', interval '3 hours') t WHERE organisation_id = "
	     "'" ORGANISATION "'; INSERT INTO scheduling.freed_slot (organisation_id, slot_id, "
	     "version, practitioner_id, clinic_id, service_id, starts_at, ends_at, freed_at, "
	     "look_at) SELECT organisation_id, gen_random_uuid(), 1, practitioner_id, clinic_id, "
	     "clinic_id, t, t + interval '45 min', t, t FROM scheduling.workplace, "
	     "generate_series(timestamptz '2020-01-01Z', '2021-01-01Z', interval '3 hours') t "
	     "WHERE organisation_id = '" ORGANISATION "'; INSERT INTO scheduling.waitlist_offer "
	     "(organisation_id, offer_id, entry_id, slot_id, slot_version, appointment_id, "
	     "athlete_id, offered_at, expires_at, ended_at, state, rank, why) SELECT "
	     "organisation_id, gen_random_uuid(), gen_random_uuid(), slot_id, 1, "
	     "gen_random_uuid(), gen_random_uuid(), look_at, look_at, look_at, 'expired', 1, '' "
	     "FROM scheduling.freed_slot WHERE organisation_id = '" ORGANISATION "'");
	fill("ANALYZE");
	for (size_t i = 0; i < sizeof(hot) / sizeof(*hot); i++) {
		char *plan = plan_of(hot[i].name, hot[i].parameters);
		for (size_t j = 0; j < sizeof(growing) / sizeof(*growing); j++) {
			char scan[64];
			snprintf(scan, sizeof(scan), "Seq Scan on %s", growing[j]);
			if (strstr(plan, scan)) {
				print_error("%s\n", plan);
				fail_msg("%s reads %s whole", hot[i].name, growing[j]);
			}
		}
		check_ranges(hot[i].name, plan);
		free(plan);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_hot_statement_reads_a_growing_table_whole),
	};
	return cmocka_run_group_tests_name("scheduling plans", tests, open_house, close_house);
}
