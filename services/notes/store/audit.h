/* The audit trail: who read or wrote whose record, in the unit that reads or writes it. */
#ifndef SOLEUS_NOTES_STORE_AUDIT_H
#define SOLEUS_NOTES_STORE_AUDIT_H

#include "db/db.h"

struct audit_entry {
	int64_t at;
	const char *actor;
	const char *actor_id; /* "": not a person */
	const char *method;
	const char *athlete_id;
	const char *record_id; /* "": all of the athlete's */
	const char *traceparent;
};

void audit_add(struct db_unit *unit, const char *organisation_id, const struct audit_entry *entry);

/* The reading of a note; `entry->athlete_id` as in note_find (NULL: any athlete's). Writes the
 * note's own athlete, and nothing when note_find finds nothing. */
void audit_note_read(struct db_unit *unit, const char *organisation_id,
		     const struct audit_entry *entry);

/* What concerns `entry->athlete_id` as a whole: nothing when there is no such athlete. */
void audit_list_read(struct db_unit *unit, const char *organisation_id,
		     const struct audit_entry *entry);

#endif
