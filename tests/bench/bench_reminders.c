/* The queue of reminders against graphile-worker and pg-boss on the same server, in turn, in one
 * run, each with the fastest settings that its documentation has.
 *
 * Enqueued: one reminder a call, 10 calls in flight, each committed (enqueue.h).
 *
 * Dispatched: messages by the real daemon (claim, judge, words, decision, event) to a provider that
 * answers at once. The peers process empty jobs and keep no trace of them, or what they keep by
 * themselves; ours keeps who was sent which words, when and why. Then the same with 5 million
 * messages that wait for another time, and under that backlog, while others are dispatched, the
 * time from "I can't breathe" to the alert that is stored and the emergency advice that is sent. */
#include "enqueue.h"
#include "figures.h"
#include "mailing.h"
#include "peers.h"

#include <stdio.h>
#include <stdlib.h>

#define ROUNDS_MOST 8
#define ALARMS      200
#define IN_FLIGHT   10
#define LANES       4 /* as the daemon has without settings */
#define SECONDS     5

static unsigned number(int argc, char **argv, int at, unsigned otherwise)
{
	return argc > at ? (unsigned)strtoul(argv[at], NULL, 10) : otherwise;
}

static double median(double *values, unsigned count)
{
	return figure_quantile(values, count, 0.5);
}

/* Ours and the peers', round by round. */
struct rates {
	const char *what;
	unsigned rounds;
	double ours[ROUNDS_MOST], worker[ROUNDS_MOST], boss[ROUNDS_MOST], ratio[ROUNDS_MOST];
};

static void add_round(struct rates *rates, double ours, double worker, double boss)
{
	unsigned i = rates->rounds++;
	rates->ours[i] = ours;
	rates->worker[i] = worker;
	rates->boss[i] = boss;
	rates->ratio[i] = ours / (worker > boss ? worker : boss);
	fprintf(stderr, "%s round %u: ours %.0f/s, graphile-worker %.0f/s, pg-boss %.0f/s\n",
		rates->what, i + 1, ours, worker, boss);
}

static void tell_rate(const char *what, const char *whose, double *rates, unsigned rounds)
{
	char metric[64];
	snprintf(metric, sizeof(metric), "%s_%s", what, whose);
	figure("reminders", metric, median(rates, rounds), "1/s");
}

static void tell(struct rates *rates)
{
	char metric[64];
	tell_rate(rates->what, "ours", rates->ours, rates->rounds);
	tell_rate(rates->what, "graphile_worker", rates->worker, rates->rounds);
	tell_rate(rates->what, "pg_boss", rates->boss, rates->rounds);
	snprintf(metric, sizeof(metric), "%s_vs_best_peer", rates->what);
	figure("reminders", metric, median(rates->ratio, rates->rounds), "ratio");
}

int main(int argc, char **argv)
{
	unsigned rounds = number(argc, argv, 1, 3), messages = number(argc, argv, 2, 100000);
	unsigned backlog = number(argc, argv, 3, 5000000);
	double full[ROUNDS_MOST], waits[ALARMS];
	struct rates enqueued = {.what = "enqueue"}, dispatched = {.what = "dispatch"};
	struct mailing mailing;
	if (rounds == 0 || rounds > ROUNDS_MOST || !mailing_open(&mailing))
		return 1;
	for (unsigned i = 0; i < rounds; i++)
		add_round(&enqueued, enqueue_run(&mailing, IN_FLIGHT, LANES, SECONDS),
			  peers_enqueue(&mailing, "graphile"), peers_enqueue(&mailing, "pgboss"));
	for (unsigned i = 0; i < rounds; i++)
		add_round(&dispatched, mailing_dispatch(&mailing, messages),
			  peers_dispatch(&mailing, "graphile"), peers_dispatch(&mailing, "pgboss"));
	mailing_wait_with(&mailing, backlog);
	for (unsigned i = 0; i < rounds; i++)
		full[i] = mailing_dispatch(&mailing, messages);
	unsigned alarms = mailing_alarms(&mailing, 2 * messages, waits, ALARMS);
	tell(&enqueued);
	tell(&dispatched);
	double with_backlog = median(full, rounds);
	figure("reminders", "dispatch_with_backlog", with_backlog, "1/s");
	figure("reminders", "dispatch_backlog_growth",
	       median(dispatched.ours, rounds) / with_backlog, "ratio");
	figure("reminders", "alarm_p50_s", figure_quantile(waits, alarms, 0.5), "s");
	figure("reminders", "alarm_p99_s", figure_quantile(waits, alarms, 0.99), "s");
	mailing_close(&mailing);
	return 0;
}
