/* Screening items judged by rules/caution.h, as messages. */
#ifndef SOLEUS_NOTES_HANDLERS_CAUTION_MESSAGE_H
#define SOLEUS_NOTES_HANDLERS_CAUTION_MESSAGE_H

#include "base/arena.h"
#include "notes/rules/caution.h"

#include "soleus/v1/notes.pb-c.h"

/* In the arena; NULL and 0 when nothing speaks against needling. */
Soleus__V1__CautionReason **caution_messages(struct arena *arena,
					     const struct caution_result *result,
					     size_t *ret_count);

/* Stored items, codes with a blank between, and back; codes that no longer exist are left out. */
struct caution_answers caution_answers_of(struct arena *arena, const char *items);
const char **caution_codes(struct arena *arena, uint64_t items, size_t *ret_count);

/* The reasons of stored items, codes with a blank between; codes that no longer exist give none. */
Soleus__V1__CautionReason **caution_messages_of(struct arena *arena, const char *items,
						size_t *ret_count);

#endif
