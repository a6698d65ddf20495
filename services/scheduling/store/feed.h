/* Rows of calendars that athletes have subscribed to. */
#ifndef SOLEUS_SCHEDULING_STORE_FEED_H
#define SOLEUS_SCHEDULING_STORE_FEED_H

#include "db/db.h"

struct feed_row {
	const char *organisation_id; /* of the outlook alone */
	const char *feed_id;
	const char *athlete_id;
	const char *url;
	int64_t good_at; /* 0: never */
	int64_t tried_at;
	int64_t next_at;
	const char *fault; /* "": none */
	int32_t failures;
	const char *etag;
	const char *last_modified;
};

/* Before subscribing. */
struct feed_look {
	bool athlete_known;
	const char *feed_id; /* that has the address already, "" for none */
	int64_t feeds;
};

size_t feed_find(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		 const char *url);
struct feed_look feed_look(const struct db_unit *unit, size_t index);
void feed_put(struct db_unit *unit, const char *organisation_id, const struct feed_row *feed);

/* The feeds of an athlete, or the one feed ("": not that way), that have not ended. */
size_t feed_list(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		 const char *feed_id);
struct feed_row feed_row(const struct db_result *result, size_t row);

/* The unit ends, NOT_FOUND, when the feed has ended. */
void feed_end(struct db_unit *unit, const char *organisation_id, const char *feed_id,
	      int64_t now_us);
/* What it brought goes, but for sessions that are over and have their load. */
void feed_clear(struct db_unit *unit, const char *organisation_id, const struct feed_row *feed,
		int64_t now_us);

/* FIBER. Of every organisation, the next due first, at most 200. */
FIBER struct status feed_outlook(struct db *db, struct arena *arena, struct feed_row **ret_feeds,
				 size_t *ret_count);

/* The feed is this instance's until then, else the unit ends: ABORTED. */
void feed_claim(struct db_unit *unit, const struct feed_row *feed, int64_t until_us);

/* What became of a try of one that was claimed until `claimed_until_us`, as `feed` has it from now
 * on; else the unit ends: ABORTED. */
void feed_done(struct db_unit *unit, const struct feed_row *feed, int64_t claimed_until_us);

#endif
