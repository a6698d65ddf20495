#include "base/clock.h"
#include "reminders/handlers/programme_form.h"
#include "reminders/handlers/rpcs.h"

RPC(Reminders, reminders, ListProgrammeVersions, list_programme_versions)
{
	struct programme_made *versions;
	size_t count;
	(void)request;
	struct check check = check_begin(call);
	if (check_failed(&check))
		return check_status(&check);
	struct status status = programme_versions(call_db(call), call->arena, call->organisation_id,
						  clock_now_us(), &versions, &count);
	if (!status_is_ok(status))
		return status;
	reply->versions = ARENA_ARRAY(call->arena, count + 1, Soleus__V1__ProgrammeVersion *);
	for (size_t i = 0; reply->versions && i < count; i++)
		reply->versions[reply->n_versions++] = version_message(call->arena, &versions[i]);
	return status_ok();
}
