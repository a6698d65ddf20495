/* Seals: what a signature under a note is of, and the signature itself. */
#ifndef SOLEUS_NOTES_HANDLERS_SEAL_H
#define SOLEUS_NOTES_HANDLERS_SEAL_H

#include "events/command.h"
#include "notes/store/signature.h"

#include "soleus/v1/notes_signature.pb-c.h"

/* Fills in who signs (the call's principal), and signs; all in the call's arena. The other fields
 * of `seal` say what is signed, and when. */
struct signature_row seal_sign(const struct call *call, Soleus__V1__NoteSeal *seal);

/* The same, and adds the signature to `unit`. */
void seal_add(const struct call *call, struct db_unit *unit, Soleus__V1__NoteSeal *seal);

/* Rows of signatures_of as messages, in the arena. */
struct status signature_messages(struct arena *arena, const struct db_result *rows,
				 Soleus__V1__Signature ***ret_messages, size_t *ret_count);

#endif
