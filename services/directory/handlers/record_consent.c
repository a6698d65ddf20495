#include "directory/handlers/check.h"
#include "directory/rules/contact.h"
#include "directory/store/athlete.h"

#include "base/clock.h"
#include "base/text.h"

#include "soleus/v1/directory.pb-c.h"

#include <string.h>

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
}

RPC(Directory, directory, RecordConsent, record_consent)
{
	struct check check = check_begin(call);
	check_consent(&check, request);
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	const struct consent_row consent = {
		.consent_id = text_uuid7_new(call->arena),
		.purpose = request->purpose,
		.channel = request->channel,
		.granted = request->granted,
		.text_version = request->text_version,
		.recorded_at = clock_now_us(),
		.copy_given = request->copy_given,
	};
	struct command *command = command_begin(call);
	consent_add(command->unit, call->organisation_id, request->athlete_id, &consent,
		    call->principal->name);
	Soleus__V1__Consent message = SOLEUS__V1__CONSENT__INIT;
	message.consent_id = (char *)consent.consent_id;
	message.purpose = request->purpose;
	message.channel = request->channel;
	message.granted = request->granted;
	message.text_version = request->text_version;
	message.recorded_at = consent.recorded_at;
	message.copy_given = request->copy_given;
	Soleus__V1__ConsentRecorded event = SOLEUS__V1__CONSENT_RECORDED__INIT;
	event.athlete_id = request->athlete_id;
	event.consent = &message;
	command_event(command, request->athlete_id, &event.base);

	reply->consent_id = (char *)consent.consent_id;
	return commit_or_refuse(command, &reply->base, refusals);
}
