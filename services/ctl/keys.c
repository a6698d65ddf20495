#include "ctl/keys.h"

#include "base/text.h"
#include "bus/principal.h"
#include "ctl/methods.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zmq.h>

#define KEY_LENGTH 40

static struct status failed(struct arena *arena, const char *verb, const char *path)
{
	return status_errorf(arena, STATUS_FAILED_PRECONDITION, "cannot %s %s: %s", verb, path,
			     strerror(errno));
}

/* The whole of a small text file; "" when it is not there. */
static struct status read_text(struct arena *arena, const char *path, char **ret_text)
{
	FILE *file = fopen(path, "re");
	if (!file && errno == ENOENT) {
		static char nothing[1];
		*ret_text = nothing;
		return status_ok();
	}
	if (!file)
		return failed(arena, "read", path);
	struct stat found;
	size_t size = fstat(fileno(file), &found) == 0 ? (size_t)found.st_size : 0;
	char *text = arena_alloc(arena, size + 1);
	size_t length = text ? fread(text, 1, size, file) : 0;
	fclose(file);
	if (!text)
		return status_errorf(arena, STATUS_RESOURCE_EXHAUSTED, "%s is too long", path);
	text[length] = '\0';
	*ret_text = text;
	return status_ok();
}

/* One soleusctl at a time changes the keys. -1 with errno when that cannot be had. */
static int lock(struct arena *arena, const char *keys_dir)
{
	if (mkdir(keys_dir, 0700) != 0 && errno != EEXIST)
		return -1;
	int fd =
		open(arena_printf(arena, "%s/.lock", keys_dir), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd >= 0 && flock(fd, LOCK_EX) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

/* Writes PATH.next with exactly this mode, whatever the umask says or an earlier try left. */
static struct status write_next(struct arena *arena, const char *path, const char *text,
				mode_t mode, const char **ret_next)
{
	const char *next = arena_printf(arena, "%s.next", path);
	unlink(next);
	int fd = open(next, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return failed(arena, "write", next);
	size_t length = strlen(text);
	struct status status = status_ok();
	if (write(fd, text, length) != (ssize_t)length || fchmod(fd, mode) != 0 || fsync(fd) != 0)
		status = failed(arena, "write", next);
	close(fd);
	*ret_next = next;
	return status;
}

/* Replaces the file at once: a reader sees the old or the new. */
static struct status write_text(struct arena *arena, const char *path, const char *text,
				mode_t mode)
{
	const char *next;
	struct status status = write_next(arena, path, text, mode, &next);
	if (status_is_ok(status) && rename(next, path) != 0)
		status = failed(arena, "write", path);
	return status;
}

/* As write_text, for the keyring: a daemon that cannot read the new one would go on with the old,
 * and the next would not start, so what it cannot read never takes the old one's place. */
static struct status write_keyring(struct arena *arena, const char *path, const char *text)
{
	const char *next;
	struct keyring *keyring;
	struct status status = write_next(arena, path, text, 0644, &next);
	if (!status_is_ok(status))
		return status;
	status = keyring_open(next, &keyring);
	if (!status_is_ok(status)) {
		unlink(next);
		const struct fault *fault = status.faults;
		return status_errorf(arena, STATUS_INVALID_ARGUMENT,
				     "the keyring stays as it was, no daemon could read it with "
				     "this: %s: expected %s",
				     fault ? fault->field : path,
				     fault ? fault->expected : status.message);
	}
	keyring_close(keyring);
	return rename(next, path) == 0 ? status_ok() : failed(arena, "write", path);
}

/* `text` without the line whose word number `word` (from 0) is `name`. */
static char *without_line(struct arena *arena, const char *text, int word, const char *name,
			  bool *ret_found)
{
	char *kept = arena_alloc(arena, strlen(text) + 2);
	size_t length = 0;
	*ret_found = false;
	while (*text) {
		size_t line = strcspn(text, "\n") + (strchr(text, '\n') != NULL);
		char words[3][128] = {"", "", ""};
		char *copy = arena_strndup(arena, text, line);
		sscanf(copy, "%127s %127s %127s", words[0], words[1], words[2]);
		if (copy[0] != '#' && strcmp(words[word], name) == 0) {
			*ret_found = true;
		} else {
			memcpy(kept + length, text, line);
			length += line;
		}
		text += line;
	}
	if (length > 0 && kept[length - 1] != '\n') /* a hand has been here */
		kept[length] = '\n';
	return kept;
}

static struct status key_pair(struct arena *arena, const char *keys_dir, const char *name,
			      char ret_public[41])
{
	const char *path = arena_printf(arena, "%s/%s.secret", keys_dir, name);
	char *known = NULL;
	struct status status = read_text(arena, path, &known);
	if (!status_is_ok(status) || !known)
		return status;
	if (*known) {
		known[strcspn(known, " \r\n")] = '\0';
		if (strlen(known) == KEY_LENGTH && zmq_curve_public(ret_public, known) == 0)
			return status_ok();
		return status_errorf(arena, STATUS_DATA_LOSS,
				     "%s does not hold a key; move it away to have a new one made",
				     path);
	}
	char secret[KEY_LENGTH + 1];
	if (zmq_curve_keypair(ret_public, secret) != 0)
		return status_error(STATUS_UNIMPLEMENTED, "this libzmq was built without CURVE");
	return write_text(arena, path, arena_printf(arena, "%s\n", secret), 0600);
}

/* `text` with `line` in the place of the one that names `name`; NULL takes that one out. */
static struct status replace_line(struct arena *arena, const char *path, int word, const char *name,
				  const char *line, const char **ret_whole)
{
	char *text;
	bool found;
	struct status status = read_text(arena, path, &text);
	if (!status_is_ok(status))
		return status;
	text = without_line(arena, text, word, name, &found);
	if (!line && !found)
		return status_errorf(arena, STATUS_NOT_FOUND,
				     "%s has no %s; `soleusctl keys list` shows who is there", path,
				     name);
	*ret_whole = line ? arena_printf(arena, "%s%s\n", text, line) : text;
	return status_ok();
}

static struct status replace_principal(struct arena *arena, const char *keys_dir, const char *name,
				       const char *line)
{
	const char *path = arena_printf(arena, "%s/keyring", keys_dir);
	const char *whole = NULL;
	struct status status = replace_line(arena, path, 2, name, line, &whole);
	return status_is_ok(status) ? write_keyring(arena, path, whole) : status;
}

static struct status replace_server(struct arena *arena, const char *keys_dir, const char *name,
				    const char *public_key)
{
	const char *path = arena_printf(arena, "%s/servers", keys_dir);
	const char *line = arena_printf(arena, "%s %s", name, public_key);
	const char *whole = NULL;
	struct status status = replace_line(arena, path, 0, name, line, &whole);
	return status_is_ok(status) ? write_text(arena, path, whole, 0644) : status;
}

static bool is_name(const char *name)
{
	return name && *name && *name != '.' && *name != '-' && strlen(name) < 64 &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") ==
		       strlen(name);
}

static const char *one_word(struct arena *arena, const char *roles)
{
	char *word = arena_strdup(arena, roles);
	for (char *at = word; *(at += strcspn(at, " \t")); at++)
		*at = ',';
	return word;
}

static bool is_daemon(const char *name)
{
	for (size_t i = 0; method_daemons[i]; i++)
		if (strcmp(method_daemons[i], name) == 0)
			return true;
	return false;
}

static struct status check_request(struct arena *arena, const struct key_request *request)
{
	unsigned roles = 0;
	const char *unknown;
	struct faults faults = {0};
	bool service = strcmp(request->kind, "service") == 0 || strcmp(request->kind, "edge") == 0;
	if (!is_name(request->name))
		faults_add(&faults, arena, "name", "letters, digits, '.', '_' or '-', at most 63");
	else if (is_daemon(request->name) && !service)
		faults_add(&faults, arena, "name", "another one: it is a daemon's, from keys init");
	if (!roles_from_text(arena, request->roles, &roles, &unknown) || roles == 0)
		faults_add(&faults, arena, "roles",
			   "some of athlete, front_desk, practitioner, clinic_lead, operator, "
			   "service");
	if (strcmp(request->organisation_id, "*") == 0) {
		if (!service && !(roles & ROLE_OPERATOR))
			faults_add(&faults, arena, "organisation",
				   "an organisation's id (UUID): * is for operators alone");
	} else if (!text_is_uuid(request->organisation_id)) {
		faults_add(&faults, arena, "organisation",
			   "an organisation's id (UUID), or * for all");
	}
	if (strcmp(request->subject_id, "-") != 0 && !text_is_uuid(request->subject_id))
		faults_add(&faults, arena, "subject",
			   "an athlete's or practitioner's id (UUID), or - for none");
	return faults_status(&faults);
}

static struct status issue(struct arena *arena, const char *keys_dir,
			   const struct key_request *request)
{
	char public_key[KEY_LENGTH + 1];
	struct status status = key_pair(arena, keys_dir, request->name, public_key);
	if (!status_is_ok(status))
		return status;
	const char *line = arena_printf(arena, "%s %s %s %s %s %s", public_key, request->kind,
					request->name, one_word(arena, request->roles),
					request->organisation_id, request->subject_id);
	status = replace_principal(arena, keys_dir, request->name, line);
	if (status_is_ok(status) && is_daemon(request->name))
		status = replace_server(arena, keys_dir, request->name, public_key);
	return status;
}

struct status keys_issue(struct arena *arena, const char *keys_dir,
			 const struct key_request *request)
{
	struct status status = check_request(arena, request);
	if (!status_is_ok(status))
		return status;
	int fd = lock(arena, keys_dir);
	if (fd < 0)
		return failed(arena, "lock", keys_dir);
	status = issue(arena, keys_dir, request);
	close(fd);
	return status;
}

struct status keys_find(struct arena *arena, const char *keys_dir, const char *name,
			const char **ret_rights)
{
	char *text;
	struct status status = read_text(arena, arena_printf(arena, "%s/keyring", keys_dir), &text);
	*ret_rights = "";
	for (char *rest, *line = status_is_ok(status) ? strtok_r(text, "\n", &rest) : NULL; line;
	     line = strtok_r(NULL, "\n", &rest)) {
		char known[128] = "";
		const char *rights = line + strcspn(line, " ");
		if (*line != '#' && sscanf(rights, "%*s %127s", known) == 1 &&
		    strcmp(known, name) == 0)
			*ret_rights = rights + strspn(rights, " ");
	}
	return status;
}

struct status keys_revoke(struct arena *arena, const char *keys_dir, const char *name)
{
	if (!is_name(name))
		return status_error(STATUS_INVALID_ARGUMENT, "expected the name of a key");
	int fd = lock(arena, keys_dir);
	if (fd < 0)
		return failed(arena, "lock", keys_dir);
	struct status status = replace_principal(arena, keys_dir, name, NULL);
	const char *secret = arena_printf(arena, "%s/%s.secret", keys_dir, name);
	if (status_is_ok(status) && unlink(secret) != 0 && errno != ENOENT)
		status = failed(arena, "delete", secret);
	close(fd);
	return status;
}

struct status keys_init(struct arena *arena, const char *keys_dir)
{
	for (size_t i = 0; method_daemons[i]; i++) {
		/* Who owns no data speaks for others. */
		const char *kind = method_daemon_owns_data(method_daemons[i]) ? "service" : "edge";
		struct key_request daemon = {method_daemons[i], kind, "service", "*", "-"};
		struct status status = keys_issue(arena, keys_dir, &daemon);
		if (!status_is_ok(status))
			return status;
	}
	struct key_request operator= {"operator", "person", "operator", "*", "-"};
	return keys_issue(arena, keys_dir, &operator);
}
