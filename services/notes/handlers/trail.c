#include "notes/handlers/trail.h"

#include "base/clock.h"
#include "base/text.h"
#include "events/check.h"
#include "notes/store/audit.h"

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

void leave_trail_of_athlete(const struct call *call, struct db_unit *unit, const char *athlete_id,
			    const char *record_id)
{
	struct audit_entry entry = entry_of(call);
	entry.athlete_id = athlete_id;
	entry.record_id = record_id;
	audit_list_read(unit, call->organisation_id, &entry);
}
