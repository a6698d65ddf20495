/* The form of an athlete, new or changed: what is refused. */
#ifndef SOLEUS_DIRECTORY_HANDLERS_CHECK_ATHLETE_H
#define SOLEUS_DIRECTORY_HANDLERS_CHECK_ATHLETE_H

#include "directory/handlers/check.h"

#include "soleus/v1/directory.pb-c.h"

/* `athlete` may be NULL: that is a fault. `now_us` decides what is in the future. */
void check_athlete(struct check *check, const Soleus__V1__Athlete *athlete, int64_t now_us);

#endif
