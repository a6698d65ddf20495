#include "directory/handlers/check.h"
#include "directory/rules/contact.h"
#include "directory/store/athlete.h"
#include "events/audit.h"
#include "knowledge/minor.h"

#include "base/clock.h"
#include "base/text.h"

#include "soleus/v1/directory.pb-c.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static const struct refusal refusals[] = {
	{"consent_athlete", STATUS_NOT_FOUND, "no such athlete"},
	{0},
};

static void check_consent(struct check *check, const Soleus__V1__RecordConsentRequest *request)
{
	bool treatment = strcmp(request->purpose, "treatment") == 0;
	check_id(check, "athlete_id", request->athlete_id);
	check_that(check,
		   treatment || strcmp(request->purpose, "reminders") == 0 ||
			   strcmp(request->purpose, "check_ins") == 0,
		   "purpose", "treatment, reminders or check_ins");
	if (treatment)
		check_that(check, !*request->channel, "channel", "nothing for treatment");
	else
		check_that(check, contact_channel_find(request->channel) != CONTACT_NONE, "channel",
			   "sms, email or file");
	check_name(check, "text_version", request->text_version);
	check_words(check, "guardian_name", request->guardian_name);
}

/* Letters, and not the athlete's own ones. */
static bool is_another_name(struct arena *arena, const char *name,
			    const struct athlete_row *athlete)
{
	size_t letters = 0;
	for (const char *at = name; *at; at++)
		letters += (unsigned char)*at >= 0x80 || isalpha((unsigned char)*at);
	const char *own = arena_printf(arena, "%s %s", athlete->given_name, athlete->family_name);
	return letters >= 2 && strcasecmp(name, own) != 0;
}

/* A minor may withdraw; a guardian grants, and staff write down who. `ret_guardian`: "" where the
 * athlete's own word counts. */
static struct status find_guardian(struct call *call, struct check *check,
				   const struct athlete_row *athlete,
				   const Soleus__V1__RecordConsentRequest *request,
				   const char **ret_guardian)
{
	*ret_guardian = "";
	if (!request->granted || !minor_at(athlete->birth_date, clock_now_us()))
		return status_ok();
	if (!is_staff(call))
		return status_error(STATUS_FAILED_PRECONDITION,
				    "for a minor a guardian consents, at the clinic");
	*ret_guardian = text_is_blank(request->guardian_name) ? athlete->guardian_name
							      : request->guardian_name;
	check_that(check, is_another_name(call->arena, *ret_guardian, athlete), "guardian_name",
		   "who grants for this minor, by name: another person, for the record names none");
	return check_failed(check) ? check_status(check) : status_ok();
}

/* Whose record it is written to: a merged athlete's survivor. */
static FIBER struct status find_survivor(struct call *call, const char *athlete_id,
					 struct athlete_row *ret_survivor)
{
	struct db_unit *unit = call_unit(call);
	size_t found = athlete_person(unit, call->organisation_id, athlete_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	if (db_result_rows(db_unit_result(unit, found)) == 0)
		return status_error(STATUS_NOT_FOUND, "no such athlete");
	if (athlete_person_is_erased(db_unit_result(unit, found), 0))
		return status_error(STATUS_FAILED_PRECONDITION,
				    "the athlete was erased: who comes again is registered anew");
	*ret_survivor = athlete_row(db_unit_result(unit, found), 0);
	return status;
}

RPC(Directory, directory, RecordConsent, record_consent)
{
	struct check check = check_begin(call);
	check_consent(&check, request);
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	struct athlete_row athlete;
	struct status status = find_survivor(call, request->athlete_id, &athlete);
	const char *guardian_name = "";
	if (status_is_ok(status))
		status = find_guardian(call, &check, &athlete, request, &guardian_name);
	if (!status_is_ok(status))
		return status;

	const struct consent_row consent = {
		.consent_id = text_uuid7_new(call->arena),
		.purpose = request->purpose,
		.channel = request->channel,
		.granted = request->granted,
		.text_version = request->text_version,
		.recorded_at = clock_now_us(),
		.copy_given = request->copy_given,
		.guardian_name = guardian_name,
	};
	struct command *command = command_begin(call);
	consent_add(command->unit, call->organisation_id, athlete.athlete_id, &consent,
		    call->principal->name);
	audit_of_athlete(command->unit, call, request->athlete_id, consent.consent_id);
	Soleus__V1__Consent message = SOLEUS__V1__CONSENT__INIT;
	message.consent_id = (char *)consent.consent_id;
	message.purpose = request->purpose;
	message.channel = request->channel;
	message.granted = request->granted;
	message.text_version = request->text_version;
	message.recorded_at = consent.recorded_at;
	message.copy_given = request->copy_given;
	Soleus__V1__ConsentRecorded event = SOLEUS__V1__CONSENT_RECORDED__INIT;
	event.athlete_id = (char *)athlete.athlete_id;
	event.consent = &message;
	command_event(command, athlete.athlete_id, &event.base);

	reply->consent_id = (char *)consent.consent_id;
	return commit_or_refuse(command, &reply->base, refusals);
}
