#include "scheduling/handlers/consumed.h"
#include "scheduling/handlers/hold_end.h"
#include "scheduling/handlers/waitlist.h"

#include "base/clock.h"
#include "base/text.h"

#include "soleus/v1/reminders.pb-c.h"

/* A word that comes when the offer has ended changes nothing: reminders tells the athlete. When the
 * hold moves between our look and our write the unit fails, and the event comes again. */
FIBER struct status on_offer_answered(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__OfferAnswered *from = (const Soleus__V1__OfferAnswered *)message;
	const char *tenant = event->envelope->organisation_id;
	struct waitlist_offer offer;
	if (!text_is_uuid(from->appointment_id))
		return status_ok();
	struct db_unit *unit = db_unit_new(event->arena, tenant);
	size_t index = appointment_find(unit, tenant, from->appointment_id, "");
	struct status status = db_run(event->db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *found = db_unit_result(unit, index);
	if (db_result_rows(found) == 0 || !*appointment_offer_id(found, 0))
		return status;
	struct appointment_row row = appointment_row(found, 0);
	status = waitlist_read_offer(event->db, event->arena, tenant,
				     appointment_offer_id(found, 0), &offer);
	if (!status_is_ok(status))
		return status;
	int64_t now_us = clock_now_us();
	struct hold_end end = {
		.unit = event->unit,
		.organisation_id = tenant,
		.traceparent = event->envelope->traceparent,
		.by = event->envelope->source,
		.now_us = now_us,
		.row = &row,
		.offer = offer,
	};
	if (from->accept && row.hold_expires_at <= now_us)
		return status;
	if (from->accept)
		hold_end_add_confirm(&end);
	else
		hold_end_add(&end, APPOINTMENT_CANCELLED);
	waitlist_expect_event(event->envelope);
	return status;
}
