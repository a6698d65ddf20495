/* Working hours: rules that recur, and the openings that they come to. Functions with a unit add
 * their statements to it. */
#ifndef SOLEUS_SCHEDULING_STORE_HOURS_H
#define SOLEUS_SCHEDULING_STORE_HOURS_H

#include "db/db.h"

/* On the days of `rrule` (RFC 5545) from first_day on, and on `added`, without `excluded`, from
 * `opens` to `closes`: minutes after midnight on the wall clock of the clinic's zone. */
struct hours_rule {
	const char *rule_id;
	const char *practitioner_id;
	const char *clinic_id;
	const char *zone; /* the clinic's; "" while it is not known */
	const char *rrule;
	int32_t first_day;
	int32_t opens;
	int32_t closes; /* at most 1440 */
	const int32_t *excluded;
	size_t excluded_count;
	const int32_t *added;
	size_t added_count;
	bool weekly;
	const char *opened_until; /* as PostgreSQL writes it */
};

/* One opening on one local day. Local time is UTC plus offset_s, from changes_at on (0: never) plus
 * later_offset_s. */
struct opening {
	const char *rule_id;
	int64_t opens_at;
	int64_t closes_at;
	int32_t offset_s;
	int32_t later_offset_s;
	int64_t changes_at;
	int64_t day_starts_at;
	int64_t day_ends_at;
};

struct openings {
	struct opening *list;
	size_t count;
	int64_t until_at; /* they are there up to here */
	const char *by;   /* version of tzdata */
};

struct workplace_known {
	bool practitioner;
	bool clinic;
	const char *zone;
	bool elsewhere; /* the directory names other clinics for the practitioner */
};

size_t hours_find_workplace(struct db_unit *unit, const char *organisation_id,
			    const char *practitioner_id, const char *clinic_id);
struct workplace_known hours_workplace(const struct db_unit *unit, size_t index);

/* First of every change of hours: the lock that keeps two of them apart. */
void hours_lock(struct db_unit *unit, const char *organisation_id, const char *practitioner_id,
		const char *clinic_id, int64_t now_us);
void hours_clear_weekly(struct db_unit *unit, const char *organisation_id,
			const char *practitioner_id, const char *clinic_id);

/* The unit fails with hours_is_not_theirs when the rule is of other hours. */
void hours_put_rule(struct db_unit *unit, const char *organisation_id,
		    const struct hours_rule *rule, const struct openings *openings);
bool hours_is_not_theirs(const struct db_unit *unit);
void hours_remove_rule(struct db_unit *unit, const char *organisation_id, const char *rule_id);

/* Coming visits that the rule's openings (of a weekly one: those of all weekly ones of the
 * practitioner there) hold, and none would once they are `openings`: earliest first, at most 200;
 * columns as appointment_row reads them. */
size_t hours_find_visits(struct db_unit *unit, const char *organisation_id,
			 const struct hours_rule *rule, const struct openings *openings,
			 int64_t now_us);

/* Openings of rules of one practitioner at one clinic. */
void hours_put_openings(struct db_unit *unit, const char *organisation_id,
			const char *practitioner_id, const char *clinic_id,
			const struct openings *openings);
void hours_clear_openings(struct db_unit *unit, const char *organisation_id, const char *rule_id,
			  int64_t from_at);
/* The unit fails when the rule has changed since it was read. */
void hours_rule_opened(struct db_unit *unit, const char *organisation_id,
		       const struct hours_rule *rule, const struct openings *openings);

/* "" is any. At most 1,000. */
size_t hours_find_rules(struct db_unit *unit, const char *organisation_id,
			const char *practitioner_id, const char *clinic_id, const char *rule_id);
struct hours_rule hours_rule(struct arena *arena, const struct db_result *result, size_t row);

struct hours_due {
	const char *organisation_id;
	const char *rule_id;
};

/* FIBER. Rules of all tenants whose openings do not reach to `until_at`, or that another tzdata
 * than `version` has opened: at most 100. */
FIBER struct status hours_due(struct db *db, struct arena *arena, int64_t until_at,
			      const char *version, struct hours_due **ret_due, size_t *ret_count);

#endif
