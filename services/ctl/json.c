#include "ctl/json.h"

#include "base/text.h"
#include "ctl/methods.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <json-c/json.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reading {
	struct arena *arena;
	struct faults faults;
};

static size_t item_size(const ProtobufCFieldDescriptor *field)
{
	switch (field->type) {
	case PROTOBUF_C_TYPE_INT32:
	case PROTOBUF_C_TYPE_SINT32:
	case PROTOBUF_C_TYPE_SFIXED32:
	case PROTOBUF_C_TYPE_UINT32:
	case PROTOBUF_C_TYPE_FIXED32:
	case PROTOBUF_C_TYPE_FLOAT:
	case PROTOBUF_C_TYPE_ENUM:
		return 4;
	case PROTOBUF_C_TYPE_BOOL:
		return sizeof(protobuf_c_boolean);
	case PROTOBUF_C_TYPE_BYTES:
		return sizeof(ProtobufCBinaryData);
	case PROTOBUF_C_TYPE_STRING:
	case PROTOBUF_C_TYPE_MESSAGE:
		return sizeof(void *);
	default:
		return 8;
	}
}

/* ---- JSON to message ---- */

static ProtobufCMessage *read_message(struct reading *reading,
				      const ProtobufCMessageDescriptor *type,
				      struct json_object *object, const char *path);

/* A number that json-c had to bend into its range is refused, not taken as another. */
static bool read_signed(struct json_object *value, int64_t low, int64_t high, int64_t *ret)
{
	if (json_object_is_type(value, json_type_int)) {
		*ret = json_object_get_int64(value);
		if (*ret == INT64_MAX && json_object_get_uint64(value) > INT64_MAX)
			return false;
	} else if (json_object_is_type(value, json_type_string)) {
		const char *text = json_object_get_string(value);
		char *end;
		errno = 0;
		*ret = strtoll(text, &end, 10);
		if (errno || end == text || *end)
			return false;
	} else {
		return false;
	}
	return *ret >= low && *ret <= high;
}

static bool read_unsigned(struct json_object *value, uint64_t high, uint64_t *ret)
{
	if (json_object_is_type(value, json_type_int)) {
		if (json_object_get_int64(value) < 0)
			return false;
		*ret = json_object_get_uint64(value);
	} else if (json_object_is_type(value, json_type_string)) {
		const char *text = json_object_get_string(value);
		char *end;
		errno = 0;
		*ret = strtoull(text, &end, 10);
		if (errno || !isdigit((unsigned char)text[0]) || *end)
			return false;
	} else {
		return false;
	}
	return *ret <= high;
}

static bool read_bytes(struct arena *arena, struct json_object *value, ProtobufCBinaryData *ret)
{
	if (!json_object_is_type(value, json_type_string))
		return false;
	const char *text = json_object_get_string(value);
	size_t length = strlen(text);
	uint8_t *bytes = arena_alloc(arena, length / 2 + 1);
	if (length % 2 || !bytes)
		return false;
	for (size_t i = 0; i < length / 2; i++) {
		const char pair[3] = {text[2 * i], text[2 * i + 1], 0};
		if (!isxdigit((unsigned char)pair[0]) || !isxdigit((unsigned char)pair[1]))
			return false;
		bytes[i] = (uint8_t)strtoul(pair, NULL, 16);
	}
	*ret = (ProtobufCBinaryData){.len = length / 2, .data = bytes};
	return true;
}

/* NULL when it was read, else what was expected. */
static const char *read_item(struct reading *reading, const ProtobufCFieldDescriptor *field,
			     struct json_object *value, const char *path, void *into)
{
	int64_t number;
	uint64_t natural;
	switch (field->type) {
	case PROTOBUF_C_TYPE_STRING:
		if (!json_object_is_type(value, json_type_string))
			return "text";
		if (strlen(json_object_get_string(value)) !=
		    (size_t)json_object_get_string_len(value))
			return "text without \\u0000";
		*(char **)into = arena_strdup(reading->arena, json_object_get_string(value));
		return NULL;
	case PROTOBUF_C_TYPE_MESSAGE:
		if (!json_object_is_type(value, json_type_object))
			return "an object { … }";
		*(ProtobufCMessage **)into = read_message(reading, field->descriptor, value, path);
		return NULL;
	case PROTOBUF_C_TYPE_BOOL:
		if (!json_object_is_type(value, json_type_boolean))
			return "true or false";
		*(protobuf_c_boolean *)into = json_object_get_boolean(value);
		return NULL;
	case PROTOBUF_C_TYPE_DOUBLE:
	case PROTOBUF_C_TYPE_FLOAT:
		if (!json_object_is_type(value, json_type_double) &&
		    !json_object_is_type(value, json_type_int))
			return "a number";
		if (field->type == PROTOBUF_C_TYPE_DOUBLE)
			*(double *)into = json_object_get_double(value);
		else
			*(float *)into = (float)json_object_get_double(value);
		return NULL;
	case PROTOBUF_C_TYPE_BYTES:
		return read_bytes(reading->arena, value, into) ? NULL : "bytes in hexadecimal";
	case PROTOBUF_C_TYPE_INT32:
	case PROTOBUF_C_TYPE_SINT32:
	case PROTOBUF_C_TYPE_SFIXED32:
	case PROTOBUF_C_TYPE_ENUM:
		if (!read_signed(value, INT32_MIN, INT32_MAX, &number))
			return "a whole number of 32 bits";
		*(int32_t *)into = (int32_t)number;
		return NULL;
	case PROTOBUF_C_TYPE_UINT32:
	case PROTOBUF_C_TYPE_FIXED32:
		if (!read_unsigned(value, UINT32_MAX, &natural))
			return "a whole number of 32 bits, not negative";
		*(uint32_t *)into = (uint32_t)natural;
		return NULL;
	case PROTOBUF_C_TYPE_UINT64:
	case PROTOBUF_C_TYPE_FIXED64:
		if (!read_unsigned(value, UINT64_MAX, &natural))
			return "a whole number, not negative";
		*(uint64_t *)into = natural;
		return NULL;
	default:
		if (method_field_is_instant(field) &&
		    json_object_is_type(value, json_type_string)) {
			if (!text_to_instant(json_object_get_string(value), into))
				return "an instant with its offset, such as 2026-11-23T09:00:00Z";
			return NULL;
		}
		if (!read_signed(value, INT64_MIN, INT64_MAX, &number))
			return method_field_is_instant(field)
				       ? "an instant, such as 2026-11-23T09:00:00Z"
				       : "a whole number";
		*(int64_t *)into = number;
		return NULL;
	}
}

static void read_repeated(struct reading *reading, const ProtobufCFieldDescriptor *field,
			  struct json_object *value, const char *path, ProtobufCMessage *message)
{
	if (!json_object_is_type(value, json_type_array)) {
		faults_add(&reading->faults, reading->arena, path, "a list [ … ]");
		return;
	}
	size_t count = json_object_array_length(value);
	char *items = arena_array(reading->arena, count ? count : 1, item_size(field));
	if (!items) {
		faults_add(&reading->faults, reading->arena, path, "a shorter list");
		return;
	}
	for (size_t i = 0; i < count; i++) {
		const char *item_path = arena_printf(reading->arena, "%s[%zu]", path, i);
		const char *expected =
			read_item(reading, field, json_object_array_get_idx(value, i), item_path,
				  items + i * item_size(field));
		if (expected)
			faults_add(&reading->faults, reading->arena, item_path, expected);
	}
	*(size_t *)((char *)message + field->quantifier_offset) = count;
	*(void **)((char *)message + field->offset) = items;
}

static const char *fields_of(struct arena *arena, const ProtobufCMessageDescriptor *type)
{
	if (type->n_fields == 0)
		return "no field at all";
	const char *text = "one of";
	for (unsigned i = 0; i < type->n_fields; i++)
		text = arena_printf(arena, "%s%s %s", text, i ? "," : "", type->fields[i].name);
	return text;
}

static ProtobufCMessage *read_message(struct reading *reading,
				      const ProtobufCMessageDescriptor *type,
				      struct json_object *object, const char *path)
{
	ProtobufCMessage *message = arena_alloc(reading->arena, type->sizeof_message);
	if (!message) {
		faults_add(&reading->faults, reading->arena, path, "a smaller message");
		return NULL;
	}
	protobuf_c_message_init(type, message);
	json_object_object_foreach(object, name, value)
	{
		const char *field_path = *path ? arena_printf(reading->arena, "%s.%s", path, name)
					       : arena_strdup(reading->arena, name);
		const ProtobufCFieldDescriptor *field =
			protobuf_c_message_descriptor_get_field_by_name(type, name);
		if (!field) {
			faults_add(&reading->faults, reading->arena, field_path,
				   fields_of(reading->arena, type));
			continue;
		}
		if (!value)
			continue;
		if (field->label == PROTOBUF_C_LABEL_REPEATED) {
			read_repeated(reading, field, value, field_path, message);
			continue;
		}
		const char *expected = read_item(reading, field, value, field_path,
						 (char *)message + field->offset);
		if (expected)
			faults_add(&reading->faults, reading->arena, field_path, expected);
	}
	return message;
}

struct status json_to_message(struct arena *arena, const ProtobufCMessageDescriptor *type,
			      const char *text, ProtobufCMessage **ret_message)
{
	struct json_object *object = NULL;
	struct status status = json_parse(arena, text, &object);
	if (!status_is_ok(status))
		return status;
	if (!json_object_is_type(object, json_type_object)) {
		json_object_put(object);
		return status_error(STATUS_INVALID_ARGUMENT, "a request is a JSON object { … }");
	}
	struct reading reading = {.arena = arena};
	ProtobufCMessage *message = read_message(&reading, type, object, "");
	json_object_put(object);
	status = faults_status(&reading.faults);
	if (status_is_ok(status))
		*ret_message = message;
	return status;
}

struct status json_parse(struct arena *arena, const char *text, struct json_object **ret_object)
{
	struct json_tokener *tokener = json_tokener_new_ex(32);
	if (!tokener)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "out of memory");
	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	size_t length = strlen(text);
	struct json_object *object = NULL;
	if (length < INT32_MAX)
		object = json_tokener_parse_ex(tokener, text, (int)length + 1);
	enum json_tokener_error error = json_tokener_get_error(tokener);
	size_t at = json_tokener_get_parse_end(tokener);
	json_tokener_free(tokener);
	if (error == json_tokener_success && object) {
		*ret_object = object;
		return status_ok();
	}
	json_object_put(object);
	if (error == json_tokener_success)
		return status_error(STATUS_INVALID_ARGUMENT, "null: expected an object { … }");
	unsigned line = 1, column = 1;
	for (size_t i = 0; i < at && i < length; i++) {
		column = text[i] == '\n' ? 1 : column + 1;
		line += text[i] == '\n';
	}
	return status_errorf(arena, STATUS_INVALID_ARGUMENT, "not JSON at line %u, column %u: %s",
			     line, column, json_tokener_error_desc(error));
}

/* ---- Message to JSON ---- */

static struct json_object *from_bytes(const ProtobufCBinaryData *bytes)
{
	static const char digits[] = "0123456789abcdef";
	char *text = malloc(bytes->len * 2 + 1);
	if (!text)
		return NULL;
	for (size_t i = 0; i < bytes->len; i++) {
		text[2 * i] = digits[bytes->data[i] >> 4];
		text[2 * i + 1] = digits[bytes->data[i] & 15];
	}
	struct json_object *object = json_object_new_string_len(text, (int)(bytes->len * 2));
	free(text);
	return object;
}

/* Fifteen digits, so that 7.2 is printed as 7.2. */
static struct json_object *from_double(double number)
{
	char text[32];
	if (!isfinite(number))
		return NULL;
	snprintf(text, sizeof(text), "%.15g", number);
	return json_object_new_double_s(number, text);
}

static struct json_object *from_item(const ProtobufCFieldDescriptor *field, const void *item)
{
	char text[TEXT_INSTANT_BYTES];
	switch (field->type) {
	case PROTOBUF_C_TYPE_STRING:
		return json_object_new_string(*(char *const *)item ? *(char *const *)item : "");
	case PROTOBUF_C_TYPE_MESSAGE:
		return json_from_message(*(ProtobufCMessage *const *)item);
	case PROTOBUF_C_TYPE_BOOL:
		return json_object_new_boolean(*(const protobuf_c_boolean *)item);
	case PROTOBUF_C_TYPE_DOUBLE:
		return from_double(*(const double *)item);
	case PROTOBUF_C_TYPE_FLOAT:
		return from_double((double)*(const float *)item);
	case PROTOBUF_C_TYPE_BYTES:
		return from_bytes(item);
	case PROTOBUF_C_TYPE_INT32:
	case PROTOBUF_C_TYPE_SINT32:
	case PROTOBUF_C_TYPE_SFIXED32:
	case PROTOBUF_C_TYPE_ENUM:
		return json_object_new_int(*(const int32_t *)item);
	case PROTOBUF_C_TYPE_UINT32:
	case PROTOBUF_C_TYPE_FIXED32:
		return json_object_new_int64(*(const uint32_t *)item);
	case PROTOBUF_C_TYPE_UINT64:
	case PROTOBUF_C_TYPE_FIXED64:
		return json_object_new_uint64(*(const uint64_t *)item);
	default:
		if (!method_field_is_instant(field))
			return json_object_new_int64(*(const int64_t *)item);
		text_from_instant(*(const int64_t *)item, text);
		return json_object_new_string(text);
	}
}

static bool is_default(const ProtobufCFieldDescriptor *field, const void *item)
{
	static const char zero[sizeof(uint64_t)];
	if (field->type == PROTOBUF_C_TYPE_STRING)
		return !*(char *const *)item || !**(char *const *)item;
	if (field->type == PROTOBUF_C_TYPE_BYTES)
		return ((const ProtobufCBinaryData *)item)->len == 0;
	if (field->type == PROTOBUF_C_TYPE_DOUBLE || field->type == PROTOBUF_C_TYPE_FLOAT)
		return false;
	return memcmp(item, zero, item_size(field)) == 0;
}

struct json_object *json_from_message(const ProtobufCMessage *message)
{
	struct json_object *object = json_object_new_object();
	const ProtobufCMessageDescriptor *type = message->descriptor;
	for (unsigned i = 0; i < type->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &type->fields[i];
		const void *member = (const char *)message + field->offset;
		if (field->label != PROTOBUF_C_LABEL_REPEATED) {
			if (!is_default(field, member))
				json_object_object_add(object, field->name,
						       from_item(field, member));
			continue;
		}
		size_t count = *(const size_t *)((const char *)message + field->quantifier_offset);
		if (count == 0)
			continue;
		struct json_object *list = json_object_new_array_ext((int)count);
		for (size_t item = 0; item < count; item++)
			json_object_array_add(
				list,
				from_item(field, *(char *const *)member + item * item_size(field)));
		json_object_object_add(object, field->name, list);
	}
	return object;
}

const char *json_print(struct arena *arena, struct json_object *object)
{
	return arena_strdup(arena,
			    json_object_to_json_string_ext(
				    object, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED |
						    JSON_C_TO_STRING_NOSLASHESCAPE));
}

const char *json_line(struct arena *arena, struct json_object *object)
{
	return arena_strdup(
		arena, json_object_to_json_string_ext(
			       object, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
}
