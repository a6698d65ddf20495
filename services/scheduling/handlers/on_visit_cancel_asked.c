#include "scheduling/handlers/clash_check.h"
#include "scheduling/handlers/consumed.h"
#include "scheduling/handlers/messages.h"
#include "scheduling/handlers/waitlist.h"
#include "scheduling/store/freed.h"

#include "base/clock.h"
#include "base/text.h"

#include "soleus/v1/reminders.pb-c.h"

#define WHY_CANCELLED "the athlete cancelled by a message"

/* NULL: it may be. What is over already needs no word. */
static const char *why_not(const struct appointment_row *row, int64_t cutoff_us,
			   const Soleus__V1__VisitCancelAsked *asked)
{
	if (row->starts_at != asked->starts_at)
		return "the visit was moved meanwhile";
	return life_is_late(row->starts_at, cutoff_us, asked->asked_at)
		       ? "it is later than the service lets visits be cancelled"
		       : NULL;
}

static void cancel(struct event *event, struct appointment_row *row)
{
	const char *tenant = event->envelope->organisation_id;
	int64_t now_us = clock_now_us();
	const struct appointment_word word = {now_us, event->envelope->source, WHY_CANCELLED, "",
					      ""};
	Soleus__V1__AppointmentCancelled cancelled = SOLEUS__V1__APPOINTMENT_CANCELLED__INIT;
	appointment_move(event->unit, tenant, row, APPOINTMENT_CANCELLED, &word);
	freed_add(event->unit, tenant, row, now_us);
	cancelled.appointment = appointment_message(event->arena, row);
	cancelled.reason = WHY_CANCELLED;
	event_emit(event, row->appointment_id, row->clinic_id, &cancelled.base);
	clash_check_wake();
	waitlist_expect_event(event->envelope);
}

/* As CancelAppointment for an athlete, by the time at which it was said. When the visit moves
 * between our look and our write the unit fails, and the event comes again. */
FIBER struct status on_visit_cancel_asked(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__VisitCancelAsked *asked = (const Soleus__V1__VisitCancelAsked *)message;
	const char *tenant = event->envelope->organisation_id;
	if (!text_is_uuid(asked->appointment_id))
		return status_ok();
	struct db_unit *unit = db_unit_new(event->arena, tenant);
	size_t index = appointment_find(unit, tenant, asked->appointment_id, "");
	struct status status = db_run(event->db, unit);
	if (!status_is_ok(status) || db_result_rows(db_unit_result(unit, index)) == 0)
		return status;
	const struct db_result *found = db_unit_result(unit, index);
	struct appointment_row row = appointment_row(found, 0);
	if (row.state != APPOINTMENT_BOOKED)
		return status;
	const char *refused = why_not(&row, appointment_cutoff_us(found), asked);
	if (!refused) {
		cancel(event, &row);
		return status;
	}
	Soleus__V1__VisitCancelRefused told = SOLEUS__V1__VISIT_CANCEL_REFUSED__INIT;
	told.appointment = appointment_message(event->arena, &row);
	told.reason = (char *)refused;
	event_emit(event, row.appointment_id, row.clinic_id, &told.base);
	return status;
}
