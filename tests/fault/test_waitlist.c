/* 1,000 cancellations, 5,000 who wait, two instances of scheduling, and kill -9 of scheduling and
 * reminders all the while: each time that comes free is offered to one at a time and to nobody
 * twice, and ends booked or exhausted; what was acknowledged is true.
 *
 * TEST_SEED=N plays the same answers and kills again, as far as processes allow. */
#include "callers.h"
#include "prater.h"

#include "base/clock.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define CANCELLED    1000
#define TOGETHER     32
#define ROUNDS_MOST  60
#define PATIENCE_MS  120000
#define REPEATS_MOST 40

static unsigned seed;

static unsigned below(unsigned limit)
{
	return (unsigned)rand_r(&seed) % limit;
}

static void pause_ms(long ms)
{
	struct timespec pause = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
	nanosleep(&pause, NULL);
}

/* ---- What dies ---- */

static struct {
	pid_t pid;
	unsigned *kills; /* shared with it */
	unsigned before; /* it began */
} killer;

/* How often a daemon of the house began to serve. */
static unsigned began(const char *name)
{
	char path[160], *line = NULL;
	size_t size = 0;
	unsigned count = 0;
	snprintf(path, sizeof(path), "%s/log/%s.log", house->folder, name);
	FILE *log = fopen(path, "r");
	while (log && getline(&line, &size, log) > 0)
		count += strstr(line, "\"event\":\"serves\"") != NULL;
	free(line);
	if (log)
		fclose(log);
	return count;
}

/* Until it has begun once more than `count`; one that never does is killed all the same. */
static void await_service(const char *name, unsigned count)
{
	for (unsigned waited = 0; began(name) <= count && waited < 10000; waited += 20)
		pause_ms(20);
}

/* A process of its own, for the callers wait. It kills what serves, however long the machine takes
 * to start it again: who is killed before that proves nothing. Seconds apart, for starting costs
 * more than the calls between. */
static void begin_to_kill(void)
{
	static const char *const targets[] = {"scheduling", "reminders"};
	unsigned round = seed, killed_at[2] = {0};
	killer.before = *killer.kills;
	killer.pid = fork();
	if (killer.pid != 0)
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (;; round++) {
		const char *target = targets[round % 2];
		await_service(target, killed_at[round % 2]);
		pause_ms(500 + (long)(rand_r(&seed) % 3500));
		pid_t pid = house_pid(house, target);
		killed_at[round % 2] = began(target);
		if (pid > 0 && kill(pid, SIGKILL) == 0)
			(*killer.kills)++;
	}
}

/* Not before it has killed `least` times: a machine on which the calls are over sooner proves as
 * much. */
static void stop_killing(unsigned least)
{
	for (unsigned waited = 0; *killer.kills < killer.before + least && waited < 60000;
	     waited += 20)
		pause_ms(20);
	kill(killer.pid, SIGKILL);
	waitpid(killer.pid, NULL, 0);
	below(2); /* the next one kills at other moments */
}

/* A second instance, beside the one that is killed. */
static pid_t start_second(void)
{
	char database[192], rpc[160], pub[160];
	pid_t pid = fork();
	if (pid != 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	snprintf(database, sizeof(database), "host=%s user=scheduling dbname=soleus",
		 house->socket);
	snprintf(rpc, sizeof(rpc), "ipc://%s/second.rpc", house->run_dir);
	snprintf(pub, sizeof(pub), "ipc://%s/second.pub", house->run_dir);
	setenv("SOLEUS_DATABASE_URL", database, 1);
	setenv("SOLEUS_BIND_RPC", rpc, 1);
	setenv("SOLEUS_BIND_PUB", pub, 1);
	setenv("SOLEUS_LOG_LEVEL", "error", 1);
	setenv("SOLEUS_RUN_DIR", "./run", 1);
	setenv("SOLEUS_CLOCK_FILE", "./clock", 1);
	setenv("SOLEUS_SECRET_KEY_FILE", "./run/keys/scheduling.secret", 1);
	if (chdir(house->folder) == 0)
		execl(SOLEUS_BUILD "/soleus-scheduling", "soleus-scheduling", (char *)NULL);
	_exit(127);
}

/* ---- The clinic ---- */

/* clang-format off */
#define IN " WHERE organisation_id = '" ORGANISATION "'"
#define ID(PREFIX, NUMBER) "('0195531a-" PREFIX "-7000-8000-' || lpad((" NUMBER ")::text, 12, '0'))::uuid"
#define ATHLETE_ID(NUMBER) ID("a000", NUMBER)
#define CLINIC_ID "(SELECT clinic_id FROM scheduling.clinic" IN ")"
#define SERVICE_ID "(SELECT service_id FROM scheduling.service" IN ")"

static const char practitioners[] =
	"CREATE VIEW who AS SELECT practitioner_id, row_number() OVER (ORDER BY practitioner_id) AS number FROM scheduling.practitioner" IN;

/* 1 to 5,000 wait; 5,001 to 6,000 have the visits that are cancelled. */
static const char athletes[] =
	"WITH a AS (INSERT INTO scheduling.athlete (organisation_id, athlete_id, zone) SELECT '" ORGANISATION "', " ATHLETE_ID("n") ", 'Europe/Vienna' FROM generate_series(1, 6000) AS n),"
	" r AS (INSERT INTO reminders.athlete (organisation_id, athlete_id, zone, has_guardian) SELECT '" ORGANISATION "', " ATHLETE_ID("n") ", 'Europe/Vienna', false FROM generate_series(1, 6000) AS n),"
	" c AS (INSERT INTO reminders.contact_point (organisation_id, athlete_id, position, channel, value, address) SELECT '" ORGANISATION "', " ATHLETE_ID("n") ", 1, 'sms', '+43660' || n + 1000000, '+43660' || n + 1000000 FROM generate_series(1, 5000) AS n)"
	" INSERT INTO reminders.consent (organisation_id, athlete_id, purpose, channel, granted, recorded_at) SELECT '" ORGANISATION "', " ATHLETE_ID("n") ", 'reminders', 'sms', true, '2026-01-01Z' FROM generate_series(1, 5000) AS n";

/* With the tenth practitioner only thirty would be content: most of those hundred times end
 * exhausted. */
static const char waiting[] =
	"INSERT INTO scheduling.waitlist_entry (organisation_id, entry_id, athlete_id, service_id, practitioner_ids, weekdays, from_at, until_at, least_grade, urgency, joined_at, state_at)"
	" SELECT '" ORGANISATION "', " ID("e000", "n") ", " ATHLETE_ID("n") ", " SERVICE_ID ","
	" CASE WHEN n <= 30 THEN (SELECT array_agg(practitioner_id) FROM who WHERE number = 10) ELSE (SELECT array_agg(practitioner_id) FROM who WHERE number IN (1 + n % 9, 1 + n / 9 % 9)) END,"
	" CASE n % 3 WHEN 0 THEN '{}'::int[] WHEN 1 THEN '{1,2,3}'::int[] ELSE '{2,4,5}'::int[] END,"
	" '2026-03-01Z', '2026-04-01Z', 'fair', (n % 50 = 0)::int, timestamptz '2026-02-01Z' + n * interval '7 minutes', '2026-02-28Z' FROM generate_series(1, 5000) AS n";

/* Ten visits a day with each of ten practitioners, two weeks of five days. */
static const char visits[] =
	"INSERT INTO scheduling.appointment (organisation_id, appointment_id, athlete_id, practitioner_id, clinic_id, room_id, place, service_id, starts_at, ends_at, blocked_from, blocked_until, state, grade, timing_override_reason, override_reason, overridden, idempotency_key, booked_at, booked_by)"
	" SELECT '" ORGANISATION "', " ID("b000", "v.n") ", " ATHLETE_ID("5000 + v.n") ", w.practitioner_id, " CLINIC_ID ", (SELECT room_id FROM scheduling.room" IN "), w.number, " SERVICE_ID ", v.at, v.at + interval '45 minutes', v.at, v.at + interval '1 hour', 'booked', 'fair', '', '', '{}', 'visit ' || v.n, '2026-02-01Z', 'lead'"
	" FROM (SELECT n, timestamptz '2026-03-09 07:00Z' + ((n - 1) / 10 % 5 + (n - 1) / 50 % 2 * 7) * interval '1 day' + (n - 1) % 10 * interval '1 hour' AS at, 1 + (n - 1) / 100 AS who FROM generate_series(1, 1000) AS n) AS v JOIN who w ON w.number = v.who";

#define COLLEAGUE(WHO) "{'call': 'Directory.CreatePractitioner', 'as': 'lead#', 'with': {'given_name': '" WHO "', 'family_name': 'N', 'clinic_ids': ['${prater.clinic_id}']}, 'keep': '" WHO "'}\n" \
	"{'call': 'Scheduling.PutWorkingRule', 'as': 'lead#', 'with': {'rule': {'practitioner_id': '${" WHO ".practitioner_id}', 'clinic_id': '${prater.clinic_id}', 'rrule': 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'first_day': '2026-03-02', 'opens': '08:00', 'closes': '18:00'}}}\n"

static void open_clinic(void)
{
	steps('1', AT("2026-03-02T07:00:00Z")
		"{'call': 'Directory.CreateOrganisation', 'with': {'organisation_id': '" ORGANISATION "', 'name': 'Prater'}}\n"
		"{'key': 'lead#', 'roles': 'clinic_lead,front_desk', 'organisation': '" ORGANISATION "'}\n"
		CLINIC("prater") ROOM("hall", "prater", ", 'capacity': 20") SERVICE("visit", "")
		COLLEAGUE("a") COLLEAGUE("b") COLLEAGUE("c") COLLEAGUE("d") COLLEAGUE("e")
		COLLEAGUE("f") COLLEAGUE("g") COLLEAGUE("h") COLLEAGUE("i") COLLEAGUE("j")
		AT("2026-03-02T07:00:00Z"));
	free(value_of('1', practitioners));
	free(value_of('1', athletes));
	free(value_of('1', waiting));
	free(value_of('1', visits));
	expect('1', "SELECT count(*) FROM scheduling.appointment" IN, "1000");
}
/* clang-format on */

static void rest(void)
{
	steps('1', "{'call': 'Directory.ListClinics', 'as': 'lead#', 'with': {}}\n");
}

/* Until nothing is due: the second instance is waited for too. */
static void until_all_are_offered(void)
{
	char due[320];
	time_t seconds = (time_t)(clock_now_us() / CLOCK_SECOND_US);
	snprintf(due, sizeof(due),
		 "SELECT (SELECT count(*) FROM scheduling.freed_slot WHERE state = 'open' AND "
		 "look_at <= to_timestamp(%lld)) + (SELECT count(*) FROM scheduling.appointment "
		 "WHERE state = 'held' AND hold_expires_at <= to_timestamp(%lld))",
		 (long long)seconds, (long long)seconds);
	for (int waited = 0;; waited += 20) {
		char *left = value_of('1', due);
		bool none = strcmp(left, "0") == 0;
		free(left);
		if (none)
			break;
		if (waited > PATIENCE_MS)
			fail_msg("times are due and nobody offers them");
		pause_ms(20);
	}
	rest();
}

/* Not before all are texted who were offered a time just now: it would be over. */
static void pass_an_hour(void)
{
	until_all_are_offered();
	clock_drive(clock_now_us() + CLOCK_HOUR_US);
	until_all_are_offered();
}

/* ---- Calls under kills ---- */

/* As a client does: with the same key until there is an answer. Ends the callers. */
static unsigned call_all(struct callers *callers, unsigned *ret_refused)
{
	unsigned told = 0;
	for (unsigned repeats = 0; callers->count > 0; repeats++) {
		unsigned left = 0;
		callers_call(callers);
		for (unsigned i = 0; i < callers->count; i++) {
			struct caller *caller = &callers->of[i];
			bool answered = caller->code == STATUS_OK ||
					caller->code == STATUS_FAILED_PRECONDITION;
			told += caller->code == STATUS_OK;
			*ret_refused += caller->code == STATUS_FAILED_PRECONDITION;
			free(caller->reply);
			if (answered) {
				free(caller->with);
				continue;
			}
			if (repeats > REPEATS_MOST)
				fail_msg("%s comes to %s", caller->rpc,
					 status_code_name(caller->code));
			callers->of[left++] = *caller;
		}
		callers->count = left;
	}
	return told;
}

static void add(struct callers *callers, char keys[][80], const char *rpc, const char *what,
		const char *with)
{
	unsigned place = callers->count;
	snprintf(keys[place], sizeof(keys[place]), "of %s", what);
	callers_add(callers, rpc, with)->key = keys[place];
}

static void cancel_all(void)
{
	struct callers callers = {.who = "lead1", .timeout_us = CLOCK_SECOND_US};
	char keys[TOGETHER][80];
	unsigned told = 0, refused = 0;
	for (unsigned n = 1; n <= CANCELLED; n++) {
		char id[40], with[100];
		snprintf(id, sizeof(id), "0195531a-b000-7000-8000-%012u", n);
		snprintf(with, sizeof(with), "{\"appointment_id\": \"%s\"}", id);
		add(&callers, keys, "Scheduling.CancelAppointment", id, with);
		if (callers.count == TOGETHER || n == CANCELLED)
			told += call_all(&callers, &refused);
	}
	assert_int_equal(told, CANCELLED);
}

/* ---- Answers ---- */

static struct {
	unsigned told, refused, texts, silent;
} answers;

/* One open offer: by the desk, by text, or not at all. */
static void answer(struct callers *callers, char keys[][80], const char *offer_id,
		   const char *athlete_number)
{
	unsigned dice = below(100);
	char with[240];
	if (dice < 70) {
		snprintf(with, sizeof(with), "{\"offer_id\": \"%s\", \"accept\": %s}", offer_id,
			 dice < 52 ? "true" : "false");
		add(callers, keys, "Scheduling.AnswerOffer", offer_id, with);
	} else if (dice < 85) {
		snprintf(with, sizeof(with),
			 "{\"provider_message_id\": \"%s\", \"from\": \"+43660%lu\", \"channel\": "
			 "\"sms\", \"text\": \"%s\"}",
			 offer_id, 1000000 + strtoul(athlete_number, NULL, 10),
			 dice < 80 ? "YES" : "no");
		add(callers, keys, "Reminders.ReceiveText", offer_id, with);
		answers.texts++;
	} else {
		answers.silent++;
	}
}

/* All that are open now; how many. */
static unsigned answer_all(void)
{
	struct callers callers = {.who = "lead1", .timeout_us = CLOCK_SECOND_US};
	char keys[TOGETHER][80];
	unsigned count = 0;
	char *list = value_of(
		'1', "SELECT string_agg(offer_id || ' ' || right(athlete_id::text, 12), ' ' ORDER "
		     "BY offer_id) FROM scheduling.waitlist_offer" IN " AND state = 'open'");
	begin_to_kill();
	for (char *rest_of = NULL, *id = strtok_r(list, " ", &rest_of); id;
	     id = strtok_r(NULL, " ", &rest_of)) {
		answer(&callers, keys, id, strtok_r(NULL, " ", &rest_of));
		count++;
		if (callers.count == TOGETHER)
			answers.told += call_all(&callers, &answers.refused);
	}
	answers.told += call_all(&callers, &answers.refused);
	pause_ms(300 + below(1000)); /* while the next are looked for */
	stop_killing(3);
	free(list);
	return count;
}

/* ---- What must be true ---- */

/* clang-format off */
static const struct {
	const char *what;
	const char *sql;
} never[] = {
	{"a time neither booked nor exhausted", "SELECT state FROM scheduling.freed_slot" IN " AND state NOT IN ('booked', 'exhausted') LIMIT 1"},
	{"a hold that nobody ends", "SELECT appointment_id FROM scheduling.appointment" IN " AND state = 'held' LIMIT 1"},
	{"an offer that nobody ends", "SELECT offer_id FROM scheduling.waitlist_offer" IN " AND state = 'open' LIMIT 1"},
	{"two offers of a time at once", "SELECT slot_id FROM (SELECT slot_id, offered_at, lag(ended_at) OVER (PARTITION BY slot_id ORDER BY offered_at, ended_at) AS ended FROM scheduling.waitlist_offer" IN ") o WHERE ended > offered_at LIMIT 1"},
	{"two offers of a time at once, by the events", "SELECT slot_id FROM (SELECT o.slot_id, e.type, lag(e.type) OVER (PARTITION BY o.slot_id ORDER BY e.xid, e.id) AS before FROM scheduling.outbox e JOIN scheduling.waitlist_offer o ON o.organisation_id = e.organisation_id AND o.offer_id = e.subject_id WHERE e.organisation_id = '" ORGANISATION "' AND e.type ~ 'WaitlistOffer') s WHERE type = coalesce(before, 'soleus.v1.WaitlistOfferEnded') LIMIT 1"},
	{"an offer without its two events", "SELECT o.offer_id FROM scheduling.waitlist_offer o LEFT JOIN scheduling.outbox e ON e.organisation_id = o.organisation_id AND e.subject_id = o.offer_id WHERE o.organisation_id = '" ORGANISATION "' GROUP BY o.offer_id HAVING count(e.id) <> 2 LIMIT 1"},
	{"a time offered twice to one", "SELECT slot_id FROM scheduling.waitlist_offer" IN " GROUP BY slot_id, athlete_id HAVING count(*) > 1 LIMIT 1"},
	{"a booked time without its visit", "SELECT f.slot_id FROM scheduling.freed_slot f LEFT JOIN scheduling.waitlist_offer o ON o.organisation_id = f.organisation_id AND o.slot_id = f.slot_id AND o.state = 'accepted' LEFT JOIN scheduling.appointment a ON a.organisation_id = o.organisation_id AND a.appointment_id = o.appointment_id AND a.athlete_id = o.athlete_id AND a.practitioner_id = f.practitioner_id AND a.starts_at = f.starts_at AND a.state = 'booked' WHERE f.organisation_id = '" ORGANISATION "' AND f.state = 'booked' GROUP BY f.slot_id HAVING count(a.appointment_id) <> 1 LIMIT 1"},
	{"a visit from an exhausted time", "SELECT f.slot_id FROM scheduling.freed_slot f JOIN scheduling.appointment a ON a.organisation_id = f.organisation_id AND a.practitioner_id = f.practitioner_id AND a.starts_at = f.starts_at AND a.state = 'booked' WHERE f.organisation_id = '" ORGANISATION "' AND f.state = 'exhausted' LIMIT 1"},
	{"somebody who was not asked", "SELECT e.entry_id FROM scheduling.freed_slot f JOIN scheduling.waitlist_entry e ON e.organisation_id = f.organisation_id AND e.state = 'waiting' AND f.practitioner_id = ANY (e.practitioner_ids) AND (e.weekdays = '{}' OR date_part('isodow', f.starts_at) = ANY (e.weekdays)) LEFT JOIN scheduling.waitlist_offer o ON o.organisation_id = f.organisation_id AND o.slot_id = f.slot_id AND o.athlete_id = e.athlete_id WHERE f.organisation_id = '" ORGANISATION "' AND f.state = 'exhausted' AND o.offer_id IS NULL LIMIT 1"},
	{"an entry in another state than its offers", "SELECT e.entry_id FROM scheduling.waitlist_entry e LEFT JOIN scheduling.waitlist_offer o ON o.organisation_id = e.organisation_id AND o.entry_id = e.entry_id WHERE e.organisation_id = '" ORGANISATION "' GROUP BY e.entry_id, e.state, e.offers HAVING e.offers <> count(o.offer_id) OR e.state <> CASE WHEN bool_or(o.state = 'accepted') THEN 'booked' ELSE 'waiting' END LIMIT 1"},
	{"an offer texted twice", "SELECT appointment_id FROM reminders.message" IN " AND purpose = 'waitlist_offer' GROUP BY appointment_id HAVING count(*) > 1 LIMIT 1"},
	{"an offer that nobody planned to text", "SELECT o.offer_id FROM scheduling.waitlist_offer o LEFT JOIN reminders.message m ON m.organisation_id = o.organisation_id AND m.appointment_id = o.appointment_id AND m.purpose = 'waitlist_offer' WHERE o.organisation_id = '" ORGANISATION "' AND m.message_id IS NULL AND o.expires_at > o.offered_at LIMIT 1"},
	{"a text that reached scheduling not", "SELECT m.appointment_id FROM reminders.outbox e JOIN scheduling.waitlist_offer m ON m.organisation_id = e.organisation_id AND m.appointment_id = e.subject_id WHERE e.organisation_id = '" ORGANISATION "' AND e.type = 'soleus.v1.OfferAnswered' AND m.state NOT IN ('accepted', 'declined') LIMIT 1"},
};
/* clang-format on */

static void test_each_freed_time_ends_booked_or_exhausted(void **state)
{
	unsigned rounds = 0;
	(void)state;
	open_clinic();
	pid_t second = start_second();
	begin_to_kill();
	cancel_all();
	pause_ms(4000); /* while the first are looked for */
	stop_killing(3);
	until_all_are_offered();
	expect('1', "SELECT count(*) FROM scheduling.freed_slot" IN, "1000");
	while (answer_all() > 0 || rounds == 0) {
		if (++rounds > ROUNDS_MOST)
			fail_msg("it does not come to its end");
		pass_an_hour();
	}
	kill(second, SIGKILL);
	waitpid(second, NULL, 0);
	rest();
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++) {
		char *found = value_of('1', never[i].sql);
		if (*found)
			fail_msg("%s: %s", never[i].what, found);
		free(found);
	}
	expect('1', "SELECT count(*) FROM scheduling.freed_slot" IN, "1000");
	char *told = value_of(
		'1',
		"SELECT string_agg(state || ' ' || n, ', ' ORDER BY state) FROM (SELECT state, "
		"count(*) AS n FROM scheduling.freed_slot" IN
		" GROUP BY state UNION ALL SELECT 'offers ' || state, count(*) FROM "
		"scheduling.waitlist_offer" IN " GROUP BY state) s");
	print_message("%s; %u rounds, %u texts, %u silent, %u kills\n", told, rounds, answers.texts,
		      answers.silent, *killer.kills);
	free(told);
	assert_true(*killer.kills >= 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_freed_time_ends_booked_or_exhausted),
	};
	seed = house_setting("TEST_SEED", (unsigned)clock_now_us());
	print_message("seed %u; again with: TEST_SEED=%u\n", seed, seed);
	killer.kills = mmap(NULL, sizeof(*killer.kills), PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return cmocka_run_group_tests_name("waitlist under kills", tests, open_house, close_house);
}
