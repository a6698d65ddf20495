/* pgbench doing the work that a service does, with the service's own statements, prepared. */
#ifndef SOLEUS_TESTS_PGBENCH_H
#define SOLEUS_TESTS_PGBENCH_H

#include "group.h"

#include <stdio.h>

struct pgbench_rate {
	double rate; /* transactions per second, without the time to connect */
	double p50_us;
	double p99_us;
};

/* Writes the statement of NAME.sql (from the root) with `values[i]` in the place of $i+1. */
void pgbench_statement(FILE *script, const char *name, const char *const *values);

/* A script in the house's folder, to be written and closed. */
FILE *pgbench_script(const struct group *group);

/* Runs that script as the role of `service` for the group's organisation; `first_hour` is :hour.
 * Latencies are of a sample of the transactions. */
struct pgbench_rate pgbench_run(const struct group *group, const char *service, unsigned clients,
				unsigned seconds, unsigned first_hour);

/* The same for bookings of free hours: as one transaction that looks and books (`looks`), else the
 * booking's statement alone. */
struct pgbench_rate pgbench_book(struct group *group, unsigned clients, unsigned seconds,
				 bool looks);

#endif
