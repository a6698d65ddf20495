/* Rows of notes as messages, in the arena. */
#ifndef SOLEUS_NOTES_HANDLERS_NOTE_MESSAGE_H
#define SOLEUS_NOTES_HANDLERS_NOTE_MESSAGE_H

#include "notes/rules/note.h"
#include "notes/store/note.h"

#include "soleus/v1/notes.pb-c.h"

Soleus__V1__NoteSummary *note_summary_message(struct arena *arena,
					      const struct note_summary_row *row);

Soleus__V1__TreatedArea **area_messages(struct arena *arena, const struct note_area *areas,
					size_t count);

#endif
