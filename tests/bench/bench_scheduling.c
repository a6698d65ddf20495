/* Scheduling at size: 20 clinics, 200 practitioners, 1 million appointments.
 *
 * Bookings through the bus at 256, 32, 8 and 1 in flight against pgbench doing the same work as one
 * transaction for each booking (pgbench.h), on the same server, in turn, in one run. Availability
 * of 10 practitioners over 14 days with timing grades, end to end, against the bare btree query for
 * their busy ranges by pgbench; and its time at 1 million appointments against that at 10,000 with
 * the same fortnight. The daemons that read scheduling's events are stopped meanwhile. */
#include "bookers.h"
#include "figures.h"
#include "pgbench.h"

#include "base/clock.h"

#include "soleus/v1/scheduling.pb-c.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define CLINICS       20
#define PRACTITIONERS 200
#define DAYS          14 /* of the availability that is asked for; from tomorrow on */
#define VISITS_A_DAY  8
#define PAST_DAYS     (1000000 / PRACTITIONERS / VISITS_A_DAY - DAYS)
#define FEW_DAYS      5 /* of the other practitioners, for about 10,000 in all */
#define SECONDS       4
#define ROUNDS_MOST   8
#define ASKED         400

/* ---- Appointments ---- */

/* Eight visits a day of practitioners [first, end) on days [from, until) around the fortnight. The
 * exclusion constraints are put back afterwards: building an index beats filling it. */
static void fill(const struct group *group, unsigned first, unsigned end, int from, int until)
{
	char sql[4096];
	snprintf(sql, sizeof(sql),
		 "DO $do$ DECLARE held record; BEGIN"
		 " CREATE TEMP TABLE held_back AS SELECT conname, pg_get_constraintdef(oid) AS text"
		 "  FROM pg_constraint WHERE conrelid = 'scheduling.appointment'::regclass"
		 "  AND contype = 'x';"
		 " FOR held IN SELECT * FROM held_back LOOP"
		 "  EXECUTE format('ALTER TABLE scheduling.appointment DROP CONSTRAINT %%I', "
		 "held.conname);"
		 " END LOOP;"
		 " INSERT INTO scheduling.appointment (organisation_id, appointment_id, athlete_id,"
		 "  practitioner_id, clinic_id, room_id, service_id, starts_at, ends_at,"
		 "  blocked_from, blocked_until, grade, timing_override_reason, idempotency_key,"
		 "  booked_at, booked_by)"
		 " SELECT '" GROUP_ORGANISATION "', gen_random_uuid(),"
		 "  ('00000000-0000-7000-8003-' || lpad(p::text, 12, '0'))::uuid,"
		 "  ('00000000-0000-7000-8001-' || lpad(p::text, 12, '0'))::uuid,"
		 "  ('00000000-0000-7000-8004-' || lpad((p / %d)::text, 12, '0'))::uuid,"
		 "  ('00000000-0000-7000-8002-' || lpad(p::text, 12, '0'))::uuid,"
		 "  '00000000-0000-7000-8005-000000000000', at, at + interval '45 minutes',"
		 "  at, at + interval '1 hour', 'good', '', gen_random_uuid()::text, at, 'bench'"
		 " FROM generate_series(%d, %d) d, generate_series(0, %d) h,"
		 "  generate_series(%u, %u) p,"
		 "  LATERAL (SELECT to_timestamp(%lld + d * 86400 + (8 + h) * 3600) AS at) t;"
		 " FOR held IN SELECT * FROM held_back LOOP"
		 "  EXECUTE format('ALTER TABLE scheduling.appointment ADD CONSTRAINT %%I %%s',"
		 "   held.conname, held.text);"
		 " END LOOP;"
		 " DROP TABLE held_back;"
		 "END $do$",
		 PRACTITIONERS / CLINICS, from, until - 1, VISITS_A_DAY - 1, first, end - 1,
		 (long long)(group->first_us / CLOCK_SECOND_US - 29 * 86400));
	free(house_query(group->house, sql));
}

static void settle(const struct group *group)
{
	free(house_query(group->house, "VACUUM ANALYZE scheduling.appointment"));
	free(house_query(group->house, "CHECKPOINT"));
}

/* An athlete with a session a day, so that there is something to grade. */
static void train(const struct group *group)
{
	char sql[1024];
	snprintf(sql, sizeof(sql),
		 "INSERT INTO scheduling.training_session (organisation_id, athlete_id, source, "
		 "uid, title, kind, starts_at, ends_at, all_day, uncertain) SELECT "
		 "'" GROUP_ORGANISATION "', '" GROUP_ID
		 "', 'plan', d::text, 'Session ' || d, (ARRAY['low', 'high_intensity', 'moderate', "
		 "'heavy_lift', 'rest', 'demanding_block', 'race'])[1 + d %% 7], at, at + interval "
		 "'1 hour', false, false FROM generate_series(0, 59) d, LATERAL (SELECT "
		 "to_timestamp(%lld + d * 86400 + 17 * 3600) AS at) t",
		 GROUP_ATHLETE, PRACTITIONERS,
		 (long long)(group->first_us / CLOCK_SECOND_US - 50 * 86400));
	free(house_query(group->house, sql));
}

/* ---- Availability ---- */

struct asking {
	const struct group *group;
	double latencies_us[ASKED];
	size_t slots;
};

static FIBER int ask(struct session *session, void *argument)
{
	struct asking *asking = argument;
	struct method method;
	struct session_call call = {.who = "bench"};
	char practitioners[10][37], athlete[37], service[37];
	char *ids[10];
	Soleus__V1__FindAvailabilityRequest request = SOLEUS__V1__FIND_AVAILABILITY_REQUEST__INIT;
	session->options.organisation_id = GROUP_ORGANISATION;
	struct status status = method_find(session->arena, "Scheduling.FindAvailability", &method);
	if (!status_is_ok(status))
		return session_complain("bench", status);
	for (int i = 0; i < 10; i++) {
		snprintf(practitioners[i], 37, GROUP_ID, GROUP_PRACTITIONER, i);
		ids[i] = practitioners[i];
	}
	snprintf(athlete, sizeof(athlete), GROUP_ID, GROUP_ATHLETE, PRACTITIONERS);
	snprintf(service, sizeof(service), GROUP_ID, GROUP_SERVICE, 0);
	request.athlete_id = athlete;
	request.service_id = service;
	request.practitioner_ids = ids;
	request.n_practitioner_ids = 10;
	request.from_at = asking->group->first_us - 29 * CLOCK_DAY_US;
	request.until_at = request.from_at + DAYS * CLOCK_DAY_US;
	for (size_t i = 0; i < ASKED; i++) {
		ProtobufCMessage *reply;
		int64_t begun_us = clock_monotonic_us();
		status = session_call_message(session, &method, &call, &request.base, &reply);
		if (!status_is_ok(status))
			return session_complain("bench", status);
		asking->latencies_us[i] = (double)(clock_monotonic_us() - begun_us);
		asking->slots = ((Soleus__V1__FindAvailabilityReply *)reply)->n_slots;
	}
	return asking->slots > 0 ? 0 : 1;
}

static double availability_us(const struct group *group)
{
	struct asking asking = {.group = group};
	house_runs(group->house, ask, &asking);
	return figure_quantile(asking.latencies_us, ASKED, 0.5);
}

/* The bare question: when are these ten busy in these days, by the btree. */
static double btree_us(const struct group *group)
{
	FILE *script = pgbench_script(group);
	long long from = group->first_us / CLOCK_SECOND_US - 29 * 86400;
	fputs("SELECT practitioner_id, blocked_from, blocked_until FROM appointment"
	      " WHERE organisation_id = '" GROUP_ORGANISATION "'"
	      " AND state IN ('held', 'booked', 'checked_in', 'completed')"
	      " AND practitioner_id IN (",
	      script);
	for (int i = 0; i < 10; i++)
		fprintf(script, "%s'" GROUP_ID "'", i ? ", " : "", GROUP_PRACTITIONER, i);
	fprintf(script,
		") AND blocked_from < to_timestamp(%lld) AND blocked_from > to_timestamp(%lld)"
		" AND blocked_until > to_timestamp(%lld) ORDER BY practitioner_id, blocked_from;\n",
		from + DAYS * 86400LL, from - 12 * 3600, from);
	fclose(script);
	return pgbench_run(group, "scheduling", 1, SECONDS, 0).p50_us;
}

static void measure_availability(const struct group *group, unsigned rounds, double few_us)
{
	double ours[ROUNDS_MOST], theirs[ROUNDS_MOST], ratios[ROUNDS_MOST];
	for (unsigned i = 0; i < rounds; i++) {
		ours[i] = availability_us(group);
		theirs[i] = btree_us(group);
		ratios[i] = theirs[i] > 0 ? ours[i] / theirs[i] : 0;
		fprintf(stderr, "round %u: availability %.0f us, btree query %.0f us, ratio %.2f\n",
			i + 1, ours[i], theirs[i], ratios[i]);
	}
	double many_us = figure_quantile(ours, rounds, 0.5);
	figure("scheduling", "availability_p50_us", many_us, "us");
	figure("scheduling", "btree_p50_us", figure_quantile(theirs, rounds, 0.5), "us");
	figure("scheduling", "availability_at_10000_p50_us", few_us, "us");
	figure("scheduling", "availability_vs_btree", figure_quantile(ratios, rounds, 0.5),
	       "ratio");
	figure("scheduling", "availability_growth", many_us / few_us, "ratio");
}

/* ---- Bookings ---- */

static const unsigned in_flight[] = {256, 32, 8, 1};
static const unsigned clients[] = {64, 32, 16, 8, 1};

#define OURS   (sizeof(in_flight) / sizeof(in_flight[0]))
#define THEIRS (sizeof(clients) / sizeof(clients[0]))

struct round {
	struct booked ours[OURS];
	struct pgbench_rate theirs[THEIRS];
};

static void measure_round(struct group *group, unsigned number, struct round *ret_round)
{
	for (size_t i = 0; i < OURS; i++) {
		ret_round->ours[i] = bookers_run(group, in_flight[i], SECONDS);
		fprintf(stderr, "round %u: %3u in flight %8.0f/s  p50 %7.0f us  p99 %7.0f us\n",
			number, in_flight[i], ret_round->ours[i].rate, ret_round->ours[i].p50_us,
			ret_round->ours[i].p99_us);
	}
	for (size_t i = 0; i < THEIRS; i++) {
		ret_round->theirs[i] = pgbench_book(group, clients[i], SECONDS, true);
		fprintf(stderr, "round %u: pgbench -c %2u %6.0f/s  p50 %7.0f us  p99 %7.0f us\n",
			number, clients[i], ret_round->theirs[i].rate, ret_round->theirs[i].p50_us,
			ret_round->theirs[i].p99_us);
	}
}

static double best(const struct round *round)
{
	double rate = 0;
	for (size_t i = 0; i < THEIRS; i++)
		if (round->theirs[i].rate > rate)
			rate = round->theirs[i].rate;
	return rate;
}

static void measure_bookings(struct group *group, unsigned rounds)
{
	double at_256[ROUNDS_MOST], at_32[ROUNDS_MOST], at_8[ROUNDS_MOST], alone[ROUNDS_MOST];
	double p99[OURS][ROUNDS_MOST];
	for (unsigned i = 0; i < rounds; i++) {
		struct round round;
		measure_round(group, i + 1, &round);
		at_256[i] = round.ours[0].rate / best(&round);
		at_32[i] = round.ours[1].rate / round.theirs[1].rate;
		at_8[i] = round.ours[2].rate / round.theirs[3].rate;
		alone[i] = round.ours[3].p50_us / round.theirs[4].p50_us;
		for (size_t k = 0; k < OURS; k++)
			p99[k][i] = round.ours[k].p99_us / 1000;
	}
	for (size_t k = 0; k < OURS; k++) {
		char metric[32];
		snprintf(metric, sizeof(metric), "booking_%u_p99_ms", in_flight[k]);
		figure("scheduling", metric, figure_quantile(p99[k], rounds, 0.5), "ms");
	}
	figure("scheduling", "bookings_256_vs_best", figure_quantile(at_256, rounds, 0.5), "ratio");
	figure("scheduling", "bookings_32_vs_32", figure_quantile(at_32, rounds, 0.5), "ratio");
	figure("scheduling", "bookings_8_vs_8", figure_quantile(at_8, rounds, 0.5), "ratio");
	figure("scheduling", "booking_p50_vs_pgbench", figure_quantile(alone, rounds, 0.5),
	       "ratio");
}

int main(int argc, char **argv)
{
	unsigned rounds = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 3;
	struct group group = {.clinics = CLINICS, .practitioners = PRACTITIONERS};
	if (rounds == 0 || rounds > ROUNDS_MOST || house_open(&group.house) != 0)
		return 1;
	group_make(&group);
	group_signal_readers(&group, SIGSTOP);
	train(&group);
	fill(&group, 0, 10, 0, DAYS);
	fill(&group, 10, PRACTITIONERS, 0, FEW_DAYS + 1);
	settle(&group);
	availability_us(&group); /* warm */
	double few_us = availability_us(&group);
	fprintf(stderr, "filling up to 1 million appointments\n");
	fill(&group, 10, PRACTITIONERS, FEW_DAYS + 1, DAYS);
	fill(&group, 0, PRACTITIONERS, -PAST_DAYS, 0);
	settle(&group);
	availability_us(&group);
	measure_availability(&group, rounds, few_us);
	measure_bookings(&group, rounds);
	group_signal_readers(&group, SIGCONT);
	return house_close(&group.house);
}
