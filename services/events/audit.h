/* The audit trail of a service: who read or wrote whose record.
 *
 * A row is written in the transaction of what it tells of. A chain in that transaction would make
 * an organisation's calls wait for each other, so the rows are sealed behind it, within about a
 * second: in the order of transaction ids, below the snapshot's horizon, so that no row can appear
 * behind what is sealed (as events/outbox.h reads). Any number of instances may seal: the
 * position's row decides.
 *
 *     audit_add(command->unit, call, &(struct audit_entry){.athlete_id = …, .record_id = …});
 */
#ifndef SOLEUS_EVENTS_AUDIT_H
#define SOLEUS_EVENTS_AUDIT_H

#include "events/command.h"

#include "soleus/v1/daemon.pb-c.h"

struct audit_entry {
	const char *athlete_id; /* "": no one athlete's */
	const char *record_id;  /* "": none */
	const char *reason;     /* NULL: none was asked for */
};

/* Adds the row of `call` to `unit`. */
void audit_add(struct db_unit *unit, const struct call *call, const struct audit_entry *entry);

/* The same for what concerns one athlete; nothing when `athlete_id` is "". `record_id` may be "".
 */
void audit_of_athlete(struct db_unit *unit, const struct call *call, const char *athlete_id,
		      const char *record_id);

/* The values that statements of a service take who add the row only where there is something to be
 * read: $1 organisation, $2 at, $3 actor, $4 actor's id, $5 edge, $6 method, $7 clinic,
 * $8 traceparent. */
#define AUDIT_VALUES 8
void audit_values(struct arena *arena, const struct call *call, const char *values[AUDIT_VALUES]);

/* FIBER. Seals rows, up to some hundreds; how many. 0: there is nothing to be sealed yet, or
 * another instance was faster. */
FIBER struct status audit_seal(struct db *db, struct arena *arena, size_t *ret_count);

/* A row of the trail by the names of its columns; all but its organisation. Its texts are the
 * result's.
 */
void audit_row_read(const struct db_result *rows, size_t row, Soleus__V1__AuditRow *ret_row);

/* FIBER. The body of Daemon.ListAudit. */
FIBER struct status audit_list(struct call *call, const Soleus__V1__ListAuditRequest *request,
			       Soleus__V1__ListAuditReply *reply);

#endif
