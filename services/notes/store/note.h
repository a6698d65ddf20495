/* Signed notes: their rows. A version is written once, with its sites, areas and measures, and
 * never changed. Functions with a unit add statements to it; rows are read when it has run, and
 * live as long as its arena. */
#ifndef SOLEUS_NOTES_STORE_NOTE_H
#define SOLEUS_NOTES_STORE_NOTE_H

#include "db/db.h"
#include "notes/rules/note.h"

/* What the rule pack asks of (rules/pack_check.h). */
struct pack_look {
	const char *jurisdiction; /* of the clinic; "" for none */
	int32_t visit_day;        /* days since 1970, where the clinic is */
	int64_t training_hours;   /* of the practitioner; 0: not recorded */
	bool consent_written;
	bool consent_copy_given;
};

/* What decides whether the note of an encounter can be signed, or amended. */
struct signing_look {
	bool found; /* false: no such encounter, and nothing else is set */
	const char *encounter_id;
	const char *appointment_id; /* "": a walk-in */
	const char *athlete_id;
	const char *practitioner_id;
	const char *clinic_id;
	int64_t visit_ends_at;         /* a walk-in: when it was opened */
	const char *screening_id;      /* "": not screened */
	const char *screening_outcome; /* "": not screened */
	bool treatment_consent;        /* R5: in force */
	const char *newest_note_id;    /* "": not signed yet */
	int32_t newest_version;        /* 0: not signed yet */
	int64_t treated_at;            /* as it was signed first; 0: not signed yet */
	const char *cosigner_id;       /* of the newest version; may be "" */
	int32_t draft_version;         /* of what is being typed; 0: nothing is */
	struct pack_look pack;
};

/* By the encounter, or by one of its notes; the other is NULL. */
size_t signing_look(struct db_unit *unit, const char *organisation_id, const char *encounter_id,
		    const char *note_id);
struct signing_look signing_looked(const struct db_unit *unit, size_t index);

#define NOTE_HASH_BYTES 32

struct note_row {
	const char *note_id;
	const char *encounter_id;
	const char *appointment_id; /* "": a walk-in */
	const char *athlete_id;
	const char *practitioner_id;
	const char *clinic_id;
	const char *screening_id; /* "": none */
	int32_t version;
	const char *amends_note_id; /* "": the first version */
	const char *reason;         /* of an amendment, else "" */
	const char *cosigner_id;    /* "": nobody is asked to */
	int32_t draft_version;      /* that was read; 0: there was none */
	int64_t treated_at;         /* when needles were in: see note_treated_at */
	int64_t signed_at;
	const char *signed_by;
	const char *complaint;
	const char *procedure_code; /* "" without needles */
	bool thorax;
	const uint8_t *content; /* the note in its canonical encoding */
	size_t content_length;
	uint8_t hash[NOTE_HASH_BYTES];
	const char *pack_code; /* the rule pack in force at the visit */
	int32_t pack_version;
	const char *jurisdiction; /* of the clinic; "" for none */
};

struct note_measure_row {
	const char *instrument;
	const char *area;
	const char *side;
	const char *moment;
	double value;
};

/* A signed note; `athlete_id` not NULL: only when it is of that athlete. */
size_t note_find(struct db_unit *unit, const char *organisation_id, const char *note_id,
		 const char *athlete_id);

struct note_found {
	const char *note_id;
	const char *encounter_id;
	const char *athlete_id;
	const char *practitioner_id;
	const char *clinic_id;
	int64_t signed_at;
	const char *signed_by;
	const char *content_hash; /* hexadecimal */
	const char *procedure_code;
	const uint8_t *content;
	size_t content_length;
	int32_t version;
	const char *amends_note_id; /* "": the first version */
	const char *amended_by;     /* "": the newest version */
	const char *reason;
	const char *cosigner_id; /* "": nobody is asked to sign too */
	const char *pack_code;
	int32_t pack_version;
	const char *jurisdiction;
};

struct note_found note_found(const struct db_result *result, size_t row, struct arena *arena);

/* An athlete's notes in their newest versions, the last signed first. */
size_t notes_of(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		int64_t limit);

struct note_summary_row {
	const char *note_id;
	const char *encounter_id;
	int64_t signed_at;
	const char *complaint;
	const char *areas; /* "calf:left hamstring:right" */
	int32_t version;
	bool awaits_cosignature;
};

struct note_summary_row note_summary_row(const struct db_result *result, size_t row);

const char *note_side_name(enum note_side side); /* "left" */

#endif
