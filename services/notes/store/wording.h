/* Phrases and note templates, by code. Functions with a unit add a statement to it; rows are read
 * when it has run, and live as long as its arena. */
#ifndef SOLEUS_NOTES_STORE_WORDING_H
#define SOLEUS_NOTES_STORE_WORDING_H

#include "db/db.h"

#define WORDING_PHRASE "phrase"
#define WORDING_NOTE   "note"

struct wording_row {
	const char *clinic_id; /* "": the organisation's, for all of its clinics */
	const char *code;
	const uint8_t
		*content; /* packed; none: the one of that code that comes with the programs */
	size_t length;
	int64_t put_at;
	const char *put_by;
};

/* The constraint that an unknown clinic breaks. */
#define WORDING_CLINIC "wording_clinic"

void wording_put(struct db_unit *unit, const char *organisation_id, const char *kind,
		 const char *wording_id, const struct wording_row *row);

/* Takes out the row's code: their own, `with_ours` also ours for them. Content is not looked at.
 * Ends the unit, SL003, when there is no such clinic. */
void wording_remove(struct db_unit *unit, const char *organisation_id, const char *kind,
		    const char *wording_id, const struct wording_row *row, bool with_ours);

/* `ours`: the codes of what comes with the programs, of this kind. */
struct wording_codes {
	const char *const *codes;
	size_t count;
};
size_t wordings_of(struct db_unit *unit, const char *organisation_id, const char *kind,
		   const char *clinic_id, const char *after_code, int32_t limit,
		   struct wording_codes ours);

/* `content` is decoded into the arena. */
struct wording_row wording_row(const struct db_result *result, size_t row, struct arena *arena);

#endif
