/* Handing over, as rows: what was handed over before, what is about to be, what became of it; and
 * what somebody has to look after. */
#ifndef SOLEUS_REMINDERS_STORE_PASSING_H
#define SOLEUS_REMINDERS_STORE_PASSING_H

#include "db/db.h"
#include "reminders/rules/handover.h"
#include "reminders/store/queue.h"

#define PASSING_BATCH 64 /* messages at most that are handed over at once */

/* ---- Before ---- */

struct passed_row {
	const char *message_id;
	int32_t attempt;
	const char *channel;
	const char *provider;
	enum handover_state state;
	const char *address;
	int64_t asked_at;
	const char *error_code;
	const char *provider_ref; /* of one that is asked: the message in whose text it is said, or
				     "" */
};

struct visit_row {
	const char *message_id;
	const char *appointment_id;
	int32_t version;
	int64_t starts_at;
	int64_t ends_at;
	const char *clinic_name;
	const char *zone;
	bool cancelled;
};

struct passed {
	struct passed_row *rows; /* by message, the latest attempt first */
	size_t count;
	struct visit_row *visits;
	size_t visit_count;
};

/* FIBER. */
FIBER struct status passed_read(struct db *db, struct arena *arena, const char *organisation_id,
				const char *const *message_ids, size_t count,
				struct passed *ret_passed);

struct next_row {
	const char *message_id;
	const char *channel;
	const char *address;
};

/* FIBER. Channels of which no provider has taken these, by message, the best first. */
FIBER struct status next_channels(struct db *db, struct arena *arena, const char *organisation_id,
				  const char *const *message_ids, size_t count,
				  struct next_row **ret_rows, size_t *ret_count);

/* ---- Now ---- */

struct passing {
	const char *message_id;
	const char *channel;
	const char *provider;
	const char *address;
	const char *told_in; /* the message in whose text it is said; "": its own */
	int32_t attempt;     /* passing_begin sets it */
};

/* FIBER. Writes that these are asked. */
FIBER struct status passing_begin(struct db *db, struct arena *arena, const char *organisation_id,
				  struct passing *passing, size_t count, int64_t now);

struct passing_end {
	const char *message_id;
	int32_t attempt;
	enum handover_state state;
	const char *provider_ref;
	const char *error_code;
	int64_t watch_at; /* 0: never */
};
void passing_put(struct db_unit *unit, const char *organisation_id, const struct passing_end *ends,
		 size_t count, int64_t now);

struct trace_line {
	const char *message_id;
	const char *outcome;
	const char *channel;
	const char *why;
};
void trace_put(struct db_unit *unit, const char *organisation_id, const struct trace_line *lines,
	       size_t count, int64_t now);

/* ---- Afterwards ---- */

struct watched {
	struct queue_message message; /* `channel` and `address` "": not chosen yet */
	int32_t attempt;
	const char *provider;
	enum handover_state state;
	bool over; /* answered, or nothing that was sent */
};

/* FIBER. As queue_outlook: due_at is when the earliest is to be looked at. */
FIBER struct status watch_outlook(struct db *db, struct arena *arena,
				  struct queue_waiting **ret_waiting, size_t *ret_count);

/* FIBER. Up to PASSING_BATCH, which nobody else looks at before `until`. */
FIBER struct status watch_claim(struct db *db, struct arena *arena, const char *organisation_id,
				int64_t now, int64_t until, struct watched **ret_watched,
				size_t *ret_count);

/* `watch_at[i]` 0: no more. */
void watch_put(struct db_unit *unit, const char *organisation_id, const struct watched *watched,
	       const int64_t *watch_at, size_t count);

#endif
