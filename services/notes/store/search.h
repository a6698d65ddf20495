/* Finding notes by their words and codes. Functions with a unit add statements to it; rows are read
 * when it has run. */
#ifndef SOLEUS_NOTES_STORE_SEARCH_H
#define SOLEUS_NOTES_STORE_SEARCH_H

#include "db/db.h"

/* What a note has, or a search asks for: words, and terms of one letter, a colon and a code. */
struct note_terms {
	const char *words;
	const char **terms;
	size_t count;
};

/* "m:soleus"; nothing for "" or NULL. There must be room in `terms`. */
void note_terms_add(struct note_terms *terms, struct arena *arena, char kind, const char *code);

#define NOTE_TERM_ANY          '*' /* what every note has */
#define NOTE_TERM_MUSCLE       'm'
#define NOTE_TERM_AREA         'a'
#define NOTE_TERM_DRIVER       'd'
#define NOTE_TERM_PRACTITIONER 'p'
#define NOTE_TERM_ATHLETE      'h'
#define NOTE_TERM_CLINIC       'c'

struct note_search {
	struct note_terms terms;
	int64_t from;
	int64_t until; /* before this, or at it and before `before_id` */
	const char *before_id;
	const char *athlete_id; /* the person who has it; "": anybody */
	int64_t limit;
	int64_t looks;         /* at most, of the rarest term's notes */
	const char *reader_id; /* the practitioner whom clinics bound; NULL: nobody */
	int64_t now_us;
	const char *const *trail; /* audit_values(): left for each athlete found, of anybody */
};

size_t notes_search(struct db_unit *unit, const char *organisation_id,
		    const struct note_search *search);

struct note_hit {
	const char *note_id;
	int64_t signed_at;
	const char *encounter_id;
	const char *athlete_id;
	const char *practitioner_id;
	const char *clinic_id;
	const char *complaint;
	int32_t version;
	bool found; /* false: the last row, up to whose note was looked */
};

struct note_hit note_hit(const struct db_result *result, size_t row);

#endif
