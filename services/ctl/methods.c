#include "ctl/methods.h"

#include "ctl/near.h"

#include "soleus/v1/analytics.pb-c.h"
#include "soleus/v1/daemon.pb-c.h"
#include "soleus/v1/directory.pb-c.h"
#include "soleus/v1/notes.pb-c.h"
#include "soleus/v1/reminders.pb-c.h"
#include "soleus/v1/scheduling.pb-c.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#define METHOD_DEPTH_MAX 4

const char *const method_daemons[] = {"directory", "scheduling", "notes", "reminders",
				      "analytics", "gateway",    NULL};

bool method_daemon_owns_data(const char *daemon)
{
	return strcmp(daemon, "gateway") != 0;
}

const ProtobufCServiceDescriptor *const method_services[] = {
	&soleus__v1__directory__descriptor, &soleus__v1__scheduling__descriptor,
	&soleus__v1__notes__descriptor,     &soleus__v1__reminders__descriptor,
	&soleus__v1__analytics__descriptor, NULL,
};

/* The last part of a dotted name, and how long what stands before its dot is. */
static const char *split(const char *name, size_t *ret_before)
{
	const char *dot = strrchr(name, '.');
	*ret_before = dot ? (size_t)(dot - name) : 0;
	return dot ? dot + 1 : name;
}

static bool names_service(const char *text, size_t length,
			  const ProtobufCServiceDescriptor *service)
{
	if (length == 0)
		return true;
	if (strlen(service->name) == length && strncmp(text, service->name, length) == 0)
		return true;
	return strlen(service->short_name) == length &&
	       strncasecmp(text, service->short_name, length) == 0;
}

static const char *lower(struct arena *arena, const char *text)
{
	char *copy = arena_strdup(arena, text);
	for (char *at = copy; *at; at++)
		*at = (char)tolower((unsigned char)*at);
	return copy;
}

/* "scheduling.DaemonStatus": the service that every daemon has, of this one. */
static bool find_in_daemon(struct arena *arena, const char *name, struct method *ret_method)
{
	size_t before;
	const char *last = split(name, &before);
	const ProtobufCServiceDescriptor *service = &soleus__v1__daemon__descriptor;
	const ProtobufCMethodDescriptor *method =
		protobuf_c_service_descriptor_get_method_by_name(service, last);
	for (size_t i = 0; method && method_daemons[i]; i++) {
		if (strlen(method_daemons[i]) != before ||
		    strncasecmp(name, method_daemons[i], before) != 0)
			continue;
		*ret_method = (struct method){arena_printf(arena, "%s.%s", service->name, last),
					      method_daemons[i], method};
		return true;
	}
	return false;
}

/* "Scheduling.Book" of every method, NULL-ended. */
static const char *const *short_names(struct arena *arena)
{
	size_t count = 0, at = 0;
	for (size_t i = 0; method_services[i]; i++)
		count += method_services[i]->n_methods;
	const char **names = ARENA_ARRAY(arena, count + 1, const char *);
	for (size_t i = 0; names && method_services[i]; i++)
		for (unsigned m = 0; m < method_services[i]->n_methods; m++)
			names[at++] = arena_printf(arena, "%s.%s", method_services[i]->short_name,
						   method_services[i]->methods[m].name);
	return names;
}

static struct status no_method(struct arena *arena, const char *name)
{
	const char *const *names = short_names(arena);
	const char *near = names ? near_names(arena, name, names) : "";
	if (*near)
		return status_errorf(arena, STATUS_NOT_FOUND, "no method %s; near to it: %s", name,
				     near);
	return status_errorf(arena, STATUS_NOT_FOUND, "no method %s; `soleusctl methods` lists all",
			     name);
}

struct status method_find(struct arena *arena, const char *name, struct method *ret_method)
{
	size_t before;
	const char *last = split(name, &before);
	struct method found = {0};
	if (find_in_daemon(arena, name, ret_method))
		return status_ok();
	for (size_t i = 0; method_services[i]; i++) {
		const ProtobufCMethodDescriptor *method =
			protobuf_c_service_descriptor_get_method_by_name(method_services[i], last);
		if (!method || !names_service(name, before, method_services[i]))
			continue;
		if (found.descriptor)
			return status_errorf(arena, STATUS_INVALID_ARGUMENT,
					     "several services have %s: say which, as in %s.%s",
					     last, method_services[i]->short_name, last);
		found = (struct method){
			arena_printf(arena, "%s.%s", method_services[i]->name, last),
			lower(arena, method_services[i]->short_name), method};
	}
	if (!found.descriptor)
		return no_method(arena, name);
	*ret_method = found;
	return status_ok();
}

static const char *type_name(const ProtobufCFieldDescriptor *field)
{
	switch (field->type) {
	case PROTOBUF_C_TYPE_STRING:
		return "text";
	case PROTOBUF_C_TYPE_BOOL:
		return "true or false";
	case PROTOBUF_C_TYPE_BYTES:
		return "bytes in hexadecimal";
	case PROTOBUF_C_TYPE_DOUBLE:
	case PROTOBUF_C_TYPE_FLOAT:
		return "number";
	case PROTOBUF_C_TYPE_MESSAGE:
		return "object";
	default:
		return method_field_is_instant(field) ? "instant, such as 2026-03-02T08:00:00+01:00"
						      : "whole number";
	}
}

static void print_fields(FILE *out, const ProtobufCMessageDescriptor *type, int depth)
{
	for (unsigned f = 0; f < type->n_fields; f++) {
		const ProtobufCFieldDescriptor *field = &type->fields[f];
		bool many = field->label == PROTOBUF_C_LABEL_REPEATED;
		fprintf(out, "%*s%s%s: %s\n", depth * 2, "", field->name, many ? "[]" : "",
			type_name(field));
		if (field->type == PROTOBUF_C_TYPE_MESSAGE && depth < METHOD_DEPTH_MAX)
			print_fields(out, field->descriptor, depth + 1);
	}
}

static void print_line(FILE *out, const ProtobufCServiceDescriptor *service,
		       const ProtobufCMethodDescriptor *method)
{
	fprintf(out, "%s.%s {", service->short_name, method->name);
	for (unsigned f = 0; f < method->input->n_fields; f++) {
		const ProtobufCFieldDescriptor *field = &method->input->fields[f];
		fprintf(out, "%s%s%s", f ? ", " : " ", field->name,
			field->label == PROTOBUF_C_LABEL_REPEATED ? "[]" : "");
	}
	fprintf(out, " }\n");
}

void methods_print(FILE *out)
{
	for (size_t i = 0; method_services[i]; i++)
		for (unsigned m = 0; m < method_services[i]->n_methods; m++)
			print_line(out, method_services[i], &method_services[i]->methods[m]);
}

void method_print(FILE *out, const struct method *method)
{
	fprintf(out, "%s\n\nrequest\n", method->full_name);
	print_fields(out, method->descriptor->input, 1);
	fprintf(out, "\nreply\n");
	print_fields(out, method->descriptor->output, 1);
}

bool method_field_is_instant(const ProtobufCFieldDescriptor *field)
{
	size_t length = strlen(field->name);
	return field->type == PROTOBUF_C_TYPE_INT64 && length > 3 &&
	       strcmp(field->name + length - 3, "_at") == 0;
}

const ProtobufCMessageDescriptor *method_message_type(const char *full_name)
{
	for (size_t i = 0; message_types[i]; i++)
		if (strcmp(message_types[i]->name, full_name) == 0)
			return message_types[i];
	return NULL;
}
