#include "ctl/keys.h"

#include "bus/principal.h"
#include "ctl/methods.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zmq.h>

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
		*ret_text = arena_strdup(arena, "");
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

/* Replaces the file at once: a reader sees the old or the new. */
static struct status write_text(struct arena *arena, const char *path, const char *text,
				mode_t mode)
{
	const char *next = arena_printf(arena, "%s.next", path);
	int fd = open(next, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
	if (fd < 0)
		return failed(arena, "write", next);
	size_t length = strlen(text);
	bool written = write(fd, text, length) == (ssize_t)length && fsync(fd) == 0;
	close(fd);
	if (!written || rename(next, path) != 0)
		return failed(arena, "write", path);
	return status_ok();
}

/* `text` without the line whose word number `word` (from 0) is `name`. */
static char *without_line(struct arena *arena, const char *text, int word, const char *name,
			  bool *ret_found)
{
	char *kept = arena_alloc(arena, strlen(text) + 1);
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
	return kept;
}

static struct status key_pair(struct arena *arena, const char *keys_dir, const char *name,
			      char ret_public[41])
{
	const char *path = arena_printf(arena, "%s/%s.secret", keys_dir, name);
	char *known;
	struct status status = read_text(arena, path, &known);
	if (!status_is_ok(status))
		return status;
	if (strlen(known) >= 40) {
		known[40] = '\0';
		if (zmq_curve_public(ret_public, known) == 0)
			return status_ok();
		return status_errorf(arena, STATUS_DATA_LOSS, "%s does not hold a key", path);
	}
	char secret[41];
	if (zmq_curve_keypair(ret_public, secret) != 0)
		return status_error(STATUS_UNIMPLEMENTED, "this libzmq was built without CURVE");
	return write_text(arena, path, arena_printf(arena, "%s\n", secret), 0600);
}

static struct status replace_line(struct arena *arena, const char *path, int word, const char *name,
				  const char *line)
{
	char *text;
	bool found;
	struct status status = read_text(arena, path, &text);
	if (!status_is_ok(status))
		return status;
	text = without_line(arena, text, word, name, &found);
	if (!line && !found)
		return status_errorf(arena, STATUS_NOT_FOUND, "%s has no %s", path, name);
	const char *whole = line ? arena_printf(arena, "%s%s\n", text, line) : text;
	return write_text(arena, path, whole, 0644);
}

static bool is_name(const char *name)
{
	return name && *name && *name != '.' && *name != '-' && strlen(name) < 64 &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") ==
		       strlen(name);
}

/* The keyring parts its columns by blanks and its principals by lines. */
static bool is_word(const char *text)
{
	return *text && !text[strcspn(text, " \t\r\n#")];
}

static const char *one_word(struct arena *arena, const char *roles)
{
	char *word = arena_strdup(arena, roles);
	for (char *at = word; *(at += strcspn(at, " \t")); at++)
		*at = ',';
	return word;
}

struct status keys_issue(struct arena *arena, const char *keys_dir,
			 const struct key_request *request)
{
	unsigned roles;
	const char *unknown;
	struct faults faults = {0};
	if (!is_name(request->name))
		faults_add(&faults, arena, "name", "letters, digits, '.', '_' or '-', at most 63");
	if (!roles_from_text(arena, request->roles, &roles, &unknown))
		faults_add(&faults, arena, "roles",
			   "some of athlete, front_desk, practitioner, clinic_lead, operator, "
			   "service");
	if (!is_word(request->organisation_id))
		faults_add(&faults, arena, "organisation", "an id, or * for all");
	if (!is_word(request->subject_id))
		faults_add(&faults, arena, "subject", "an id, or - for none");
	if (faults.first)
		return faults_status(&faults);
	if (mkdir(keys_dir, 0700) != 0 && errno != EEXIST)
		return failed(arena, "make", keys_dir);
	char public_key[41];
	struct status status = key_pair(arena, keys_dir, request->name, public_key);
	if (!status_is_ok(status))
		return status;
	const char *line = arena_printf(arena, "%s %s %s %s %s %s", public_key, request->kind,
					request->name, one_word(arena, request->roles),
					request->organisation_id, request->subject_id);
	return replace_line(arena, arena_printf(arena, "%s/keyring", keys_dir), 2, request->name,
			    line);
}

struct status keys_revoke(struct arena *arena, const char *keys_dir, const char *name)
{
	if (!is_name(name))
		return status_error(STATUS_INVALID_ARGUMENT, "expected the name of a key");
	struct status status =
		replace_line(arena, arena_printf(arena, "%s/keyring", keys_dir), 2, name, NULL);
	if (status_is_ok(status))
		unlink(arena_printf(arena, "%s/%s.secret", keys_dir, name));
	return status;
}

struct status keys_init(struct arena *arena, const char *keys_dir)
{
	for (size_t i = 0; method_daemons[i]; i++) {
		struct key_request daemon = {method_daemons[i], "service", "service", "*", "-"};
		char public_key[41];
		struct status status = keys_issue(arena, keys_dir, &daemon);
		if (status_is_ok(status))
			status = key_pair(arena, keys_dir, daemon.name, public_key);
		if (status_is_ok(status))
			status = replace_line(
				arena, arena_printf(arena, "%s/servers", keys_dir), 0, daemon.name,
				arena_printf(arena, "%s %s", daemon.name, public_key));
		if (!status_is_ok(status))
			return status;
	}
	struct key_request operator= {"operator", "person", "operator", "*", "-"};
	return keys_issue(arena, keys_dir, &operator);
}
