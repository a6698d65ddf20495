/* What a bench prints: one JSON line a figure on standard output, a table for people on standard
 * error. */
#ifndef SOLEUS_TESTS_FIGURES_H
#define SOLEUS_TESTS_FIGURES_H

#include <stdio.h>
#include <stdlib.h>

static inline void figure(const char *bench, const char *metric, double value, const char *unit)
{
	printf("{\"bench\":\"%s\",\"metric\":\"%s\",\"value\":%.4g,\"unit\":\"%s\"}\n", bench,
	       metric, value, unit);
	fflush(stdout);
	fprintf(stderr, "  %-34s %12.4g %s\n", metric, value, unit);
}

static inline int figure_order(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* Sorts `values`. `share` 0.5 is the median. */
static inline double figure_quantile(double *values, size_t count, double share)
{
	qsort(values, count, sizeof(*values), figure_order);
	size_t at = (size_t)(share * (double)(count - 1) + 0.5);
	return count ? values[at] : 0;
}

#endif
