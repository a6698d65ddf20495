/* Calls of one coalesced statement that wait for the next batch. */
#ifndef SOLEUS_DB_COALESCE_H
#define SOLEUS_DB_COALESCE_H

#include "db/unit.h"

struct call_member;

struct coalescer {
	struct db *db;
	const struct db_coalesced *statement;
	struct call_member *first; /* the oldest */
	struct call_member *last;
	struct coalescer *next;
};

/* The coalescer whose oldest call is the oldest of all; NULL when nobody waits. */
struct coalescer *coalesce_oldest(struct db *db);
uint64_t coalesce_order(const struct coalescer *coalescer);

/* The next batch as a unit of its own; its `done` answers the callers and frees it. NULL when out
 * of memory: its callers have then been answered. */
struct db_unit *coalesce_form(struct coalescer *coalescer, unsigned limit);

/* Answers all who wait. */
void coalesce_refuse(struct db *db, struct status status);
void coalesce_free(struct db *db);

#endif
