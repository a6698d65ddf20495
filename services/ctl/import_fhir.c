#include "ctl/import.h"

#include "base/clock.h"
#include "base/text.h"
#include "ctl/json.h"
#include "ctl/lines.h"

#include "soleus/v1/directory.pb-c.h"

#include <json-c/json.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE_US     (10 * CLOCK_SECOND_US)
#define POINTS_MOST     8 /* as Directory.RegisterAthlete takes them */
#define LINE_ARENA_SIZE ((size_t)64 << 20)

/* A phone that somebody in this file has. */
struct phone {
	const char *owner; /* an identifier */
	char digits[];
};

struct import {
	struct session *session;
	struct arena *arena; /* of one line */
	struct lines lines;
	const char *home_clinic_id;
	const char *zone;
	void *phones; /* a tree of struct phone */
	unsigned registered, known, skipped, remarks;
};

static const char *text_of(struct json_object *value)
{
	if (!json_object_is_type(value, json_type_string))
		return "";
	const char *text = json_object_get_string(value);
	return strlen(text) == (size_t)json_object_get_string_len(value) ? text : "";
}

static const char *text_at(struct json_object *object, const char *name)
{
	struct json_object *value;
	return object && json_object_object_get_ex(object, name, &value) ? text_of(value) : "";
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
	printf("%s:%u: %s: %s\n", import->lines.path, import->lines.number,
	       skipped ? "not taken" : "taken, but", reason);
	if (skipped)
		import->skipped++;
	else
		import->remarks++;
}

/* NULL when the patient can be taken, else why not. */
static const char *unusable(struct arena *arena, struct json_object *patient)
{
	struct json_object *dead, *active;
	const char *type = text_at(patient, "resourceType");
	bool tells_dead = json_object_object_get_ex(patient, "deceasedBoolean", &dead);
	if (strcmp(type, "Patient") != 0)
		return arena_printf(arena, "resourceType \"%s\", expected Patient", type);
	if (!*text_at(patient, "id"))
		return "no id: importing again would make the athlete twice";
	if (json_object_object_get_ex(patient, "deceasedDateTime", NULL))
		return "has died";
	if (tells_dead && !json_object_is_type(dead, json_type_boolean))
		return "deceasedBoolean: expected true or false";
	if (tells_dead && json_object_get_boolean(dead))
		return "has died";
	if (json_object_object_get_ex(patient, "active", &active) &&
	    !json_object_get_boolean(active))
		return "the record is not in use (active: false)";
	return NULL;
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

static int compare_phones(const void *a, const void *b)
{
	return strcmp(((const struct phone *)a)->digits, ((const struct phone *)b)->digits);
}

/* Who has the phone already in this file, however it is written there; NULL when nobody, and then
 * it is this one's. */
static const char *claim_phone(struct import *import, const char *value, const char *owner)
{
	struct arena *arena = import->session->arena;
	struct phone *phone = arena_alloc(arena, sizeof(*phone) + strlen(value) + 1);
	char *to = phone ? phone->digits : NULL;
	if (!phone)
		return NULL; /* millions of them: the directory warns of a phone twice as well */
	for (const char *at = value; *at; at++)
		if ((*at >= '0' && *at <= '9') || *at == '+')
			*to++ = *at;
	phone->owner = arena_strdup(arena, owner);
	struct phone **found = tsearch(phone, &import->phones, compare_phones);
	return found && *found != phone ? (*found)->owner : NULL;
}

static const char *channel_of(struct json_object *telecom)
{
	const char *system = text_at(telecom, "system");
	if (strcmp(text_at(telecom, "use"), "old") == 0 || !*text_at(telecom, "value"))
		return NULL;
	if (strcmp(system, "phone") == 0 || strcmp(system, "sms") == 0)
		return "sms";
	return strcmp(system, "email") == 0 ? "email" : NULL;
}

static bool has_point(const Soleus__V1__Athlete *athlete, const char *value)
{
	for (size_t i = 0; i < athlete->n_contact_points; i++)
		if (strcmp(athlete->contact_points[i]->value, value) == 0)
			return true;
	return false;
}

/* False when there is no room for more. */
static bool add_point(struct import *import, Soleus__V1__Athlete *athlete, const char *channel,
		      const char *value)
{
	struct arena *arena = import->arena;
	const char *owner = athlete->identifiers[0]->value;
	const char *other = strcmp(channel, "sms") == 0 ? claim_phone(import, value, owner) : NULL;
	if (has_point(athlete, value) || (other && strcmp(other, owner) == 0))
		return true;
	if (other) {
		report(import, false,
		       arena_printf(arena,
				    "phone twice: it stays with %s, answers from it could not be "
				    "told apart",
				    other));
		return true;
	}
	if (athlete->n_contact_points == POINTS_MOST) {
		report(import, false, "more than 8 phones and addresses: the first 8 are kept");
		return false;
	}
	Soleus__V1__ContactPoint *point = ARENA_NEW(arena, Soleus__V1__ContactPoint);
	soleus__v1__contact_point__init(point);
	point->channel = (char *)channel;
	point->value = arena_strdup(arena, value);
	athlete->contact_points[athlete->n_contact_points++] = point;
	return true;
}

static void add_contacts(struct import *import, struct json_object *patient,
			 Soleus__V1__Athlete *athlete)
{
	struct json_object *telecom;
	bool any_phone = false, room = true;
	athlete->contact_points =
		ARENA_ARRAY(import->arena, POINTS_MOST, Soleus__V1__ContactPoint *);
	for (size_t i = 0; room && (telecom = list_at(patient, "telecom", i)); i++) {
		const char *channel = channel_of(telecom);
		if (!channel)
			continue;
		any_phone = any_phone || strcmp(channel, "sms") == 0;
		room = add_point(import, athlete, channel, text_at(telecom, "value"));
	}
	if (!any_phone)
		report(import, false, "no phone: no message can reach this athlete");
}

static Soleus__V1__Athlete *athlete_from(struct import *import, struct json_object *patient)
{
	struct arena *arena = import->arena;
	struct json_object *name = best_name(patient);
	Soleus__V1__Athlete *athlete = ARENA_NEW(arena, Soleus__V1__Athlete);
	Soleus__V1__Identifier *identifier = ARENA_NEW(arena, Soleus__V1__Identifier);
	struct json_object *given = name ? list_at(name, "given", 0) : NULL;
	soleus__v1__athlete__init(athlete);
	soleus__v1__identifier__init(identifier);
	identifier->system = "urn:fhir:Patient";
	identifier->value = arena_strdup(arena, text_at(patient, "id"));
	athlete->given_name = arena_strdup(arena, text_of(given));
	athlete->family_name = arena_strdup(arena, text_at(name, "family"));
	athlete->birth_date = arena_strdup(arena, text_at(patient, "birthDate"));
	athlete->zone = (char *)import->zone;
	athlete->home_clinic_id = (char *)import->home_clinic_id;
	athlete->identifiers = ARENA_NEW(arena, Soleus__V1__Identifier *);
	athlete->identifiers[0] = identifier;
	athlete->n_identifiers = 1;
	return athlete;
}

/* An id is of one system: the same from another clinic's system may be another person. */
static FIBER struct status compare_known(struct import *import, const Soleus__V1__Athlete *athlete,
					 const char *athlete_id)
{
	struct session *session = import->session;
	struct method method;
	ProtobufCMessage *message;
	Soleus__V1__GetAthleteRequest request = SOLEUS__V1__GET_ATHLETE_REQUEST__INIT;
	request.athlete_id = (char *)athlete_id;
	struct session_call call = {.patience_us = PATIENCE_US, .arena = import->arena};
	struct status status = method_find(import->arena, "Directory.GetAthlete", &method);
	if (status_is_ok(status))
		status = session_call_message(session, &method, &call, &request.base, &message);
	if (!status_is_ok(status))
		return status;
	const Soleus__V1__Athlete *known = ((Soleus__V1__GetAthleteReply *)message)->athlete;
	if (!known || strcmp(known->given_name, athlete->given_name) != 0 ||
	    strcmp(known->family_name, athlete->family_name) != 0 ||
	    strcmp(known->birth_date, athlete->birth_date) != 0)
		report(import, true,
		       arena_printf(import->arena,
				    "athlete %s has this id with another name or birth date; "
				    "nothing was changed",
				    athlete_id));
	else
		import->known++;
	return status_ok();
}

static FIBER struct status register_athlete(struct import *import, Soleus__V1__Athlete *athlete)
{
	struct session *session = import->session;
	struct method method;
	ProtobufCMessage *message;
	Soleus__V1__RegisterAthleteRequest request = SOLEUS__V1__REGISTER_ATHLETE_REQUEST__INIT;
	request.athlete = athlete;
	struct session_call call = {
		.patience_us = PATIENCE_US,
		.arena = import->arena,
		/* --key is of one command; a file is many. */
		.idempotency_key = text_uuid7_new(import->arena),
	};
	struct status status = method_find(import->arena, "Directory.RegisterAthlete", &method);
	if (status_is_ok(status))
		status = session_call_message(session, &method, &call, &request.base, &message);
	if (!status_is_ok(status))
		return status;
	const Soleus__V1__RegisterAthleteReply *reply = (Soleus__V1__RegisterAthleteReply *)message;
	if (reply->already_known)
		return compare_known(import, athlete, reply->athlete_id);
	import->registered++;
	for (size_t i = 0; i < reply->n_warnings; i++)
		report(import, false, reply->warnings[i]);
	return status;
}

/* Not the line's fault: going on makes no sense. */
static bool is_general(struct status status)
{
	return status.code == STATUS_UNAVAILABLE || status.code == STATUS_PERMISSION_DENIED ||
	       status.code == STATUS_UNAUTHENTICATED || status.code == STATUS_DEADLINE_EXCEEDED ||
	       status.code == STATUS_INTERNAL || status.code == STATUS_RESOURCE_EXHAUSTED;
}

static FIBER struct status take_patient(struct import *import, struct json_object *patient)
{
	struct arena *arena = import->arena;
	const char *why = unusable(arena, patient);
	if (why) {
		report(import, true, why);
		return status_ok();
	}
	Soleus__V1__Athlete *athlete = athlete_from(import, patient);
	add_contacts(import, patient, athlete);
	struct status status = register_athlete(import, athlete);
	if (status_is_ok(status) || is_general(status))
		return status;
	const char *faults = "";
	for (const struct fault *fault = status.faults; fault; fault = fault->next)
		faults = arena_printf(arena, "%s%s%s: expected %s", faults, *faults ? "; " : "",
				      fault->field, fault->expected);
	report(import, true, *faults ? faults : status.message);
	return status_ok();
}

/* Not OK when going on makes no sense. */
static FIBER struct status take_line(struct import *import)
{
	const struct lines *lines = &import->lines;
	struct json_object *patient;
	if (lines->fault) {
		report(import, true, lines->fault);
		return status_ok();
	}
	if (text_is_blank(lines->text))
		return status_ok();
	struct status status = json_parse(import->arena, lines->text, &patient);
	if (!status_is_ok(status)) {
		report(import, true, status.message);
		return status_ok();
	}
	status = take_patient(import, patient);
	json_object_put(patient);
	return status;
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
	return status_error(STATUS_FAILED_PRECONDITION,
			    wanted ? "the organisation has no such clinic: `soleusctl call "
				     "Directory.ListClinics` shows them, --clinic names one"
				   : "the organisation has no clinic yet: `soleusctl call "
				     "Directory.CreateClinic` makes one");
}

static void keep_phone(void *phone)
{
	(void)phone; /* the arena's */
}

static FIBER struct status take_lines(struct import *import)
{
	struct session *session = import->session;
	struct status status = status_ok();
	while (status_is_ok(status) && !loop_is_stopping(session->loop) &&
	       lines_next(&import->lines)) {
		arena_reset(import->arena);
		status = take_line(import);
	}
	if (status_is_ok(status) && import->lines.error)
		return status_errorf(session->arena, STATUS_FAILED_PRECONDITION,
				     "cannot read more of %s: %s", import->lines.path,
				     strerror(import->lines.error));
	if (status_is_ok(status) && loop_is_stopping(session->loop))
		return status_error(STATUS_CANCELLED, "stopped by a signal");
	return status;
}

static FIBER int import_patients(struct session *session, void *argument)
{
	struct import import = {.session = session, .arena = arena_new(LINE_ARENA_SIZE)};
	const char *path = argument;
	struct status status = lines_open(session->arena, path, &import.lines);
	if (status_is_ok(status))
		status = find_home_clinic(&import);
	if (status_is_ok(status)) {
		status = take_lines(&import);
		printf("%s: %u lines: %u registered, %u already known, %u not taken, %u remarks\n",
		       path, import.lines.number, import.registered, import.known, import.skipped,
		       import.remarks);
		if (!status_is_ok(status))
			fprintf(stderr,
				"import: stopped at line %u; importing again goes on there\n",
				import.lines.number);
	}
	int code = status_is_ok(status) ? 0 : session_complain("import", status);
	tdestroy(import.phones, keep_phone);
	lines_close(&import.lines);
	arena_free(import.arena);
	return code;
}

int import_fhir(const struct session_options *options, const char *path)
{
	return session_run(options, import_patients, (void *)path);
}
