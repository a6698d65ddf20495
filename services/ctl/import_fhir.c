#include "ctl/import.h"

#include "base/clock.h"
#include "base/text.h"
#include "ctl/command.h"
#include "ctl/json.h"

#include "soleus/v1/directory.pb-c.h"

#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

#define PATIENT_PHONES_MOST 100000

struct import {
	struct session *session;
	const char *path;
	const char *home_clinic_id;
	const char *zone;
	const char **phones; /* already given to somebody in this file */
	const char **owners; /* whose: identifiers */
	size_t phone_count;
	unsigned line, registered, known, skipped, remarks;
};

static const char *text_at(struct json_object *object, const char *name)
{
	struct json_object *value;
	if (!object || !json_object_object_get_ex(object, name, &value) ||
	    !json_object_is_type(value, json_type_string))
		return "";
	return json_object_get_string(value);
}

static struct json_object *list_at(struct json_object *object, const char *name, size_t i)
{
	struct json_object *list;
	if (!json_object_object_get_ex(object, name, &list) ||
	    !json_object_is_type(list, json_type_array))
		return NULL;
	return json_object_array_get_idx(list, i);
}

static void report(struct import *import, bool skipped, const char *reason)
{
	printf("%s:%u: %s: %s\n", import->path, import->line, skipped ? "not taken" : "taken, but",
	       reason);
	if (skipped)
		import->skipped++;
	else
		import->remarks++;
}

static bool has_died(struct json_object *patient)
{
	struct json_object *dead;
	if (*text_at(patient, "deceasedDateTime"))
		return true;
	return json_object_object_get_ex(patient, "deceasedBoolean", &dead) &&
	       json_object_get_boolean(dead);
}

/* The official name, else the first. */
static struct json_object *best_name(struct json_object *patient)
{
	struct json_object *name;
	for (size_t i = 0; (name = list_at(patient, "name", i)); i++) {
		if (strcmp(text_at(name, "use"), "official") == 0)
			return name;
	}
	return list_at(patient, "name", 0);
}

/* Who has the phone already in this file; NULL when nobody, and then it is this one's. */
static const char *claim_phone(struct import *import, const char *phone, const char *owner)
{
	for (size_t i = 0; i < import->phone_count; i++) {
		if (strcmp(import->phones[i], phone) == 0)
			return strcmp(import->owners[i], owner) == 0 ? NULL : import->owners[i];
	}
	if (import->phone_count < PATIENT_PHONES_MOST) {
		import->phones[import->phone_count] = phone;
		import->owners[import->phone_count++] = owner;
	}
	return NULL;
}

static void add_contacts(struct import *import, struct json_object *patient,
			 Soleus__V1__Athlete *athlete, const char *owner)
{
	struct arena *arena = import->session->arena;
	struct json_object *telecom;
	bool any_phone = false;
	athlete->contact_points = ARENA_ARRAY(arena, 8, Soleus__V1__ContactPoint *);
	for (size_t i = 0;
	     (telecom = list_at(patient, "telecom", i)) && athlete->n_contact_points < 8; i++) {
		const char *value = arena_strdup(arena, text_at(telecom, "value"));
		bool is_phone = strcmp(text_at(telecom, "system"), "phone") == 0;
		if (!*value || (!is_phone && strcmp(text_at(telecom, "system"), "email") != 0))
			continue;
		any_phone = any_phone || is_phone;
		const char *other = is_phone ? claim_phone(import, value, owner) : NULL;
		if (other) {
			report(import, false,
			       arena_printf(arena,
					    "phone twice: it stays with %s, answers from it could "
					    "not be told apart",
					    other));
			continue;
		}
		Soleus__V1__ContactPoint *point = ARENA_NEW(arena, Soleus__V1__ContactPoint);
		soleus__v1__contact_point__init(point);
		point->channel = is_phone ? "sms" : "email";
		point->value = (char *)value;
		athlete->contact_points[athlete->n_contact_points++] = point;
	}
	if (!any_phone)
		report(import, false, "no phone: no message can reach this athlete");
}

static Soleus__V1__Athlete *athlete_from(struct import *import, struct json_object *patient)
{
	struct arena *arena = import->session->arena;
	struct json_object *name = best_name(patient);
	Soleus__V1__Athlete *athlete = ARENA_NEW(arena, Soleus__V1__Athlete);
	Soleus__V1__Identifier *identifier = ARENA_NEW(arena, Soleus__V1__Identifier);
	struct json_object *given = name ? list_at(name, "given", 0) : NULL;
	soleus__v1__athlete__init(athlete);
	soleus__v1__identifier__init(identifier);
	identifier->system = "urn:fhir:Patient";
	identifier->value = arena_strdup(arena, text_at(patient, "id"));
	athlete->given_name = arena_strdup(arena, given ? json_object_get_string(given) : "");
	athlete->family_name = arena_strdup(arena, text_at(name, "family"));
	athlete->birth_date = arena_strdup(arena, text_at(patient, "birthDate"));
	athlete->zone = (char *)import->zone;
	athlete->home_clinic_id = (char *)import->home_clinic_id;
	athlete->identifiers = ARENA_NEW(arena, Soleus__V1__Identifier *);
	athlete->identifiers[0] = identifier;
	athlete->n_identifiers = 1;
	return athlete;
}

static struct status register_athlete(struct import *import, Soleus__V1__Athlete *athlete)
{
	struct session *session = import->session;
	struct method method;
	ProtobufCMessage *message;
	Soleus__V1__RegisterAthleteRequest request = SOLEUS__V1__REGISTER_ATHLETE_REQUEST__INIT;
	request.athlete = athlete;
	struct session_call call = {.patience_us = 10 * CLOCK_SECOND_US};
	struct status status = method_find(session->arena, "Directory.RegisterAthlete", &method);
	if (status_is_ok(status))
		status = session_call_message(session, &method, &call, &request.base, &message);
	if (!status_is_ok(status))
		return status;
	const Soleus__V1__RegisterAthleteReply *reply = (Soleus__V1__RegisterAthleteReply *)message;
	*(reply->already_known ? &import->known : &import->registered) += 1;
	for (size_t i = 0; !reply->already_known && i < reply->n_warnings; i++)
		report(import, false, reply->warnings[i]);
	return status;
}

/* False when the daemon is not there: going on makes no sense. */
static bool import_line(struct import *import, const char *text)
{
	struct arena *arena = import->session->arena;
	struct json_object *patient;
	struct status status = json_parse(arena, text, &patient);
	if (!status_is_ok(status)) {
		report(import, true, status.message);
		return true;
	}
	const char *type = text_at(patient, "resourceType");
	if (strcmp(type, "Patient") != 0) {
		report(import, true,
		       arena_printf(arena, "resourceType \"%s\", expected Patient", type));
	} else if (!*text_at(patient, "id")) {
		report(import, true, "no id: importing again would make the athlete twice");
	} else if (has_died(patient)) {
		report(import, true, "has died");
	} else {
		Soleus__V1__Athlete *athlete = athlete_from(import, patient);
		add_contacts(import, patient, athlete, athlete->identifiers[0]->value);
		status = register_athlete(import, athlete);
		for (const struct fault *fault = status.faults; fault; fault = fault->next)
			report(import, true,
			       arena_printf(arena, "%s: expected %s", fault->field,
					    fault->expected));
		if (!status_is_ok(status) && !status.faults)
			report(import, true, status.message);
	}
	json_object_put(patient);
	return status.code != STATUS_UNAVAILABLE && status.code != STATUS_PERMISSION_DENIED &&
	       status.code != STATUS_UNAUTHENTICATED && status.code != STATUS_DEADLINE_EXCEEDED;
}

static struct status find_home_clinic(struct import *import)
{
	struct session *session = import->session;
	struct method method;
	ProtobufCMessage *message;
	Soleus__V1__ListClinicsRequest request = SOLEUS__V1__LIST_CLINICS_REQUEST__INIT;
	struct session_call call = {0};
	struct status status = method_find(session->arena, "Directory.ListClinics", &method);
	if (status_is_ok(status))
		status = session_call_message(session, &method, &call, &request.base, &message);
	if (!status_is_ok(status))
		return status;
	const Soleus__V1__ListClinicsReply *reply = (Soleus__V1__ListClinicsReply *)message;
	const char *wanted = session->options.clinic_id;
	for (size_t i = 0; i < reply->n_clinics; i++) {
		if (wanted && strcmp(wanted, reply->clinics[i]->clinic_id) != 0)
			continue;
		import->home_clinic_id = reply->clinics[i]->clinic_id;
		import->zone = reply->clinics[i]->zone;
		return status_ok();
	}
	return status_error(
		STATUS_FAILED_PRECONDITION,
		"no such clinic: make one with `soleusctl call Directory.CreateClinic`, or name "
		"one with --clinic");
}

static FIBER int import_patients(struct session *session, void *argument)
{
	struct import import = {.session = session, .path = argument};
	const char *text;
	struct status status = command_read_file(session->arena, import.path, &text);
	if (status_is_ok(status))
		status = find_home_clinic(&import);
	if (!status_is_ok(status))
		return session_complain("import", status);
	import.phones = ARENA_ARRAY(session->arena, PATIENT_PHONES_MOST, const char *);
	import.owners = ARENA_ARRAY(session->arena, PATIENT_PHONES_MOST, const char *);
	bool going = true;
	while (*text && going) {
		size_t length = strcspn(text, "\n");
		import.line++;
		if (!text_is_blank(arena_strndup(session->arena, text, length)))
			going = import_line(&import, arena_strndup(session->arena, text, length));
		text += length + (text[length] == '\n');
	}
	printf("%s: %u lines: %u registered, %u already known, %u not taken, %u remarks\n",
	       import.path, import.line, import.registered, import.known, import.skipped,
	       import.remarks);
	if (!going)
		fprintf(stderr, "import: stopped at line %u; importing again goes on from there\n",
			import.line);
	return going ? 0 : 1;
}

int import_fhir(const struct session_options *options, const char *path)
{
	return session_run(options, import_patients, (void *)path);
}
