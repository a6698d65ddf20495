#include "notes/handlers/check.h"

#include "base/clock.h"
#include "base/text.h"
#include "notes/store/audit.h"

#include <strings.h>

static const char nobody[] = "00000000-0000-0000-0000-000000000000";

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

const char *sees_athlete_alone(const struct call *call)
{
	const unsigned athlete_alone = ROLE_ATHLETE;
	if (call->principal->roles & ~athlete_alone)
		return NULL;
	const char *subject_id = call->principal->subject_id;
	return text_is_uuid(subject_id) ? subject_id : nobody;
}

bool may_see_athlete(const struct call *call, const char *athlete_id)
{
	const char *alone = sees_athlete_alone(call);
	return !alone || strcasecmp(alone, athlete_id) == 0;
}

static struct audit_entry entry_of(const struct call *call)
{
	const char *subject_id = call->principal->subject_id;
	return (struct audit_entry){
		.at = clock_now_us(),
		.actor = call->principal->name,
		.actor_id = text_is_uuid(subject_id) ? subject_id : "",
		.method = call->method,
		.traceparent = call->traceparent ? call->traceparent : "",
	};
}

void leave_trail(const struct call *call, struct db_unit *unit, const char *athlete_id,
		 const char *record_id)
{
	struct audit_entry entry = entry_of(call);
	entry.athlete_id = athlete_id;
	entry.record_id = record_id;
	audit_add(unit, call->organisation_id, &entry);
}

void leave_trail_of_note(const struct call *call, struct db_unit *unit, const char *note_id)
{
	struct audit_entry entry = entry_of(call);
	entry.athlete_id = sees_athlete_alone(call);
	entry.record_id = note_id;
	audit_note_read(unit, call->organisation_id, &entry);
}

void leave_trail_of_list(const struct call *call, struct db_unit *unit, const char *athlete_id)
{
	struct audit_entry entry = entry_of(call);
	entry.athlete_id = athlete_id;
	audit_list_read(unit, call->organisation_id, &entry);
}
