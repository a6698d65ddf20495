/* What staff and athletes look at: messages, alerts, tasks. Rows live in `arena`. */
#ifndef SOLEUS_REMINDERS_STORE_LISTS_H
#define SOLEUS_REMINDERS_STORE_LISTS_H

#include "db/db.h"

struct message_row {
	const char *message_id;
	const char *athlete_id;
	const char *purpose;
	int64_t due_at;
	const char *state;
	const char *why;
	const char *channel;
	int64_t sent_at;
	const char *text;
	const char *local_due;
	const char *answer;
	const char *trace;
};
struct messages_asked {
	const char *athlete_id;
	int32_t limit;
	int64_t before_at;     /* 0: from the latest on */
	const char *before_id; /* of that instant those behind this message; "": all */
};
/* FIBER. Runs `unit` with what the caller has put into it. */
FIBER struct status messages_list(struct db *db, struct db_unit *unit, const char *organisation_id,
				  const struct messages_asked *asked, struct message_row **ret_rows,
				  size_t *ret_count);

struct text_row {
	const char *text_id;
	const char *athlete_id;
	const char *channel;
	const char *text;
	int64_t received_at;
	const char *understood_as;
	const char *reply_text;
};
struct texts_asked {
	const char *athlete_id;
	int64_t after_at;     /* behind this instant, */
	const char *after_id; /* and of it behind this text; "": from it on */
	int32_t limit;
};
/* FIBER. As messages_list. */
FIBER struct status texts_list(struct db *db, struct db_unit *unit, const char *organisation_id,
			       const struct texts_asked *asked, struct text_row **ret_rows,
			       size_t *ret_count);

struct alert_step {
	const char *name;
	int64_t told_at;
	const char *message_id;
};
struct alert_row {
	const char *alert_id;
	const char *athlete_id;
	const char *clinic_id;
	const char *reason;
	int64_t raised_at;
	int64_t acknowledged_at;
	const char *acknowledged_by;
	const char *kind;
	const struct alert_step *steps;
	size_t step_count;
};
FIBER struct status alerts_list(struct db *db, struct arena *arena, const char *organisation_id,
				bool open_only, struct alert_row **ret_rows, size_t *ret_count);

struct alert_found {
	bool open;
	const char *clinic_id; /* may be "", as the next */
	const char *about_id;  /* whose doing it is about */
};

/* FIBER. NOT_FOUND when there is none. */
FIBER struct status alert_find(struct db *db, struct arena *arena, const char *organisation_id,
			       const char *alert_id, struct alert_found *ret_alert);
/* Ends the unit with SQLSTATE ALERT_ACKNOWLEDGED when somebody else was first. */
#define ALERT_ACKNOWLEDGED "SL001"
void alert_acknowledge(struct db_unit *unit, const char *organisation_id, const char *alert_id,
		       const char *by, int64_t now);

struct task_row {
	const char *task_id;
	const char *athlete_id;
	const char *kind;
	const char *text;
	int64_t made_at;
	int64_t closed_at; /* 0: open */
	const char *closed_by;
	const char *done;
};
struct tasks_asked {
	bool open_only;
	const char *athlete_id; /* "": of any */
	const char *kind;       /* "": any */
	int32_t limit;
	int64_t before_at; /* 0: from the newest on */
	const char *before_id;
};
FIBER struct status tasks_list(struct db *db, struct arena *arena, const char *organisation_id,
			       const struct tasks_asked *asked, struct task_row **ret_rows,
			       size_t *ret_count);
/* Ends the unit with SQLSTATE TASK_CLOSED when there is no such open task. */
#define TASK_CLOSED "SL001"
void task_close(struct db_unit *unit, const char *organisation_id, const char *task_id,
		const char *by, const char *done, int64_t now);

#endif
