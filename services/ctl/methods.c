#include "ctl/methods.h"

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

const char *const method_daemons[] = {"directory", "scheduling", "notes",
				      "reminders", "analytics",  NULL};

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
		return status_errorf(arena, STATUS_NOT_FOUND,
				     "no method %s; `soleusctl methods` lists them all", name);
	*ret_method = found;
	return status_ok();
}

void methods_print(FILE *out)
{
	for (size_t i = 0; method_services[i]; i++) {
		for (unsigned m = 0; m < method_services[i]->n_methods; m++) {
			const ProtobufCMethodDescriptor *method = &method_services[i]->methods[m];
			fprintf(out, "%s.%s {", method_services[i]->short_name, method->name);
			for (unsigned f = 0; f < method->input->n_fields; f++)
				fprintf(out, "%s%s%s", f ? ", " : " ",
					method->input->fields[f].name,
					method->input->fields[f].label == PROTOBUF_C_LABEL_REPEATED
						? "[]"
						: "");
			fprintf(out, " }\n");
		}
	}
}

static const ProtobufCMessageDescriptor *const events[] = {
	&soleus__v1__organisation_created__descriptor,
	&soleus__v1__clinic_created__descriptor,
	&soleus__v1__room_created__descriptor,
	&soleus__v1__practitioner_created__descriptor,
	&soleus__v1__athlete_registered__descriptor,
	&soleus__v1__consent_recorded__descriptor,
	&soleus__v1__appointment_booked__descriptor,
	&soleus__v1__appointment_cancelled__descriptor,
	&soleus__v1__appointment_checked_in__descriptor,
	&soleus__v1__appointment_completed__descriptor,
	&soleus__v1__training_changed__descriptor,
	&soleus__v1__screening_recorded__descriptor,
	&soleus__v1__encounter_opened__descriptor,
	&soleus__v1__note_signed__descriptor,
	&soleus__v1__message_sent__descriptor,
	&soleus__v1__check_in_answered__descriptor,
	&soleus__v1__alert_raised__descriptor,
	&soleus__v1__alert_acknowledged__descriptor,
	&soleus__v1__opted_out__descriptor,
	&soleus__v1__opted_in__descriptor,
	&soleus__v1__upstream_review_raised__descriptor,
	&soleus__v1__upstream_review_answered__descriptor,
	NULL,
};

const ProtobufCMessageDescriptor *method_message_type(const char *full_name)
{
	for (size_t i = 0; events[i]; i++) {
		if (strcmp(events[i]->name, full_name) == 0)
			return events[i];
	}
	return NULL;
}
