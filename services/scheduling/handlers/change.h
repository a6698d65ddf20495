/* What RPCs about one appointment have in common: to find it, to judge by what was found, to write
 * from that version on, and to begin anew when somebody else was quicker.
 *
 *     struct change change = change_of(call, request->appointment_id);
 *     while (change_look(&change)) {
 *             struct status status = change_allowed(&change, LIFE_CANCEL);
 *             if (!status_is_ok(status))
 *                     return status;
 *             struct command *command = change_to(&change, APPOINTMENT_CANCELLED, &word);
 *             event.appointment = change_message(&change);
 *             change_commit(&change, &event.base, &reply->base);
 *     }
 *     return change.status;
 */
#ifndef SOLEUS_SCHEDULING_HANDLERS_CHANGE_H
#define SOLEUS_SCHEDULING_HANDLERS_CHANGE_H

#include "events/command.h"
#include "scheduling/store/appointment.h"

#include "soleus/v1/scheduling.pb-c.h"

/* FIBER. NOT_FOUND for what is not there, another organisation's, or another athlete's. */
FIBER struct status find_appointment(struct call *call, const char *appointment_id,
				     struct appointment_row *ret_row);

struct change {
	struct call *call;
	const char *appointment_id;
	struct appointment_row row; /* as it was found; from change_to on as it becomes */
	int64_t cutoff_us;          /* of its service */
	const char *offer_id;       /* of the waitlist, open, that it is held for; "": none */
	int64_t now_us;
	bool frees;              /* what is committed may give a time back */
	struct command *command; /* of the last try */
	unsigned tries;
	struct status status; /* the answer, once change_look says false */
};

struct change change_of(struct call *call, const char *appointment_id);

/* FIBER. Reads the appointment; false when all is said: it is not there, the command was done
 * before, it is committed or has failed. */
FIBER bool change_look(struct change *change);

/* FAILED_PRECONDITION with the state and what is possible in it. */
struct status change_allowed(const struct change *change, enum life_action action);

/* Begins the command and adds the move. at and by of `word` are this call's. */
void change_to(struct change *change, enum appointment_state to, struct appointment_word *word);

/* Adds that the time of the appointment is free again, for who waits for one. */
void change_frees(struct change *change);

/* The appointment as it becomes, for event and reply. */
Soleus__V1__Appointment *change_message(const struct change *change);

/* FIBER. `event` is told with it; NULL: it is told already. */
FIBER void change_commit(struct change *change, const ProtobufCMessage *event,
			 ProtobufCMessage *reply);

#endif
