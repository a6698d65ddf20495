#include "scheduling/handlers/consumed.h"
#include "scheduling/handlers/hold_end.h"
#include "scheduling/handlers/messages.h"
#include "scheduling/handlers/waitlist.h"
#include "scheduling/store/erasure.h"
#include "scheduling/store/freed.h"

#include "base/clock.h"
#include "base/text.h"

#include "soleus/v1/directory.pb-c.h"

#define VISITS_MOST 1000
#define AHEAD_US    (INT64_C(36525) * CLOCK_DAY_US) /* all there are */

static const char reason[] = "the athlete's contact data was erased";

static void cancel(struct event *event, struct appointment_row *row, int64_t now_us)
{
	const char *tenant = event->envelope->organisation_id;
	const struct appointment_word word = {now_us, event->envelope->source, reason, "", ""};
	Soleus__V1__AppointmentCancelled told = SOLEUS__V1__APPOINTMENT_CANCELLED__INIT;
	appointment_move(event->unit, tenant, row, APPOINTMENT_CANCELLED, &word);
	freed_add(event->unit, tenant, row, now_us);
	told.appointment = appointment_message(event->arena, row);
	told.reason = (char *)reason;
	event_emit(event, row->appointment_id, row->clinic_id, &told.base);
}

/* With the offer that it is held for. */
static FIBER struct status end_hold(struct event *event, const char *appointment_id, int64_t now_us)
{
	const char *tenant = event->envelope->organisation_id;
	struct db_unit *unit = db_unit_new(event->arena, tenant);
	size_t index = appointment_find(unit, tenant, appointment_id, "");
	struct status status = db_run(event->db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *found = db_unit_result(unit, index);
	struct appointment_row *row = ARENA_NEW(event->arena, struct appointment_row);
	*row = appointment_row(found, 0);
	if (row->state != APPOINTMENT_HELD)
		return status_error(STATUS_ABORTED, "the visit has moved on");
	struct hold_end end = {
		.unit = event->unit,
		.organisation_id = tenant,
		.traceparent = event->envelope->traceparent,
		.by = event->envelope->source,
		.now_us = now_us,
		.row = row,
		.leaves = true,
	};
	if (*appointment_offer_id(found, 0))
		status = waitlist_read_offer(event->db, event->arena, tenant,
					     appointment_offer_id(found, 0), &end.offer);
	if (status_is_ok(status))
		hold_end_add(&end, APPOINTMENT_CANCELLED);
	return status;
}

/* Visits to come are cancelled, for nobody could tell the athlete of them any more. When one moves
 * between our look and our write the unit fails, and the event comes again. A booking that was
 * judged before and is written after this stays: a visit of a tombstone, to which nobody comes. */
static FIBER struct status cancel_coming(struct event *event, const char *athlete_id,
					 int64_t now_us)
{
	const char *tenant = event->envelope->organisation_id;
	struct db_unit *unit = db_unit_new(event->arena, tenant);
	size_t index = appointments_of_athlete(unit, tenant, athlete_id, now_us, now_us + AHEAD_US,
					       VISITS_MOST);
	struct status status = db_run(event->db, unit);
	const struct db_result *found = status_is_ok(status) ? db_unit_result(unit, index) : NULL;
	for (size_t i = 0; found && status_is_ok(status) && i < db_result_rows(found); i++) {
		struct appointment_row row = appointment_row(found, i);
		if (row.state == APPOINTMENT_BOOKED)
			cancel(event, &row, now_us);
		else if (row.state == APPOINTMENT_HELD)
			status = end_hold(event, row.appointment_id, now_us);
	}
	return status;
}

FIBER struct status on_athlete_erased(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AthleteErased *told = (const void *)message;
	int64_t now_us = clock_now_us();
	if (!text_is_uuid(told->athlete_id))
		return status_ok();
	struct status status = cancel_coming(event, told->athlete_id, now_us);
	athlete_erase(event->unit, event->envelope->organisation_id, told->athlete_id,
		      told->erased_at);
	waitlist_expect_event(event->envelope);
	return status;
}
