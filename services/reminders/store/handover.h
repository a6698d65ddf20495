/* What providers were handed, attempt by attempt, and what they say became of it. */
#ifndef SOLEUS_REMINDERS_STORE_HANDOVER_H
#define SOLEUS_REMINDERS_STORE_HANDOVER_H

#include "db/db.h"
#include "reminders/rules/handover.h"

struct handover_found {
	int32_t attempt;
	enum handover_state state;
	const char *channel;
	const char *address;
	const char *athlete_id;
	const char *clinic_id;
	int64_t watch_at; /* 0: nobody looks any more */
};

struct handover_key {
	const char *organisation_id;
	const char *message_id;
	const char *provider;
	const char *provider_ref; /* "": not known */
};

/* FIBER. NOT_FOUND when the provider was never handed that message. */
FIBER struct status handover_find(struct db *db, struct arena *arena,
				  const struct handover_key *key, struct handover_found *ret_found);

struct handover_report {
	enum handover_state outcome; /* as it was reported */
	enum handover_state state;   /* what it makes of the handover */
	const char *error_code;
	const char *why; /* for the trace */
	int64_t at;
	int64_t watch_at; /* 0: never */
};

/* Ends the unit with SQLSTATE HANDOVER_OVERTAKEN when another report was faster. */
#define HANDOVER_OVERTAKEN "SL001"
void handover_put_report(struct db_unit *unit, const struct handover_key *key,
			 const struct handover_found *found, const struct handover_report *report);

struct handover_row {
	const char *message_id;
	int32_t attempt;
	const char *channel;
	const char *provider;
	const char *state;
	const char *provider_ref;
	const char *error_code;
	int64_t asked_at;
	int64_t changed_at;
};

/* FIBER. Of these messages, by message and attempt. */
FIBER struct status handovers_list(struct db *db, struct arena *arena, const char *organisation_id,
				   const char *const *message_ids, size_t count,
				   struct handover_row **ret_rows, size_t *ret_count);

#endif
