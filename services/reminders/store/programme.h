/* An organisation's programmes: versions that are written once. What a version does not say is as
 * every organisation begins with.
 *
 *     size_t asked = programme_ask(unit, organisation_id, now, 0);
 *     …db_run(db, unit)…
 *     status = programme_take(unit, asked, arena, &programme, NULL);
 */
#ifndef SOLEUS_REMINDERS_STORE_PROGRAMME_H
#define SOLEUS_REMINDERS_STORE_PROGRAMME_H

#include "db/db.h"
#include "reminders/rules/programme.h"

/* Of a version, beside what it says. */
struct programme_made {
	int32_t version;
	int64_t effective_at;
	int64_t made_at;
	const char *made_by;
	const char *remark;
	bool in_force; /* of programme_versions */
};

/* Asks for the programme that holds at `at`, or (`version` > 0) for that version. */
size_t programme_ask(struct db_unit *unit, const char *organisation_id, int64_t at,
		     int32_t version);

/* The answer, in `arena`; without one it is the default, of version 0. `ret_made` may be NULL. */
struct status programme_take(struct db_unit *unit, size_t asked, struct arena *arena,
			     const struct programme **ret_programme,
			     struct programme_made *ret_made);

/* FIBER. Both. */
FIBER struct status programme_read(struct db *db, struct arena *arena, const char *organisation_id,
				   int64_t at, int32_t version,
				   const struct programme **ret_programme,
				   struct programme_made *ret_made);

/* Adds `programme` as version made->version; fails by programme_key when there is one. */
void programme_add(struct db_unit *unit, const char *organisation_id,
		   const struct programme *programme, const struct programme_made *made);

/* FIBER. The versions, newest first. */
FIBER struct status programme_versions(struct db *db, struct arena *arena,
				       const char *organisation_id, int64_t now,
				       struct programme_made **ret_versions, size_t *ret_count);

#endif
