#include "cluster.h"

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TEXTS          64
#define START_LIMIT_MS 30000

struct cluster {
	bool shared;
	char folder[64]; /* "" when shared */
	char socket[128];
	char bin[256];
	pid_t postmaster;
	char *texts[TEXTS]; /* what cluster_url and cluster_database gave out */
	unsigned text_count;
	char *databases[TEXTS];
	unsigned database_count;
	char value[256];
};

static _Noreturn void __attribute__((format(printf, 1, 2))) die(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	fputs("cluster: ", stderr);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
	va_end(arguments);
	exit(EXIT_FAILURE);
}

static void pause_ms(long ms)
{
	struct timespec pause = {ms / 1000, ms % 1000 * 1000000};
	while (nanosleep(&pause, &pause) != 0 && errno == EINTR)
		;
}

static char *__attribute__((format(printf, 2, 3)))
keep(struct cluster *cluster, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	char *text = NULL;
	if (cluster->text_count == TEXTS || vasprintf(&text, format, arguments) < 0)
		die("too many names are in use");
	va_end(arguments);
	return cluster->texts[cluster->text_count++] = text;
}

/* --- processes --- */

/* The server refuses root. */
static void become_postgres(void)
{
	const struct passwd *user = geteuid() == 0 ? getpwnam("postgres") : NULL;
	if (geteuid() != 0)
		return;
	if (!user || setgroups(0, NULL) != 0 || setgid(user->pw_gid) != 0 ||
	    setuid(user->pw_uid) != 0)
		_exit(126);
}

static pid_t start(struct cluster *cluster, char *const *command)
{
	char program[sizeof(cluster->bin) + 32];
	char log[sizeof(cluster->folder) + 16];
	pid_t parent = getpid();
	snprintf(program, sizeof(program), "%s/%s", cluster->bin, command[0]);
	snprintf(log, sizeof(log), "%s/log", cluster->folder);
	pid_t pid = fork();
	if (pid != 0)
		return pid;
	become_postgres();
	prctl(PR_SET_PDEATHSIG, SIGQUIT); /* setuid would have cleared it */
	if (getppid() != parent)
		_exit(125);
	if (!freopen(log, "a", stdout) || dup2(STDOUT_FILENO, STDERR_FILENO) < 0)
		_exit(124);
	execv(program, command);
	_exit(127);
}

static void show_log(const struct cluster *cluster)
{
	char path[sizeof(cluster->folder) + 16];
	char line[512];
	snprintf(path, sizeof(path), "%s/log", cluster->folder);
	FILE *log = fopen(path, "re");
	while (log && fgets(line, sizeof(line), log))
		fputs(line, stderr);
	if (log)
		fclose(log);
}

static int wait_for(pid_t pid)
{
	int how = 0;
	while (waitpid(pid, &how, 0) < 0 && errno == EINTR)
		;
	return how;
}

/* The postmaster's children: each is the leader of a group of its own. */
static void signal_children(pid_t postmaster, int number)
{
	DIR *processes = opendir("/proc");
	for (const struct dirent *entry; processes && (entry = readdir(processes));) {
		char path[300];
		int parent = 0;
		snprintf(path, sizeof(path), "/proc/%s/stat", entry->d_name);
		FILE *stat = entry->d_name[0] >= '1' && entry->d_name[0] <= '9' ? fopen(path, "re")
										: NULL;
		if (!stat)
			continue;
		if (fscanf(stat, "%*d (%*[^)]) %*c %d", &parent) == 1 && parent == postmaster)
			kill((pid_t)strtol(entry->d_name, NULL, 10), number);
		fclose(stat);
	}
	if (processes)
		closedir(processes);
}

void postmaster_signal(pid_t postmaster, int number)
{
	/* First it must not see what happens to its children, and must stay their parent. */
	kill(postmaster, SIGSTOP);
	signal_children(postmaster, number);
	kill(postmaster, number);
}

static void signal_all(const struct cluster *cluster, int number)
{
	postmaster_signal(cluster->postmaster, number);
}

/* --- making --- */

static void find_bin(struct cluster *cluster)
{
	glob_t found;
	if (glob("/usr/lib/postgresql/*/bin/postgres", 0, NULL, &found) == 0) {
		const char *newest = found.gl_pathv[found.gl_pathc - 1];
		snprintf(cluster->bin, sizeof(cluster->bin), "%.*s",
			 (int)(strrchr(newest, '/') - newest), newest);
		globfree(&found);
		return;
	}
	FILE *config = popen("pg_config --bindir", "re");
	if (!config || !fgets(cluster->bin, sizeof(cluster->bin), config))
		die("PostgreSQL's server was expected under /usr/lib/postgresql");
	pclose(config);
	cluster->bin[strcspn(cluster->bin, "\n")] = '\0';
}

static void make_folder(struct cluster *cluster)
{
	const struct passwd *user = geteuid() == 0 ? getpwnam("postgres") : getpwuid(geteuid());
	strcpy(cluster->folder, "/tmp/soleus-cluster-XXXXXX");
	if (!user || !mkdtemp(cluster->folder) ||
	    chown(cluster->folder, user->pw_uid, user->pw_gid) != 0)
		die("a folder of its own was expected in /tmp, and a user that may run PostgreSQL");
	snprintf(cluster->socket, sizeof(cluster->socket), "%s", cluster->folder);
}

static void make_files(struct cluster *cluster)
{
	char data[96];
	snprintf(data, sizeof(data), "%s/data", cluster->folder);
	char *command[] = {"initdb",    "-D",
			   data,        "-U",
			   "postgres",  "-A",
			   "trust",     "-E",
			   "UTF8",      "--locale=C.UTF-8",
			   "--no-sync", "--no-instructions",
			   NULL};
	if (wait_for(start(cluster, command)) != 0) {
		show_log(cluster);
		die("initdb failed");
	}
}

static bool answers(struct cluster *cluster)
{
	char url[256];
	snprintf(url, sizeof(url), "host=%s user=postgres dbname=postgres connect_timeout=2",
		 cluster->socket);
	return PQping(url) == PQPING_OK;
}

void cluster_start(struct cluster *cluster)
{
	char data[96];
	char socket[160];
	snprintf(data, sizeof(data), "%s/data", cluster->folder);
	snprintf(socket, sizeof(socket), "unix_socket_directories=%s", cluster->socket);
	char *command[] = {"postgres",
			   "-D",
			   data,
			   "-c",
			   socket,
			   "-c",
			   "listen_addresses=",
			   "-c",
			   "fsync=off",
			   "-c",
			   "max_connections=100",
			   "-c",
			   "shared_buffers=64MB",
			   "-c",
			   "timezone=UTC",
			   NULL};
	for (int waited = 0; waited < START_LIMIT_MS; waited += 20) {
		if (cluster->postmaster == 0)
			cluster->postmaster = start(cluster, command);
		if (answers(cluster))
			return;
		/* After a kill it refuses until the memory of the one before is free. */
		if (waitpid(cluster->postmaster, NULL, WNOHANG) == cluster->postmaster)
			cluster->postmaster = 0;
		pause_ms(20);
	}
	show_log(cluster);
	die("PostgreSQL did not start within %d s", START_LIMIT_MS / 1000);
}

struct cluster *cluster_open(bool own)
{
	struct cluster *cluster = calloc(1, sizeof(*cluster));
	const char *running = getenv("SOLEUS_TEST_CLUSTER");
	if (!cluster)
		die("out of memory");
	if (!own && running && *running) {
		cluster->shared = true;
		snprintf(cluster->socket, sizeof(cluster->socket), "%s", running);
		return cluster;
	}
	find_bin(cluster);
	make_folder(cluster);
	make_files(cluster);
	cluster_start(cluster);
	return cluster;
}

/* --- use --- */

const char *cluster_url(struct cluster *cluster, const char *role, const char *database)
{
	return keep(cluster, "host=%s user=%s dbname=%s", cluster->socket, role, database);
}

const char *cluster_query(struct cluster *cluster, const char *database, const char *sql)
{
	char url[256];
	snprintf(url, sizeof(url), "host=%s user=postgres dbname=%s", cluster->socket, database);
	PGconn *connection = PQconnectdb(url);
	PGresult *result = PQexec(connection, sql);
	if (PQresultStatus(result) != PGRES_TUPLES_OK && PQresultStatus(result) != PGRES_COMMAND_OK)
		die("%s\n%s", sql, PQerrorMessage(connection));
	bool given = PQntuples(result) > 0 && PQnfields(result) > 0;
	snprintf(cluster->value, sizeof(cluster->value), "%s",
		 given ? PQgetvalue(result, 0, 0) : "");
	PQclear(result);
	PQfinish(connection);
	return cluster->value;
}

const char *cluster_database(struct cluster *cluster)
{
	char sql[128];
	char *name = keep(cluster, "test_%d_%u", (int)getpid(), cluster->database_count);
	snprintf(sql, sizeof(sql), "CREATE DATABASE %s", name);
	cluster_query(cluster, "postgres", sql);
	return cluster->databases[cluster->database_count++] = name;
}

/* --- the end --- */

void cluster_stop(struct cluster *cluster)
{
	if (cluster->postmaster == 0)
		return;
	kill(cluster->postmaster, SIGINT);
	wait_for(cluster->postmaster);
	cluster->postmaster = 0;
}

void cluster_kill(struct cluster *cluster)
{
	signal_all(cluster, SIGKILL);
	wait_for(cluster->postmaster);
	cluster->postmaster = 0;
}

void cluster_freeze(struct cluster *cluster)
{
	signal_all(cluster, SIGSTOP);
}

void cluster_thaw(struct cluster *cluster)
{
	signal_all(cluster, SIGCONT);
}

static void remove_folder(const char *folder)
{
	pid_t pid = fork();
	if (pid == 0) {
		execl("/bin/rm", "rm", "-rf", "--", folder, (char *)NULL);
		_exit(127);
	}
	wait_for(pid);
}

void cluster_close(struct cluster *cluster)
{
	for (unsigned i = 0; cluster->shared && i < cluster->database_count; i++) {
		char sql[128];
		snprintf(sql, sizeof(sql), "DROP DATABASE IF EXISTS %s WITH (FORCE)",
			 cluster->databases[i]);
		cluster_query(cluster, "postgres", sql);
	}
	cluster_stop(cluster);
	if (cluster->folder[0])
		remove_folder(cluster->folder);
	for (unsigned i = 0; i < cluster->text_count; i++)
		free(cluster->texts[i]);
	free(cluster);
}
