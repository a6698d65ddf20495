/* Versions of drafts. Functions with a unit add statements to it; rows are read when it has run,
 * and live as long as its arena. */
#ifndef SOLEUS_NOTES_STORE_DRAFT_H
#define SOLEUS_NOTES_STORE_DRAFT_H

#include "db/db.h"

struct draft_content {
	const uint8_t *bytes; /* a Note, canonical; NULL: none */
	size_t length;
};

struct draft_look {
	bool found; /* false: no such encounter */
	const char *athlete_id;
	const char *practitioner_id; /* whose encounter it is */
	const char *newest_note_id;  /* "": not signed */
	int32_t note_version;        /* that the draft is for */
	int32_t last_version;        /* refused ones too; 0: none */
	int32_t version;             /* of the draft; 0: there is none */
	struct draft_content content;
	const char *saved_by; /* of the newest version, be it that which discarded; "": none */
	int64_t saved_at;
	struct draft_content base; /* the version that was asked for; bytes NULL: no such draft */
	int32_t discarded_version; /* the newest that discarded what was before; 0: none */
};

size_t draft_look(struct db_unit *unit, const char *organisation_id, const char *encounter_id,
		  int32_t base_version);
struct draft_look draft_looked(struct db_unit *unit, size_t index);

struct draft_row {
	const char *encounter_id; /* not read back, as note_version */
	int32_t note_version;
	int32_t version;
	int32_t base_version;
	bool refused;
	int64_t saved_at;
	const char *saved_by;
	struct draft_content content; /* bytes NULL: the draft is discarded */
	struct draft_content typed;
};

/* Fails by the constraint draft_key when another has this number, with SL002 when the note is
 * signed. */
void draft_add(struct db_unit *unit, const char *organisation_id, const struct draft_row *draft);

/* Whether the same was refused before: by note_version, base_version and content of `draft`. */
size_t draft_refused_find(struct db_unit *unit, const char *organisation_id,
			  const struct draft_row *draft);
int32_t draft_refused_found(const struct db_unit *unit, size_t index); /* the version; 0: none */

/* note_version 0: the newest. */
size_t draft_versions(struct db_unit *unit, const char *organisation_id, const char *encounter_id,
		      int32_t note_version, int32_t after_version, int32_t limit);
struct draft_row draft_version_row(const struct db_result *result, size_t row, struct arena *arena);

/* Versions behind the newest that a merge can be based on; the table's trigger has the number too.
 */
#define DRAFT_VERSIONS_KEPT 200

/* Where `draft` is the newest version of a long one: forgets what is older than those kept, but the
 * first, and what was refused or discards. */
void draft_thin(struct db_unit *unit, const char *organisation_id, const struct draft_row *draft);

/* Organisations that have drafts from before an instant: a column of ids. */
size_t drafts_outlook(struct db_unit *unit, int64_t begun_before_us);

/* Some drafts of notes that were signed before an instant, and what was discarded before it; the
 * rows affected are their versions. */
size_t drafts_forget(struct db_unit *unit, const char *organisation_id, int64_t before_us,
		     int32_t limit);

/* Of an athlete who was erased. */
void drafts_erase(struct db_unit *unit, const char *organisation_id, const char *athlete_id);

#endif
