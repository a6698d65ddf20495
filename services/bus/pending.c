#include "bus/pending.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_BUCKETS 64

static size_t bucket_of(const struct pending_table *table, const uint8_t *message_id)
{
	const uint8_t *last = message_id + MESSAGE_ID_BYTES - 3;
	size_t count = (size_t)last[0] << 16 | (size_t)last[1] << 8 | last[2];
	return count & (table->bucket_count - 1);
}

static void put(struct pending_table *table, struct pending *entry)
{
	size_t bucket = bucket_of(table, entry->message_id);
	entry->next = table->buckets[bucket];
	table->buckets[bucket] = entry;
}

static bool grow(struct pending_table *table)
{
	size_t count = table->bucket_count ? 2 * table->bucket_count : FIRST_BUCKETS;
	struct pending **buckets = calloc(count, sizeof(struct pending *));
	if (!buckets)
		return table->bucket_count > 0; /* fuller, not broken */
	struct pending_table old = *table;
	table->buckets = buckets;
	table->bucket_count = count;
	for (size_t i = 0; i < old.bucket_count; i++)
		for (struct pending *entry = old.buckets[i], *next; entry; entry = next) {
			next = entry->next;
			put(table, entry);
		}
	free(old.buckets);
	return true;
}

bool pending_add(struct pending_table *table, struct pending *entry)
{
	if (table->count >= table->bucket_count && !grow(table))
		return false;
	put(table, entry);
	table->count++;
	return true;
}

static struct pending *unlink_entry(struct pending_table *table, struct pending **place)
{
	struct pending *entry = *place;
	*place = entry->next;
	table->count--;
	return entry;
}

struct pending *pending_take(struct pending_table *table,
			     const uint8_t message_id[MESSAGE_ID_BYTES])
{
	if (table->count == 0)
		return 0;
	for (struct pending **at = &table->buckets[bucket_of(table, message_id)]; *at;
	     at = &(*at)->next)
		if (memcmp((*at)->message_id, message_id, MESSAGE_ID_BYTES) == 0)
			return unlink_entry(table, at);
	return 0;
}

struct pending *pending_take_any(struct pending_table *table)
{
	for (size_t i = 0; i < table->bucket_count && table->count > 0; i++)
		if (table->buckets[i])
			return unlink_entry(table, &table->buckets[i]);
	return 0;
}

void pending_free(struct pending_table *table)
{
	assert(table->count == 0);
	free(table->buckets);
	*table = (struct pending_table){0};
}
