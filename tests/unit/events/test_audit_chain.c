/* The chain of hashes: everything that a row says is in its hash, and so is what was before it. */
#include "events/audit_chain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const Soleus__V1__AuditRow sample = {
	PROTOBUF_C_MESSAGE_INIT(&soleus__v1__audit_row__descriptor),
	.organisation_id = "o",
	.at = 1,
	.id = 2,
	.actor = "mira",
	.actor_id = "p",
	.method = "soleus.v1.Notes.GetNote",
	.athlete_id = "a",
	.record_id = "r",
	.reason = "",
	.traceparent = "t",
};

static void hash_of(const uint8_t *previous, const Soleus__V1__AuditRow *row,
		    uint8_t ret_hash[AUDIT_HASH_BYTES])
{
	struct arena *arena = arena_new(4096);
	assert_true(audit_chain(previous, row, arena, ret_hash));
	arena_free(arena);
}

static void test_each_field_is_in_the_hash(void **state)
{
	(void)state;
	uint8_t hash[AUDIT_HASH_BYTES], other[AUDIT_HASH_BYTES];
	hash_of(NULL, &sample, hash);
	for (unsigned i = 0; i < sample.base.descriptor->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &sample.base.descriptor->fields[i];
		Soleus__V1__AuditRow changed = sample;
		char *member = (char *)&changed + field->offset;
		if (field->type == PROTOBUF_C_TYPE_STRING)
			*(char **)(void *)member = "changed";
		else
			*(int64_t *)(void *)member += 1;
		hash_of(NULL, &changed, other);
		if (memcmp(hash, other, sizeof(hash)) == 0)
			fail_msg("%s is not in the hash", field->name);
	}
}

static void test_what_was_before_is_in_the_hash(void **state)
{
	(void)state;
	uint8_t first[AUDIT_HASH_BYTES], second[AUDIT_HASH_BYTES], again[AUDIT_HASH_BYTES];
	hash_of(NULL, &sample, first);
	hash_of(first, &sample, second);
	assert_memory_not_equal(first, second, sizeof(first));
	hash_of(NULL, &sample, again);
	assert_memory_equal(first, again, sizeof(first));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_field_is_in_the_hash),
		cmocka_unit_test(test_what_was_before_is_in_the_hash),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
