/* Configuration from the environment, as a table: what a daemon can be told is what its table
 * lists, and --help prints the table.
 *
 * NAME gives the value, NAME_FILE a file that holds it (for secrets; trailing newline dropped; both
 * set is a fault). An empty variable counts as not set: compose files pass on empty ones. All
 * faults are found at once. A variable that begins with SOLEUS_ and that the table does not list is
 * a fault too: it is a typing error. So a process has one table.
 */
#ifndef SOLEUS_BASE_CONFIG_H
#define SOLEUS_BASE_CONFIG_H

#include "base/arena.h"
#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum config_kind {
	CONFIG_TEXT, /* const char ** */
	CONFIG_INT,  /* int64_t *, within [minimum, maximum] */
	CONFIG_BOOL, /* bool *: "true" or "false" */
};

struct config_entry {
	const char *name; /* "SOLEUS_DATABASE_URL"; NULL ends a table */
	enum config_kind kind;
	const char *fallback; /* NULL: required */
	const char *help;     /* what it is, with its unit */
	void *value;          /* where the value goes, as the kind says */
	int64_t minimum;
	int64_t maximum;
	bool secret; /* never printed */
};

/* Fills the values of `table` from `environment` (as environ). Text values live in `arena`.
 * On faults every one is in the status and no value is to be used. */
struct status config_load(const struct config_entry *table, char **environment,
			  struct arena *arena);

/* The table for people: name, meaning, default. */
void config_print(const struct config_entry *table, FILE *out);

#endif
