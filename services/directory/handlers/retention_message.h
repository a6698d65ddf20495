/* How long signed notes are kept, and that somebody was erased, as messages. */
#ifndef SOLEUS_DIRECTORY_HANDLERS_RETENTION_MESSAGE_H
#define SOLEUS_DIRECTORY_HANDLERS_RETENTION_MESSAGE_H

#include "db/db.h"
#include "directory/rules/retention.h"
#include "directory/store/erasure.h"

#include "soleus/v1/directory.pb-c.h"

/* NULL: nobody has treated. */
Soleus__V1__Retention *retention_message(struct arena *arena, const struct retention *retention,
					 int64_t last_treated_at);

/* The same of the rows of treatments_of. */
Soleus__V1__Retention *retention_message_of(struct arena *arena, const struct db_result *rows);

Soleus__V1__Erasure *erasure_message(struct arena *arena, const struct erasure_row *erasure);

/* Of the rows of erasure_of; NULL: not erased. */
Soleus__V1__Erasure *erasure_message_of(struct arena *arena, const struct db_result *rows);

#endif
