/* Programmes as messages have them, and back. */
#ifndef SOLEUS_REMINDERS_HANDLERS_PROGRAMME_FORM_H
#define SOLEUS_REMINDERS_HANDLERS_PROGRAMME_FORM_H

#include "events/check.h"
#include "reminders/rules/programme.h"
#include "reminders/rules/segments.h"
#include "reminders/store/programme.h"

#include "soleus/v1/reminders.pb-c.h"

/* Reads `form` into `ret_programme`, whose texts live in the check's arena; all faults of it go to
 * `check`, with paths that begin with `path` ("programme"). */
void programme_from_form(struct check *check, const char *path, const Soleus__V1__Programme *form,
			 struct programme *ret_programme);

/* The programme whole: `all` with every step and our texts too, else what is its own. NULL: no
 * memory. */
Soleus__V1__Programme *programme_to_form(struct arena *arena, const struct programme *programme,
					 bool all);

Soleus__V1__TextCost *cost_message(struct arena *arena, const char *text,
				   const struct segments *cost);

Soleus__V1__ProgrammeVersion *version_message(struct arena *arena,
					      const struct programme_made *made);

#endif
