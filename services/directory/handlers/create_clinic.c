#include "directory/handlers/check.h"
#include "directory/store/place.h"

#include "base/clock.h"
#include "base/text.h"

#include "soleus/v1/directory.pb-c.h"

#include <string.h>

static const struct refusal refusals[] = {
	{"clinic_name", STATUS_ALREADY_EXISTS, "the organisation has a clinic of this name"},
	{"clinic_organisation", STATUS_NOT_FOUND, "no such organisation"},
	{0},
};

static bool is_jurisdiction(const char *code)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	if (strspn(code, letters) != 2)
		return false;
	if (!code[2])
		return true;
	size_t part = strspn(code + 3, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
	return code[2] == '-' && part >= 1 && part <= 3 && !code[3 + part];
}

RPC(Directory, directory, CreateClinic, create_clinic)
{
	struct check check = check_begin(call);
	check_name(&check, "name", request->name);
	check_zone(&check, "zone", request->zone);
	check_that(
		&check, !*request->jurisdiction || is_jurisdiction(request->jurisdiction),
		"jurisdiction",
		"a country or a part of one as ISO 3166 has it, such as AT or US-CO, or nothing");
	if (check_failed(&check))
		return check_status(&check);

	const struct clinic_row clinic = {
		.clinic_id = text_uuid7_new(call->arena),
		.name = request->name,
		.zone = request->zone,
		.jurisdiction = request->jurisdiction,
	};
	struct command *command = command_begin(call);
	place_add_clinic(command->unit, call->organisation_id, &clinic, clock_now_us());
	Soleus__V1__ClinicCreated event = SOLEUS__V1__CLINIC_CREATED__INIT;
	event.clinic_id = (char *)clinic.clinic_id;
	event.name = request->name;
	event.zone = request->zone;
	event.jurisdiction = request->jurisdiction;
	command_event_at(command, clinic.clinic_id, clinic.clinic_id, &event.base);

	reply->clinic_id = (char *)clinic.clinic_id;
	return commit_or_refuse(command, &reply->base, refusals);
}
