#include "directory/handlers/check_athlete.h"
#include "directory/rules/contact.h"
#include "directory/store/athlete.h"
#include "events/audit.h"
#include "knowledge/minor.h"

#include "base/clock.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static const struct refusal refusals[] = {
	{"athlete_home_clinic", STATUS_NOT_FOUND, "no such clinic: athlete.home_clinic_id"},
	{"athlete_organisation", STATUS_NOT_FOUND, "no such organisation"},
	{0},
};

static struct identifiers identifiers_of(struct arena *arena, const Soleus__V1__Athlete *athlete)
{
	struct identifiers identifiers = {
		.count = athlete->n_identifiers,
		.systems = ARENA_ARRAY(arena, athlete->n_identifiers, const char *),
		.values = ARENA_ARRAY(arena, athlete->n_identifiers, const char *),
	};
	for (size_t i = 0; i < identifiers.count; i++) {
		identifiers.systems[i] = athlete->identifiers[i]->system;
		identifiers.values[i] = athlete->identifiers[i]->value;
	}
	return identifiers;
}

static struct contact_points points_of(struct arena *arena, const Soleus__V1__Athlete *athlete)
{
	struct contact_points points = {
		.count = athlete->n_contact_points,
		.channels = ARENA_ARRAY(arena, athlete->n_contact_points, const char *),
		.values = ARENA_ARRAY(arena, athlete->n_contact_points, const char *),
		.normals = ARENA_ARRAY(arena, athlete->n_contact_points, const char *),
	};
	for (size_t i = 0; i < points.count; i++) {
		const Soleus__V1__ContactPoint *point = athlete->contact_points[i];
		points.channels[i] = point->channel;
		points.values[i] = point->value;
		points.normals[i] =
			contact_normal(arena, contact_channel_find(point->channel), point->value);
	}
	return points;
}

static void warn(Soleus__V1__RegisterAthleteReply *reply, const char *words)
{
	reply->warnings[reply->n_warnings++] = (char *)words;
}

/* What is not refused, but to be looked at by staff. */
static void add_warnings(struct call *call, const Soleus__V1__Athlete *athlete, const char *shared,
			 Soleus__V1__RegisterAthleteReply *reply)
{
	reply->warnings = ARENA_ARRAY(call->arena, athlete->n_contact_points + 2, char *);
	for (const char *at = shared; *at; at += strcspn(at, " "), at += *at == ' ') {
		size_t number = strtoul(at, NULL, 10);
		const char *channel = athlete->contact_points[number - 1]->channel;
		warn(reply, strcmp(channel, "email") == 0 ? "e-mail is also of another athlete"
			    : strcmp(channel, "sms") == 0
				    ? "phone is also of another athlete"
				    : "contact point is also of another athlete");
	}
	int32_t born = 0;
	text_to_date(athlete->birth_date, &born);
	if (minor_on(born, (int32_t)(clock_now_us() / CLOCK_DAY_US)) &&
	    text_is_blank(athlete->guardian_name))
		warn(reply, "a minor without a guardian's name: who consents?");
	if (athlete->n_contact_points == 0)
		warn(reply, "no contact point: no message can reach this athlete");
}

static void answer_known(struct call *call, const char *known,
			 Soleus__V1__RegisterAthleteReply *reply)
{
	reply->already_known = true;
	reply->athlete_id = arena_strndup(call->arena, known, strcspn(known, " "));
	reply->n_warnings = 0;
	if (strchr(known, ' ')) {
		reply->warnings = ARENA_ARRAY(call->arena, 1, char *);
		warn(reply, "the identifiers belong to more than one athlete");
	}
}

static FIBER struct status look(struct call *call, const struct identifiers *identifiers,
				const struct contact_points *points, struct athlete_seen *ret_seen)
{
	struct db_unit *unit = call_unit(call);
	size_t seen = athlete_look(unit, call->organisation_id, call->idempotency_key, identifiers,
				   points);
	struct status status = db_run(call_db(call), unit);
	if (status_is_ok(status))
		*ret_seen = athlete_seen(unit, seen);
	return status;
}

static FIBER struct command *add_athlete(struct call *call, Soleus__V1__Athlete *athlete,
					 const struct identifiers *identifiers,
					 const struct contact_points *points)
{
	const struct athlete_row row = {
		.athlete_id = athlete->athlete_id,
		.given_name = athlete->given_name,
		.family_name = athlete->family_name,
		.birth_date = athlete->birth_date,
		.zone = athlete->zone,
		.home_clinic_id = athlete->home_clinic_id,
		.sport = athlete->sport,
		.guardian_name = athlete->guardian_name,
		.language = athlete->language,
	};
	struct command *command = command_begin(call);
	athlete_add(command->unit, call->organisation_id, &row, identifiers, points,
		    clock_now_us());
	audit_of_athlete(command->unit, call, athlete->athlete_id, "");
	Soleus__V1__AthleteRegistered event = SOLEUS__V1__ATHLETE_REGISTERED__INIT;
	event.athlete = athlete;
	command_event_at(command, athlete->athlete_id, athlete->home_clinic_id, &event.base);
	return command;
}

RPC(Directory, directory, RegisterAthlete, register_athlete)
{
	struct check check = check_begin(call);
	check_athlete(&check, request->athlete, clock_now_us());
	if (check_failed(&check))
		return check_status(&check);

	Soleus__V1__Athlete *athlete = request->athlete;
	const struct identifiers identifiers = identifiers_of(call->arena, athlete);
	const struct contact_points points = points_of(call->arena, athlete);
	struct athlete_seen seen;
	struct status status = look(call, &identifiers, &points, &seen);
	if (!status_is_ok(status))
		return status;
	if (seen.key_known)
		return command_replay(call);
	if (*seen.known) {
		answer_known(call, seen.known, reply);
		return status_ok();
	}

	athlete->athlete_id = (char *)text_uuid7_new(call->arena);
	reply->athlete_id = athlete->athlete_id;
	add_warnings(call, athlete, seen.shared, reply);
	struct command *command = add_athlete(call, athlete, &identifiers, &points);
	status = commit_or_refuse(command, &reply->base, refusals);
	if (status_is_ok(status) ||
	    strcmp(db_unit_constraint(command->unit), "athlete_identifier_key") != 0)
		return status;

	/* Somebody registered one of the identifiers meanwhile. */
	status = look(call, &identifiers, &points, &seen);
	if (status_is_ok(status))
		answer_known(call, seen.known, reply);
	return status;
}
