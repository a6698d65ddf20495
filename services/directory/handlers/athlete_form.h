/* What registering and changing an athlete share behind check_athlete: the form as the store takes
 * it, and what is not refused but to be looked at by staff. */
#ifndef SOLEUS_DIRECTORY_HANDLERS_ATHLETE_FORM_H
#define SOLEUS_DIRECTORY_HANDLERS_ATHLETE_FORM_H

#include "directory/store/athlete.h"

#include "soleus/v1/directory.pb-c.h"

/* Texts are the message's, lists in `arena`. */
struct athlete_form athlete_form_of(struct arena *arena, const Soleus__V1__Athlete *athlete);

/* For people: "phone is also of another athlete". `shared` is of athlete_seen. */
char **athlete_warnings(struct arena *arena, const Soleus__V1__Athlete *athlete, const char *shared,
			size_t *ret_count);

#endif
