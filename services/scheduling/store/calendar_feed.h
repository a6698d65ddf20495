/* Calendars that others subscribe to, and the visits in them. Functions with a unit add their
 * statements to it. */
#ifndef SOLEUS_SCHEDULING_STORE_CALENDAR_FEED_H
#define SOLEUS_SCHEDULING_STORE_CALENDAR_FEED_H

#include "db/db.h"

#define TOKEN_HASH_BYTES 32

/* One of the three; the other two are "". */
struct feed_subject {
	const char *practitioner_id;
	const char *room_id;
	const char *athlete_id;
};

const char *feed_subject_kind(const struct feed_subject *subject);
const char *feed_subject_id(const struct feed_subject *subject);

struct calendar_feed_row {
	const char *feed_id;
	const char *subject_kind;
	const char *subject_id;
	int64_t made_at;
	const char *made_by;
	int64_t revoked_at; /* 0: not */
};

/* Before one is made. */
size_t calendar_feed_find_subject(struct db_unit *unit, const char *organisation_id,
				  const struct feed_subject *subject);
bool calendar_feed_subject_known(const struct db_unit *unit, size_t index);
int64_t calendar_feed_open_count(const struct db_unit *unit, size_t index);

void calendar_feed_add(struct db_unit *unit, const char *organisation_id,
		       const struct calendar_feed_row *feed,
		       const uint8_t token_hash[TOKEN_HASH_BYTES]);

/* The unit fails with calendar_feed_is_gone when there is none that is open; of `athlete_id` alone
 * unless that is NULL. */
void calendar_feed_revoke(struct db_unit *unit, const char *organisation_id, const char *feed_id,
			  const char *athlete_id, int64_t now_us);
bool calendar_feed_is_gone(const struct db_unit *unit);

size_t calendar_feed_list(struct db_unit *unit, const char *organisation_id,
			  const char *subject_id);
struct calendar_feed_row calendar_feed_row(const struct db_result *result, size_t row);

/* The open one of the token; false when there is none. */
size_t calendar_feed_find(struct db_unit *unit, const char *organisation_id,
			  const uint8_t token_hash[TOKEN_HASH_BYTES]);
bool calendar_feed_found(const struct db_unit *unit, size_t index,
			 struct feed_subject *ret_subject);

/* What is asked of a subject's visits. */
struct feed_window {
	int64_t from_us;
	int64_t until_us;
	int64_t now_us;
	int64_t cancelled_since_us;
	int64_t limit;
};

struct feed_visit {
	const char *appointment_id;
	int64_t version;
	const char *state;
	int64_t starts_at;
	int64_t ends_at;
	int64_t changed_at;
	const char *service;
	const char *clinic;
	const char *zone;
	const char *room;
};

size_t calendar_feed_visits(struct db_unit *unit, const char *organisation_id,
			    const struct feed_subject *subject, const struct feed_window *window);
struct feed_visit feed_visit(const struct db_result *result, size_t row);

#endif
