/* Messages dispatched per second by the real daemon (claim, judge, words, decision, event) to a
 * provider that answers at once, against graphile-worker and pg-boss on the same server, in turn,
 * in one run, each with the fastest settings that its documentation has. They process empty jobs
 * and keep no trace of them, or what they keep by themselves; ours keeps who was sent which words,
 * when and why.
 *
 * Then the same with 5 million messages that wait for another time, and under that backlog, while
 * others are dispatched, the time from "I can't breathe" to the alert that is stored and the
 * emergency advice that is sent. */
#include "figures.h"
#include "mailing.h"
#include "peers.h"

#include <stdio.h>
#include <stdlib.h>

#define ROUNDS_MOST 8
#define MESSAGES    100000
#define BACKLOG     5000000
#define ALARMS      200

static double median(double *values, unsigned count)
{
	return figure_quantile(values, count, 0.5);
}

int main(int argc, char **argv)
{
	unsigned rounds = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 3;
	double ours[ROUNDS_MOST], full[ROUNDS_MOST], worker[ROUNDS_MOST], boss[ROUNDS_MOST];
	double ratio[ROUNDS_MOST], waits[ALARMS];
	struct mailing mailing;
	if (rounds == 0 || rounds > ROUNDS_MOST || !mailing_open(&mailing))
		return 1;
	for (unsigned i = 0; i < rounds; i++) {
		ours[i] = mailing_dispatch(&mailing, MESSAGES);
		worker[i] = peers_dispatch(&mailing, "graphile");
		boss[i] = peers_dispatch(&mailing, "pgboss");
		ratio[i] = ours[i] / (worker[i] > boss[i] ? worker[i] : boss[i]);
		fprintf(stderr,
			"dispatch round %u: ours %.0f/s, graphile-worker %.0f/s, pg-boss "
			"%.0f/s\n",
			i + 1, ours[i], worker[i], boss[i]);
	}
	mailing_wait_with(&mailing, BACKLOG);
	for (unsigned i = 0; i < rounds; i++)
		full[i] = mailing_dispatch(&mailing, MESSAGES);
	unsigned alarms = mailing_alarms(&mailing, 2 * MESSAGES, waits, ALARMS);
	figure("reminders", "dispatched", median(ours, rounds), "1/s");
	figure("reminders", "dispatched_graphile_worker", median(worker, rounds), "1/s");
	figure("reminders", "dispatched_pg_boss", median(boss, rounds), "1/s");
	figure("reminders", "dispatched_with_backlog", median(full, rounds), "1/s");
	figure("reminders", "dispatch_vs_best_peer", median(ratio, rounds), "ratio");
	figure("reminders", "dispatch_backlog_growth", median(ours, rounds) / median(full, rounds),
	       "ratio");
	figure("reminders", "alarm_p50_s", figure_quantile(waits, alarms, 0.5), "s");
	figure("reminders", "alarm_p99_s", figure_quantile(waits, alarms, 0.99), "s");
	mailing_close(&mailing);
	return 0;
}
