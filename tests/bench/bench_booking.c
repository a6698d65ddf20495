/* Bookings per second through the bus, at 32 in flight, against pgbench doing the same work as one
 * transaction for each booking, with the statements that a lone booking runs (book_look_one.sql,
 * then book_one.sql): prepared, 32 clients, on the same server, in turn, in one run. It pipelines
 * what need not wait: BEGIN with the look, the booking with COMMIT.
 *
 * A second reference leaves the look out: book_one.sql alone, one round trip, no BEGIN. It books
 * what it has not looked at, and is there to show what coalescing is worth without the look.
 *
 * pgbench's bookings have no readers. So the daemons that read scheduling's events are stopped
 * while all are measured; what bookings reach while they work is a figure of its own. */
#include "figures.h"
#include "house.h"

#include "base/clock.h"
#include "base/text.h"
#include "ctl/command.h"

#include "soleus/v1/scheduling.pb-c.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#define IN_FLIGHT     32
#define SECONDS       5
#define ROUNDS_MOST   32
#define ROUND_HOURS   2000 /* a round's slots begin where the last one's cannot reach */
#define ORGANISATION  "0195531a-0000-7000-8000-0000000000fe"
#define ID_PATTERN    "00000000-0000-7000-8%03d-%012d" /* kind, number */
#define FIRST_SLOT_US INT64_C(1798761600000000)        /* 2027-01-01T00:00:00Z */

enum { PRACTITIONER = 1, ROOM, ATHLETE, CLINIC, SERVICE };

struct load {
	struct session *session;
	struct method book;
	unsigned round;
	int64_t until_us;
	unsigned running;
	unsigned booked;
	struct status fault;
	struct fiber *judge;
};

struct booker {
	struct load *load;
	unsigned number;
	char practitioner[37], room[37], athlete[37], clinic[37], service[37];
};

static void book_until_over(void *argument)
{
	struct booker *booker = argument;
	struct load *load = booker->load;
	Soleus__V1__BookRequest request = SOLEUS__V1__BOOK_REQUEST__INIT;
	struct session_call call = {.who = "bench"};
	request.practitioner_id = booker->practitioner;
	request.room_id = booker->room;
	request.athlete_id = booker->athlete;
	request.clinic_id = booker->clinic;
	request.service_id = booker->service;
	int64_t slot = load->round * ROUND_HOURS;
	while (clock_monotonic_us() < load->until_us && status_is_ok(load->fault)) {
		ProtobufCMessage *reply;
		request.starts_at = FIRST_SLOT_US + slot++ * CLOCK_HOUR_US;
		struct status status = session_call_message(load->session, &load->book, &call,
							    &request.base, &reply);
		if (!status_is_ok(status))
			load->fault = status;
		else
			load->booked++;
	}
	if (--load->running == 0)
		fiber_resume(load->judge);
}

static FIBER int book_for_a_while(struct session *session, void *argument)
{
	struct load *load = argument;
	struct booker bookers[IN_FLIGHT];
	load->session = session;
	load->judge = fiber_current();
	load->booked = 0;
	session->options.organisation_id = ORGANISATION;
	load->fault = method_find(session->arena, "Scheduling.Book", &load->book);
	if (!status_is_ok(load->fault))
		return session_complain("bench", load->fault);
	load->until_us = clock_monotonic_us() + SECONDS * CLOCK_SECOND_US;
	load->running = IN_FLIGHT;
	for (unsigned i = 0; i < IN_FLIGHT; i++) {
		struct booker *booker = &bookers[i];
		*booker = (struct booker){.load = load, .number = i};
		snprintf(booker->practitioner, 37, ID_PATTERN, PRACTITIONER, (int)i);
		snprintf(booker->room, 37, ID_PATTERN, ROOM, (int)i);
		snprintf(booker->athlete, 37, ID_PATTERN, ATHLETE, (int)i);
		snprintf(booker->clinic, 37, ID_PATTERN, CLINIC, 0);
		snprintf(booker->service, 37, ID_PATTERN, SERVICE, 0);
		fiber_start(book_until_over, booker);
	}
	fiber_suspend();
	return status_is_ok(load->fault) ? 0 : session_complain("bench", load->fault);
}

/* The daemons that read scheduling's events. */
static void signal_readers(const struct house *house, int signal)
{
	static const char *const readers[] = {"notes", "reminders", "analytics"};
	for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++)
		kill(house_pid(house, readers[i]), signal);
}

/* Scheduling's copies of what directory would tell it, and hours around the clock. */
static void seed(const struct house *house)
{
	char sql[4096];
	snprintf(sql, sizeof(sql),
		 "SET search_path = scheduling;"
		 "INSERT INTO clinic VALUES ('%s', '" ID_PATTERN "', 'Bench', 'UTC');"
		 "INSERT INTO service VALUES ('%s', '" ID_PATTERN "', 'Visit', 45, 0, 15);"
		 "INSERT INTO room SELECT '%s', '" ID_PATTERN
		 "', ('00000000-0000-7000-8%03d-' || lpad(i::text, 12, '0'))::uuid FROM "
		 "generate_series(0, %d) i;"
		 "INSERT INTO practitioner SELECT '%s', ('00000000-0000-7000-8%03d-' || "
		 "lpad(i::text, 12, '0'))::uuid FROM generate_series(0, %d) i;"
		 "INSERT INTO athlete SELECT '%s', ('00000000-0000-7000-8%03d-' || lpad(i::text, "
		 "12, '0'))::uuid, 'UTC' FROM generate_series(0, %d) i;"
		 "INSERT INTO workplace SELECT organisation_id, practitioner_id, '" ID_PATTERN
		 "', '2026-01-01' FROM practitioner;"
		 "INSERT INTO working_hours SELECT organisation_id, practitioner_id, clinic_id, "
		 "day, '00:00', '24:00' FROM workplace, generate_series(1, 7) day;",
		 ORGANISATION, CLINIC, 0, ORGANISATION, SERVICE, 0, ORGANISATION, CLINIC, 0, ROOM,
		 IN_FLIGHT - 1, ORGANISATION, PRACTITIONER, IN_FLIGHT - 1, ORGANISATION, ATHLETE,
		 IN_FLIGHT - 1, CLINIC, 0);
	free(house_query(house, sql));
}

#define PGBENCH_ID(kind, number) \
	"('00000000-0000-7000-8" kind "-' || lpad(" number "::text, 12, '0'))::uuid"
#define PGBENCH_TENANT       "'" ORGANISATION "'::uuid"
#define PGBENCH_PRACTITIONER PGBENCH_ID("001", ":client_id")
#define PGBENCH_ROOM         PGBENCH_ID("002", ":client_id")
#define PGBENCH_ATHLETE      PGBENCH_ID("003", ":client_id")
#define PGBENCH_CLINIC       "'00000000-0000-7000-8004-000000000000'::uuid"
#define PGBENCH_SERVICE      "'00000000-0000-7000-8005-000000000000'::uuid"

/* What stands for $1 to $7 of book_look_one.sql in pgbench's script. */
static const char *const look_values[] = {
	PGBENCH_TENANT,       PGBENCH_ATHLETE, PGBENCH_SERVICE, PGBENCH_CLINIC,
	PGBENCH_PRACTITIONER, PGBENCH_ROOM,    ":start",
};

/* And for $1 to $21 of book_one.sql. The event and the reply have the size of real ones. */
static const char *const book_values[] = {
	PGBENCH_TENANT,
	"gen_random_uuid()",
	PGBENCH_ATHLETE,
	PGBENCH_PRACTITIONER,
	PGBENCH_CLINIC,
	PGBENCH_ROOM,
	PGBENCH_SERVICE,
	":start",
	":start + interval '45 minutes'",
	":start",
	":start + interval '60 minutes'",
	"'good'",
	"''",
	"gen_random_uuid()::text",
	"'2026-03-02 08:00:00+00'::timestamptz",
	"'bench'",
	"'0123456789abcdef0123456789abcdef'",
	":reply",
	"'soleus.v1.AppointmentBooked'",
	"''",
	":event",
};

/* The two references, and where their slots begin: apart from each other's and from ours. */
static const struct reference {
	const char *name;
	const char *first_slot;
	bool looks;
} references[] = {
	{"one transaction", "2127-01-01", true},
	{"one statement", "2227-01-01", false},
};

static void write_hex(FILE *file, unsigned bytes)
{
	fputs("'\\x", file);
	for (unsigned i = 0; i < bytes; i++)
		fprintf(file, "%02x", (i * 37) & 255);
	fputs("'::bytea", file);
}

static void write_value(FILE *file, const char *value, const struct reference *reference,
			unsigned round)
{
	for (const char *at = value; *at; at++) {
		if (strncmp(at, ":start", 6) == 0) {
			fprintf(file, "('%s'::timestamptz + (:slot + %u) * interval '1 hour')",
				reference->first_slot, round * ROUND_HOURS);
			at += 5;
		} else if (strncmp(at, ":reply", 6) == 0) {
			write_hex(file, 130);
			at += 5;
		} else if (strncmp(at, ":event", 6) == 0) {
			write_hex(file, 330);
			at += 5;
		} else {
			fputc(*at, file);
		}
	}
}

/* A statement of scheduling's as pgbench's, with values for its parameters. */
static void write_statement(FILE *file, const char *name, const char *const *values,
			    const struct reference *reference, unsigned round)
{
	const char *text;
	struct arena *arena = arena_new((size_t)1 << 20);
	const char *path =
		arena_printf(arena, SOLEUS_SOURCE "/services/scheduling/store/sql/%s.sql", name);
	assert_true(status_is_ok(command_read_file(arena, path, &text)));
	while (*text) {
		if (strncmp(text, "--", 2) == 0) {
			text += strcspn(text, "\n");
		} else if (*text == '$') {
			char *end;
			unsigned number = (unsigned)strtoul(text + 1, &end, 10);
			write_value(file, values[number - 1], reference, round);
			text = end;
		} else {
			fputc(*text++, file);
		}
	}
	fputs(";\n", file);
	arena_free(arena);
}

static void write_script(const char *path, const struct reference *reference, unsigned round)
{
	FILE *file = fopen(path, "we");
	assert_non_null(file);
	fputs("\\set slot :slot + 1\n", file);
	if (reference->looks) {
		fputs("\\startpipeline\nBEGIN;\n", file);
		write_statement(file, "book_look_one", look_values, reference, round);
		fputs("\\endpipeline\n\\startpipeline\n", file);
	}
	write_statement(file, "book_one", book_values, reference, round);
	if (reference->looks)
		fputs("COMMIT;\n\\endpipeline\n", file);
	fclose(file);
	chmod(path, 0644);
}

/* Transactions per second, as pgbench says without the time to connect. */
static double run_pgbench(const struct house *house, const struct reference *reference,
			  unsigned round)
{
	char path[128], command[512], line[256];
	double rate = 0;
	snprintf(path, sizeof(path), "%s/book.pgbench", house->folder);
	write_script(path, reference, round);
	snprintf(command, sizeof(command),
		 "PGOPTIONS='-c soleus.tenants={" ORGANISATION
		 "}' $(ls -d /usr/lib/postgresql/*/bin | sort -V "
		 "| tail -n 1)/pgbench -n -M prepared -c %d -j 1 -T %d -D slot=0 -f %s -h %s -U "
		 "scheduling "
		 "soleus 2>&1",
		 IN_FLIGHT, SECONDS, path, house->socket);
	FILE *output = popen(command, "re");
	while (output && fgets(line, sizeof(line), output)) {
		if (sscanf(line, "tps = %lf", &rate) != 1 && strstr(line, "rror"))
			fputs(line, stderr);
	}
	if (!output || pclose(output) != 0)
		fprintf(stderr, "pgbench failed\n");
	return rate;
}

int main(int argc, char **argv)
{
	unsigned rounds = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 3;
	double ours[ROUNDS_MOST], theirs[2][ROUNDS_MOST], ratios[2][ROUNDS_MOST];
	struct house *house;
	struct load load = {0};
	if (rounds == 0 || rounds > ROUNDS_MOST || house_open(&house) != 0)
		return 1;
	seed(house);
	house_tells(
		house,
		"{\"key\": \"bench\", \"roles\": \"front_desk\", \"organisation\": \"" ORGANISATION
		"\"}\n");
	signal_readers(house, SIGSTOP);
	for (unsigned i = 0; i < rounds; i++) {
		load.round = i;
		house_runs(house, book_for_a_while, &load);
		ours[i] = (double)load.booked / SECONDS;
		fprintf(stderr, "round %u: %.0f bookings/s through the bus", i + 1, ours[i]);
		for (size_t k = 0; k < 2; k++) {
			theirs[k][i] = run_pgbench(house, &references[k], i);
			ratios[k][i] = theirs[k][i] > 0 ? ours[i] / theirs[k][i] : 0;
			fprintf(stderr, "; pgbench, %s: %.0f/s, ratio %.2f", references[k].name,
				theirs[k][i], ratios[k][i]);
		}
		fputc('\n', stderr);
	}
	signal_readers(house, SIGCONT);
	load.round = rounds;
	house_runs(house, book_for_a_while, &load);
	fprintf(stderr, "bookings at %d in flight, medians of %u rounds of %d s\n", IN_FLIGHT,
		rounds, SECONDS);
	figure("booking", "bookings_per_s", figure_quantile(ours, rounds, 0.5), "1/s");
	figure("booking", "pgbench_transactions_per_s", figure_quantile(theirs[0], rounds, 0.5),
	       "1/s");
	figure("booking", "pgbench_statements_per_s", figure_quantile(theirs[1], rounds, 0.5),
	       "1/s");
	figure("booking", "bookings_with_readers_per_s", (double)load.booked / SECONDS, "1/s");
	figure("booking", "bookings_vs_one_statement", figure_quantile(ratios[1], rounds, 0.5),
	       "ratio");
	figure("booking", "bookings_vs_one_transaction", figure_quantile(ratios[0], rounds, 0.5),
	       "ratio");
	return house_close(&house);
}
