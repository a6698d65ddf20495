/* Free slots: a table in minutes, then random days against the plain definition. */
#include "scheduling/rules/slots.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#define MINUTE INT64_C(60000000)

struct minutes {
	int from, to;
};

static const struct {
	const char *name;
	struct minutes windows[3];
	struct minutes busy[4];
	int duration, before, after, step, earliest;
	const char *starts;
} cases[] = {
	{"an empty day", {{0, 120}}, {{0}}, 60, 0, 0, 30, 0, "0 30 60 "},
	{"no window", {{0}}, {{0}}, 60, 0, 0, 30, 0, ""},
	{"a window shorter than the visit", {{0, 59}}, {{0}}, 60, 0, 0, 30, 0, ""},
	{"back to back is free", {{0, 120}}, {{30, 60}}, 30, 0, 0, 30, 0, "0 60 90 "},
	{"one minute of overlap is not", {{0, 120}}, {{29, 61}}, 30, 0, 0, 30, 0, "90 "},
	{"the buffer after must be free",
	 {{0, 120}},
	 {{60, 70}},
	 30,
	 0,
	 10,
	 10,
	 0,
	 "0 10 20 70 80 90 "},
	{"the buffer before must be free", {{0, 120}}, {{0, 30}}, 30, 15, 0, 15, 0, "45 60 75 90 "},
	{"buffers may lie outside hours", {{0, 30}}, {{0}}, 30, 15, 15, 15, 0, "0 "},
	{"but not over a neighbour outside hours",
	 {{0, 30}},
	 {{-5, 0}, {200, 210}},
	 30,
	 15,
	 15,
	 15,
	 0,
	 ""},
	{"not before the earliest", {{0, 120}}, {{0}}, 30, 0, 0, 30, 31, "60 90 "},
	{"starts keep to the window's grid", {{5, 95}}, {{10, 20}}, 30, 0, 0, 30, 0, "35 65 "},
	{"busy ranges that overlap and nest",
	 {{0, 240}},
	 {{10, 200}, {20, 40}, {30, 210}},
	 30,
	 0,
	 0,
	 30,
	 0,
	 "210 "},
	{"an empty busy range blocks nothing", {{0, 60}}, {{30, 30}}, 60, 0, 0, 30, 0, "0 "},
	{"windows that overlap give nothing twice",
	 {{0, 90}, {30, 120}},
	 {{0}},
	 60,
	 0,
	 0,
	 30,
	 0,
	 "0 30 60 "},
	{"busy across two windows", {{0, 60}, {90, 150}}, {{30, 120}}, 30, 0, 0, 30, 0, "0 120 "},
};

static void finds(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct slots_range windows[3], busy[4], slots[32];
		size_t window_count = 0, busy_count = 0;
		for (; window_count < 3 && cases[i].windows[window_count].to; window_count++)
			windows[window_count] =
				(struct slots_range){cases[i].windows[window_count].from * MINUTE,
						     cases[i].windows[window_count].to * MINUTE};
		for (; busy_count < 4 &&
		       (cases[i].busy[busy_count].to || cases[i].busy[busy_count].from);
		     busy_count++)
			busy[busy_count] =
				(struct slots_range){cases[i].busy[busy_count].from * MINUTE,
						     cases[i].busy[busy_count].to * MINUTE};
		struct slots_request request = {cases[i].duration * MINUTE,
						cases[i].before * MINUTE, cases[i].after * MINUTE,
						cases[i].step * MINUTE, cases[i].earliest * MINUTE};
		size_t count =
			slots_find(windows, window_count, busy, busy_count, &request, slots, 32);
		char starts[256] = "";
		for (size_t s = 0; s < count; s++)
			sprintf(starts + strlen(starts), "%d ", (int)(slots[s].starts_at / MINUTE));
		if (strcmp(starts, cases[i].starts) != 0)
			fail_msg("%s: got %s", cases[i].name, starts);
	}
}

static void stops_at_capacity(void **state)
{
	(void)state;
	struct slots_range window = {0, 600 * MINUTE};
	struct slots_range slots[4];
	struct slots_request request = {30 * MINUTE, 0, 0, 30 * MINUTE, 0};
	assert_int_equal(slots_find(&window, 1, 0, 0, &request, slots, 4), 4);
	assert_int_equal(slots_find(&window, 1, 0, 0, &request, slots, 0), 0);
}

static uint64_t seed = 42;

static int below(int bound)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int)((seed >> 33) % (uint64_t)bound);
}

/* The definition: a grid start whose visit is inside a window and whose footprint meets no busy
 * range. */
static bool is_free(int start, const struct slots_range *windows, size_t window_count,
		    const struct slots_range *busy, size_t busy_count,
		    const struct slots_request *request)
{
	int64_t from = start - request->buffer_before_us;
	int64_t to = start + request->duration_us + request->buffer_after_us;
	if (start < request->earliest_at)
		return false;
	for (size_t i = 0; i < busy_count; i++)
		if (busy[i].ends_at > busy[i].starts_at && busy[i].starts_at < to &&
		    busy[i].ends_at > from)
			return false;
	for (size_t i = 0; i < window_count; i++)
		if (start >= windows[i].starts_at &&
		    start + request->duration_us <= windows[i].ends_at &&
		    (start - windows[i].starts_at) % request->step_us == 0)
			return true;
	return false;
}

static void agrees_with_the_definition(void **state)
{
	(void)state;
	for (int round = 0; round < 20000; round++) {
		struct slots_range windows[4], busy[12], slots[700];
		size_t window_count = (size_t)below(5), busy_count = (size_t)below(13);
		int at = 0;
		for (size_t i = 0; i < window_count; i++) {
			at += below(60);
			windows[i] = (struct slots_range){at, at + below(90)};
			at += below(2) * 60; /* now and then apart, else overlapping */
		}
		at = -20;
		for (size_t i = 0; i < busy_count; i++) {
			at += below(30);
			busy[i] = (struct slots_range){at, at + below(50)};
		}
		/* One step for all windows, as the definition allows the union of their grids only
		 * where they share it. */
		struct slots_request request = {1 + below(40), below(15), below(15), 1,
						below(100) - 20};
		if (window_count <= 1)
			request.step_us = 1 + below(20);
		size_t count =
			slots_find(windows, window_count, busy, busy_count, &request, slots, 700);
		size_t next = 0;
		for (int start = -50; start < 700; start++) {
			bool free_here =
				is_free(start, windows, window_count, busy, busy_count, &request);
			bool found = next < count && slots[next].starts_at == start;
			if (free_here != found)
				fail_msg("round %d: start %d should be %s", round, start,
					 free_here ? "free" : "taken");
			next += found;
		}
		assert_int_equal(next, count);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds),
		cmocka_unit_test(stops_at_capacity),
		cmocka_unit_test(agrees_with_the_definition),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
