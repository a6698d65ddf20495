#include "analytics/handlers/check.h"

#include "base/text.h"

#include <strings.h>

struct check check_begin(const struct call *call)
{
	struct check check = {.arena = call->arena};
	check_id(&check, "organisation_id", call->organisation_id);
	return check;
}

bool check_failed(const struct check *check)
{
	return check->faults.first != NULL;
}

struct status check_status(const struct check *check)
{
	return faults_status(&check->faults);
}

void check_that(struct check *check, bool holds, const char *field, const char *expected)
{
	if (!holds)
		faults_add(&check->faults, check->arena, field, expected);
}

void check_id(struct check *check, const char *field, const char *id)
{
	check_that(check, text_is_uuid(id), field, "an id (UUID)");
}

bool may_see_athlete(const struct call *call, const char *athlete_id)
{
	const unsigned athlete_alone = ROLE_ATHLETE;
	return (call->principal->roles & ~athlete_alone) ||
	       strcasecmp(call->principal->subject_id, athlete_id) == 0;
}
