/* Signatures under notes. Functions with a unit add statements to it; rows are read when it has
 * run. */
#ifndef SOLEUS_NOTES_STORE_SIGNATURE_H
#define SOLEUS_NOTES_STORE_SIGNATURE_H

#include "db/db.h"

#define SIGNATURE_BYTES   64 /* Ed25519 */
#define SIGNING_KEY_BYTES 32

struct signature_row {
	const char *note_id;
	int32_t number;        /* under the note, from 1 */
	const char *meaning;   /* author, cosigner, addendum */
	const char *signer_id; /* may be "" */
	int64_t signed_at;
	const uint8_t *seal;
	size_t seal_length;
	const uint8_t *signature;  /* SIGNATURE_BYTES */
	const uint8_t *public_key; /* SIGNING_KEY_BYTES */
	const char *key_holder;
};

/* A second one of the same number fails by the constraint note_signature_key. */
void signature_add(struct db_unit *unit, const char *organisation_id,
		   const struct signature_row *signature);

/* Rows of signature_found, in the order of their numbers; `athlete_id` as in note_find. */
size_t signatures_of(struct db_unit *unit, const char *organisation_id, const char *note_id,
		     const char *athlete_id);

/* The same for the addenda under the versions before it, the last `limit` of them. */
size_t addenda_before(struct db_unit *unit, const char *organisation_id, const char *note_id,
		      const char *athlete_id, int64_t limit);

struct signature_found {
	const uint8_t *seal;
	size_t seal_length;
	const uint8_t *signature;
	size_t signature_length;
	const uint8_t *public_key;
	size_t public_key_length;
};

struct signature_found signature_found(const struct db_result *result, size_t row,
				       struct arena *arena);

/* What decides whether a signed note can take one more signature. */
struct undersigning_look {
	bool found; /* false: no such note, and nothing else is set */
	const char *encounter_id;
	const char *appointment_id; /* "": a walk-in */
	const char *athlete_id;
	const char *practitioner_id;
	const char *clinic_id;
	const char *screening_id; /* may be "" */
	int32_t version;
	const char *amends_note_id; /* may be "" */
	const char *cosigner_id;    /* "": nobody is asked */
	const uint8_t *content_hash;
	size_t content_hash_length;
	const char *amended_by; /* "": the newest version */
	int32_t signatures;
	const char *author_id; /* "": signed by one without an id */
	bool has_signed;       /* `signer_id` has, as author or co-signer */
};

size_t undersigning_look(struct db_unit *unit, const char *organisation_id, const char *note_id,
			 const char *signer_id);
struct undersigning_look undersigning_looked(struct db_unit *unit, size_t index);

/* Which notes wait for whose second signature: triggers of note and note_signature keep the list.
 */
struct cosignatures_asked {
	const char *cosigner_id;
	int64_t after_at;     /* signed after this, or at it with an id above `after_id` */
	const char *after_id; /* "": from the beginning */
	int64_t limit;
	const char *const *trail; /* audit_values(): left for each athlete who is named */
};

struct cosignature_due {
	const char *note_id;
	int64_t signed_at;
	const char *practitioner_id; /* who signed */
	const char *athlete_id;
	const char *clinic_id;
};

/* The longest waiting first. */
size_t cosignatures_due(struct db_unit *unit, const char *organisation_id,
			const struct cosignatures_asked *asked);
struct cosignature_due cosignature_due(const struct db_result *result, size_t row);

size_t signing_keys(struct db_unit *unit, const char *organisation_id);

struct signing_key_row {
	const uint8_t *public_key;
	size_t public_key_length;
	const char *holder;
	int64_t first_used_at;
};

struct signing_key_row signing_key_row(const struct db_result *result, size_t row,
				       struct arena *arena);

#endif
