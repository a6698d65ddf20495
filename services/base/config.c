#include "base/config.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define PREFIX         "SOLEUS_"
#define FILE_SUFFIX    "_FILE"
#define FILE_BYTES_MAX 65536

struct load {
	const struct config_entry *table;
	char **environment;
	struct arena *arena;
	struct faults faults;
};

static void add_fault(struct load *load, const char *name, const char *expected)
{
	faults_add(&load->faults, load->arena, name, expected);
}

/* The value of NAME + suffix; an empty one counts as not set. */
static const char *look_up(const struct load *load, const char *name, const char *suffix)
{
	size_t name_length = strlen(name);
	size_t suffix_length = strlen(suffix);
	for (char **at = load->environment; *at; at++) {
		const char *rest = *at + name_length;
		if (strncmp(*at, name, name_length) != 0 ||
		    strncmp(rest, suffix, suffix_length) != 0 || rest[suffix_length] != '=')
			continue;
		const char *value = rest + suffix_length + 1;
		return *value ? value : 0;
	}
	return 0;
}

/* Reads a file that may be a pipe: its size is known only by reading it. 0 or an errno; beyond
 * FILE_BYTES_MAX there is one byte more. */
static int read_file(const char *path, char bytes[FILE_BYTES_MAX + 1], size_t *ret_length)
{
	errno = 0;
	FILE *file = fopen(path, "re");
	if (!file)
		return errno;
	*ret_length = fread(bytes, 1, FILE_BYTES_MAX + 1, file);
	int error = ferror(file) ? errno : 0;
	fclose(file);
	return error;
}

/* What was expected of the bytes of a file, NULL when they are a value: it then ends at `*length`,
 * before the line's end. */
static const char *refuse_bytes(const char *bytes, size_t *length)
{
	if (*length > FILE_BYTES_MAX)
		return "a file of at most 64 KiB";
	if (memchr(bytes, '\0', *length))
		return "a file without NUL bytes";
	if (*length > 0 && bytes[*length - 1] == '\n')
		--*length;
	if (*length > 0 && bytes[*length - 1] == '\r')
		--*length;
	return *length == 0 ? "a file that is not empty" : 0;
}

static void refuse_file(struct load *load, const char *name, const char *path, const char *expected)
{
	const char *said =
		arena_printf(load->arena, "%s in %s" FILE_SUFFIX ", not %s", expected, name, path);
	add_fault(load, name, said ? said : expected);
}

/* NULL after adding a fault. */
static const char *read_value_file(struct load *load, const char *name, const char *path)
{
	const char *value = 0;
	size_t length = 0;
	char *bytes = malloc(FILE_BYTES_MAX + 1);
	int error = bytes ? read_file(path, bytes, &length) : ENOMEM;
	const char *expected = error ? "a file that can be read" : refuse_bytes(bytes, &length);
	if (error)
		path = arena_printf(load->arena, "%s (%s)", path, strerrordesc_np(error));
	if (expected)
		refuse_file(load, name, path ? path : "this one", expected);
	else if (!(value = arena_strndup(load->arena, bytes, length)))
		add_fault(load, name, "a value that fits into memory");
	if (bytes)
		explicit_bzero(bytes, FILE_BYTES_MAX + 1); /* it may have been a secret */
	free(bytes);
	return value;
}

/* The text for the entry, in the arena or static; NULL after adding a fault. */
static const char *find_value(struct load *load, const struct config_entry *entry)
{
	const char *value = look_up(load, entry->name, "");
	const char *path = look_up(load, entry->name, FILE_SUFFIX);
	if (value && path) {
		add_fault(load, entry->name,
			  "either the variable or its " FILE_SUFFIX ", not both");
		return 0;
	}
	if (path)
		return read_value_file(load, entry->name, path);
	if (!value && !entry->fallback) {
		add_fault(load, entry->name, "a value: it is required");
		return 0;
	}
	if (!value)
		return entry->fallback;
	const char *copy = arena_strdup(load->arena, value);
	if (!copy)
		add_fault(load, entry->name, "a value that fits into memory");
	return copy;
}

static bool parse_int(const char *text, int64_t *ret_number)
{
	const char *digits = text + (text[0] == '-');
	if (digits[0] == '\0' || digits[strspn(digits, "0123456789")] != '\0')
		return false;
	errno = 0;
	long long number = strtoll(text, 0, 10);
	if (errno != 0)
		return false;
	*ret_number = number;
	return true;
}

static void store_int(struct load *load, const struct config_entry *entry, const char *text)
{
	int64_t number;
	if (parse_int(text, &number) && number >= entry->minimum && number <= entry->maximum) {
		*(int64_t *)entry->value = number;
		return;
	}
	const char *expected =
		arena_printf(load->arena, "a whole number from %" PRId64 " to %" PRId64,
			     entry->minimum, entry->maximum);
	add_fault(load, entry->name, expected ? expected : "a whole number within its limits");
}

static void store(struct load *load, const struct config_entry *entry, const char *text)
{
	switch (entry->kind) {
	case CONFIG_TEXT:
		*(const char **)entry->value = text;
		return;
	case CONFIG_INT:
		store_int(load, entry, text);
		return;
	case CONFIG_BOOL:
		if (strcmp(text, "true") == 0 || strcmp(text, "false") == 0)
			*(bool *)entry->value = text[0] == 't';
		else
			add_fault(load, entry->name, "\"true\" or \"false\"");
		return;
	}
	assert(false);
}

static bool is_known(const struct config_entry *table, const char *name, size_t length)
{
	for (const struct config_entry *entry = table; entry->name; entry++) {
		size_t entry_length = strlen(entry->name);
		if (length < entry_length || strncmp(name, entry->name, entry_length) != 0)
			continue;
		size_t rest = length - entry_length;
		if (rest == 0 || (rest == strlen(FILE_SUFFIX) &&
				  strncmp(name + entry_length, FILE_SUFFIX, rest) == 0))
			return true;
	}
	return false;
}

static void refuse_unknown(struct load *load)
{
	for (char **at = load->environment; *at; at++) {
		size_t length = strcspn(*at, "=");
		if (strncmp(*at, PREFIX, strlen(PREFIX)) != 0 || is_known(load->table, *at, length))
			continue;
		add_fault(load, arena_strndup(load->arena, *at, length),
			  "a name that --help lists: this one is unknown");
	}
}

struct status config_load(const struct config_entry *table, char **environment, struct arena *arena)
{
	struct load load = {.table = table, .environment = environment, .arena = arena};
	for (const struct config_entry *entry = table; entry->name; entry++) {
		const char *text = find_value(&load, entry);
		if (text)
			store(&load, entry, text);
	}
	refuse_unknown(&load);
	struct status status = faults_status(&load.faults);
	if (!status_is_ok(status))
		status.message = "the configuration is not as expected";
	return status;
}

static void print_default(const struct config_entry *entry, FILE *out)
{
	if (!entry->fallback)
		fputs("required", out);
	else if (entry->secret)
		fputs("has a default", out);
	else if (entry->fallback[0] == '\0')
		fputs("default: empty", out);
	else
		fprintf(out, "default: %s", entry->fallback);
}

void config_print(const struct config_entry *table, FILE *out)
{
	size_t widest = 0;
	for (const struct config_entry *entry = table; entry->name; entry++)
		if (strlen(entry->name) > widest)
			widest = strlen(entry->name);
	for (const struct config_entry *entry = table; entry->name; entry++) {
		fprintf(out, "  %-*s  %s (", (int)widest, entry->name, entry->help);
		print_default(entry, out);
		if (entry->kind == CONFIG_INT)
			fprintf(out, "; %" PRId64 " to %" PRId64, entry->minimum, entry->maximum);
		fputs(")\n", out);
	}
}
