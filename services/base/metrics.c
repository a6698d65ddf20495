#include "base/metrics.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHILDREN_MAX    256
#define FIRST_BUCKET_US 100

static struct metric *registry;
static struct metric **registry_end = &registry;

void metric_register(struct metric *metric)
{
	if (metric->registered)
		return;
	metric->registered = true;
	*registry_end = metric;
	registry_end = &metric->next;
}

void metric_add(struct metric *metric, int64_t amount)
{
	assert(metric->kind == METRIC_KIND_GAUGE ||
	       (metric->kind == METRIC_KIND_COUNTER && amount >= 0));
	metric_register(metric);
	metric->value += amount;
}

void metric_set(struct metric *metric, int64_t value)
{
	assert(metric->kind == METRIC_KIND_GAUGE);
	metric_register(metric);
	metric->value = value;
}

static int64_t bucket_bound_us(int bucket)
{
	return (int64_t)FIRST_BUCKET_US << bucket;
}

void metric_observe_us(struct metric *metric, int64_t duration_us)
{
	assert(metric->kind == METRIC_KIND_HISTOGRAM);
	metric_register(metric);
	int bucket = 0;
	while (bucket < METRIC_BUCKETS - 1 && duration_us > bucket_bound_us(bucket))
		bucket++;
	metric->buckets[bucket]++;
	metric->sum_us += duration_us;
	metric->count++;
}

static struct metric *child_new(const struct metric *family, const char *label_value)
{
	struct metric *child = calloc(1, sizeof(*child));
	char *copy = strdup(label_value);
	if (!child || !copy) {
		free(child);
		free(copy);
		return 0;
	}
	child->kind = family->kind;
	child->label_value = copy;
	child->registered = true; /* printed with its family */
	return child;
}

/* The family itself counts for "other": it needs no memory, so there is always an answer. */
struct metric *metric_with(struct metric *family, const char *label_value)
{
	assert(family->label_name);
	metric_register(family);
	if (strcmp(label_value, "other") == 0)
		return family;
	int children = 0;
	struct metric **at = &family->next_child;
	for (; *at; at = &(*at)->next_child, children++)
		if (strcmp((*at)->label_value, label_value) == 0)
			return *at;
	struct metric *child = children < CHILDREN_MAX ? child_new(family, label_value) : 0;
	if (!child)
		return family;
	return *at = child;
}

static void print_escaped(FILE *out, const char *text, bool quotes)
{
	for (; *text; text++) {
		if (*text == '\n')
			fputs("\\n", out);
		else if (*text == '\\')
			fputs("\\\\", out);
		else if (*text == '"' && quotes)
			fputs("\\\"", out);
		else
			fputc(*text, out);
	}
}

/* Exact, and without a locale's comma, unlike printf of a double. */
static void print_seconds(FILE *out, int64_t us)
{
	char fraction[8];
	snprintf(fraction, sizeof(fraction), ".%06d", abs((int)(us % 1000000)));
	size_t length = strlen(fraction);
	while (length > 0 && (fraction[length - 1] == '0' || fraction[length - 1] == '.'))
		fraction[--length] = '\0';
	fprintf(out, "%s%" PRId64 "%s", us < 0 && us > -1000000 ? "-" : "", us / 1000000, fraction);
}

/* name_suffix{label="value",le="bound"}; a bound is given only for buckets, -1 is +Inf. */
static void print_name(FILE *out, const struct metric *family, const struct metric *metric,
		       const char *suffix, const int64_t *bound_us)
{
	fprintf(out, "%s%s", family->name, suffix);
	if (!family->label_name && !bound_us) {
		fputc(' ', out);
		return;
	}
	fputc('{', out);
	if (family->label_name) {
		fprintf(out, "%s=\"", family->label_name);
		print_escaped(out, metric == family ? "other" : metric->label_value, true);
		fputs(bound_us ? "\"," : "\"", out);
	}
	if (bound_us) {
		fputs("le=\"", out);
		if (*bound_us < 0)
			fputs("+Inf", out);
		else
			print_seconds(out, *bound_us);
		fputc('"', out);
	}
	fputs("} ", out);
}

static void print_histogram(FILE *out, const struct metric *family, const struct metric *metric)
{
	int64_t below = 0;
	for (int i = 0; i < METRIC_BUCKETS; i++) {
		int64_t bound_us = i < METRIC_BUCKETS - 1 ? bucket_bound_us(i) : -1;
		below += metric->buckets[i];
		print_name(out, family, metric, "_bucket", &bound_us);
		fprintf(out, "%" PRId64 "\n", below);
	}
	print_name(out, family, metric, "_sum", 0);
	print_seconds(out, metric->sum_us);
	fputc('\n', out);
	print_name(out, family, metric, "_count", 0);
	fprintf(out, "%" PRId64 "\n", metric->count);
}

static void print_sample(FILE *out, const struct metric *family, const struct metric *metric)
{
	if (family->kind == METRIC_KIND_HISTOGRAM) {
		print_histogram(out, family, metric);
		return;
	}
	print_name(out, family, metric, "", 0);
	fprintf(out, "%" PRId64 "\n", metric->value);
}

static void print_family(FILE *out, const struct metric *family)
{
	static const char *const kinds[] = {
		[METRIC_KIND_COUNTER] = "counter",
		[METRIC_KIND_GAUGE] = "gauge",
		[METRIC_KIND_HISTOGRAM] = "histogram",
	};
	fprintf(out, "# HELP %s ", family->name);
	print_escaped(out, family->help, false);
	fprintf(out, "\n# TYPE %s %s\n", family->name, kinds[family->kind]);
	for (const struct metric *child = family->next_child; child; child = child->next_child)
		print_sample(out, family, child);
	if (!family->label_name || family->value || family->count)
		print_sample(out, family, family);
}

const char *metrics_text(struct arena *arena)
{
	char *text = 0;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);
	if (!out)
		return 0;
	for (const struct metric *family = registry; family; family = family->next)
		print_family(out, family);
	bool failed = ferror(out);
	failed = fclose(out) != 0 || failed;
	const char *kept = failed ? 0 : arena_memdup(arena, text, length + 1);
	free(text);
	return kept;
}
