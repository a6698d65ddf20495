#include "bus/method_table.h"

#include "bus/hash.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct method_table {
	struct arena *arena;
	struct method *methods;
	size_t count;
	struct method **buckets; /* open addressing, never more than half full */
	size_t bucket_count;
};

static struct method **slot(const struct method_table *table, const char *name, size_t length)
{
	size_t at = hash_bytes(name, length) & (table->bucket_count - 1);
	for (;; at = (at + 1) & (table->bucket_count - 1)) {
		const struct method *method = table->buckets[at];
		if (!method ||
		    (method->name_length == length && memcmp(method->name, name, length) == 0))
			return &table->buckets[at];
	}
}

static const struct access_rule *rule_of(const struct access_rule *rules, const char *name)
{
	for (; rules->method; rules++)
		if (strcmp(rules->method, name) == 0)
			return rules;
	return 0;
}

static bool add(struct method_table *table, ProtobufCService *service, unsigned index,
		const struct access_rule *rules)
{
	const ProtobufCMethodDescriptor *descriptor = &service->descriptor->methods[index];
	const char *name =
		arena_printf(table->arena, "%s.%s", service->descriptor->name, descriptor->name);
	const struct access_rule *rule = name ? rule_of(rules, name) : 0;
	size_t length = name ? strlen(name) : 0;
	if (!rule || length > METHOD_NAME_MAX)
		return false;
	struct method **place = slot(table, name, length);
	if (*place)
		return false;
	struct method *method = &table->methods[table->count];
	*method = (struct method){
		.name = name,
		.name_length = length,
		.service = service,
		.index = index,
		.input = descriptor->input,
		.command = rule->command,
		.roles = rule->roles,
		.number = (unsigned)table->count++,
	};
	*place = method;
	return true;
}

struct status method_table_new(ProtobufCService *const *services, const struct access_rule *rules,
			       struct method_table **ret_table)
{
	size_t count = 0;
	for (ProtobufCService *const *service = services; *service; service++)
		count += (*service)->descriptor->n_methods;
	size_t buckets = 8;
	while (buckets < 2 * count)
		buckets *= 2;

	struct arena *arena = arena_new(SIZE_MAX);
	struct method_table *table = arena ? ARENA_NEW(arena, struct method_table) : 0;
	if (table) {
		*table = (struct method_table){
			.arena = arena,
			.methods = ARENA_ARRAY(arena, count, struct method),
			.buckets = ARENA_ARRAY(arena, buckets, struct method *),
			.bucket_count = buckets,
		};
	}
	if (!table || !table->methods || !table->buckets) {
		arena_free(arena);
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the methods");
	}
	for (; *services; services++)
		for (unsigned i = 0; i < (*services)->descriptor->n_methods; i++)
			if (!add(table, *services, i, rules)) {
				arena_free(arena);
				return status_error(
					STATUS_FAILED_PRECONDITION,
					"each method needs a rule and a name of its own");
			}
	*ret_table = table;
	return status_ok();
}

void method_table_free(struct method_table *table)
{
	if (table)
		arena_free(table->arena);
}

const struct method *method_table_find(const struct method_table *table, const char *name,
				       size_t length)
{
	return length <= METHOD_NAME_MAX ? *slot(table, name, length) : 0;
}

size_t method_table_count(const struct method_table *table)
{
	return table->count;
}

const struct method *method_table_at(const struct method_table *table, size_t number)
{
	assert(number < table->count);
	return &table->methods[number];
}
