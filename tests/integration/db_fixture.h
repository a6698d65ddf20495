/* The database room against a real server: a small schema, and a body that runs on a fiber.
 *
 * cmocka's assertions leave by longjmp, which a fiber must not: on fibers EXPECT notes a failure,
 * prints it and goes on; the test fails when the body is over.
 */
#ifndef SOLEUS_TESTS_DB_FIXTURE_H
#define SOLEUS_TESTS_DB_FIXTURE_H

#include "cluster.h"
#include "db/db.h"
#include "db/migrate.h"

#define ORGANISATION_A "11111111-1111-7111-8111-111111111111"
#define ORGANISATION_B "22222222-2222-7222-8222-222222222222"

#define EXPECT(condition)           fixture_expect((condition), __FILE__, __LINE__, #condition)
#define EXPECT_CODE(wanted, status) fixture_expect_code((wanted), (status), __FILE__, __LINE__)

struct fixture {
	struct cluster *cluster;
	const char *database; /* migrated; login role db_test */
	struct loop *loop;
	struct db *db;
	struct db_options options; /* a test may change them before fixture_runs */
};

typedef FIBER void fixture_body(struct fixture *fixture);

/* For cmocka's group: one cluster and database for all of its tests. */
int fixture_open(void **state);
int fixture_close(void **state);

/* The usual options: 2 lanes, batches of 64, 5 s. */
struct db_options fixture_options(struct fixture *fixture);

/* Opens the database, runs `body` on a fiber once it is ready, closes it; fails the test when an
 * EXPECT did. */
void fixture_runs(struct fixture *fixture, struct db_options options, fixture_body *body);

/* The same without waiting for readiness. */
void fixture_runs_at_once(struct fixture *fixture, struct db_options options, fixture_body *body);

void fixture_expect(bool condition, const char *file, int line, const char *words);
void fixture_expect_code(enum status_code wanted, struct status status, const char *file, int line);

/* FIBER. Runs `count` fibers with their numbers and waits for all. */
FIBER void fixture_crowd(struct fixture *fixture, unsigned count,
			 FIBER void (*one)(struct fixture *fixture, unsigned number));

/* The schema's migrations and the statements over it. */
extern const struct db_migration *const fixture_migrations[];
extern const struct db_statement SLOT_TAKE;      /* organisation, place, owner */
extern const struct db_statement SLOT_LIST;      /* columns place, owner */
extern const struct db_statement SLOT_ALL;       /* the same, of every organisation */
extern const struct db_statement SLOT_PUT;       /* place, owner: updates */
extern const struct db_statement SLOT_CLEAR;     /* every one that is seen */
extern const struct db_statement SLEEP;          /* seconds */
extern const struct db_statement SLEEP_BULK;     /* seconds */
extern const struct db_statement PAIR_ADD;       /* id, other: refused at commit when not there */
extern const struct db_statement WIDE_READ;      /* SELECT * FROM wide */
extern const struct db_statement ECHO;           /* text, bytea, timestamptz, float8, text[] */
extern const struct db_statement ECHO_BINARY;    /* text, bytea; a NULL */
extern const struct db_statement BACKEND;        /* who serves it */
extern const struct db_coalesced SLOT_CALL;      /* organisation, place, owner: place, got, owner */
extern const struct db_coalesced SLOT_CALL_MANY; /* the same without `one` */

#endif
