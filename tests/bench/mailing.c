#include "mailing.h"

#include "base/clock.h"
#include "loop/fiber.h"

#include "soleus/v1/reminders.pb-c.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Room for millions of rows, as a server has that holds them; the peers have it too. */
#define SERVER       "shared_buffers=2GB max_wal_size=8GB"
#define NOW          "2026-06-01T10:00:00Z"
#define FIRST        "0195531a-0000-7000-8000-0000000b0000" /* the organisation of the alarms */
#define ORGANISATION "('0195531a-0000-7000-8000-0000000b' || lpad(o::text, 4, '0'))::uuid"
#define CLINIC \
	"('00000000-0000-7000-8004-0000' || lpad(o::text, 4, '0') || lpad(c::text, 4, '0'))::uuid"
#define OF_ATHLETE(k)                                                                     \
	"('00000000-0000-7000-8" k "-0000' || lpad(o::text, 4, '0') || lpad(a::text, 4, " \
	"'0'))::uuid"
#define ATHLETE      OF_ATHLETE("003")
#define VISIT        OF_ATHLETE("006")
#define IN_WORDS(n)  #n
#define BELOW(n)     "generate_series(0, " IN_WORDS(n) " - 1)"
#define ALL_CLINICS  BELOW(MAILING_ORGANISATIONS) " o, " BELOW(3) " c"
#define ALL_ATHLETES BELOW(MAILING_ORGANISATIONS) " o, " BELOW(MAILING_ATHLETES) " a"

static const char *const copies[] = {
	"INSERT INTO reminders.clinic SELECT " ORGANISATION ", " CLINIC ", 'Clinic ' || c, 'UTC' "
	"FROM " ALL_CLINICS,
	"INSERT INTO reminders.athlete (organisation_id, athlete_id, zone, home_clinic_id, "
	"has_guardian) SELECT " ORGANISATION ", " ATHLETE ", 'UTC', " CLINIC ", false FROM "
	"(SELECT *, a % 3 AS c FROM " ALL_ATHLETES ") AS all_of_them",
	"INSERT INTO reminders.contact_point SELECT " ORGANISATION ", " ATHLETE ", 0, 'sms', "
	"number, number FROM (SELECT *, '+43660' || lpad(o::text, 3, '0') || lpad(a::text, 4, '0') "
	"AS number FROM " ALL_ATHLETES ") AS all_of_them",
	"INSERT INTO reminders.consent SELECT " ORGANISATION ", " ATHLETE ", 'reminders', 'sms', "
	"true, '2026-01-01Z' FROM " ALL_ATHLETES,
	"INSERT INTO reminders.visit (organisation_id, appointment_id, athlete_id, clinic_id, "
	"starts_at, ends_at, booked_at, state, version) SELECT " ORGANISATION ", " VISIT
	", " ATHLETE ", " CLINIC
	", '2026-06-03T10:00Z', '2026-06-03T11:00Z', '2026-05-01Z', 'booked', 1 FROM "
	"(SELECT *, a % 3 AS c FROM " ALL_ATHLETES ") AS all_of_them",
	"INSERT INTO reminders.lane SELECT " ORGANISATION ", " CLINIC ", 1 FROM " ALL_CLINICS,
	"ANALYZE",
};

void mailing_sql(struct mailing *mailing, const char *sql)
{
	PGresult *result = PQexec(mailing->database, sql);
	if (PQresultStatus(result) != PGRES_COMMAND_OK &&
	    PQresultStatus(result) != PGRES_TUPLES_OK) {
		fprintf(stderr, "%s: %s", sql, PQerrorMessage(mailing->database));
		exit(1);
	}
	PQclear(result);
}

static bool is_true(struct mailing *mailing, const char *sql)
{
	PGresult *result = PQexec(mailing->database, sql);
	bool found = PQntuples(result) > 0;
	if (PQresultStatus(result) != PGRES_TUPLES_OK) {
		fprintf(stderr, "%s: %s", sql, PQerrorMessage(mailing->database));
		exit(1);
	}
	PQclear(result);
	return found;
}

bool mailing_open(struct mailing *mailing)
{
	char url[192];
	*mailing = (struct mailing){0};
	setenv("STACK_MESSAGES", "/dev/null", 1);
	setenv("STACK_POSTGRES", SERVER, 1);
	if (house_open(&mailing->house) != 0)
		return false;
	snprintf(url, sizeof(url), "host=%s user=postgres dbname=soleus", mailing->house->socket);
	mailing->database = PQconnectdb(url);
	house_tells(mailing->house, "{\"at\": \"" NOW "\"}\n"
				    "{\"key\": \"bench.desk\", \"roles\": \"front_desk\", "
				    "\"organisation\": \"" FIRST "\"}\n");
	for (size_t i = 0; i < sizeof(copies) / sizeof(copies[0]); i++)
		mailing_sql(mailing, copies[i]);
	return PQstatus(mailing->database) == CONNECTION_OK;
}

void mailing_close(struct mailing *mailing)
{
	PQfinish(mailing->database);
	house_close(&mailing->house);
}

/* Message number n is to athlete n, in turn of the organisations; its own ids, in no order. */
static void plan(struct mailing *mailing, unsigned count, const char *due)
{
	char of[1024], sql[2048];
	snprintf(of, sizeof(of),
		 "(SELECT n, n %% %d AS o, n / %d %% %d AS a, n / %d %% %d %% 3 AS c, md5('bench' "
		 "|| n)::uuid AS id, %s AS due FROM generate_series(%u, %u) n) AS all_of_them",
		 MAILING_ORGANISATIONS, MAILING_ORGANISATIONS, MAILING_ATHLETES,
		 MAILING_ORGANISATIONS, MAILING_ATHLETES, due, mailing->made,
		 mailing->made + count - 1);
	snprintf(sql, sizeof(sql),
		 "INSERT INTO reminders.planned_message (organisation_id, message_id, athlete_id, "
		 "clinic_id, appointment_id, purpose, consent, rule, priority, visit_version, "
		 "planned_at, due_at, stale_at, why) SELECT " ORGANISATION ", id, " ATHLETE
		 ", " CLINIC ", " VISIT ", 'reminder_48h', 'reminders', 'A4', 1, 1, "
		 "'2026-05-20Z', due, due + interval '1 day', 'planned by A4' FROM %s",
		 of);
	mailing_sql(mailing, sql);
	snprintf(sql, sizeof(sql),
		 "INSERT INTO reminders.queue SELECT " ORGANISATION ", " CLINIC
		 ", 1, due, id FROM %s",
		 of);
	mailing_sql(mailing, sql);
	mailing->made += count;
}

/* Indexes are built when all is there, as one does with millions of rows. */
void mailing_wait_with(struct mailing *mailing, unsigned count)
{
	fprintf(stderr, "making %u messages that wait\n", count);
	mailing_sql(mailing, "UPDATE pg_index SET indisready = false, indisvalid = false WHERE "
			     "indrelid = 'reminders.planned_message'::regclass");
	for (unsigned left = count, most = 250000; left > 0; left -= most) {
		most = left < most ? left : most;
		plan(mailing, most, "timestamptz '2026-06-02T10:00Z' + n * interval '1 second'");
	}
	mailing_sql(mailing, "SET maintenance_work_mem = '256MB'");
	mailing_sql(mailing, "REINDEX TABLE reminders.planned_message");
	mailing_sql(mailing, "VACUUM ANALYZE reminders.queue");
	mailing_sql(mailing, "VACUUM ANALYZE reminders.planned_message");
	mailing_sql(mailing, "CHECKPOINT");
}

static bool is_any_due(struct mailing *mailing)
{
	return is_true(mailing,
		       "SELECT FROM reminders.lane l WHERE EXISTS (SELECT FROM reminders.queue q "
		       "WHERE q.organisation_id = l.organisation_id AND q.clinic_id = l.clinic_id "
		       "AND q.priority = l.priority AND q.due_at <= '" NOW "') LIMIT 1");
}

static void signal_reminders(struct mailing *mailing, int signal)
{
	kill(house_pid(mailing->house, "reminders"), signal);
}

/* Each that was ever due was sent, once. */
static void check_sent(struct mailing *mailing)
{
	char sql[256];
	snprintf(sql, sizeof(sql),
		 "SELECT 1 FROM reminders.message WHERE purpose = 'reminder_48h' AND state = "
		 "'sent' HAVING count(*) <> %u",
		 mailing->due);
	if (is_true(mailing, sql)) {
		fprintf(stderr, "not all that was due was sent\n");
		exit(1);
	}
}

/* Stands still at the end, when `count` more are due. */
static void make_due(struct mailing *mailing, unsigned count)
{
	signal_reminders(mailing, SIGSTOP);
	plan(mailing, count, "timestamptz '2026-06-01T09:00Z' + n * interval '1 microsecond'");
	mailing_sql(mailing, "CHECKPOINT");
	mailing->due += count;
}

double mailing_dispatch(struct mailing *mailing, unsigned count)
{
	make_due(mailing, count);
	int64_t begun_us = clock_monotonic_us();
	signal_reminders(mailing, SIGCONT);
	while (is_any_due(mailing))
		usleep(10000);
	double seconds = (double)(clock_monotonic_us() - begun_us) / 1e6;
	check_sent(mailing);
	return count / seconds;
}

/* ---- Alarms ---- */

struct alarms {
	struct mailing *mailing;
	double *seconds;
	unsigned most;
	unsigned done;
};

/* Number n is of athlete n; the alert is there when the call has answered. */
static FIBER bool raise_alarm(struct session *session, const struct method *method,
			      struct alarms *alarms)
{
	char id[32], from[32], sql[512];
	unsigned n = alarms->done;
	Soleus__V1__ReceiveTextRequest request = SOLEUS__V1__RECEIVE_TEXT_REQUEST__INIT;
	struct session_call call = {.who = "bench.desk"};
	ProtobufCMessage *reply;
	snprintf(id, sizeof(id), "alarm-%u", n);
	snprintf(from, sizeof(from), "+43660000%04u", n);
	request.provider_message_id = id;
	request.from = from;
	request.channel = "sms";
	request.text = "I can't breathe";
	snprintf(sql, sizeof(sql),
		 "SELECT FROM reminders.message m JOIN reminders.alert a USING (organisation_id, "
		 "athlete_id) WHERE m.organisation_id = '" FIRST "' AND m.athlete_id = "
		 "'00000000-0000-7000-8003-00000000%04u' AND m.purpose = 'emergency_advice' AND "
		 "m.state = 'sent'",
		 n);
	int64_t begun_us = clock_monotonic_us();
	struct status status = session_call_message(session, method, &call, &request.base, &reply);
	if (!status_is_ok(status))
		return session_complain("bench", status), false;
	while (!is_true(alarms->mailing, sql))
		fiber_sleep_us(2000);
	alarms->seconds[alarms->done++] = (double)(clock_monotonic_us() - begun_us) / 1e6;
	return true;
}

static FIBER int raise_alarms(struct session *session, void *argument)
{
	struct alarms *alarms = argument;
	struct method method;
	session->options.organisation_id = FIRST;
	struct status status = method_find(session->arena, "Reminders.ReceiveText", &method);
	if (!status_is_ok(status))
		return session_complain("bench", status);
	while (alarms->done < alarms->most && is_any_due(alarms->mailing))
		if (!raise_alarm(session, &method, alarms))
			return 1;
	return 0;
}

unsigned mailing_alarms(struct mailing *mailing, unsigned count, double *ret_seconds, unsigned most)
{
	struct alarms alarms = {mailing, ret_seconds, most, 0};
	make_due(mailing, count);
	signal_reminders(mailing, SIGCONT);
	house_runs(mailing->house, raise_alarms, &alarms);
	return alarms.done;
}
