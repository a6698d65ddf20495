/* A note is signed: all its rows in one statement that notes of other callers share. */
#ifndef SOLEUS_NOTES_STORE_SIGN_H
#define SOLEUS_NOTES_STORE_SIGN_H

#include "notes/store/note.h"
#include "notes/store/search.h"
#include "notes/store/signature.h"

struct note_sign {
	const char *organisation_id;
	const struct note_row *row;
	const struct note *note;
	const struct note_area *areas;
	size_t area_count;
	const struct note_measure_row *measures;
	size_t measure_count;
	const struct note_terms *terms;
	const struct signature_row *signature;
	const char *const *trail; /* as audit_values of events has them */
	const char *event_type;
	const uint8_t *event;
	size_t event_length;
	const char *key; /* of the command; with what it stands for, and its reply */
	const char *fingerprint;
	const uint8_t *reply;
	size_t reply_length;
};

/* FIBER. `ret_signed` is false, and nothing is written, when this version is signed already (maybe
 * by the same command, sent twice), or when the draft is not the one that the row names.
 * ALREADY_EXISTS when the key stands for a command of another kind. */
FIBER struct status note_sign(struct db *db, struct arena *arena, const struct note_sign *sign,
			      bool *ret_signed);

#endif
