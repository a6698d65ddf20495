/* Adverse events (R3) as messages, in the arena. */
#ifndef SOLEUS_NOTES_HANDLERS_ADVERSE_MESSAGE_H
#define SOLEUS_NOTES_HANDLERS_ADVERSE_MESSAGE_H

#include "notes/store/adverse.h"

#include "soleus/v1/notes_adverse.pb-c.h"

Soleus__V1__AdverseEvent *adverse_message(struct arena *arena, const struct adverse_row *row);

#endif
