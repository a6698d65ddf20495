/* A whole house for a test: PostgreSQL and the five daemons as real processes, in a folder of its
 * own that is gone afterwards. Tests speak to it as clinics do: in steps of a story
 * (services/ctl/story.h), or with calls of their own on a fiber.
 *
 *     static int open(void **state) { return house_open((struct house **)state); }
 *     static void test_cancel(void **state)
 *     {
 *             house_tells(*state, "{\"call\": \"Scheduling.Book\", …}\n");
 *     }
 *
 * TEST_KEEP=1 leaves the folder, and says where it is.
 */
#ifndef SOLEUS_TESTS_HOUSE_H
#define SOLEUS_TESTS_HOUSE_H

#include "ctl/session.h"

#include <sys/types.h>

struct house {
	char folder[64];
	pid_t stack;
	char run_dir[96];
	char keys_dir[96];
	char clock_file[96];
	char socket[112]; /* folder of PostgreSQL's unix socket */
};

/* Fits cmocka's group setup; 0 when all daemons are ready. */
int house_open(struct house **ret_house);
int house_close(struct house **house);

/* A number that who runs the tests sets, TEST_SEED say, else `usual`. Taken out of the environment:
 * daemons do not start with settings that are not theirs. Asked before house_open. */
unsigned house_setting(const char *name, unsigned usual);

/* Plays steps (one JSON object a line); fails the test at the first that does not come true. */
void house_tells(struct house *house, const char *steps);
/* The same of a story beside the tests: "access.story". */
void house_plays(struct house *house, const char *name);

/* Runs `work` on a fiber with a session of this house; fails the test when it returns not 0. */
void house_runs(struct house *house, FIBER int (*work)(struct session *, void *), void *argument);

/* Calls with a request that must come back as INVALID_ARGUMENT; fails the test when it does not, or
 * when the paths of its faults, each with a blank behind it, are others. In `request` ' stands for
 * ". */
void house_refuses(struct house *house, const char *who, const char *method, const char *request,
		   const char *paths);

/* The process of a daemon, or "postgres" (its postmaster); 0 while there is none. */
pid_t house_pid(const struct house *house, const char *name);

/* Stops notes, reminders and analytics where they stand, for tests of scheduling alone that make
 * more than they need to follow; house_close lets them go on, and end. Nothing settles meanwhile.
 */
void house_stop_onlookers(const struct house *house);

/* One value from the database as its superuser, "" for none; fails the test on an error. Ends with
 * free(). */
char *house_query(const struct house *house, const char *sql);

/* Fails the test, and says what it gave, unless the query's value is the expected one. */
void house_expects(const struct house *house, const char *sql, const char *expected);

#endif
