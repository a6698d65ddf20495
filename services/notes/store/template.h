/* Plans of a clinic's own, by area, in versions. Functions with a unit add a statement to it; rows
 * are read when it has run, and live as long as its arena. */
#ifndef SOLEUS_NOTES_STORE_TEMPLATE_H
#define SOLEUS_NOTES_STORE_TEMPLATE_H

#include "db/db.h"

struct plan_template_row {
	const char *template_id;
	const char *clinic_id; /* "": the organisation's, for all of its clinics */
	const char *area;
	int32_t version;
	int64_t put_at;
	const char *put_by;
	const uint8_t *steps; /* packed; empty: back to what there was without it */
	size_t length;
};

struct plan_template_look {
	bool clinic_known;
	int32_t version; /* the newest; 0: none */
};

size_t plan_template_look(struct db_unit *unit, const char *organisation_id, const char *clinic_id,
			  const char *area);
struct plan_template_look plan_template_looked(const struct db_unit *unit, size_t index);

void plan_template_add(struct db_unit *unit, const char *organisation_id,
		       const struct plan_template_row *row);

/* In force where the clinic, the encounter or the note is; those that are NULL or "" do not say. */
size_t plan_templates_in_force(struct db_unit *unit, const char *organisation_id,
			       const char *clinic_id, const char *encounter_id,
			       const char *note_id);
size_t plan_template_versions(struct db_unit *unit, const char *organisation_id,
			      const char *clinic_id, const char *area);
/* `steps` is decoded into the arena. */
struct plan_template_row plan_template_row(const struct db_result *result, size_t row,
					   struct arena *arena);

#endif
