/* R3: adverse events. Functions with a unit add statements to it; rows are read when it has run. */
#ifndef SOLEUS_NOTES_STORE_ADVERSE_H
#define SOLEUS_NOTES_STORE_ADVERSE_H

#include "db/db.h"
#include "notes/rules/adverse.h"

/* The treatment that an adverse event is recorded against. */
struct adverse_look {
	bool found; /* false: no such note, and nothing else is set */
	const char *athlete_id;
	const char *practitioner_id;
	const char *clinic_id;
	int64_t treated_at;
	bool needled;
	bool muscle_treated; /* the muscle is one of its sites */
};

size_t adverse_look(struct db_unit *unit, const char *organisation_id, const char *note_id,
		    const char *muscle);
struct adverse_look adverse_looked(const struct db_unit *unit, size_t index);

struct adverse_row {
	const char *adverse_event_id;
	const char *note_id;
	const char *athlete_id;
	const char *practitioner_id;
	const char *clinic_id;
	const char *kind;
	const char *grade;
	const char *muscle; /* may be "" */
	const char *text;
	int64_t treated_at;
	int64_t occurred_at;
	int64_t recorded_at;
	const char *recorded_by;
	struct adverse_facts facts;
	bool found; /* false: the last row, up to whose event was looked */
};

void adverse_event_add(struct db_unit *unit, const char *organisation_id,
		       const struct adverse_row *event);

struct adverse_asked {
	const char *athlete_id; /* "": of all that the reader may read */
	int64_t before_at;      /* recorded before this, or at it and before `before_id` */
	const char *before_id;  /* "": nothing that was recorded at it */
	int64_t limit;
	int64_t looks;         /* at most, of the organisation's newest */
	const char *reader_id; /* the practitioner whom clinics bound; NULL: nobody */
	int64_t now_us;
	const char *const *trail; /* audit_values(): left for each athlete of all */
};

/* Newest first. Of one athlete: the reader is the guard's (handlers/access.h). */
size_t adverse_events(struct db_unit *unit, const char *organisation_id,
		      const struct adverse_asked *asked);
/* Of one person, the gravest first, at most `limit`. */
size_t adverse_events_shown(struct db_unit *unit, const char *organisation_id,
			    const char *athlete_id, int64_t limit);
struct adverse_row adverse_row(const struct db_result *result, size_t row);

#endif
