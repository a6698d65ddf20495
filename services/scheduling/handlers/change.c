#include "scheduling/handlers/change.h"

#include "events/audit.h"
#include "scheduling/handlers/check.h"
#include "scheduling/handlers/clash_check.h"
#include "scheduling/handlers/messages.h"
#include "scheduling/handlers/waitlist.h"
#include "scheduling/store/freed.h"

#include "base/clock.h"

#define TRIES 12 /* while others are quicker */

/* ---- Finding ---- */

static void leave_trail(struct call *call, struct db_unit *unit, const char *appointment_id)
{
	const char *values[AUDIT_VALUES];
	audit_values(call->arena, call, values);
	appointment_audit(unit, values, appointment_id, sees_athlete_alone(call));
}

/* `key` "": of a query, which is in the audit trail. What changes a visit is in its history, by
 * whom and why. */
static FIBER struct status find(struct call *call, const char *appointment_id, const char *key,
				const struct db_result **ret_found, struct appointment_row *ret_row)
{
	struct db_unit *unit = call_unit(call);
	if (!*key)
		leave_trail(call, unit, appointment_id);
	size_t index = appointment_find(unit, call->organisation_id, appointment_id, key);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *found = db_unit_result(unit, index);
	if (db_result_rows(found) == 0)
		return status_error(STATUS_NOT_FOUND, "no such appointment");
	const struct appointment_row row = appointment_row(found, 0);
	if (!may_see_athlete(call, row.athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such appointment");
	*ret_found = found;
	*ret_row = row;
	return status;
}

FIBER struct status find_appointment(struct call *call, const char *appointment_id,
				     struct appointment_row *ret_row)
{
	const struct db_result *found = NULL;
	return find(call, appointment_id, "", &found, ret_row);
}

/* ---- Changing ---- */

struct change change_of(struct call *call, const char *appointment_id)
{
	return (struct change){
		.call = call,
		.appointment_id = appointment_id,
		.now_us = clock_now_us(),
		.status = status_ok(),
	};
}

/* The first time, and while the version that was judged has gone. */
static bool is_to_be_tried(const struct change *change)
{
	if (!change->command)
		return change->tries == 0;
	return !status_is_ok(change->status) && appointment_has_moved(change->command->unit);
}

FIBER bool change_look(struct change *change)
{
	struct call *call = change->call;
	const struct db_result *found = NULL;
	if (!is_to_be_tried(change) || change->tries++ == TRIES)
		return false;
	change->command = NULL;
	change->status =
		find(call, change->appointment_id, call->idempotency_key, &found, &change->row);
	if (!status_is_ok(change->status))
		return false;
	if (appointment_key_known(found)) {
		change->status = command_replay(call);
		return false;
	}
	change->cutoff_us = appointment_cutoff_us(found);
	change->offer_id = appointment_offer_id(found, 0);
	return true;
}

struct status change_allowed(const struct change *change, enum life_action action)
{
	char text[LIFE_TEXT_BYTES];
	if (life_allows(change->row.state, action))
		return status_ok();
	life_text(change->row.state, text, sizeof(text));
	return status_errorf(change->call->arena, STATUS_FAILED_PRECONDITION, "%s", text);
}

void change_to(struct change *change, enum appointment_state to, struct appointment_word *word)
{
	change->command = command_begin(change->call);
	word->at = change->now_us;
	word->by = change->call->principal->name;
	appointment_move(change->command->unit, change->call->organisation_id, &change->row, to,
			 word);
}

void change_frees(struct change *change)
{
	freed_add(change->command->unit, change->call->organisation_id, &change->row,
		  change->now_us);
	change->frees = true;
}

Soleus__V1__Appointment *change_message(const struct change *change)
{
	return appointment_message(change->call->arena, &change->row);
}

FIBER void change_commit(struct change *change, const ProtobufCMessage *event,
			 ProtobufCMessage *reply)
{
	if (event)
		command_event_at(change->command, change->row.appointment_id, change->row.clinic_id,
				 event);
	change->status = command_commit(change->command, reply);
	clash_check_wake(); /* a visit that clashed may clash no longer */
	if (status_is_ok(change->status) && change->frees)
		waitlist_expect();
}
