/* Who is told of an alert, in what order: chains of clinics, and the steps that were taken. */
#ifndef SOLEUS_REMINDERS_STORE_ESCALATION_H
#define SOLEUS_REMINDERS_STORE_ESCALATION_H

#include "db/db.h"

#define ESCALATION_STEPS_MAX 20

struct escalation_step {
	const char *name;
	const char *channel;
	const char *address; /* as it is compared */
	int32_t after_minutes;
};

/* The whole chain, in order; `clinic_id` "": the organisation's. */
void escalation_put(struct db_unit *unit, const char *organisation_id, const char *clinic_id,
		    const char *kind, const struct escalation_step *steps, size_t count);

struct escalation_row {
	const char *clinic_id; /* "": the organisation's */
	const char *kind;
	struct escalation_step step;
};
/* FIBER. Steps of a chain lie beside each other, in order. */
FIBER struct status escalation_list(struct db *db, struct arena *arena, const char *organisation_id,
				    struct escalation_row **ret_rows, size_t *ret_count);

/* ---- For the dispatcher ---- */

struct escalation_waiting {
	const char *organisation_id;
	int64_t due_at; /* of its next step */
};
FIBER struct status escalation_outlook(struct db *db, struct arena *arena,
				       struct escalation_waiting **ret_waiting, size_t *ret_count);

struct escalation_due {
	const char *alert_id;
	const char *clinic_id;
	const char *clinic_name;
	int64_t place;
	const char *name;
	const char *channel;
	const char *address;
};
/* FIBER. Whom to tell now. */
FIBER struct status escalation_due_read(struct db *db, struct arena *arena,
					const char *organisation_id, int64_t now,
					struct escalation_due **ret_due, size_t *ret_count);

/* Ends the unit, with the message in it, when another was faster. */
void escalation_tell(struct db_unit *unit, const char *organisation_id,
		     const struct escalation_due *due, const char *message_id, int64_t now);
bool escalation_overtaken(const struct db_unit *unit);

#endif
