#include "http/form.h"

#include "base/text.h"

#include <string.h>

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("-._~", c));
}

/* Bare in a field: what RFC 3986 lets stand in a query, without the separators. */
static bool may_stand(char c)
{
	return is_word(c) || (c && strchr("!$'()*,;:@/?", c));
}

static bool is_text(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];
		if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f)
			return false;
	}
	return text_is_utf8(text, length);
}

/* The text between two separators; NULL with why. */
static const char *unescape(struct arena *arena, const char *text, size_t length,
			    const char **ret_why)
{
	char *plain = arena_alloc(arena, length + 1);
	size_t out = 0;
	*ret_why = "no memory for the fields";
	for (size_t at = 0; plain && at < length; at++) {
		char c = text[at];
		if (c == '%') {
			bool whole = length - at > 2;
			int high = whole ? digit(text[at + 1]) : -1;
			int low = whole ? digit(text[at + 2]) : -1;
			if (high < 0 || low < 0) {
				*ret_why = "an escape is not % and two hexadecimal digits";
				return NULL;
			}
			c = (char)(high << 4 | low);
			at += 2;
		} else if (c == '+') {
			c = ' ';
		} else if (!may_stand(c)) {
			*ret_why = "a character stands bare that is to be escaped";
			return NULL;
		}
		plain[out++] = c;
	}
	if (plain && !is_text(plain, out)) {
		*ret_why = "a field is not UTF-8 text";
		return NULL;
	}
	return plain;
}

static bool read_field(struct arena *arena, const char *text, size_t length,
		       struct http_field *ret_field, const char **ret_why)
{
	const char *equals = memchr(text, '=', length);
	if (!equals || equals == text) {
		*ret_why = "a field is not name=value";
		return false;
	}
	size_t name = (size_t)(equals - text);
	ret_field->name = unescape(arena, text, name, ret_why);
	if (!ret_field->name)
		return false;
	ret_field->value = unescape(arena, equals + 1, length - name - 1, ret_why);
	return ret_field->value != NULL;
}

bool http_fields_read(struct arena *arena, const char *text, size_t length,
		      struct http_fields *ret_fields, const char **ret_why)
{
	size_t count = 0, most = 1;
	for (size_t i = 0; i < length; i++)
		most += text[i] == '&';
	if (most > HTTP_FIELDS_MAX) {
		*ret_why = "too many fields";
		return false;
	}
	struct http_field *fields = ARENA_ARRAY(arena, most, struct http_field);
	*ret_why = "no memory for the fields";
	if (!fields)
		return false;
	for (size_t at = 0; length > 0 && at <= length;) {
		const char *end = memchr(text + at, '&', length - at);
		size_t part = end ? (size_t)(end - text) - at : length - at;
		struct http_field *field = &fields[count];
		if (!read_field(arena, text + at, part, field, ret_why))
			return false;
		if (http_field(&(struct http_fields){fields, count}, field->name)) {
			*ret_why = "a field comes twice";
			return false;
		}
		count++;
		at += part + 1;
	}
	*ret_fields = (struct http_fields){fields, count};
	return true;
}

const char *http_field(const struct http_fields *fields, const char *name)
{
	for (size_t i = 0; i < fields->count; i++)
		if (strcmp(fields->fields[i].name, name) == 0)
			return fields->fields[i].value;
	return NULL;
}

/* ---- Target and path ---- */

static bool is_path(const char *path)
{
	for (const char *part = path; *part == '/';) {
		size_t length = 0;
		part++;
		while (is_word(part[length]))
			length++;
		bool climbs = (length == 1 && part[0] == '.') ||
			      (length == 2 && part[0] == '.' && part[1] == '.');
		if (climbs || (length == 0 && path[1]))
			return false;
		part += length;
		if (!*part)
			return true;
	}
	return false;
}

bool http_target_read(struct arena *arena, const char *text, struct http_target *ret_target,
		      const char **ret_why)
{
	size_t length = strcspn(text, "?");
	const char *path = arena_strndup(arena, text, length);
	const char *query = arena_strdup(arena, text[length] ? text + length + 1 : "");
	*ret_why = "no memory for the target";
	if (!path || !query)
		return false;
	*ret_why = "the path is not one of here";
	if (length > HTTP_PATH_BYTES_MAX || !is_path(path))
		return false;
	*ret_target = (struct http_target){path, query};
	return true;
}

bool http_path_fits(const char *pattern, const char *path, struct arena *arena,
		    const char **ret_parameter)
{
	const char *parameter = "";
	while (*pattern) {
		if (*pattern != '{') {
			if (*pattern++ != *path++)
				return false;
			continue;
		}
		size_t length = strcspn(path, "/");
		parameter = arena_strndup(arena, path, length);
		if (length == 0 || !parameter)
			return false;
		path += length;
		pattern = strchr(pattern, '}') + 1;
	}
	if (*path)
		return false;
	*ret_parameter = parameter;
	return true;
}
