/* The phrases and note templates that came with the programs (rules/wording.h), as messages. */
#ifndef SOLEUS_NOTES_HANDLERS_WORDING_OURS_H
#define SOLEUS_NOTES_HANDLERS_WORDING_OURS_H

#include "base/arena.h"
#include "notes/store/wording.h"

#include "soleus/v1/notes.pb-c.h"

#include <stdbool.h>

/* Their codes, of a kind. */
struct wording_codes wording_codes_of_ours(struct arena *arena, const char *kind);
bool wording_is_ours(const char *kind, const char *code);

/* What a row without content stands for; NULL for a row with content. */
Soleus__V1__Phrase *phrase_of_ours(struct arena *arena, const struct wording_row *row);
Soleus__V1__NoteTemplate *note_template_of_ours(struct arena *arena, const struct wording_row *row);

#endif
