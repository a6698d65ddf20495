/* Arbitrary bytes as what a request says in text: fields, a target, a token, a language.
 *
 * What is read as fields is text, each name once, and written out with every escape it is read as
 * the same; a target's path is what may stand in one; a token that is taken is the one that would
 * be made of what it says.
 *
 * Input: one byte that says which, then its bytes. Built with libFuzzer it fuzzes
 * (`fuzz_http tests/fuzz/corpus/http`); tests/unit/http/test_fuzz_http.c runs the corpus as an
 * ordinary test.
 */
#include "base/text.h"
#include "daemon/signed_link.h"
#include "gateway/signature.h"
#include "gateway/words.h"
#include "http/form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_BYTES ((size_t)8 << 20)

/* Unlike assert, also in a release build. */
#define REQUIRE(condition)                                                      \
	do {                                                                    \
		if (!(condition)) {                                             \
			fprintf(stderr, "fuzz_http: not so: %s\n", #condition); \
			abort();                                                \
		}                                                               \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static char *add_escaped(char *at, const char *text)
{
	for (; *text; text++)
		at += sprintf(at, "%%%02x", (unsigned char)*text);
	return at;
}

/* Every character as an escape. */
static const char *written(struct arena *arena, const struct http_fields *fields)
{
	size_t bytes = 1;
	for (size_t i = 0; i < fields->count; i++)
		bytes += 3 * (strlen(fields->fields[i].name) + strlen(fields->fields[i].value)) + 2;
	char *text = arena_alloc(arena, bytes), *at = text;
	for (size_t i = 0; text && i < fields->count; i++) {
		if (i > 0)
			*at++ = '&';
		at = add_escaped(at, fields->fields[i].name);
		*at++ = '=';
		at = add_escaped(at, fields->fields[i].value);
	}
	return text;
}

static void read_fields(struct arena *arena, const char *text, size_t length)
{
	struct http_fields fields, again;
	const char *why;
	char signature[SIGNATURE_TWILIO_BYTES];
	if (!http_fields_read(arena, text, length, &fields, &why)) {
		REQUIRE(why && *why);
		return;
	}
	REQUIRE(fields.count <= HTTP_FIELDS_MAX);
	for (size_t i = 0; i < fields.count; i++) {
		const struct http_field *field = &fields.fields[i];
		REQUIRE(*field->name && text_is_utf8(field->name, strlen(field->name)));
		REQUIRE(text_is_utf8(field->value, strlen(field->value)));
		REQUIRE(http_field(&fields, field->name) == field->value);
	}
	const char *plain = written(arena, &fields);
	if (!plain || !http_fields_read(arena, plain, strlen(plain), &again, &why)) {
		REQUIRE(arena_has_refused(arena));
		return;
	}
	REQUIRE(again.count == fields.count);
	for (size_t i = 0; i < fields.count; i++)
		REQUIRE(strcmp(again.fields[i].name, fields.fields[i].name) == 0 &&
			strcmp(again.fields[i].value, fields.fields[i].value) == 0);
	signature_of_twilio("token", "https://x/", &fields, signature);
	REQUIRE(signature_is_twilio(signature, "token", "https://x/", &again));
}

static void read_target(struct arena *arena, const char *text)
{
	struct http_target target;
	const char *why, *parameter = NULL;
	if (!http_target_read(arena, text, &target, &why))
		return;
	size_t length = strlen(target.path);
	REQUIRE(target.path[0] == '/' && length <= HTTP_PATH_BYTES_MAX);
	REQUIRE(!strpbrk(target.path, "%\\?#;: ") && !strstr(target.path, "//") &&
		!strstr(target.path, "/../") && !strstr(target.path, "/./"));
	REQUIRE(strncmp(text, target.path, length) == 0);
	if (http_path_fits("/l/{token}", target.path, arena, &parameter))
		REQUIRE(*parameter && !strchr(parameter, '/') &&
			strcmp(parameter, target.path + 3) == 0);
}

static void read_token(struct arena *arena, const char *text)
{
	static const struct signed_link_key key = {.secret = {7}, .ids = 2};
	struct signed_link link;
	if (signed_link_read(&key, text, 0, &link))
		REQUIRE(strcmp(signed_link_write(arena, &key, &link), text) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	if (length < 1)
		return 0;
	struct arena *arena = arena_new(ARENA_BYTES);
	char *text = arena_strndup(arena, (const char *)bytes + 1, length - 1);
	switch (text ? bytes[0] & 3 : 4) {
	case 0:
		read_fields(arena, (const char *)bytes + 1, length - 1);
		break;
	case 1:
		read_target(arena, text);
		break;
	case 2:
		read_token(arena, text);
		break;
	case 3:
		REQUIRE(words("yes", language_choose(text)));
		words_when(arena, text, LANGUAGE_DE);
		break;
	default:
		break;
	}
	arena_free(arena);
	return 0;
}
