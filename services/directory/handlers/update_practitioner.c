#include "directory/handlers/resources.h"

#include "soleus/v1/directory.pb-c.h"

static const struct refusal refusals[] = {
	{"practitioner_clinic_clinic", STATUS_NOT_FOUND, "no such clinic among clinic_ids"},
	{0},
};

static Soleus__V1__PractitionerUpdated event_of(
	const Soleus__V1__UpdatePractitionerRequest *request)
{
	Soleus__V1__PractitionerUpdated event = SOLEUS__V1__PRACTITIONER_UPDATED__INIT;
	event.practitioner_id = request->practitioner_id;
	event.given_name = request->given_name;
	event.family_name = request->family_name;
	event.n_clinic_ids = request->n_clinic_ids;
	event.clinic_ids = request->clinic_ids;
	event.n_skills = request->n_skills;
	event.skills = request->skills;
	event.needling_training_hours = request->needling_training_hours;
	event.needling_training_place = request->needling_training_place;
	event.needling_training_on = request->needling_training_on;
	return event;
}

RPC(Directory, directory, UpdatePractitioner, update_practitioner)
{
	struct check check = check_begin(call);
	check_id(&check, "practitioner_id", request->practitioner_id);
	check_name(&check, "given_name", request->given_name);
	check_name(&check, "family_name", request->family_name);
	check_clinic_ids(&check, request->clinic_ids, request->n_clinic_ids);
	check_word_list(&check, "skills", request->skills, request->n_skills);
	const struct training training =
		check_training(&check, request->needling_training_hours,
			       request->needling_training_place, request->needling_training_on);
	if (check_failed(&check))
		return check_status(&check);

	const struct words skills = {(const char *const *)request->skills, request->n_skills};
	const struct practitioner_row practitioner = {
		.practitioner_id = request->practitioner_id,
		.given_name = request->given_name,
		.family_name = request->family_name,
		.skills = &skills,
		.training = training,
	};
	struct command *command = command_begin(call);
	const Soleus__V1__PractitionerUpdated event = event_of(request);
	place_update_practitioner(command->unit, call->organisation_id, &practitioner,
				  (const char *const *)request->clinic_ids, request->n_clinic_ids);
	command_event(command, practitioner.practitioner_id, &event.base);
	return commit_or_refuse(command, &reply->base, refusals);
}
