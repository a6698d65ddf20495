/* What must hold before a treatment note can be signed: C3, C4, R1, R4 and a resolved K outcome.
 *
 * Every fault is found at once, each with the path of its field ("sites[2].needles_out"). A note of
 * a visit at which nothing was treated (deferred, referred, assessed alone) needs no answers to C3;
 * one without finding, treatment or such a screening is empty, and refused. Field names here are
 * those of the message.
 *
 *     struct faults faults = {0};
 *     note_check(&note, &faults, arena);
 *     if (faults.first)
 *             return faults_status(&faults);
 */
#ifndef SOLEUS_NOTES_RULES_NOTE_H
#define SOLEUS_NOTES_RULES_NOTE_H

#include "base/arena.h"
#include "base/status.h"
#include "notes/rules/caution.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum note_side { NOTE_SIDE_UNSET, NOTE_SIDE_LEFT, NOTE_SIDE_RIGHT };

/* What the assessment found. Without a movement it is a sore spot, and that alone does not decide
 * (C4). */
struct note_finding {
	const char *key;      /* unique within the note */
	const char *movement; /* "active knee extension" */
};

/* R1: one muscle on one side. */
struct note_site {
	const char *muscle; /* code of anatomy.h */
	enum note_side side;
	const char *approach; /* code of note_approaches */
	int32_t gauge_um;     /* needle diameter: 250 is 0.25 mm */
	int32_t length_mm;
	int32_t depth_mm;    /* of the deepest insertion */
	int32_t insertions;  /* a needle may go in more than once */
	int32_t retention_s; /* 0: withdrawn at once */
	bool local_twitch_response;
	bool referral;
	bool has_pain_during;
	double pain_during; /* 0–10 */
	int32_t needles_in;
	int32_t needles_out;
	const char *const *finding_keys; /* C4 */
	size_t finding_key_count;
};

struct note {
	const char *tissue_to_calm; /* C3: which tissue needs to calm down */
	const char *why_overloaded; /* C3: why did it get overloaded */
	const char *const *drivers; /* C2: codes of note_drivers; may be none */
	size_t driver_count;
	const struct note_finding *findings;
	size_t finding_count;
	const struct note_site *sites;
	size_t site_count;
	size_t modality_count;                /* bodywork, stretching, coaching */
	size_t measure_count;                 /* values taken at the visit */
	const char *both_thorax_sides_reason; /* R4 */
	bool screened;                        /* false: the visit has no screening */
	enum caution_outcome caution;
	const char *care_reason; /* K2, K4: why it was right to treat */
};

extern const char *const note_approaches[]; /* "superficial", …; NULL ends */
extern const char *const note_drivers[];    /* C2: "load", "sleep", "fuel", "technique", … */
extern const char *const note_sides[];      /* of findings and modalities; else not both */
extern const char *const note_moments[];    /* of measures: "before", … */
extern const char *const note_modalities[]; /* besides needling: "bodywork", … */

bool note_is_driver(const char *code);

/* Adds every fault of `note` to `faults`; none: it can be signed. Needles need a screening whose
 * outcome does not forbid them (caution_forbids_needling); other than clear it needs a care_reason,
 * under K4 a movement finding too. */
void note_check(const struct note *note, struct faults *faults, struct arena *arena);

/* Muscles named by the sites, each counted once whatever its side (ours: the reading of R2 that
 * never bills too much). */
size_t note_distinct_muscles(const struct note_site *sites, size_t count);

/* R2: "20560" for one or two muscles, "20561" for three or more, NULL for none. */
const char *note_cpt_code(size_t distinct_muscles);

/* R4: true when any site can reach the pleura; the red-flag checks of A2 follow. */
bool note_touches_thorax(const struct note_site *sites, size_t count);

/* When the treatment was, for the windows of O2 and what follows it: the signing, or the visit's
 * end where the note was signed after it (a walk-in's: when it was opened). */
int64_t note_treated_at(int64_t signed_at, int64_t visit_ends_at);

/* A visit of a later day cannot have been treated: who comes a day early is booked for then, or the
 * text about it would go out by the wrong day (ours: 24 hours before the booked end). */
bool note_is_ahead(int64_t now_us, int64_t visit_ends_at);

/* What GetNote can say in one reply (a frame of 1 MiB): the note and its seal, twice each. */
#define NOTE_BYTES_MAX      131072
#define NOTE_SIGNATURES_MAX 30

/* One treated area of one side, as analytics counts them (O5). */
struct note_area {
	const char *area;
	enum note_side side;
};

/* Writes the distinct areas of the sites in order of first mention, returns how many (at most
 * `capacity`). Muscles without an area give none. */
size_t note_areas(const struct note_site *sites, size_t count, struct note_area *ret_areas,
		  size_t capacity);

#endif
