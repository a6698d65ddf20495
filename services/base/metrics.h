/* Counters, gauges and histograms in Prometheus text format. Single-threaded: the loop's thread.
 *
 *     static struct metric reads = METRIC_COUNTER("soleus_bus_reads_total", "Requests read.");
 *     METRICS_FROM_THE_START(&reads)
 *     metric_add(&reads, 1);
 *
 * A metric is told from its first use on, or, as 0, from the start of the program: an alert on what
 * has never happened must find a number. Labels: at most one, as a family of children that
 * metric_with finds or makes (bounded: 256 children, later ones fall into label "other").
 * Cost: an addition; a histogram adds a search over 16 buckets.
 */
#ifndef SOLEUS_BASE_METRICS_H
#define SOLEUS_BASE_METRICS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum metric_kind { METRIC_KIND_COUNTER, METRIC_KIND_GAUGE, METRIC_KIND_HISTOGRAM };

#define METRIC_BUCKETS 16 /* upper bounds 100 us × 2^n, the last is +Inf */

struct metric {
	enum metric_kind kind;
	const char *name;
	const char *help;
	const char *label_name;  /* NULL for no label */
	const char *label_value; /* of a child */
	int64_t value;           /* counter, gauge */
	int64_t buckets[METRIC_BUCKETS];
	int64_t sum_us;
	int64_t count;
	struct metric *next_child;
	struct metric *next;
	bool registered;
};

/* clang-format off */
#define METRIC_OF(kind_, name_, label_, help_)                                                     \
	{.kind = (kind_), .name = (name_), .label_name = (label_), .help = (help_)}
/* clang-format on */
#define METRIC_COUNTER(name_, help_)            METRIC_OF(METRIC_KIND_COUNTER, name_, 0, help_)
#define METRIC_GAUGE(name_, help_)              METRIC_OF(METRIC_KIND_GAUGE, name_, 0, help_)
#define METRIC_HISTOGRAM(name_, help_)          METRIC_OF(METRIC_KIND_HISTOGRAM, name_, 0, help_)
#define METRIC_COUNTER_BY(name_, label_, help_) METRIC_OF(METRIC_KIND_COUNTER, name_, label_, help_)
#define METRIC_HISTOGRAM_BY(name_, label_, help_) \
	METRIC_OF(METRIC_KIND_HISTOGRAM, name_, label_, help_)

/* At a file's top level, behind its metrics: they are told before main begins. A family without
 * children has its HELP and TYPE alone. */
#define METRICS_FROM_THE_START(...)                                         \
	__attribute__((constructor)) static void register_metrics(void)     \
	{                                                                   \
		struct metric *const all[] = {__VA_ARGS__};                 \
		for (unsigned i = 0; i < sizeof(all) / sizeof(all[0]); i++) \
			metric_register(all[i]);                            \
	}

/* Lets a metric be told though nothing has been counted; again is allowed. */
void metric_register(struct metric *metric);

void metric_add(struct metric *metric, int64_t amount);
void metric_set(struct metric *metric, int64_t value);

/* A histogram is printed in seconds: let its name end in _seconds. */
void metric_observe_us(struct metric *metric, int64_t duration_us);

/* The child of a labelled metric for `label_value` (copied); never NULL. */
struct metric *metric_with(struct metric *family, const char *label_value);

/* All registered metrics in text exposition format 0.0.4, in `arena`; NULL beyond its budget. */
const char *metrics_text(struct arena *arena);

#endif
