#include "scheduling/handlers/check.h"
#include "scheduling/handlers/messages.h"
#include "scheduling/store/absence.h"

#include "base/clock.h"
#include "base/text.h"

#include <string.h>

#define LENGTH_MAX_US (400 * CLOCK_DAY_US)

static bool is_kind(const char *kind)
{
	return strcmp(kind, "time_off") == 0 || strcmp(kind, "closure") == 0 ||
	       strcmp(kind, "holiday") == 0;
}

static void check_absence(struct check *check, const Soleus__V1__Absence *absence)
{
	int owners = !!*absence->practitioner_id + !!*absence->clinic_id + !!*absence->room_id;
	check_that(check, !*absence->absence_id, "absence.absence_id", "empty: it is a new one");
	check_id_or_empty(check, "absence.practitioner_id", absence->practitioner_id);
	check_id_or_empty(check, "absence.clinic_id", absence->clinic_id);
	check_id_or_empty(check, "absence.room_id", absence->room_id);
	check_that(check, owners == 1, "absence",
		   "practitioner_id, clinic_id or room_id, one of the three");
	check_that(check, is_kind(absence->kind), "absence.kind", "time_off, closure or holiday");
	check_name(check, "absence.title", absence->title);
	check_instant(check, "absence.starts_at", absence->starts_at);
	check_instant(check, "absence.ends_at", absence->ends_at);
	check_that(check, absence->ends_at > absence->starts_at, "absence.ends_at",
		   "later than starts_at");
	if (!check_failed(check)) /* no difference of wild instants is taken */
		check_that(check, absence->ends_at - absence->starts_at <= LENGTH_MAX_US,
			   "absence.ends_at", "at most 400 days after starts_at");
}

/* The visits are read before the commit, because the reply is stored with the key. */
RPC(Scheduling, scheduling, AddAbsence, add_absence)
{
	struct check check = check_begin(call);
	const Soleus__V1__Absence *asked = request->absence;
	check_that(&check, asked != NULL, "absence", "what takes hours away");
	if (asked)
		check_absence(&check, asked);
	if (check_failed(&check))
		return check_status(&check);

	const struct absence_row absence = {
		.absence_id = text_uuid7_new(call->arena),
		.practitioner_id = asked->practitioner_id,
		.clinic_id = asked->clinic_id,
		.room_id = asked->room_id,
		.kind = asked->kind,
		.title = asked->title,
		.starts_at = asked->starts_at,
		.ends_at = asked->ends_at,
	};
	struct db_unit *unit = call_unit(call);
	size_t owner = absence_find_owner(unit, call->organisation_id, &absence);
	size_t visits = absence_find_visits(unit, call->organisation_id, &absence, clock_now_us());
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	if (!absence_owner_known(unit, owner))
		return status_error(STATUS_NOT_FOUND, "no such practitioner, clinic or room");

	struct command *command = command_begin(call);
	absence_add(command->unit, call->organisation_id, &absence);
	reply->absence_id = (char *)absence.absence_id;
	reply->affected =
		appointment_messages(call->arena, db_unit_result(unit, visits), &reply->n_affected);
	return command_commit(command, &reply->base);
}
