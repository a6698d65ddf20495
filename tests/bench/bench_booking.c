/* Bookings per second through the bus, at 32 in flight, against pgbench doing the same work as one
 * transaction for each booking, with the statements that a lone booking runs (book_look_one.sql,
 * then book_one.sql): prepared, 32 clients, on the same server, in turn, in one run. It pipelines
 * what need not wait: BEGIN with the look, the booking with COMMIT.
 *
 * A second reference leaves the look out: book_one.sql alone, one round trip, no BEGIN. It books
 * what it has not looked at, and is there to show what coalescing is worth without the look.
 *
 * pgbench's bookings have no readers. So the daemons that read scheduling's events are stopped
 * while all are measured; what bookings reach while they work is a figure of its own. */
#include "bookers.h"
#include "figures.h"
#include "pgbench.h"

#include <signal.h>

#define IN_FLIGHT   32
#define SECONDS     5
#define ROUNDS_MOST 8

int main(int argc, char **argv)
{
	unsigned rounds = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 3;
	double ours[ROUNDS_MOST], theirs[2][ROUNDS_MOST], ratios[2][ROUNDS_MOST];
	struct group group = {.clinics = 1, .practitioners = IN_FLIGHT};
	if (rounds == 0 || rounds > ROUNDS_MOST || house_open(&group.house) != 0)
		return 1;
	group_make(&group);
	group_signal_readers(&group, SIGSTOP);
	for (unsigned i = 0; i < rounds; i++) {
		ours[i] = bookers_run(&group, IN_FLIGHT, SECONDS).rate;
		fprintf(stderr, "round %u: %.0f bookings/s through the bus", i + 1, ours[i]);
		for (unsigned k = 0; k < 2; k++) {
			theirs[k][i] = pgbench_book(&group, IN_FLIGHT, SECONDS, k == 0).rate;
			ratios[k][i] = theirs[k][i] > 0 ? ours[i] / theirs[k][i] : 0;
			fprintf(stderr, "; pgbench, %s: %.0f/s, ratio %.2f",
				k == 0 ? "one transaction" : "one statement", theirs[k][i],
				ratios[k][i]);
		}
		fputc('\n', stderr);
	}
	group_signal_readers(&group, SIGCONT);
	double with_readers = bookers_run(&group, IN_FLIGHT, SECONDS).rate;
	fprintf(stderr, "bookings at %d in flight, medians of %u rounds of %d s\n", IN_FLIGHT,
		rounds, SECONDS);
	figure("booking", "bookings_per_s", figure_quantile(ours, rounds, 0.5), "1/s");
	figure("booking", "pgbench_transactions_per_s", figure_quantile(theirs[0], rounds, 0.5),
	       "1/s");
	figure("booking", "pgbench_statements_per_s", figure_quantile(theirs[1], rounds, 0.5),
	       "1/s");
	figure("booking", "bookings_with_readers_per_s", with_readers, "1/s");
	figure("booking", "bookings_vs_one_statement", figure_quantile(ratios[1], rounds, 0.5),
	       "ratio");
	figure("booking", "bookings_vs_one_transaction", figure_quantile(ratios[0], rounds, 0.5),
	       "ratio");
	return house_close(&group.house);
}
