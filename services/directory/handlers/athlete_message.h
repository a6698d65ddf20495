/* Rows of athletes as messages. */
#ifndef SOLEUS_DIRECTORY_HANDLERS_ATHLETE_MESSAGE_H
#define SOLEUS_DIRECTORY_HANDLERS_ATHLETE_MESSAGE_H

#include "db/db.h"

#include "soleus/v1/directory.pb-c.h"

/* Row `row` of athlete_page or athlete_person, without its lists. */
Soleus__V1__Athlete *athlete_message(struct arena *arena, const struct db_result *athletes,
				     size_t row);

/* Gives each of `athletes` (any order) its contact points and identifiers. */
void athlete_message_lists(struct arena *arena, Soleus__V1__Athlete **athletes, size_t count,
			   const struct db_result *points, const struct db_result *identifiers);

#endif
