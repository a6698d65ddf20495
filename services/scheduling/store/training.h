/* Rows of the athlete's training calendar, its words and its load. */
#ifndef SOLEUS_SCHEDULING_STORE_TRAINING_H
#define SOLEUS_SCHEDULING_STORE_TRAINING_H

#include "db/db.h"
#include "scheduling/rules/classify.h"
#include "scheduling/rules/load.h"
#include "scheduling/rules/timing.h"

struct session_row {
	const char *uid;
	const char *title;
	enum session_kind kind;
	int64_t starts_at;
	int64_t ends_at;
	bool all_day;
	bool uncertain;
	bool given; /* the calendar itself says the kind */
	/* As they are kept; a calendar does not bring them. */
	const char *source;
	bool corrected;
	double rpe;
	int32_t minutes; /* 0: no load */
};

/* One source's sessions, as values: made once, used by look, put and remove. NULL beyond the
 * arena's budget. */
struct session_columns;
const struct session_columns *training_columns(struct arena *arena, const struct session_row *rows,
					       size_t count);

/* A calendar of one athlete. With `whole`, what it does not hold of [from_at, until_at) goes. */
struct training_calendar {
	const char *organisation_id;
	const char *athlete_id;
	const char *source;
	const struct session_columns *sessions;
	bool whole;
	const char *const *unread; /* uids of events that the calendar holds and nobody can read */
	size_t unread_count;
	int64_t from_at;
	int64_t until_at;
	int64_t now_us;
};

struct training_seen {
	bool athlete_known;
	int64_t added;
	int64_t changed;
	int64_t unchanged;
	int64_t removed;
	int64_t uncertain; /* of those that the calendar holds */
};

size_t training_look(struct db_unit *unit, const struct training_calendar *calendar);
struct training_seen training_seen(const struct db_unit *unit, size_t index);
void training_put(struct db_unit *unit, const struct training_calendar *calendar);

/* Sessions that overlap [from_us, until_us), at most 2,000. */
size_t training_list(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		     int64_t from_us, int64_t until_us);
struct session_row training_row(const struct db_result *result, size_t row);

/* One row with the zone, none for an athlete of nobody. */
size_t training_zone(struct db_unit *unit, const char *organisation_id, const char *athlete_id);

struct training_key {
	const char *organisation_id;
	const char *athlete_id;
	const char *source;
	const char *uid;
};

/* The unit ends, NOT_FOUND, without that session. */
void training_correct(struct db_unit *unit, const struct training_key *key, enum session_kind kind,
		      int64_t now_us);
void training_put_load(struct db_unit *unit, const struct training_key *key, double rpe,
		       int64_t minutes);

/* The athlete's LOAD_DAYS days up to that of `until_us`; no rows for an athlete of nobody. */
size_t training_load(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		     int64_t until_us);
bool training_load_read(const struct db_result *result, struct load_days *ret_days);

/* ---- Words ---- */

struct training_words {
	struct classify_word *list;
	size_t count;
};

size_t training_words(struct db_unit *unit, const char *organisation_id);
struct training_words training_words_read(struct arena *arena, const struct db_result *result);

/* Words that are new or of another kind, and phrases that go. */
void training_put_words(struct db_unit *unit, const char *organisation_id,
			const struct classify_word *words, size_t count, const char *const *removed,
			size_t removed_count);

/* Titles of sessions that begin at `from_us` or later, with what they were taken for. */
struct training_title {
	const char *title;
	enum session_kind kind;
	bool uncertain;
	int64_t sessions;
};

size_t training_titles(struct db_unit *unit, const char *organisation_id, int64_t from_us);
struct training_title training_title(const struct db_result *result, size_t row);

/* The sessions with these titles become of these kinds; their athletes' visits are checked. */
void training_reclassify(struct db_unit *unit, const char *organisation_id, int64_t from_us,
			 const struct training_title *titles, size_t count, int64_t now_us);

#endif
