/* Commands on a real PostgreSQL: one key is done once and has one reply, whoever breaks in between.
 */
#include "world.h"

#include "base/random.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static FIBER void same_key(struct world *world)
{
	struct asked first = add_room(world, "a", "Blue");
	struct asked again = add_room(world, "a", "Blue"); /* meets room_name before the key */
	assert_int_equal(first.status.code, STATUS_OK);
	assert_null(first.call.stored_reply);
	assert_int_equal(again.status.code, STATUS_OK);
	assert_non_null(again.call.stored_reply);
	assert_string_equal(again.room_id, first.room_id);
	assert_int_equal(rooms(world), 1);
	assert_int_equal(told(world), 1);
	arena_free(first.arena);
	arena_free(again.arena);
}

static FIBER void other_payload(struct world *world)
{
	struct asked first = add_room(world, "a", "Blue");
	struct asked other = add_room(world, "a", "Green");
	assert_int_equal(first.status.code, STATUS_OK);
	assert_int_equal(other.status.code, STATUS_INVALID_ARGUMENT);
	assert_string_equal(other.status.faults->field, "idempotency_key");
	assert_int_equal(rooms(world), 1);
	assert_int_equal(told(world), 1);
	arena_free(first.arena);
	arena_free(other.arena);
}

static FIBER void refused(struct world *world)
{
	struct asked first = add_room(world, "a", "Blue");
	struct asked taken = add_room(world, "b", "Blue");
	struct asked other = add_room(world, "b", "Green");
	assert_int_equal(first.status.code, STATUS_OK);
	assert_int_equal(taken.status.code, STATUS_ALREADY_EXISTS);
	assert_string_equal(taken.constraint, "room_name");
	assert_int_equal(other.status.code, STATUS_OK); /* a refused command's key is free */
	assert_int_equal(told(world), 2);
	arena_free(first.arena);
	arena_free(taken.arena);
	arena_free(other.arena);
}

static FIBER void recalled(struct world *world)
{
	struct status not_found = status_error(STATUS_NOT_FOUND, "no such room");
	struct asked first = add_room(world, "a", "Blue");
	struct call again = first.call;
	assert_int_equal(command_recall(&again, not_found).code, STATUS_OK);
	assert_non_null(again.stored_reply);
	again = first.call;
	again.idempotency_key = "free";
	assert_int_equal(command_recall(&again, not_found).code, STATUS_NOT_FOUND);
	again = first.call;
	again.request_length--;
	assert_int_equal(command_recall(&again, not_found).code, STATUS_INVALID_ARGUMENT);
	arena_free(first.arena);
}

/* Whatever room is left for it, the reply of then comes back whole or not at all. */
static FIBER void recalled_in_little_room(struct world *world)
{
	struct asked first = add_room(world, "a", "Blue");
	struct status not_found = status_error(STATUS_NOT_FOUND, "no such room");
	unsigned whole = 0, none = 0;
	for (size_t budget = 0; budget < 1024; budget += 16) {
		struct call again = first.call;
		again.arena = arena_new(budget);
		if (status_is_ok(command_recall(&again, not_found))) {
			assert_true(again.stored_reply_length > 0);
			whole++;
		} else {
			assert_null(again.stored_reply);
			none++;
		}
		arena_free(again.arena);
	}
	assert_true(whole > 0 && none > 0);
	arena_free(first.arena);
}

static FIBER void refused_without(struct world *world)
{
	struct asked keyless = add_room(world, "", "Blue");
	assert_int_equal(keyless.status.code, STATUS_INVALID_ARGUMENT);
	assert_string_equal(keyless.status.faults->field, "idempotency_key");
	world->organisation_id = "";
	struct asked nobodys = add_room(world, "a", "Blue");
	assert_int_equal(nobodys.status.code, STATUS_INVALID_ARGUMENT);
	assert_string_equal(nobodys.status.faults->field, "organisation_id");
	arena_free(keyless.arena);
	arena_free(nobodys.arena);
}

static char raced_room[TEXT_UUID_BYTES];

static FIBER void race(void *argument)
{
	struct world *world = argument;
	struct asked asked = add_room(world, "raced", "Blue");
	assert_int_equal(asked.status.code, STATUS_OK);
	if (!raced_room[0])
		strcpy(raced_room, asked.room_id);
	assert_string_equal(asked.room_id, raced_room);
	arena_free(asked.arena);
	world->running--;
}

static FIBER void same_key_at_once(struct world *world)
{
	raced_room[0] = '\0';
	for (int i = 0; i < 16; i++) {
		world->running++;
		assert_int_equal(fiber_start(race, world).code, STATUS_OK);
	}
	while (world->running > 0)
		fiber_sleep_us(1000);
	assert_int_equal(rooms(world), 1);
	assert_int_equal(told(world), 1);
}

static FIBER void lost_connections(struct world *world)
{
	start_clients(world);
	for (int cuts = 0; world->running > 0; cuts++) {
		if (cuts < 20)
			cut_connections(world, "alpha");
		fiber_sleep_us(10000 + (int64_t)random_below(20000));
	}
	assert_int_equal(rooms(world), WORLD_CLIENTS * WORLD_EACH);
	assert_int_equal(told(world), WORLD_CLIENTS * WORLD_EACH);
}

#define STORY(name, body)                 \
	static void name(void **state)    \
	{                                 \
		world_play(*state, body); \
	}

STORY(the_same_key_gives_the_same_reply, same_key)
STORY(a_key_with_another_payload_is_refused, other_payload)
STORY(a_refused_command_leaves_its_key_free, refused)
STORY(a_refusal_after_success_gives_the_reply, recalled)
STORY(a_stored_reply_comes_whole_or_not_at_all, recalled_in_little_room)
STORY(a_command_needs_a_key_and_an_organisation, refused_without)
STORY(one_key_at_once_is_done_once, same_key_at_once)
STORY(nothing_is_lost_or_doubled_when_connections_break, lost_connections)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_key_gives_the_same_reply),
		cmocka_unit_test(a_key_with_another_payload_is_refused),
		cmocka_unit_test(a_refused_command_leaves_its_key_free),
		cmocka_unit_test(a_refusal_after_success_gives_the_reply),
		cmocka_unit_test(a_stored_reply_comes_whole_or_not_at_all),
		cmocka_unit_test(a_command_needs_a_key_and_an_organisation),
		cmocka_unit_test(one_key_at_once_is_done_once),
		cmocka_unit_test(nothing_is_lost_or_doubled_when_connections_break),
	};
	return cmocka_run_group_tests_name("commands", tests, world_open, world_close);
}
