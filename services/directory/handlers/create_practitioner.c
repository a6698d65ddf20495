#include "directory/handlers/check.h"
#include "directory/store/place.h"

#include "base/clock.h"
#include "base/text.h"

#include "soleus/v1/directory.pb-c.h"

#define CLINICS_MAX 100

static const struct refusal refusals[] = {
	{"practitioner_organisation", STATUS_NOT_FOUND, "no such organisation"},
	{"practitioner_clinic_clinic", STATUS_NOT_FOUND, "no such clinic among clinic_ids"},
	{0},
};

RPC(Directory, directory, CreatePractitioner, create_practitioner)
{
	struct check check = check_begin(call);
	check_name(&check, "given_name", request->given_name);
	check_name(&check, "family_name", request->family_name);
	check_that(&check, request->n_clinic_ids <= CLINICS_MAX, "clinic_ids", "at most 100");
	for (size_t i = 0; i < request->n_clinic_ids && i < CLINICS_MAX; i++)
		check_id(&check, arena_printf(call->arena, "clinic_ids[%zu]", i),
			 request->clinic_ids[i]);
	if (check_failed(&check))
		return check_status(&check);

	const struct practitioner_row practitioner = {
		.practitioner_id = text_uuid7_new(call->arena),
		.given_name = request->given_name,
		.family_name = request->family_name,
	};
	struct command *command = command_begin(call);
	place_add_practitioner(command->unit, call->organisation_id, &practitioner,
			       (const char *const *)request->clinic_ids, request->n_clinic_ids,
			       clock_now_us());
	Soleus__V1__PractitionerCreated event = SOLEUS__V1__PRACTITIONER_CREATED__INIT;
	event.practitioner_id = (char *)practitioner.practitioner_id;
	event.given_name = request->given_name;
	event.family_name = request->family_name;
	event.n_clinic_ids = request->n_clinic_ids;
	event.clinic_ids = request->clinic_ids;
	command_event(command, practitioner.practitioner_id, &event.base);

	reply->practitioner_id = (char *)practitioner.practitioner_id;
	return commit_or_refuse(command, &reply->base, refusals);
}
