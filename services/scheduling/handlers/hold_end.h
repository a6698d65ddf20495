/* What becomes of a hold: it is booked, or it ends. Whoever says so (ConfirmHold, ReleaseHold, an
 * answer to an offer, the clock), the same follows, in one unit: the event, and either the offer of
 * the waitlist that the time is held for ends with it, or the time is free for who waits.
 *
 *     struct hold_end end;
 *     struct status status = hold_end_of_change(&change, &end);
 *     …
 *     hold_end_add(&end, APPOINTMENT_CANCELLED);
 *     change_commit(&change, NULL, &reply->base);
 *
 * Who commits such a unit then calls waitlist_expect.
 */
#ifndef SOLEUS_SCHEDULING_HANDLERS_HOLD_END_H
#define SOLEUS_SCHEDULING_HANDLERS_HOLD_END_H

#include "scheduling/handlers/change.h"
#include "scheduling/store/waitlist.h"

struct hold_end {
	struct db_unit *unit;
	const char *organisation_id;
	const char *traceparent;
	const char *by;
	char *own_word; /* as own_word() has it; NULL: nobody's */
	int64_t now_us;
	struct appointment_row *row; /* as it was read; then as it becomes */
	struct waitlist_offer offer; /* that it is for; offer_id NULL: none */
	bool leaves;                 /* the athlete waits no more */
};

/* FIBER. Begins the change's command for the hold that it has found. */
FIBER struct status hold_end_of_change(struct change *change, struct hold_end *ret_end);

/* The hold is booked. */
void hold_end_add_confirm(struct hold_end *end);

/* `to`: APPOINTMENT_CANCELLED, APPOINTMENT_EXPIRED. */
void hold_end_add(struct hold_end *end, enum appointment_state to);

#endif
