/* Rows of the athlete's training calendar. */
#ifndef SOLEUS_SCHEDULING_STORE_TRAINING_H
#define SOLEUS_SCHEDULING_STORE_TRAINING_H

#include "db/db.h"
#include "scheduling/rules/timing.h"

struct session_row {
	const char *uid;
	const char *title;
	enum session_kind kind;
	int64_t starts_at;
	int64_t ends_at;
	bool all_day;
	bool uncertain;
};

/* One source's sessions, as values: made once, used by look and put. */
struct session_columns;
const struct session_columns *training_columns(struct arena *arena, const struct session_row *rows,
					       size_t count);

struct training_seen {
	bool athlete_known;
	int64_t added;
	int64_t changed;
	int64_t unchanged;
};

size_t training_look(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		     const char *source, const struct session_columns *sessions);
struct training_seen training_seen(const struct db_unit *unit, size_t index);
void training_put(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		  const char *source, const struct session_columns *sessions);

/* Sessions that overlap [from_us, until_us), at most 2,000. */
size_t training_list(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		     int64_t from_us, int64_t until_us);
struct session_row training_row(const struct db_result *result, size_t row);

#endif
