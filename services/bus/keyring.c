#include "base/clock.h"
#include "base/metrics.h"
#include "base/text.h"
#include "bus/hash.h"
#include "bus/principal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_LIMIT    (16u << 20)
#define LOOK_EACH_US  (CLOCK_SECOND_US / 10)
#define SETTLES_IN_US (2 * CLOCK_SECOND_US)
#define RETRY_EACH_US CLOCK_SECOND_US

/* Looks out of turn, for keys that are not there: so many at once, one each so often after that. */
#define LOOKS_AT_ONCE  16
#define LOOKS_APART_US (CLOCK_SECOND_US / 50)

static const char z85[] =
	"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()"
	"[]{}@%$#";

static struct metric reloads = METRIC_COUNTER_BY("soleus_bus_keyring_reloads_total", "outcome",
						 "Readings of a keyring file that had changed.");
METRICS_FROM_THE_START(&reloads)

/* One good reading of the file: principals in an open table, `buckets` a power of two. */
struct reading {
	struct principal **table;
	size_t buckets;
	struct arena *arena;
};

struct keyring {
	char *path;
	struct reading reading;
	struct stat seen;
	int64_t settles_us; /* a file this young may change again within one tick of its clock */
	int64_t retry_us;   /* when a file that could not be read is read again; 0 for a good one */
	int64_t looked_us;
	int64_t looks_paid_us; /* the looks out of turn are made good up to here */
};

static bool is_key(const char *word)
{
	return strlen(word) == KEY_CHARS && strspn(word, z85) == KEY_CHARS;
}

static struct principal **slot(const struct reading *reading, const char *key)
{
	size_t at = hash_bytes(key, KEY_CHARS) & (reading->buckets - 1);
	while (reading->table[at] && memcmp(reading->table[at]->key, key, KEY_CHARS) != 0)
		at = (at + 1) & (reading->buckets - 1);
	return &reading->table[at];
}

/* ---- One line ---- */

enum column { KEY, KIND, NAME, ROLES, ORGANISATION, SUBJECT, COLUMNS };

struct line {
	struct arena *arena;
	struct faults *faults;
	unsigned number;
};

static void fault(const struct line *line, const char *expected)
{
	faults_addf(line->faults, line->arena, expected, "line %u", line->number);
}

static bool read_kind(const char *word, enum principal_kind *ret_kind)
{
	static const char *const names[] = {
		[PRINCIPAL_SERVICE] = "service",
		[PRINCIPAL_EDGE] = "edge",
		[PRINCIPAL_SITE] = "site",
		[PRINCIPAL_PERSON] = "person",
	};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], word) == 0) {
			*ret_kind = (enum principal_kind)i;
			return true;
		}
	return false;
}

/* Only who serves every organisation may belong to none. */
static bool may_be_everywhere(const struct principal *principal)
{
	return principal->kind == PRINCIPAL_SERVICE || principal->kind == PRINCIPAL_EDGE ||
	       (principal->kind == PRINCIPAL_PERSON && principal->roles & ROLE_OPERATOR);
}

static bool read_principal(const struct line *line, char *const words[COLUMNS],
			   struct principal *principal)
{
	const char *unknown;
	const struct fault *last = line->faults->last;

	if (!is_key(words[KEY]))
		fault(line, "a key of 40 Z85 characters first");
	else
		memcpy(principal->key, words[KEY], KEY_CHARS);

	if (!read_kind(words[KIND], &principal->kind))
		fault(line, "service, edge, site or person as kind");

	if (strlen(words[NAME]) >= sizeof(principal->name) ||
	    !text_is_utf8(words[NAME], strlen(words[NAME])))
		fault(line, "a name of at most 63 bytes");
	else
		strcpy(principal->name, words[NAME]);

	if (strcmp(words[ROLES], "-") != 0 &&
	    !roles_from_text(line->arena, words[ROLES], &principal->roles, &unknown))
		fault(line, arena_printf(line->arena, "known roles, not \"%s\"", unknown));

	if (strcmp(words[ORGANISATION], "*") == 0) {
		if (!may_be_everywhere(principal))
			fault(line, "an organisation's id: * is for services, edges and operators");
	} else if (text_is_uuid(words[ORGANISATION])) {
		strcpy(principal->organisation_id, words[ORGANISATION]);
	} else {
		fault(line, "an organisation's id (UUID) or *");
	}

	if (strcmp(words[SUBJECT], "-") != 0) {
		if (text_is_uuid(words[SUBJECT]))
			strcpy(principal->subject_id, words[SUBJECT]);
		else
			fault(line, "a subject's id (UUID) or -");
	}
	return line->faults->last == last;
}

/* Cuts into words; how many there were, of which the first COLUMNS are in `ret_words`. */
static unsigned cut(char *text, char *ret_words[COLUMNS])
{
	unsigned count = 0;
	char *rest = text;
	for (char *word; (word = strsep(&rest, " \t\r"));) {
		if (!*word)
			continue;
		if (count < COLUMNS)
			ret_words[count] = word;
		count++;
	}
	return count;
}

static void read_line(const struct line *line, char *text, struct reading *reading)
{
	char *words[COLUMNS];
	unsigned count = cut(text, words);
	/* Never a key: the first of five Z85 digits of 32 bits is below the number that # is. */
	if (count == 0 || words[0][0] == '#')
		return;
	if (count != COLUMNS) {
		fault(line, "key, kind, name, roles, organisation and subject");
		return;
	}
	struct principal *principal = ARENA_NEW(reading->arena, struct principal);
	if (!principal) {
		fault(line, "a smaller file");
		return;
	}
	if (!read_principal(line, words, principal))
		return;
	struct principal **place = slot(reading, principal->key);
	if (*place) {
		fault(line, "a key that no other line has");
		return;
	}
	*place = principal;
}

/* ---- The file ---- */

static void reading_free(struct reading *reading)
{
	arena_free(reading->arena);
	*reading = (struct reading){0};
}

static struct status reading_parse(char *text, struct reading *ret_reading, struct arena *arena)
{
	struct reading reading = {.arena = arena, .buckets = 16};
	size_t lines = 1;
	for (const char *at = text; (at = strchr(at, '\n')); at++)
		lines++;
	while (reading.buckets < 2 * lines)
		reading.buckets *= 2;
	reading.table = ARENA_ARRAY(arena, reading.buckets, struct principal *);
	if (!reading.table)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the keyring");

	struct faults faults = {0};
	struct line line = {.arena = arena, .faults = &faults};
	for (char *one; (one = strsep(&text, "\n"));) {
		line.number++;
		read_line(&line, one, &reading);
	}
	struct status status = faults_status(&faults);
	if (status_is_ok(status))
		*ret_reading = reading;
	return status;
}

static struct status file_status(int error)
{
	return status_error(STATUS_INVALID_ARGUMENT,
			    error ? strerrordesc_np(error) : "expected a text file below 16 MiB");
}

/* Does not wait, as opening a pipe would: the loop's thread reads the file. */
static FILE *file_open(const char *path)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	FILE *file = descriptor < 0 ? 0 : fdopen(descriptor, "r");
	if (!file && descriptor >= 0)
		close(descriptor);
	return file;
}

/* The text of the file, NUL-terminated, in the arena. */
static struct status file_read(const char *path, struct arena *arena, struct stat *ret_seen,
			       char **ret_text)
{
	FILE *file = file_open(path);
	if (!file)
		return file_status(errno);
	struct status status = file_status(0);
	struct stat seen;
	if (fstat(fileno(file), &seen) == 0 && S_ISREG(seen.st_mode) && seen.st_size < FILE_LIMIT) {
		char *text = arena_alloc(arena, (size_t)seen.st_size + 1);
		size_t length = text ? fread(text, 1, (size_t)seen.st_size, file) : 0;
		if (text && !ferror(file) && strlen(text) == length) {
			*ret_seen = seen;
			*ret_text = text;
			status = status_ok();
		}
	}
	fclose(file);
	return status;
}

/* What the last failure said; nobody hands us an arena for it, so it lives until the next one. */
static struct arena *last_failure;

static struct status keyring_read(const char *path, struct reading *ret_reading,
				  struct stat *ret_seen)
{
	struct arena *arena = arena_new((size_t)FILE_LIMIT * 8);
	if (!arena)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the keyring");
	char *text = 0;
	struct status status = file_read(path, arena, ret_seen, &text);
	if (text)
		status = reading_parse(text, ret_reading, arena);
	if (!status_is_ok(status)) {
		arena_free(last_failure);
		last_failure = arena;
	}
	return status;
}

static bool is_same_file(const struct stat *a, const struct stat *b)
{
	return a->st_ino == b->st_ino && a->st_dev == b->st_dev && a->st_size == b->st_size &&
	       a->st_ctim.tv_sec == b->st_ctim.tv_sec && a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

static void keyring_reread(struct keyring *keyring, int64_t now_us)
{
	struct reading reading;
	struct status status = keyring_read(keyring->path, &reading, &keyring->seen);
	bool good = status_is_ok(status);
	metric_add(metric_with(&reloads, good ? "good" : "kept_old"), 1);
	keyring->retry_us = good ? 0 : now_us + RETRY_EACH_US;
	if (!good)
		return;
	reading_free(&keyring->reading);
	keyring->reading = reading;
}

/* Reads the file when it changed. The one look in LOOK_EACH_US also reads what may have changed
 * unseen, or failed for want of a descriptor or memory; a look out of turn does not, for anybody
 * can ask for those. */
static void keyring_look(struct keyring *keyring, int64_t now_us, bool in_turn)
{
	struct stat seen;
	if (stat(keyring->path, &seen) != 0)
		return;
	if (!is_same_file(&seen, &keyring->seen)) {
		keyring->settles_us = now_us + SETTLES_IN_US;
		keyring->seen = seen;
		keyring_reread(keyring, now_us);
	} else if (in_turn && keyring->retry_us) {
		if (now_us >= keyring->retry_us)
			keyring_reread(keyring, now_us);
	} else if (in_turn && now_us <= keyring->settles_us) {
		keyring_reread(keyring, now_us);
	}
}

static bool may_look_out_of_turn(struct keyring *keyring, int64_t now_us)
{
	int64_t earliest_us = now_us - LOOKS_AT_ONCE * LOOKS_APART_US;
	if (keyring->looks_paid_us < earliest_us)
		keyring->looks_paid_us = earliest_us;
	if (keyring->looks_paid_us > now_us - LOOKS_APART_US)
		return false;
	keyring->looks_paid_us += LOOKS_APART_US;
	return true;
}

struct status keyring_open(const char *path, struct keyring **ret_keyring)
{
	struct keyring *keyring = calloc(1, sizeof(*keyring));
	char *copy = strdup(path);
	if (!keyring || !copy) {
		free(keyring);
		free(copy);
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the keyring");
	}
	keyring->path = copy;
	keyring->looked_us = clock_monotonic_us();
	struct status status = keyring_read(path, &keyring->reading, &keyring->seen);
	if (!status_is_ok(status)) {
		free(copy);
		free(keyring);
		return status;
	}
	keyring->settles_us = keyring->looked_us + SETTLES_IN_US;
	*ret_keyring = keyring;
	return status;
}

void keyring_close(struct keyring *keyring)
{
	if (!keyring)
		return;
	reading_free(&keyring->reading);
	free(keyring->path);
	free(keyring);
}

const struct principal *keyring_find(struct keyring *keyring, const char *key_z85)
{
	if (strlen(key_z85) != KEY_CHARS)
		return 0;
	int64_t now_us = clock_monotonic_us();
	if (now_us - keyring->looked_us >= LOOK_EACH_US) {
		keyring->looked_us = now_us;
		keyring_look(keyring, now_us, true);
	}
	const struct principal *found = *slot(&keyring->reading, key_z85);
	/* A stranger may have been issued its key a moment ago, and libzmq does not knock twice. */
	if (!found && keyring->looked_us < now_us && may_look_out_of_turn(keyring, now_us)) {
		keyring_look(keyring, now_us, false);
		found = *slot(&keyring->reading, key_z85);
	}
	return found;
}
