#include "base/arena.h"
#include "base/status.h"

#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void budget_counts_rounded_bytes(void **state)
{
	(void)state;
	static const struct {
		size_t bytes;
		size_t used;
	} cases[] = {{0, 16}, {1, 16}, {16, 16}, {17, 32}, {8192, 8192}, {20000, 20000}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena *arena = arena_new(cases[i].used);
		assert_non_null(arena_alloc(arena, cases[i].bytes));
		assert_int_equal(arena_used(arena), cases[i].used);
		assert_false(arena_has_refused(arena));
		assert_null(arena_alloc(arena, 1));
		assert_true(arena_has_refused(arena));
		arena_reset(arena);
		assert_false(arena_has_refused(arena));
		assert_int_equal(arena_used(arena), 0);
		assert_non_null(arena_alloc(arena, cases[i].bytes));
		arena_free(arena);
	}
}

static void refuses_what_overflows(void **state)
{
	(void)state;
	struct arena *arena = arena_new(SIZE_MAX);
	assert_null(arena_alloc(arena, SIZE_MAX));
	arena_reset(arena);
	assert_null(arena_array(arena, SIZE_MAX / 2, 3));
	assert_true(arena_has_refused(arena));
	assert_null(arena_alloc(arena, SIZE_MAX - 14)); /* by rounding */
	assert_int_equal(arena_used(arena), 0);
	arena_free(arena);
}

static void memory_is_zero_aligned_and_apart(void **state)
{
	(void)state;
	struct arena *arena = arena_new(4 << 20);
	for (int round = 0; round < 3; round++) {
		unsigned char *pieces[1000];
		size_t sizes[1000];
		for (size_t i = 0; i < 1000; i++) {
			sizes[i] = i % 100 == 99 ? 9000 + i : i % 70;
			pieces[i] = arena_alloc(arena, sizes[i]);
			assert_non_null(pieces[i]);
			assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
			for (size_t byte = 0; byte < sizes[i]; byte++)
				assert_int_equal(pieces[i][byte], 0);
			memset(pieces[i], (int)(i % 251) + 1, sizes[i]);
		}
		for (size_t i = 0; i < 1000; i++)
			for (size_t byte = 0; byte < sizes[i]; byte++)
				assert_int_equal(pieces[i][byte], i % 251 + 1);
		arena_reset(arena);
	}
	arena_free(arena);
}

static void copies(void **state)
{
	(void)state;
	struct arena *arena = arena_new(4096);
	assert_string_equal(arena_strdup(arena, "calf"), "calf");
	assert_string_equal(arena_strdup(arena, 0), "");
	assert_string_equal(arena_strndup(arena, "hamstring", 3), "ham");
	assert_string_equal(arena_strndup(arena, "calf", SIZE_MAX), "calf");
	assert_string_equal(arena_strndup(arena, 0, 5), "");
	assert_memory_equal(arena_memdup(arena, "a\0b", 4), "a\0b", 4);
	assert_non_null(arena_memdup(arena, 0, 0));
	assert_string_equal(arena_printf(arena, "sites[%d].%s", 2, "depth_mm"),
			    "sites[2].depth_mm");
	assert_null(arena_printf(arena, "%5000d", 1));
	arena_free(arena);
}

static char ended[8];

static void end(void *what)
{
	strcat(ended, what);
}

static struct arena *deferring_arena;

static void end_and_defer(void *what)
{
	end(what);
	arena_defer(deferring_arena, end, "z");
}

static void what_was_deferred_ends_last_first(void **state)
{
	(void)state;
	struct arena *arena = arena_new(0);
	ended[0] = '\0';
	arena_defer(arena, end, "a");
	arena_defer(arena, end, "b");
	assert_int_equal(arena_used(arena), 0);
	arena_reset(arena);
	assert_string_equal(ended, "ba");
	deferring_arena = arena;
	arena_defer(arena, end, "c");
	arena_defer(arena, end_and_defer, "d");
	arena_free(arena);
	assert_string_equal(ended, "badzc");
	arena_free(0);
}

static void faults_keep_their_order(void **state)
{
	(void)state;
	struct arena *arena = arena_new(4096);
	struct faults faults = {0};
	assert_true(status_is_ok(faults_status(&faults)));
	faults_add(&faults, arena, "athlete_id", "an athlete's id (UUID)");
	faults_addf(&faults, arena, "a depth in mm", "sites[%d].depth_mm", 2);
	struct status status = faults_status(&faults);
	assert_int_equal(status.code, STATUS_INVALID_ARGUMENT);
	assert_non_null(status.message);
	assert_string_equal(status.faults->field, "athlete_id");
	assert_string_equal(status.faults->next->field, "sites[2].depth_mm");
	assert_string_equal(status.faults->next->expected, "a depth in mm");
	assert_null(status.faults->next->next);
	arena_free(arena);
}

static void a_fault_without_memory_is_still_a_fault(void **state)
{
	(void)state;
	struct arena *arena = arena_new(0);
	for (int round = 0; round < 2; round++) {
		struct faults faults = {0};
		faults_add(&faults, arena, "a", "b");
		faults_addf(&faults, arena, "b", "a[%d]", 1);
		struct status status = faults_status(&faults);
		assert_int_equal(status.code, STATUS_INVALID_ARGUMENT);
		assert_non_null(status.faults->expected);
		assert_null(status.faults->next);
	}
	struct status status = status_errorf(arena, STATUS_NOT_FOUND, "no clinic %d", 7);
	assert_int_equal(status.code, STATUS_NOT_FOUND);
	assert_non_null(status.message);
	arena_free(arena);

	arena = arena_new(32); /* room for one fault, not for two */
	struct faults faults = {0};
	faults_add(&faults, arena, "first", "kept");
	faults_add(&faults, arena, "second", "lost");
	faults_add(&faults, arena, "third", "lost");
	assert_string_equal(faults.first->field, "first");
	assert_string_equal(faults.first->next->field, "");
	assert_null(faults.first->next->next);
	arena_free(arena);
}

static void errors_carry_code_and_message(void **state)
{
	(void)state;
	struct arena *arena = arena_new(4096);
	struct status status = status_errorf(arena, STATUS_ABORTED, "attempt %d", 3);
	assert_false(status_is_ok(status));
	assert_string_equal(status.message, "attempt 3");
	assert_null(status.faults);
	assert_string_equal(status_error(STATUS_INTERNAL, "x").message, "x");
	arena_free(arena);
}

static void codes_have_names(void **state)
{
	(void)state;
	assert_string_equal(status_code_name(STATUS_OK), "OK");
	assert_string_equal(status_code_name(STATUS_UNAUTHENTICATED), "UNAUTHENTICATED");
	assert_string_equal(status_code_name((enum status_code)17), "UNKNOWN");
	assert_string_equal(status_code_name((enum status_code) - 1), "UNKNOWN");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(budget_counts_rounded_bytes),
		cmocka_unit_test(refuses_what_overflows),
		cmocka_unit_test(memory_is_zero_aligned_and_apart),
		cmocka_unit_test(copies),
		cmocka_unit_test(what_was_deferred_ends_last_first),
		cmocka_unit_test(faults_keep_their_order),
		cmocka_unit_test(a_fault_without_memory_is_still_a_fault),
		cmocka_unit_test(errors_carry_code_and_message),
		cmocka_unit_test(codes_have_names),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
