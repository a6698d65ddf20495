#include "directory/handlers/check.h"
#include "directory/store/place.h"

#include "base/clock.h"

#include "soleus/v1/directory.pb-c.h"

#include <string.h>
#include <strings.h>

/* There is one already: the caller's own when it has the same name. */
static FIBER struct status answer_known(struct call *call, const char *name)
{
	struct db_unit *unit = call_unit(call);
	size_t found = place_find_organisation(unit, call->organisation_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const char *known = place_organisation_name(unit, found);
	if (!known || strcmp(known, name) != 0)
		return status_error(STATUS_ALREADY_EXISTS,
				    "an organisation of another name has this id");
	return status_ok();
}

/* The operator of one organisation is none of another, nor of one that is not there yet. */
static bool may_make(const struct principal *principal, const char *organisation_id)
{
	return !*principal->organisation_id ||
	       strcasecmp(principal->organisation_id, organisation_id) == 0;
}

RPC(Directory, directory, CreateOrganisation, create_organisation)
{
	if (!may_make(call->principal, request->organisation_id))
		return status_error(STATUS_PERMISSION_DENIED,
				    "the key is bound to another organisation");
	/* The new one is the tenant of this call. */
	call->organisation_id = request->organisation_id;
	struct check check = check_begin(call);
	if (*request->organisation_id)
		check_id(&check, "organisation_id", request->organisation_id);
	check_name(&check, "name", request->name);
	if (check_failed(&check))
		return check_status(&check);

	struct command *command = command_begin(call);
	place_add_organisation(command->unit, call->organisation_id, request->name, clock_now_us());
	Soleus__V1__OrganisationCreated event = SOLEUS__V1__ORGANISATION_CREATED__INIT;
	event.organisation_id = request->organisation_id;
	event.name = request->name;
	command_event(command, request->organisation_id, &event.base);

	reply->organisation_id = request->organisation_id;
	struct status status = command_commit(command, &reply->base);
	if (!status_is_ok(status) &&
	    strcmp(db_unit_constraint(command->unit), "organisation_key") == 0) {
		status = answer_known(call, request->name);
		if (status_is_ok(status))
			reply->organisation_id = request->organisation_id;
	}
	return status;
}
