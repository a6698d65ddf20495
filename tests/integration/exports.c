#include "exports.h"

#include "ctl/command.h"

#include <json-c/json.h>
#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

int exports_record(const struct exports *exports, const char *who, const char *athlete_id,
		   const char *format, const char *name)
{
	const struct house *house = exports->house;
	return system(arena_printf(exports->arena,
				   "SOLEUS_RUN_DIR=%s SOLEUS_CLOCK_FILE=%s " SOLEUS_BUILD
				   "/soleusctl --as %s export record %s --format %s --output %s "
				   "2>%s",
				   house->run_dir, house->clock_file, who, athlete_id, format,
				   exports_path(exports, name), exports_path(exports, "said")));
}

const char *exports_path(const struct exports *exports, const char *name)
{
	return arena_printf(exports->arena, "%s/%s", exports->house->folder, name);
}

const char *exports_text(const struct exports *exports, const char *name)
{
	const char *text;
	assert_true(status_is_ok(
		command_read_file(exports->arena, exports_path(exports, name), &text)));
	return text;
}

bool exports_has(const struct exports *exports, const char *name)
{
	return access(exports_path(exports, name), F_OK) == 0;
}

static void end_object(void *object)
{
	json_object_put(object);
}

struct json_object *exports_entries(const struct exports *exports, const char *name)
{
	struct json_object *bundle, *entries;
	bundle = json_tokener_parse(exports_text(exports, name));
	assert_non_null(bundle);
	arena_defer(exports->arena, end_object, bundle);
	assert_true(json_object_object_get_ex(bundle, "entry", &entries));
	return entries;
}

const char *exports_word(struct json_object *object, const char *name)
{
	struct json_object *word;
	return json_object_object_get_ex(object, name, &word) ? json_object_get_string(word) : "";
}

struct json_object *exports_resource(struct json_object *entries, const char *type, const char *id)
{
	for (size_t i = 0; i < json_object_array_length(entries); i++) {
		struct json_object *found;
		json_object_object_get_ex(json_object_array_get_idx(entries, i), "resource",
					  &found);
		if (strcmp(exports_word(found, "resourceType"), type) == 0 &&
		    strcmp(exports_word(found, "id"), id) == 0)
			return found;
	}
	return NULL;
}

bool exports_says(struct json_object *resource, const char *words)
{
	return resource &&
	       strstr(json_object_to_json_string_ext(
			      resource, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE),
		      words);
}

size_t exports_bytes(struct json_object *extension, const char *name, unsigned char *ret_bytes,
		     size_t size)
{
	struct json_object *parts;
	size_t length = 0;
	assert_true(json_object_object_get_ex(extension, "extension", &parts));
	for (size_t i = 0; i < json_object_array_length(parts); i++) {
		struct json_object *part = json_object_array_get_idx(parts, i);
		const char *text = exports_word(part, "valueBase64Binary");
		if (strcmp(exports_word(part, "url"), name) == 0)
			assert_int_equal(sodium_base642bin(ret_bytes, size, text, strlen(text),
							   NULL, &length, NULL,
							   sodium_base64_VARIANT_ORIGINAL),
					 0);
	}
	return length;
}
