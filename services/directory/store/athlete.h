/* Athletes with their contact points, identifiers and consents: their rows. Functions with a unit
 * add statements to it; rows are read when it has run, and live as long as its arena. */
#ifndef SOLEUS_DIRECTORY_STORE_ATHLETE_H
#define SOLEUS_DIRECTORY_STORE_ATHLETE_H

#include "db/db.h"

struct athlete_row {
	const char *athlete_id;
	const char *given_name;
	const char *family_name;
	const char *birth_date; /* YYYY-MM-DD */
	const char *zone;
	const char *home_clinic_id; /* "" for none */
	const char *sport;
	const char *guardian_name;
	const char *language; /* "": not known */
	int64_t revision;     /* as read */
};

/* Lists beside an athlete, column by column as SQL takes them. */
struct contact_points {
	size_t count;
	const char **channels;
	const char **values;
	const char **normals;
};

struct identifiers {
	size_t count;
	const char **systems;
	const char **values;
};

/* A pair of texts of one athlete: channel and value, or system and value. */
struct athlete_pair {
	const char *athlete_id;
	const char *first;
	const char *second;
};

struct consent_row {
	const char *consent_id;
	const char *purpose;
	const char *channel;
	bool granted;
	const char *text_version;
	int64_t recorded_at;
	bool copy_given;
	const char *guardian_name; /* who granted for a minor; "": the athlete */
};

/* An athlete as it is to be written. */
struct athlete_form {
	struct athlete_row row;
	struct identifiers identifiers;
	struct contact_points points;
};

/* What is known before an athlete is written; lists are parted by blanks. */
struct athlete_seen {
	bool key_known;
	const char *known;  /* ids of athletes that have one of the identifiers */
	const char *taken;  /* numbers of the identifiers, from 1, that another record has */
	const char *shared; /* numbers of the contact points, from 1, that another person has */
};

/* The form's athlete_id is "" before a registration. */
size_t athlete_look(struct db_unit *unit, const char *organisation_id, const char *key,
		    const struct athlete_form *form);
struct athlete_seen athlete_seen(const struct db_unit *unit, size_t index);

void athlete_add(struct db_unit *unit, const char *organisation_id, const struct athlete_form *form,
		 int64_t now_us);

/* Locks the record first; the unit fails with SL001 when it is not at `revision` any more, or was
 * merged or erased. */
void athlete_update(struct db_unit *unit, const char *organisation_id,
		    const struct athlete_form *form, int64_t revision);

/* At most `limit` athletes after `after_id` ("" for the first). */
size_t athlete_page(struct db_unit *unit, const char *organisation_id, const char *after_id,
		    int64_t limit);
/* All records of the person who has the id, the survivor's first: rows for athlete_row and, behind
 * the first, for merge_row (directory/store/merge.h); and their lists, ordered by athlete. */
size_t athlete_person(struct db_unit *unit, const char *organisation_id, const char *athlete_id);
size_t athlete_contact_points_of_person(struct db_unit *unit, const char *organisation_id,
					const char *athlete_id);
size_t athlete_identifiers_of_person(struct db_unit *unit, const char *organisation_id,
				     const char *athlete_id);
struct athlete_row athlete_row(const struct db_result *result, size_t row);
/* Of athlete_person alone. */
bool athlete_person_is_erased(const struct db_result *result, size_t row);

/* Of several athletes, ordered by athlete, then as they were given. */
size_t athlete_contact_points(struct db_unit *unit, const char *organisation_id,
			      const char *const *athlete_ids, size_t count);
size_t athlete_identifiers(struct db_unit *unit, const char *organisation_id,
			   const char *const *athlete_ids, size_t count);
struct athlete_pair athlete_pair(const struct db_result *result, size_t row);

void consent_add(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		 const struct consent_row *consent, const char *recorded_by);
/* Of all records of the person who has the id, newest first. */
size_t consent_list(struct db_unit *unit, const char *organisation_id, const char *athlete_id);
struct consent_row consent_row(const struct db_result *result, size_t row);

#endif
