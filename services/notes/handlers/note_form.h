/* A note as it came, read into what rules and store take, with every fault on the way.
 *
 *     struct note_form form = {.note = {.screened = …, .caution = …}};
 *     note_form_check(request->note, &form, treatment_consent, &check);
 *     if (check_failed(&check))
 *             return check_status(&check);   // "note.sites[2].needles_out", …
 */
#ifndef SOLEUS_NOTES_HANDLERS_NOTE_FORM_H
#define SOLEUS_NOTES_HANDLERS_NOTE_FORM_H

#include "events/check.h"
#include "notes/rules/note.h"
#include "notes/store/note.h"

#include "soleus/v1/notes.pb-c.h"

struct note_form {
	struct note note;
	struct note_measure_row *measures;
	size_t measure_count;
};

/* Fills `form` (screened and caution of its note are set before) and adds every fault: the rules'
 * (C3, C4, R1, R4, K), the ranges of what the rules do not read, and R5 when needles went in. */
void note_form_check(const Soleus__V1__Note *note, struct note_form *form, bool treatment_consent,
		     struct check *check);

/* How long the lists of a note are, signed or not: a fault for each that is too long. False when
 * `check` has any. */
bool note_form_check_sizes(const Soleus__V1__Note *note, struct check *check);

#endif
