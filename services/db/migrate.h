/* Schema migrations: numbered .sql files, embedded at build time, applied once, in order.
 *
 * Each service has its schema, an owner without login (soleus_owner) and a login role that owns
 * nothing. Files of the events room are applied first in every schema (outbox, cursor,
 * idempotency), then the service's own, with search_path set to the schema. What has been applied
 * stands in <schema>.migration with the file's hash: a file that was changed after it was applied
 * is an error, as is a database that knows a newer one.
 *
 * Blocking: used by soleusctl and by tests, never by a daemon.
 */
#ifndef SOLEUS_DB_MIGRATE_H
#define SOLEUS_DB_MIGRATE_H

#include "base/arena.h"
#include "base/status.h"

#include <stdint.h>

struct db_migration {
	const char *name; /* "0001_base" */
	const char *text;
};

struct db_schema {
	const char *name;                             /* schema and login role */
	const struct db_migration *const *migrations; /* NULL-ended lists: common first */
	const struct db_migration *const *common;
	const char *password; /* of the login role; NULL: not set */
};

/* Applies what is missing in all `schemas` (`count`) over one connection `url` (a role that may
 * create roles and schemas), under an advisory lock, each file in a transaction of its own. Then
 * each schema's own function migrated(now), when it has one, sees to what files cannot know: time
 * partitions around `now_us`, positions of the outbox after a restore. `progress` is called for
 * each file. */
struct status db_migrate(const char *url, const struct db_schema *schemas, unsigned count,
			 int64_t now_us, void (*progress)(const char *schema, const char *file),
			 struct arena *arena);

#endif
