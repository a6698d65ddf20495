/* An athlete's whole record, page by page. Functions with a unit add statements to it; rows are
 * read when it has run, and live as long as its arena. */
#ifndef SOLEUS_NOTES_STORE_RECORD_H
#define SOLEUS_NOTES_STORE_RECORD_H

#include "db/db.h"

struct record_asked {
	const char *athlete_id;
	int64_t after_at;     /* behind this instant, */
	const char *after_id; /* and of it behind this part; "": from it on */
	int64_t limit;
};

size_t record_list(struct db_unit *unit, const char *organisation_id,
		   const struct record_asked *asked);

struct record_part_row {
	const char *kind; /* screening, encounter, note */
	const char *part_id;
	int64_t at;
	const char *by;
	const char *athlete_id;
	const char *visit_id;
	const char *encounter_id;    /* of a note, else "" */
	const char *practitioner_id; /* "" of a screening, as clinic_id */
	const char *clinic_id;
	int32_t version;     /* of a note */
	const char *outcome; /* of a screening, as all below */
	const char *items;   /* codes with a blank between, as open_items */
	const char *open_items;
	bool by_staff;
	const char *language;
};

struct record_part_row record_part_row(const struct db_result *result, size_t row);

#endif
