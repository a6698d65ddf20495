#include "providers.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <pwd.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define BEARERBOX "/usr/sbin/bearerbox"
#define SMSBOX    "/usr/sbin/smsbox"
#define PHONE     "/usr/lib/kannel/test/fakesmsc"
#define EXIM      "/usr/sbin/exim4"
#define MAIL_USER "Debian-exim"

static struct sockaddr_in local(int port)
{
	return (struct sockaddr_in){.sin_family = AF_INET,
				    .sin_port = htons((uint16_t)port),
				    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

int providers_free_port(void)
{
	struct sockaddr_in address = local(0);
	socklen_t length = sizeof(address);
	int found = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(bind(found, (struct sockaddr *)&address, length), 0);
	assert_int_equal(getsockname(found, (struct sockaddr *)&address, &length), 0);
	close(found);
	return ntohs(address.sin_port);
}

static void wait_for_port(int port)
{
	struct sockaddr_in address = local(port);
	for (int i = 0; i < 1000; i++) {
		int one = socket(AF_INET, SOCK_STREAM, 0);
		bool open = connect(one, (struct sockaddr *)&address, sizeof(address)) == 0;
		close(one);
		if (open)
			return;
		usleep(10000);
	}
	fail_msg("nobody listens on port %d", port);
}

/* Its output goes into the folder; it ends with the test. `user` NULL: who runs the test. */
static pid_t start(const struct providers *providers, const char *user, char *const *command)
{
	char path[128];
	const struct passwd *entry = user && getuid() == 0 ? getpwnam(user) : NULL;
	snprintf(path, sizeof(path), "%s/output", providers->folder);
	pid_t pid = fork();
	if (pid != 0)
		return pid;
	int output = open(path, O_WRONLY | O_CREAT | O_APPEND, 0644);
	dup2(output, 1);
	dup2(output, 2);
	if (entry && (setgid(entry->pw_gid) != 0 || setuid(entry->pw_uid) != 0))
		_exit(126);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	execv(command[0], command);
	_exit(127);
}

static void stop(int *pid)
{
	if (*pid <= 0)
		return;
	kill(*pid, SIGTERM);
	waitpid(*pid, NULL, 0);
	*pid = 0;
}

static FILE *file_in(const struct providers *providers, const char *name, char ret_path[128])
{
	snprintf(ret_path, 128, "%s/%s", providers->folder, name);
	FILE *file = fopen(ret_path, "we");
	assert_non_null(file);
	return file;
}

static void start_kannel(struct providers *providers, const char *callbacks_url)
{
	char path[128];
	int box_port = providers_free_port();
	FILE *file = file_in(providers, "kannel.conf", path);
	providers->sendsms_port = providers_free_port();
	providers->centre_port = providers_free_port();
	fprintf(file,
		"group = core\nadmin-port = %d\nadmin-interface = 127.0.0.1\nadmin-password = x\n"
		"smsbox-port = %d\nsmsbox-interface = 127.0.0.1\ndlr-storage = internal\n"
		"box-allow-ip = 127.0.0.1\n\n"
		"group = smsc\nsmsc = fake\nsmsc-id = fake\nport = %d\n"
		"connect-allow-ip = 127.0.0.1\ndenied-prefix = \"+43199\"\n\n"
		"group = smsc\nsmsc = http\nsmsc-id = second\nsystem-type = kannel\n"
		"smsc-username = u\nsmsc-password = p\nport = %d\nsend-url = \"%s/centre\"\n"
		"allowed-prefix = \"+43199\"\n\n",
		providers_free_port(), box_port, providers->centre_port, providers_free_port(),
		callbacks_url);
	fprintf(file,
		"group = smsbox\nbearerbox-host = 127.0.0.1\nbearerbox-port = %d\n"
		"sendsms-port = %d\nsendsms-interface = 127.0.0.1\nglobal-sender = 13013\n\n"
		"group = sendsms-user\nusername = soleus\npassword = secret\nmax-messages = 5\n"
		"concatenation = true\n\n"
		"group = sms-service\nkeyword = default\n"
		"get-url = \"%s/text?id=%%I&from=%%p&text=%%b\"\nmax-messages = 0\n"
		"catch-all = true\n",
		box_port, providers->sendsms_port, callbacks_url);
	fclose(file);
	char *const bearerbox[] = {BEARERBOX, path, NULL};
	providers->kannel = start(providers, NULL, bearerbox);
	wait_for_port(box_port);
	char *const smsbox[] = {SMSBOX, path, NULL};
	providers->smsbox = start(providers, NULL, smsbox);
	wait_for_port(providers->sendsms_port);
	wait_for_port(providers->centre_port);
	providers_text(providers, "+436600000000", "hello");
}

static void start_exim(struct providers *providers)
{
	char path[128];
	FILE *file = file_in(providers, "exim.conf", path);
	const char *folder = providers->folder;
	providers->mail_port = providers_free_port();
	fprintf(file,
		"spool_directory = %s/spool\nlog_file_path = %s/spool/%%slog\n"
		"pid_file_path = %s/spool/pid\nprimary_hostname = mail.example.org\n"
		"local_interfaces = 127.0.0.1\ndaemon_smtp_ports = %d\nacl_smtp_rcpt = check\n"
		"host_lookup =\nrfc1413_query_timeout = 0s\ndeliver_drop_privilege = true\n"
		"tls_advertise_hosts =\nkeep_environment =\nbegin acl\ncheck:\n"
		"  deny local_parts = gone\n  defer local_parts = later\n  accept\n"
		"begin routers\nall:\n  driver = accept\n  transport = folder\n"
		"begin transports\nfolder:\n  driver = appendfile\n  directory = %s/mail\n"
		"  maildir_format\n  envelope_to_add\n  user = %s\nbegin retry\n",
		folder, folder, folder, providers->mail_port, folder,
		getuid() == 0 ? MAIL_USER : getpwuid(getuid())->pw_name);
	fclose(file);
	char *const command[] = {EXIM, "-C", path, "-bdf", NULL};
	providers->exim = start(providers, MAIL_USER, command);
	wait_for_port(providers->mail_port);
}

struct providers *providers_open(const char *callbacks_url)
{
	static const char *const programs[] = {BEARERBOX, SMSBOX, PHONE, EXIM};
	static const char *const folders[] = {"", "/spool", "/mail"};
	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++)
		if (access(programs[i], X_OK) != 0) {
			print_error("%s is missing: scripts/packages providers\n", programs[i]);
			return NULL;
		}
	struct providers *providers = calloc(1, sizeof(*providers));
	strcpy(providers->folder, "/tmp/soleus-test-XXXXXX");
	assert_non_null(mkdtemp(providers->folder));
	const struct passwd *user = getuid() == 0 ? getpwnam(MAIL_USER) : NULL;
	for (size_t i = 0; i < 3; i++) {
		char path[128];
		snprintf(path, sizeof(path), "%s%s", providers->folder, folders[i]);
		mkdir(path, 0755);
		chmod(path, 0755);
		if (user && *folders[i] && chown(path, user->pw_uid, user->pw_gid) != 0)
			fail_msg("%s cannot be given to %s", path, MAIL_USER);
	}
	start_kannel(providers, callbacks_url);
	start_exim(providers);
	return providers;
}

void providers_close(struct providers *providers)
{
	char command[128];
	stop(&providers->phone);
	stop(&providers->smsbox);
	stop(&providers->kannel);
	stop(&providers->exim);
	snprintf(command, sizeof(command), "rm -rf '%s'", providers->folder);
	if (!getenv("TEST_KEEP") && system(command) != 0)
		print_error("cannot remove %s\n", providers->folder);
	free(providers);
}

/* The centre takes one phone at a time; the last one stays, for what is sent to it. */
void providers_text(struct providers *providers, const char *from, const char *text)
{
	char port[16], message[400];
	snprintf(port, sizeof(port), "%d", providers->centre_port);
	snprintf(message, sizeof(message), "%s 13013 text %s", from, text);
	char *const command[] = {PHONE, "-H", "127.0.0.1", "-r", port, "-m", "1", message, NULL};
	stop(&providers->phone);
	providers->phone = start(providers, NULL, command);
}

static char *read_whole(const char *path)
{
	struct stat found;
	FILE *file = fopen(path, "re");
	if (!file || fstat(fileno(file), &found) != 0)
		return NULL;
	char *text = calloc(1, (size_t)found.st_size + 1);
	if (fread(text, 1, (size_t)found.st_size, file) != (size_t)found.st_size)
		text[0] = '\0';
	fclose(file);
	return text;
}

static char *find_mail(const struct providers *providers, const char *to)
{
	char folder[128], path[512], line[300];
	struct dirent **names;
	char *mail = NULL;
	snprintf(folder, sizeof(folder), "%s/mail/new", providers->folder);
	snprintf(line, sizeof(line), "\nEnvelope-to: %s\n", to);
	int count = scandir(folder, &names, NULL, alphasort);
	for (int i = count - 1; i >= 0; i--) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]->d_name);
		char *text = !mail && names[i]->d_name[0] != '.' ? read_whole(path) : NULL;
		if (text && (strstr(text, line) || strncmp(text, line + 1, strlen(line) - 1) == 0))
			mail = text;
		else
			free(text);
		free(names[i]);
	}
	if (count >= 0)
		free(names);
	return mail;
}

char *providers_mail(const struct providers *providers, const char *to)
{
	for (int i = 0; i < 500; i++) {
		char *mail = find_mail(providers, to);
		if (mail)
			return mail;
		usleep(20000);
	}
	fail_msg("no mail for %s; see what Exim says with TEST_KEEP=1", to);
	return NULL;
}
