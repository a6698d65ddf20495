#include "ctl/story.h"

#include "ctl/json.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

/* Follows "visit.slots[0].starts_at" from `kept`; NULL when there is no such thing. */
static struct json_object *look_up(struct arena *arena, struct json_object *kept, const char *path)
{
	struct json_object *at = kept;
	char *rest = arena_strdup(arena, path);
	char *saved;
	for (char *part = strtok_r(rest, ".", &saved); part; part = strtok_r(NULL, ".", &saved)) {
		char *index = strchr(part, '[');
		if (index)
			*index++ = '\0';
		if (!json_object_is_type(at, json_type_object) ||
		    !json_object_object_get_ex(at, part, &at))
			return NULL;
		if (!index)
			continue;
		if (!json_object_is_type(at, json_type_array))
			return NULL;
		at = json_object_array_get_idx(at, strtoul(index, NULL, 10));
	}
	return at;
}

static struct status fill_text(struct arena *arena, struct json_object *kept, const char *text,
			       struct json_object **ret_filled)
{
	const char *filled = "";
	for (;;) {
		const char *start = strstr(text, "${");
		const char *end = start ? strchr(start, '}') : NULL;
		if (!end) {
			*ret_filled =
				json_object_new_string(arena_printf(arena, "%s%s", filled, text));
			return status_ok();
		}
		const char *path = arena_strndup(arena, start + 2, (size_t)(end - start - 2));
		struct json_object *value = look_up(arena, kept, path);
		if (!value)
			return status_errorf(arena, STATUS_NOT_FOUND, "${%s}: no step kept that",
					     path);
		if (start == text && end[1] == '\0' && !*filled) {
			*ret_filled = json_object_get(value);
			return status_ok();
		}
		filled = arena_printf(arena, "%s%.*s%s", filled, (int)(start - text), text,
				      json_object_get_string(value));
		text = end + 1;
	}
}

struct status story_fill(struct arena *arena, struct json_object *kept, struct json_object *value,
			 struct json_object **ret_filled)
{
	struct status status = status_ok();
	struct json_object *made, *item = NULL;
	if (json_object_is_type(value, json_type_string))
		return fill_text(arena, kept, json_object_get_string(value), ret_filled);
	if (json_object_is_type(value, json_type_object)) {
		made = json_object_new_object();
		json_object_object_foreach(value, name, member)
		{
			status = story_fill(arena, kept, member, &item);
			if (!status_is_ok(status))
				break;
			json_object_object_add(made, name, item);
		}
	} else if (json_object_is_type(value, json_type_array)) {
		made = json_object_new_array();
		for (size_t i = 0; i < json_object_array_length(value); i++) {
			status =
				story_fill(arena, kept, json_object_array_get_idx(value, i), &item);
			if (!status_is_ok(status))
				break;
			json_object_array_add(made, item);
		}
	} else {
		made = json_object_get(value);
	}
	if (status_is_ok(status))
		*ret_filled = made;
	else
		json_object_put(made);
	return status;
}

static struct status differs(struct arena *arena, const char *path, struct json_object *actual,
			     struct json_object *expected)
{
	return status_errorf(arena, STATUS_FAILED_PRECONDITION, "%s is %s, expected %s", path,
			     actual ? json_line(arena, actual) : "not there",
			     json_line(arena, expected));
}

struct status story_contains(struct arena *arena, struct json_object *actual,
			     struct json_object *expected, const char *path)
{
	struct status status = status_ok();
	if (json_object_is_type(expected, json_type_object)) {
		json_object_object_foreach(expected, name, value)
		{
			struct json_object *member = NULL;
			if (json_object_is_type(actual, json_type_object))
				json_object_object_get_ex(actual, name, &member);
			const char *at =
				arena_printf(arena, "%s%s%s", path, *path ? "." : "", name);
			/* null: the field is not there */
			if (!value && !member)
				continue;
			if (!value || !member)
				return status_errorf(
					arena, STATUS_FAILED_PRECONDITION, "%s is %s, expected %s",
					at, member ? json_line(arena, member) : "not there",
					value ? json_line(arena, value) : "not there");
			status = story_contains(arena, member, value, at);
			if (!status_is_ok(status))
				return status;
		}
		return status;
	}
	if (json_object_is_type(expected, json_type_array)) {
		size_t count = json_object_array_length(expected);
		if (!json_object_is_type(actual, json_type_array) ||
		    json_object_array_length(actual) < count)
			return differs(arena, path, actual, expected);
		for (size_t i = 0; status_is_ok(status) && i < count; i++)
			status = story_contains(arena, json_object_array_get_idx(actual, i),
						json_object_array_get_idx(expected, i),
						arena_printf(arena, "%s[%zu]", path, i));
		return status;
	}
	bool same = actual &&
		    strcmp(json_object_get_string(actual), json_object_get_string(expected)) == 0;
	return same ? status : differs(arena, path, actual, expected);
}
