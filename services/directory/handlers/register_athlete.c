#include "directory/handlers/athlete_form.h"
#include "directory/handlers/check_athlete.h"
#include "events/audit.h"

#include "base/clock.h"
#include "base/text.h"

#include <string.h>

static const struct refusal refusals[] = {
	{"athlete_home_clinic", STATUS_NOT_FOUND, "no such clinic: athlete.home_clinic_id"},
	{"athlete_organisation", STATUS_NOT_FOUND, "no such organisation"},
	{0},
};

static void answer_known(struct call *call, const char *known,
			 Soleus__V1__RegisterAthleteReply *reply)
{
	reply->already_known = true;
	reply->athlete_id = arena_strndup(call->arena, known, strcspn(known, " "));
	reply->n_warnings = 0;
	if (strchr(known, ' ')) {
		reply->warnings = ARENA_ARRAY(call->arena, 1, char *);
		reply->warnings[reply->n_warnings++] =
			"the identifiers belong to more than one athlete";
	}
}

static FIBER struct status look(struct call *call, const struct athlete_form *form,
				struct athlete_seen *ret_seen)
{
	struct db_unit *unit = call_unit(call);
	size_t seen = athlete_look(unit, call->organisation_id, call->idempotency_key, form);
	struct status status = db_run(call_db(call), unit);
	if (status_is_ok(status))
		*ret_seen = athlete_seen(unit, seen);
	return status;
}

static struct command *add_athlete(struct call *call, Soleus__V1__Athlete *athlete,
				   const struct athlete_form *form)
{
	struct command *command = command_begin(call);
	athlete_add(command->unit, call->organisation_id, form, clock_now_us());
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
	athlete->athlete_id = "";
	struct athlete_form form = athlete_form_of(call->arena, athlete);
	struct athlete_seen seen;
	struct status status = look(call, &form, &seen);
	if (!status_is_ok(status))
		return status;
	if (seen.key_known)
		return command_replay(call);
	if (*seen.known) {
		answer_known(call, seen.known, reply);
		return status_ok();
	}

	athlete->athlete_id = (char *)text_uuid7_new(call->arena);
	athlete->revision = 1;
	form.row.athlete_id = reply->athlete_id = athlete->athlete_id;
	reply->warnings = athlete_warnings(call->arena, athlete, seen.shared, &reply->n_warnings);
	struct command *command = add_athlete(call, athlete, &form);
	status = commit_or_refuse(command, &reply->base, refusals);
	if (status_is_ok(status) ||
	    strcmp(db_unit_constraint(command->unit), "athlete_identifier_key") != 0)
		return status;

	/* Somebody registered one of the identifiers meanwhile. */
	form.row.athlete_id = "";
	status = look(call, &form, &seen);
	if (status_is_ok(status))
		answer_known(call, seen.known, reply);
	return status;
}
