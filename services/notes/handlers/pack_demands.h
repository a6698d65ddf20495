/* The rule pack of a note: what it demands at signing, and which one it was. */
#ifndef SOLEUS_NOTES_HANDLERS_PACK_DEMANDS_H
#define SOLEUS_NOTES_HANDLERS_PACK_DEMANDS_H

#include "events/check.h"
#include "notes/rules/pack_check.h"
#include "notes/store/note.h"

#include "soleus/v1/notes.pb-c.h"

/* Adds what the pack in force at the visit demands and `note` or what is known does not have.
 * Returns the pack, which is stored with the note. The caller lets nobody sign but who treated. */
const struct pack *check_pack_demands(struct check *check, const struct pack_look *seen,
				      const Soleus__V1__Note *note);

/* The pack `code` of `version`, which was taken for `jurisdiction` ("" for none). */
Soleus__V1__RulePack *pack_message(struct arena *arena, const char *code, int32_t version,
				   const char *jurisdiction);

#endif
