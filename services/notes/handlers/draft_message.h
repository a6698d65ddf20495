/* Stored drafts as messages, in the arena. */
#ifndef SOLEUS_NOTES_HANDLERS_DRAFT_MESSAGE_H
#define SOLEUS_NOTES_HANDLERS_DRAFT_MESSAGE_H

#include "events/command.h"
#include "notes/store/draft.h"

#include "soleus/v1/notes.pb-c.h"

/* NULL where there is no content. DATA_LOSS when it cannot be read. */
struct status draft_note(struct arena *arena, const struct draft_content *content,
			 Soleus__V1__Note **ret_note);

/* NULL where there is no draft. */
struct status draft_message(struct arena *arena, const struct draft_look *seen,
			    Soleus__V1__Draft **ret_draft);

/* FIBER. The draft of an encounter as it is now, by who may read the record. */
FIBER struct status draft_read(const struct call *call, const char *encounter_id,
			       struct draft_look *ret_seen);

/* FAILED_PRECONDITION unless `version` is the draft's newest: says who did what since, and when. */
struct status draft_refuse_unread(struct arena *arena, const struct draft_look *seen,
				  int32_t version);

#endif
