/* The part of an attempt that finds what refuses it. */
#ifndef SOLEUS_SCHEDULING_HANDLERS_ATTEMPT_REFUSALS_H
#define SOLEUS_SCHEDULING_HANDLERS_ATTEMPT_REFUSALS_H

#include "scheduling/handlers/attempt.h"

/* FIBER. Sets facts and refusals from the look; reads the limits when there are any. */
FIBER struct status attempt_find_refusals(struct attempt *attempt);

#endif
