#include "scheduling/handlers/attempt.h"
#include "scheduling/handlers/change.h"
#include "scheduling/handlers/clash_check.h"
#include "scheduling/handlers/messages.h"
#include "scheduling/handlers/offer.h"
#include "scheduling/handlers/waitlist.h"
#include "scheduling/store/freed.h"

#include "base/clock.h"
#include "base/text.h"

#include <strings.h>

struct mover {
	struct change *change;
	const Soleus__V1__RescheduleRequest *request;
	Soleus__V1__RescheduleReply *reply;
};

static struct check check_request(struct call *call, const Soleus__V1__RescheduleRequest *request)
{
	struct check check = check_begin(call);
	check_id(&check, "appointment_id", request->appointment_id);
	if (request->starts_at)
		attempt_check_time(&check, "starts_at", request->starts_at, clock_now_us());
	check_id_or_empty(&check, "practitioner_id", request->practitioner_id);
	check_id_or_empty(&check, "clinic_id", request->clinic_id);
	check_id_or_empty(&check, "room_id", request->room_id);
	check_words(&check, "reason", request->reason);
	check_words(&check, "timing_override_reason", request->timing_override_reason);
	check_words(&check, "override_reason", request->override_reason);
	return check;
}

static char *or_as_it_is(const char *asked, const char *present)
{
	return (char *)(*asked ? asked : present);
}

/* The appointment as a booking of what it shall be. A warning that was overridden for this time
 * stays so. */
static Soleus__V1__BookRequest wanted_of(const struct appointment_row *row,
					 const Soleus__V1__RescheduleRequest *request)
{
	Soleus__V1__BookRequest wanted = SOLEUS__V1__BOOK_REQUEST__INIT;
	wanted.athlete_id = (char *)row->athlete_id;
	wanted.service_id = (char *)row->service_id;
	wanted.clinic_id = or_as_it_is(request->clinic_id, row->clinic_id);
	wanted.practitioner_id = or_as_it_is(request->practitioner_id, row->practitioner_id);
	wanted.room_id = request->room_id;
	wanted.starts_at = request->starts_at ? request->starts_at : row->starts_at;
	wanted.timing_override_reason = request->timing_override_reason;
	if (text_is_blank(request->timing_override_reason) && wanted.starts_at == row->starts_at)
		wanted.timing_override_reason = (char *)row->timing_override_reason;
	wanted.override_reason = request->override_reason;
	return wanted;
}

static bool is_as_wanted(const struct appointment_row *row, const Soleus__V1__BookRequest *wanted)
{
	return row->starts_at == wanted->starts_at &&
	       strcasecmp(row->practitioner_id, wanted->practitioner_id) == 0 &&
	       strcasecmp(row->clinic_id, wanted->clinic_id) == 0 &&
	       (!*wanted->room_id || strcasecmp(row->room_id, wanted->room_id) == 0);
}

static struct attempt attempt_to_move(const struct change *change,
				      const Soleus__V1__BookRequest *wanted)
{
	const struct appointment_row *row = &change->row;
	struct attempt attempt = attempt_of_call(change->call, wanted);
	attempt.moves = row->appointment_id;
	attempt.stays_in = row->room_id;
	attempt.late = life_is_late(row->starts_at, change->cutoff_us, change->now_us);
	attempt.cutoff_us = change->cutoff_us;
	return attempt;
}

/* What the move leaves as it was comes from the row that was found. */
static struct appointment_row moved_row(const struct attempt *attempt,
					const struct appointment_row *before)
{
	struct appointment_row row = attempt_row(attempt);
	row.version = before->version + 1;
	row.screening_outcome = before->screening_outcome;
	row.series_id = before->series_id;
	return row;
}

static FIBER struct status write(struct attempt *attempt, void *argument)
{
	const struct mover *mover = argument;
	struct change *change = mover->change;
	const struct appointment_row before = change->row, row = moved_row(attempt, &before);
	Soleus__V1__AppointmentRescheduled event = SOLEUS__V1__APPOINTMENT_RESCHEDULED__INIT;
	change->command = command_begin(change->call);
	struct db_unit *unit = change->command->unit;
	attempt_add_locks(unit, &attempt, 1);
	attempt_add_checks(attempt, unit);
	booking_move(unit, &attempt->asked, &attempt->booking, before.version,
		     mover->request->reason);
	freed_add(unit, attempt->organisation_id, &before, attempt->now_us);
	event.before = appointment_message(attempt->arena, &before);
	event.appointment = mover->reply->appointment = appointment_message(attempt->arena, &row);
	event.reason = mover->request->reason;
	event.by_practitioner_id = own_word(change->call);
	mover->reply->reasons =
		reason_messages(attempt->arena, &attempt->timing, &mover->reply->n_reasons);
	command_event_at(change->command, row.appointment_id, row.clinic_id, &event.base);
	struct status status = attempt_written(
		attempt, unit, command_commit(change->command, &mover->reply->base));
	if (status_is_ok(status))
		waitlist_expect();
	return status;
}

static FIBER void answer_refused(struct call *call, const struct attempt *attempt,
				 Soleus__V1__RescheduleReply *reply)
{
	struct offer offer = {0};
	soleus__v1__reschedule_reply__init(reply);
	if (attempt->taken)
		offer_alternatives(call, attempt->wanted, &offer);
	reply->alternatives = offer.slots;
	reply->n_alternatives = offer.slot_count;
	if (attempt->taken || !attempt->booking.appointment_id)
		return;
	reply->reasons = reason_messages(call->arena, &attempt->timing, &reply->n_reasons);
	reply->refusals = attempt_refusals(attempt, &reply->n_refusals);
}

/* Moving it to where it is is done already. */
RPC(Scheduling, scheduling, Reschedule, reschedule)
{
	const struct check check = check_request(call, request);
	if (check_failed(&check))
		return check_status(&check);

	struct change change = change_of(call, request->appointment_id);
	struct mover mover = {&change, request, reply};
	while (change_look(&change)) {
		struct status status = change_allowed(&change, LIFE_MOVE);
		if (!status_is_ok(status))
			return status;
		const Soleus__V1__BookRequest wanted = wanted_of(&change.row, request);
		if (is_as_wanted(&change.row, &wanted)) {
			reply->appointment = change_message(&change);
			return status_ok();
		}
		struct attempt attempt = attempt_to_move(&change, &wanted);
		change.status = attempt_make(&attempt, write, &mover);
		clash_check_wake(); /* it may clash no longer */
		if (!status_is_ok(change.status))
			answer_refused(call, &attempt, reply);
	}
	return change.status;
}
