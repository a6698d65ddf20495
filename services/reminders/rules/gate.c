#include "reminders/rules/gate.h"

#include <string.h>

#define MINUTE_US      INT64_C(60000000)
#define PAUSE_FIRST_US (MINUTE_US / 4)
#define PAUSE_MOST_US  (10 * MINUTE_US)
#define TRIAL_US       (2 * MINUTE_US)
#define BURST_SECONDS  10 /* of the rate */

bool bucket_take(struct bucket *bucket, int64_t reserve, int64_t now, int64_t *ret_until)
{
	if (bucket->per_minute == 0)
		return true;
	int64_t token_us = MINUTE_US / bucket->per_minute;
	int64_t empty_us = token_us * bucket->burst;
	/* A clock that went back does not leave it empty for longer than it takes to fill. */
	if (bucket->full_at > now + empty_us)
		bucket->full_at = now + empty_us;
	int64_t from = bucket->full_at > now ? bucket->full_at : now;
	int64_t latest = now + token_us * (bucket->burst - reserve);
	if (from + token_us > latest) {
		*ret_until = now + (from + token_us - latest);
		return false;
	}
	bucket->full_at = from + token_us;
	return true;
}

static struct bucket bucket_of(int64_t per_minute)
{
	int64_t burst = per_minute * BURST_SECONDS / 60;
	return (struct bucket){.per_minute = per_minute, .burst = burst > 2 ? burst : 2};
}

struct gate gate_new(int64_t per_minute, int64_t share_per_minute)
{
	return (struct gate){.rate = bucket_of(per_minute), .share_per_minute = share_per_minute};
}

/* That of who asked longest ago makes place. */
static struct bucket *share_of(struct gate *gate, const char *organisation_id)
{
	size_t at = 0;
	while (at < gate->share_count &&
	       strcmp(gate->shares[at].organisation_id, organisation_id) != 0)
		at++;
	if (at == gate->share_count) {
		if (gate->share_count < GATE_SHARES)
			gate->share_count++;
		at = gate->share_count - 1;
		memset(&gate->shares[at], 0, sizeof(gate->shares[at]));
		strncpy(gate->shares[at].organisation_id, organisation_id,
			sizeof(gate->shares[at].organisation_id) - 1);
		gate->shares[at].bucket = bucket_of(gate->share_per_minute);
	}
	for (; at > 0; at--) {
		struct gate_share one = gate->shares[at];
		gate->shares[at] = gate->shares[at - 1];
		gate->shares[at - 1] = one;
	}
	return &gate->shares[0].bucket;
}

static bool breaker_lets(struct breaker *breaker, int64_t now, int64_t *ret_until)
{
	if (breaker->state == BREAKER_CLOSED)
		return true;
	if (now < breaker->until && breaker->until - now <= PAUSE_MOST_US * 2) {
		*ret_until = breaker->until;
		return false;
	}
	/* Open: the pause is over. Half open: the trial was never told of. */
	breaker->state = BREAKER_HALF_OPEN;
	breaker->until = now + TRIAL_US;
	return true;
}

enum gate_answer gate_ask(struct gate *gate, const char *organisation_id, bool urgent, int64_t now,
			  int64_t *ret_until)
{
	int64_t reserve = urgent ? 0 : (gate->rate.burst + 9) / 10;
	if (gate->breaker.state != BREAKER_CLOSED)
		return breaker_lets(&gate->breaker, now, ret_until) ? GATE_PASS : GATE_OPEN;
	if (gate->share_per_minute &&
	    !bucket_take(share_of(gate, organisation_id), 0, now, ret_until) && !urgent)
		return GATE_RATE;
	return bucket_take(&gate->rate, reserve, now, ret_until) ? GATE_PASS : GATE_RATE;
}

void gate_tell_good(struct gate *gate)
{
	gate->breaker = (struct breaker){.state = BREAKER_CLOSED};
}

static void open_breaker(struct breaker *breaker, int64_t pause_us, int64_t now, unsigned dice)
{
	if (breaker->state == BREAKER_CLOSED && breaker->since == 0)
		breaker->since = now;
	breaker->pause_us = pause_us < PAUSE_MOST_US ? pause_us : PAUSE_MOST_US;
	breaker->until =
		now + breaker->pause_us + breaker->pause_us / 4 * (int64_t)dice / GATE_DICE;
	breaker->state = BREAKER_OPEN;
}

void gate_tell_fault(struct gate *gate, enum provider_fault fault, int64_t retry_after_us,
		     int64_t now, unsigned dice)
{
	struct breaker *breaker = &gate->breaker;
	if (fault == PROVIDER_FAULT_PERMANENT || fault == PROVIDER_FAULT_OPTED_OUT)
		return gate_tell_good(gate);
	/* Others that were under way when it opened say nothing new. */
	if (breaker->state == BREAKER_OPEN)
		return;
	if (breaker->failures++ == 0)
		breaker->since = now;
	if (breaker->state == BREAKER_HALF_OPEN)
		return open_breaker(breaker, breaker->pause_us * 2, now, dice);
	if (retry_after_us > 0)
		return open_breaker(breaker, retry_after_us, now, dice);
	if (fault == PROVIDER_FAULT_ACCOUNT || breaker->failures >= GATE_FAILURES)
		open_breaker(breaker, PAUSE_FIRST_US, now, dice);
}

int64_t gate_failing_since(const struct gate *gate)
{
	return gate->breaker.since;
}
