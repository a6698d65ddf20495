#include "pgbench.h"

#include "base/clock.h"
#include "ctl/command.h"
#include "figures.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define SAMPLES_MOST 200000

void pgbench_statement(FILE *script, const char *name, const char *const *values)
{
	const char *text;
	struct arena *arena = arena_new((size_t)1 << 20);
	const char *path = arena_printf(arena, SOLEUS_SOURCE "/%s.sql", name);
	assert_true(status_is_ok(command_read_file(arena, path, &text)));
	while (*text) {
		if (strncmp(text, "--", 2) == 0) {
			text += strcspn(text, "\n");
		} else if (*text == '$') {
			char *end;
			fputs(values[strtoul(text + 1, &end, 10) - 1], script);
			text = end;
		} else {
			fputc(*text++, script);
		}
	}
	fputs(";\n", script);
	arena_free(arena);
}

FILE *pgbench_script(const struct group *group)
{
	char path[128];
	snprintf(path, sizeof(path), "%s/script.pgbench", group->house->folder);
	FILE *script = fopen(path, "we");
	assert_non_null(script);
	chmod(path, 0644);
	return script;
}

/* Lines of the log are "client transaction latency_us …". */
static void read_latencies(const char *folder, struct pgbench_rate *rate)
{
	double *latencies_us = calloc(SAMPLES_MOST, sizeof(double));
	size_t count = 0;
	DIR *listing = opendir(folder);
	struct dirent *entry;
	while (listing && (entry = readdir(listing))) {
		char path[512], line[128];
		if (strncmp(entry->d_name, "latencies.", 10) != 0)
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		FILE *log = fopen(path, "re");
		while (log && count < SAMPLES_MOST && fgets(line, sizeof(line), log))
			if (sscanf(line, "%*d %*d %lf", &latencies_us[count]) == 1)
				count++;
		if (log)
			fclose(log);
		unlink(path);
	}
	if (listing)
		closedir(listing);
	rate->p50_us = figure_quantile(latencies_us, count, 0.5);
	rate->p99_us = figure_quantile(latencies_us, count, 0.99);
	free(latencies_us);
}

struct pgbench_rate pgbench_run(const struct group *group, const char *service, unsigned clients,
				unsigned seconds, unsigned first_hour)
{
	const struct house *house = group->house;
	struct pgbench_rate rate = {0};
	char command[1024], line[256];
	snprintf(command, sizeof(command),
		 "cd %s && PGOPTIONS='-c soleus.tenants={" GROUP_ORGANISATION
		 "} -c search_path=%s -c plan_cache_mode=force_generic_plan "
		 "-c enable_seqscan=off -c jit=off' "
		 "$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)/pgbench -n -M prepared "
		 "-c %u -j 1 -T %u -D n=-1 -D first=%lld -D hour=%u -D clients=%u -D "
		 "practitioners=%u "
		 "-l --log-prefix=latencies --sampling-rate=%s "
		 "-f script.pgbench -h %s -U %s soleus 2>&1",
		 house->folder, service, clients, seconds,
		 (long long)(group->first_us / CLOCK_SECOND_US), first_hour, clients,
		 group->practitioners, clients > 1 ? "0.1" : "1", house->socket, service);
	FILE *output = popen(command, "re");
	while (output && fgets(line, sizeof(line), output)) {
		if (sscanf(line, "tps = %lf", &rate.rate) != 1 && strstr(line, "rror"))
			fputs(line, stderr);
	}
	if (!output || pclose(output) != 0) {
		fprintf(stderr, "pgbench failed: nothing to compare with\n");
		exit(1);
	}
	read_latencies(house->folder, &rate);
	return rate;
}

/* ---- Bookings ---- */

#define NUMBERED(kind, number) \
	"('00000000-0000-7000-8" kind "-' || lpad((" number ")::text, 12, '0'))::uuid"
#define TENANT       "'" GROUP_ORGANISATION "'::uuid"
#define PRACTITIONER NUMBERED("001", ":practitioner")
#define ROOM         NUMBERED("002", ":practitioner")
#define ATHLETE      NUMBERED("003", ":practitioner")
#define CLINIC       NUMBERED("004", ":clinic")
#define SERVICE      "'00000000-0000-7000-8005-000000000000'::uuid"
#define START        "to_timestamp(:first + :slot * 3600)"

static const char *const look_values[] = {TENANT,       ATHLETE, SERVICE, CLINIC,
					  PRACTITIONER, ROOM,    START,   "NULL::uuid"};

/* The event and the reply have the size of real ones. */
static const char *const book_values[] = {
	TENANT,
	"gen_random_uuid()",
	ATHLETE,
	PRACTITIONER,
	CLINIC,
	ROOM,
	SERVICE,
	START,
	START " + interval '45 minutes'",
	START,
	START " + interval '60 minutes'",
	"'good'",
	"''",
	"gen_random_uuid()::text",
	"'2026-03-02 08:00:00+00'::timestamptz",
	"'bench'",
	"'0123456789abcdef0123456789abcdef'",
	"decode(repeat('a5', 130), 'hex')",
	"'soleus.v1.AppointmentBooked'",
	"''",
	"decode(repeat('a5', 330), 'hex')",
	"1",
};

struct pgbench_rate pgbench_book(struct group *group, unsigned clients, unsigned seconds,
				 bool looks)
{
	FILE *script = pgbench_script(group);
	fprintf(script,
		"\\set n :n + 1\n"
		"\\set number :n * :clients + :client_id\n"
		"\\set practitioner :number %% :practitioners\n"
		"\\set clinic :practitioner / %u\n"
		"\\set slot :hour + :number / :practitioners\n",
		group->practitioners / group->clinics);
	if (looks) {
		fputs("\\startpipeline\nBEGIN;\n", script);
		pgbench_statement(script, "services/scheduling/store/sql/book_look_one",
				  look_values);
		fputs("\\endpipeline\n\\startpipeline\n", script);
	}
	pgbench_statement(script, "services/scheduling/store/sql/book_one", book_values);
	if (looks)
		fputs("COMMIT;\n\\endpipeline\n", script);
	fclose(script);
	struct pgbench_rate rate =
		pgbench_run(group, "scheduling", clients, seconds, group->next_hour);
	group_take_hours(group, rate.rate * seconds * 1.5 + 10 * clients);
	return rate;
}
