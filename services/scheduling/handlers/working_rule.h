/* What the RPCs of working hours share. */
#ifndef SOLEUS_SCHEDULING_HANDLERS_WORKING_RULE_H
#define SOLEUS_SCHEDULING_HANDLERS_WORKING_RULE_H

#include "events/command.h"
#include "scheduling/handlers/openings.h"
#include "scheduling/store/appointment.h"

#include "soleus/v1/scheduling.pb-c.h"

/* Minutes of "HH:MM", 24:00 included; -1 when it is none. */
int working_minutes(const char *text);

/* FIBER. The clinic's zone; NOT_FOUND for a practitioner or clinic that the organisation does not
 * have. */
FIBER struct status working_zone(struct call *call, const char *practitioner_id,
				 const char *clinic_id, const char **ret_zone);

#endif
