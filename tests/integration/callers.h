/* Calls that are made at the same moment.
 *
 *     struct callers callers = {.who = "lead7"};
 *     callers_add(&callers, "Scheduling.MarkNoShow", "{…}");
 *     callers_call(&callers);
 *     assert_int_equal(callers_told(&callers, STATUS_OK), 1);
 *     callers_end(&callers);
 */
#ifndef SOLEUS_TESTS_CALLERS_H
#define SOLEUS_TESTS_CALLERS_H

#include "base/status.h"
#include "loop/fiber.h"

#define CALLERS_MAX  32
#define CALLER_BYTES 4000

struct session;

struct caller {
	struct callers *all;
	const char *who; /* NULL: who all are */
	const char *rpc;
	const char *key; /* idempotency key; NULL: one of its own */
	char *with;
	enum status_code code;
	char *reply; /* JSON, "" for none */
};

struct callers {
	const char *who;
	int64_t timeout_us; /* how long one waits for a reply before it asks again; 0: as usual */
	struct caller of[CALLERS_MAX];
	unsigned count;
	unsigned running;
	struct session *session;
	struct fiber *judge;
};

struct caller *callers_add(struct callers *callers, const char *rpc, const char *with);

/* In the house of the tests (prater.h); until all are answered. */
void callers_call(struct callers *callers);

/* How many were answered so. */
unsigned callers_told(const struct callers *callers, enum status_code code);

/* Frees what they were told; none are left. */
void callers_end(struct callers *callers);

#endif
