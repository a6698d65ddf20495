#include "scheduling/handlers/hold_end.h"

#include "scheduling/handlers/messages.h"
#include "scheduling/handlers/waitlist_messages.h"
#include "scheduling/store/booking.h"
#include "scheduling/store/freed.h"

#include "events/outbox.h"

FIBER struct status hold_end_of_change(struct change *change, struct hold_end *ret_end)
{
	struct call *call = change->call;
	struct hold_end end = {
		.organisation_id = call->organisation_id,
		.traceparent = call->traceparent,
		.by = call->principal->name,
		.own_word = own_word(call),
		.now_us = change->now_us,
		.row = &change->row,
	};
	struct status status = status_ok();
	if (*change->offer_id)
		status = waitlist_read_offer(call_db(call), call->arena, call->organisation_id,
					     change->offer_id, &end.offer);
	if (!status_is_ok(status))
		return status;
	change->command = command_begin(call);
	change->frees = true;
	end.unit = change->command->unit;
	*ret_end = end;
	return status;
}

static void tell(const struct hold_end *end, const char *subject_id, const ProtobufCMessage *event)
{
	outbox_add(end->unit, end->organisation_id, end->row->clinic_id, subject_id,
		   end->traceparent, event);
}

static void add_end_of_offer(struct hold_end *end, enum waitlist_offer_state to)
{
	Soleus__V1__WaitlistOfferEnded event = SOLEUS__V1__WAITLIST_OFFER_ENDED__INIT;
	waitlist_end_offer(end->unit, end->organisation_id, end->offer.offer_id, to, end->leaves,
			   end->now_us);
	end->offer.state = to;
	event.offer = waitlist_offer_message(db_unit_arena(end->unit), &end->offer);
	tell(end, end->offer.offer_id, &event.base);
}

void hold_end_add_confirm(struct hold_end *end)
{
	struct appointment_row *row = end->row;
	Soleus__V1__AppointmentBooked event = SOLEUS__V1__APPOINTMENT_BOOKED__INIT;
	booking_confirm(end->unit, end->organisation_id, row->appointment_id, end->now_us, end->by);
	row->state = APPOINTMENT_BOOKED;
	row->hold_expires_at = 0;
	row->version++;
	if (end->offer.offer_id)
		add_end_of_offer(end, WAITLIST_OFFER_ACCEPTED);
	event.appointment = appointment_message(db_unit_arena(end->unit), row);
	event.booked_at = end->now_us;
	if (end->own_word)
		event.by_practitioner_id = end->own_word;
	tell(end, row->appointment_id, &event.base);
}

void hold_end_add(struct hold_end *end, enum appointment_state to)
{
	struct appointment_row *row = end->row;
	const struct appointment_word word = {end->now_us, end->by, "", "", ""};
	Soleus__V1__HoldEnded event = SOLEUS__V1__HOLD_ENDED__INIT;
	appointment_move(end->unit, end->organisation_id, row, to, &word);
	if (end->offer.offer_id)
		add_end_of_offer(end, to == APPOINTMENT_EXPIRED ? WAITLIST_OFFER_EXPIRED
								: WAITLIST_OFFER_DECLINED);
	else
		freed_add(end->unit, end->organisation_id, row, end->now_us);
	event.appointment = appointment_message(db_unit_arena(end->unit), row);
	tell(end, row->appointment_id, &event.base);
}
