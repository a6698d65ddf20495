/* What RPCs about one appointment begin with. */
#ifndef SOLEUS_SCHEDULING_HANDLERS_FIND_APPOINTMENT_H
#define SOLEUS_SCHEDULING_HANDLERS_FIND_APPOINTMENT_H

#include "events/command.h"
#include "scheduling/store/appointment.h"

/* FIBER. NOT_FOUND for what is not there, another organisation's, or another athlete's. With
 * `ret_key_known` (NULL for a query): the command was done before, the answer is
 * command_replay's. */
FIBER struct status find_appointment(struct call *call, const char *appointment_id,
				     struct appointment_row *ret_row, bool *ret_key_known);

#endif
