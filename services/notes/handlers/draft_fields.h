/* A note as the flat list of fields that drafts merge by, and back.
 *
 *     findings[f1]            a row; f1 is what it is known by (its identity in draft_fields.c)
 *     findings[f1].movement   a value of it
 *     complaint               a text
 *
 * Two rows of one identity are told apart by their order: findings[f1], findings[f1]#2.
 */
#ifndef SOLEUS_NOTES_HANDLERS_DRAFT_FIELDS_H
#define SOLEUS_NOTES_HANDLERS_DRAFT_FIELDS_H

#include "notes/rules/draft.h"

#include "soleus/v1/notes.pb-c.h"

/* In the arena, or sharing the note's text. NULL: the empty list. The arena knows when it refused.
 */
struct draft_fields draft_fields_of(struct arena *arena, const Soleus__V1__Note *note);

/* NULL when the arena refused. */
Soleus__V1__Note *draft_note_of(struct arena *arena, const struct draft_fields *fields);

#endif
