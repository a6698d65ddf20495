/* All words of a note, for the search: whatever text a field of its message holds, so that a new
 * field is found without a line of code. */
#ifndef SOLEUS_NOTES_HANDLERS_NOTE_WORDS_H
#define SOLEUS_NOTES_HANDLERS_NOTE_WORDS_H

#include "base/arena.h"

#include "soleus/v1/notes_record.pb-c.h"

/* In the arena; NULL beyond its budget. */
const char *note_words(struct arena *arena, const Soleus__V1__Note *note);

#endif
