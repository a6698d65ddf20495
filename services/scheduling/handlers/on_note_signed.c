#include "scheduling/handlers/consumed.h"
#include "scheduling/handlers/messages.h"

#include "base/clock.h"

#include "soleus/v1/notes.pb-c.h"

/* The visit's note is signed: the appointment is completed. One that was cancelled meanwhile stays
 * so. When it moves between our look and our write the unit fails, and the event comes again. */
FIBER struct status on_note_signed(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__NoteSigned *from = (const Soleus__V1__NoteSigned *)message;
	const char *tenant = event->envelope->organisation_id;
	if (!*from->appointment_id)
		return status_ok();
	struct db_unit *unit = db_unit_new(event->arena, tenant);
	size_t index = appointment_find(unit, tenant, from->appointment_id, "");
	struct status status = db_run(event->db, unit);
	if (!status_is_ok(status) || db_result_rows(db_unit_result(unit, index)) == 0)
		return status;
	struct appointment_row row = appointment_row(db_unit_result(unit, index), 0);
	if (!life_allows(row.state, LIFE_COMPLETE))
		return status;

	const struct appointment_word word = {clock_now_us(), event->envelope->source, "", "", ""};
	appointment_move(event->unit, tenant, &row, APPOINTMENT_COMPLETED, &word);
	Soleus__V1__AppointmentCompleted completed = SOLEUS__V1__APPOINTMENT_COMPLETED__INIT;
	completed.appointment = appointment_message(event->arena, &row);
	event_emit(event, row.appointment_id, row.clinic_id, &completed.base);
	return status;
}
