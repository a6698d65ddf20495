/* Two people change one text: what of it merges, sentence by sentence.
 *
 * A text is a row of sentences: each ends with a line, or with `.`, `!` or `?` before a blank. What
 * one changed and the other left alone is taken; of what both put in at the same place the other's
 * stands first, and once where one begins with all of the other's (an autosave whose answer was
 * lost). A sentence is never mixed from two hands ("no pain at night" and "mild pain at
 * rest" do not make "mild pain at night"): where both changed the same one, there is no merged
 * text.
 *
 *     const char *merged = draft_text_merge(arena, base, mine, theirs);
 *
 * Costs sentences² at worst, what is equal at both ends aside; beyond DRAFT_TEXT_CELLS compared
 * pairs the middle counts as one change, which merges less and loses nothing.
 */
#ifndef SOLEUS_NOTES_RULES_DRAFT_TEXT_H
#define SOLEUS_NOTES_RULES_DRAFT_TEXT_H

#include "base/arena.h"

#define DRAFT_TEXT_CELLS 250000

/* The merged text in the arena, or NULL: both changed the same sentence, or no memory (the arena
 * knows which). */
const char *draft_text_merge(struct arena *arena, const char *base, const char *mine,
			     const char *theirs);

#endif
