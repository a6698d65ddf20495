/* Whether a provider may be asked now: its rate limit, each organisation's share of it, and a
 * breaker that keeps messages back while it fails. No I/O: the instant and the dice come from the
 * caller.
 *
 *     enum gate_answer answer = gate_ask(&gate, organisation_id, urgent, now, &until);
 *     … ask the provider …
 *     gate_tell(&gate, fault, retry_after_us, now, random_below(GATE_DICE));
 *
 *     closed ──GATE_FAILURES in a row──▶ open ──pause over──▶ half open ──good──▶ closed
 *                                          ▲───────bad: a longer pause───┘
 */
#ifndef SOLEUS_REMINDERS_RULES_GATE_H
#define SOLEUS_REMINDERS_RULES_GATE_H

#include "reminders/rules/provider_fault.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Tokens come at a rate up to a burst; each message takes one. */
struct bucket {
	int64_t per_minute; /* 0: without limit */
	int64_t burst;
	int64_t full_at; /* when it would be full if nobody took any more */
};

/* Takes a token, leaving at least `reserve`; else false, and when there will be one. */
bool bucket_take(struct bucket *bucket, int64_t reserve, int64_t now, int64_t *ret_until);

enum breaker_state {
	BREAKER_CLOSED,    /* messages pass */
	BREAKER_OPEN,      /* none does until `until` */
	BREAKER_HALF_OPEN, /* one passes, and decides */
};

struct breaker {
	enum breaker_state state;
	unsigned failures; /* in a row */
	int64_t since;     /* closed: of the first of them; else when it opened */
	int64_t until;     /* open: when one may try; half open: when its trial counts as lost */
	int64_t pause_us;  /* that it was opened for */
};

#define GATE_FAILURES 5
#define GATE_DICE     1000
#define GATE_SHARES   64

struct gate_share {
	char organisation_id[37];
	struct bucket bucket;
};

struct gate {
	struct bucket rate;
	struct breaker breaker;
	int64_t share_per_minute; /* of one organisation; 0: no limit but the provider's */
	struct gate_share shares[GATE_SHARES]; /* of those that asked last, the latest first */
	size_t share_count;
};

struct gate gate_new(int64_t per_minute, int64_t share_per_minute);

enum gate_answer {
	GATE_PASS,
	GATE_RATE, /* over the limit until then */
	GATE_OPEN, /* the provider fails; asked again then */
};

/* A tenth of the burst is kept for what is `urgent`. */
enum gate_answer gate_ask(struct gate *gate, const char *organisation_id, bool urgent, int64_t now,
			  int64_t *ret_until);

void gate_tell_good(struct gate *gate);

/* What was asked has failed. A fault of one message (permanent) says that the provider works.
 * `retry_after_us` 0: it did not say. `dice` below GATE_DICE. */
void gate_tell_fault(struct gate *gate, enum provider_fault fault, int64_t retry_after_us,
		     int64_t now, unsigned dice);

/* Since when it has failed without a break; 0: it works. */
int64_t gate_failing_since(const struct gate *gate);

#endif
