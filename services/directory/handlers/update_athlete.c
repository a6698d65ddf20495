#include "directory/handlers/athlete_form.h"
#include "directory/handlers/athlete_message.h"
#include "directory/handlers/check_athlete.h"
#include "events/audit.h"

#include "base/clock.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct refusal refusals[] = {
	{"athlete_home_clinic", STATUS_NOT_FOUND, "no such clinic: athlete.home_clinic_id"},
	{0},
};

/* The record as it is found. */
struct found {
	const Soleus__V1__Athlete *athlete; /* of the person: the survivor's */
	bool erased;
	struct athlete_seen seen;
};

static FIBER struct status look(struct call *call, const struct athlete_form *form,
				struct found *ret_found)
{
	const char *tenant = call->organisation_id, *athlete_id = form->row.athlete_id;
	struct db_unit *unit = call_unit(call);
	size_t found = athlete_person(unit, tenant, athlete_id);
	size_t points = athlete_contact_points_of_person(unit, tenant, athlete_id);
	size_t identifiers = athlete_identifiers_of_person(unit, tenant, athlete_id);
	size_t seen = athlete_look(unit, tenant, call->idempotency_key, form);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, found);
	if (db_result_rows(rows) == 0)
		return status_error(STATUS_NOT_FOUND, "no such athlete");
	Soleus__V1__Athlete *athlete = athlete_message(call->arena, rows, 0);
	athlete_message_lists(call->arena, &athlete, 1, db_unit_result(unit, points),
			      db_unit_result(unit, identifiers));
	*ret_found = (struct found){athlete, athlete_person_is_erased(rows, 0),
				    athlete_seen(unit, seen)};
	return status;
}

/* Whose they are is not said: who asks may not be one to know. */
static struct status refuse_identifiers(struct arena *arena, const char *taken)
{
	struct faults faults = {0};
	for (const char *at = taken; *at; at += strcspn(at, " "), at += *at == ' ')
		faults_addf(&faults, arena, "an identifier that no other record has",
			    "athlete.identifiers[%lu]", strtoul(at, NULL, 10) - 1);
	struct status status = status_error(
		STATUS_ALREADY_EXISTS,
		"an identifier is of another athlete, or of a record that is merged into this one");
	status.faults = faults.first;
	return status;
}

/* Why the record cannot be changed so, and what to do instead. */
static struct status refuse(struct arena *arena, const struct found *found, const char *athlete_id,
			    int64_t expected_revision)
{
	if (found->erased)
		return status_error(STATUS_FAILED_PRECONDITION,
				    "an erased athlete cannot be changed");
	if (strcasecmp(found->athlete->athlete_id, athlete_id) != 0)
		return status_errorf(arena, STATUS_FAILED_PRECONDITION,
				     "the athlete is merged into %s: change that one",
				     found->athlete->athlete_id);
	if (found->athlete->revision != expected_revision)
		return status_errorf(arena, STATUS_ABORTED,
				     "somebody changed the athlete meanwhile (revision %lld): read "
				     "again, and change what is there now",
				     (long long)found->athlete->revision);
	if (*found->seen.taken)
		return refuse_identifiers(arena, found->seen.taken);
	return status_ok();
}

static bool points_differ(const Soleus__V1__Athlete *before, const Soleus__V1__Athlete *after)
{
	if (before->n_contact_points != after->n_contact_points)
		return true;
	for (size_t i = 0; i < before->n_contact_points; i++)
		if (strcmp(before->contact_points[i]->channel, after->contact_points[i]->channel) ||
		    strcmp(before->contact_points[i]->value, after->contact_points[i]->value))
			return true;
	return false;
}

static bool identifiers_differ(const Soleus__V1__Athlete *before, const Soleus__V1__Athlete *after)
{
	if (before->n_identifiers != after->n_identifiers)
		return true;
	for (size_t i = 0; i < before->n_identifiers; i++)
		if (strcmp(before->identifiers[i]->system, after->identifiers[i]->system) ||
		    strcmp(before->identifiers[i]->value, after->identifiers[i]->value))
			return true;
	return false;
}

/* For the trail, which no erasure reaches: names of fields, never what was in them. */
static const char *changes(struct arena *arena, const Soleus__V1__Athlete *before,
			   const Soleus__V1__Athlete *after)
{
	static const struct {
		const char *name;
		size_t offset;
	} fields[] = {
		{"given_name", offsetof(Soleus__V1__Athlete, given_name)},
		{"family_name", offsetof(Soleus__V1__Athlete, family_name)},
		{"birth_date", offsetof(Soleus__V1__Athlete, birth_date)},
		{"zone", offsetof(Soleus__V1__Athlete, zone)},
		{"home_clinic_id", offsetof(Soleus__V1__Athlete, home_clinic_id)},
		{"sport", offsetof(Soleus__V1__Athlete, sport)},
		{"guardian_name", offsetof(Soleus__V1__Athlete, guardian_name)},
		{"language", offsetof(Soleus__V1__Athlete, language)},
	};
	const char *said = "changed:";
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		const char *was = *(char *const *)((const char *)before + fields[i].offset);
		const char *is = *(char *const *)((const char *)after + fields[i].offset);
		if (strcmp(was, is) != 0)
			said = arena_printf(arena, "%s %s", said, fields[i].name);
	}
	if (points_differ(before, after))
		said = arena_printf(arena, "%s contact_points", said);
	if (identifiers_differ(before, after))
		said = arena_printf(arena, "%s identifiers", said);
	return strcmp(said, "changed:") == 0 ? "changed: nothing" : said;
}

static struct command *change(struct call *call, Soleus__V1__Athlete *athlete,
			      const struct athlete_form *form, const struct found *found)
{
	struct command *command = command_begin(call);
	athlete_update(command->unit, call->organisation_id, form, found->athlete->revision);
	audit_add(command->unit, call,
		  &(struct audit_entry){.athlete_id = athlete->athlete_id,
					.record_id = "",
					.reason = changes(call->arena, found->athlete, athlete)});
	Soleus__V1__AthleteUpdated event = SOLEUS__V1__ATHLETE_UPDATED__INIT;
	athlete->revision = found->athlete->revision + 1;
	event.athlete = athlete;
	command_event_at(command, athlete->athlete_id, athlete->home_clinic_id, &event.base);
	return command;
}

static FIBER struct status look_and_refuse(struct call *call, const struct athlete_form *form,
					   int64_t expected_revision, struct found *ret_found)
{
	struct status status = look(call, form, ret_found);
	return status_is_ok(status)
		       ? refuse(call->arena, ret_found, form->row.athlete_id, expected_revision)
		       : status;
}

RPC(Directory, directory, UpdateAthlete, update_athlete)
{
	Soleus__V1__Athlete *athlete = request->athlete;
	struct check check = check_begin(call);
	check_athlete(&check, athlete, clock_now_us());
	if (athlete)
		check_id(&check, "athlete.athlete_id", athlete->athlete_id);
	check_that(&check, request->expected_revision > 0, "expected_revision",
		   "the revision that GetAthlete showed");
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, athlete->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	struct athlete_form form = athlete_form_of(call->arena, athlete);
	struct found found;
	struct status status = look_and_refuse(call, &form, request->expected_revision, &found);
	if (!status_is_ok(status))
		return status;
	/* As the database spells it. */
	form.row.athlete_id = athlete->athlete_id = found.athlete->athlete_id;
	reply->revision = found.athlete->revision + 1;
	reply->warnings =
		athlete_warnings(call->arena, athlete, found.seen.shared, &reply->n_warnings);
	struct command *command = change(call, athlete, &form, &found);
	status = commit_or_refuse(command, &reply->base, refusals);
	if (status.code != STATUS_ABORTED && status.code != STATUS_ALREADY_EXISTS)
		return status;

	/* Somebody was faster: the same words as for who comes later. */
	struct status why = look_and_refuse(call, &form, request->expected_revision, &found);
	return status_is_ok(why) ? status : why;
}
