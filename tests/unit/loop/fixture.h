/* A loop for each test, and a story that its callbacks tell. */
#ifndef SOLEUS_TESTS_UNIT_LOOP_FIXTURE_H
#define SOLEUS_TESTS_UNIT_LOOP_FIXTURE_H

#include "loop/fiber.h"
#include "loop/loop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct loop *loop;
static char story[512];

static void tell(void *word)
{
	assert_true(strlen(story) + strlen(word) + 2 < sizeof(story));
	if (story[0])
		strcat(story, " ");
	strcat(story, word);
}

static int open_loop(void **state)
{
	(void)state;
	story[0] = '\0';
	loop = loop_new();
	return loop == NULL || loop != loop_current();
}

static int close_loop(void **state)
{
	(void)state;
	bool closed = loop_free(loop);
	unsigned left = fiber_count();
	fiber_trim();
	return !closed || left != 0 || loop_current() != NULL;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_loop, close_loop)

#endif
