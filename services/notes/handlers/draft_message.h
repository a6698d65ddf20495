/* Stored drafts as messages, in the arena. */
#ifndef SOLEUS_NOTES_HANDLERS_DRAFT_MESSAGE_H
#define SOLEUS_NOTES_HANDLERS_DRAFT_MESSAGE_H

#include "base/arena.h"
#include "base/status.h"
#include "notes/store/draft.h"

#include "soleus/v1/notes.pb-c.h"

/* NULL where there is no content. DATA_LOSS when it cannot be read. */
struct status draft_note(struct arena *arena, const struct draft_content *content,
			 Soleus__V1__Note **ret_note);

/* NULL where there is no draft. */
struct status draft_message(struct arena *arena, const struct draft_look *seen,
			    Soleus__V1__Draft **ret_draft);

#endif
