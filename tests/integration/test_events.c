/* Events on a real PostgreSQL: what was committed arrives once and in order, whoever dies in
 * between. */
#include "world.h"

#include "base/random.h"
#include "base/text.h"
#include "events/outbox.h"
#include "events/upkeep.h"
#include "soleus/v1/directory.pb-c.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- The order of the outbox ---- */

static void tell_late(struct world *world, PGconn *connection, const char *name)
{
	uint8_t payload[128];
	char hex[257], id[TEXT_UUID_BYTES];
	text_uuid7(id);
	Soleus__V1__RoomCreated event = SOLEUS__V1__ROOM_CREATED__INIT;
	event.room_id = id;
	event.name = (char *)name;
	size_t length = protobuf_c_message_pack(&event.base, payload);
	sodium_bin2hex(hex, sizeof(hex), payload, length);
	execute(connection,
		"SELECT set_config('soleus.tenants', '{%s}', true);"
		"INSERT INTO outbox (organisation_id, subject_id, type, occurred_at, payload)"
		" VALUES ('%s', '%s', 'soleus.v1.RoomCreated', '2026-11-23', '\\x%s')",
		world->organisation_id, world->organisation_id, id, hex);
}

/* What can be read once no transaction, of whomever, holds it back. */
static FIBER struct outbox_page read_behind(struct world *world, struct position position)
{
	struct outbox_page page = {.held_back = true};
	for (int64_t until_us = clock_monotonic_us() + WORLD_PATIENCE_US; page.held_back;) {
		assert_true(clock_monotonic_us() < until_us);
		assert_int_equal(
			outbox_read(world->alpha, "alpha", position, 100, world->arena, &page).code,
			STATUS_OK);
	}
	return page;
}

static FIBER void long_transaction(struct world *world)
{
	struct position before;
	struct events *reader = begin_reader(world);
	PGconn *slow = connect_as(world, "alpha");
	assert_int_equal(outbox_newest(world->alpha, world->arena, &before).code, STATUS_OK);
	execute(slow, "BEGIN");
	tell_late(world, slow, "Slow");
	add_room_surely(world, "Quick");
	add_room_surely(world, "Quicker");

	struct outbox_page page;
	assert_int_equal(outbox_read(world->alpha, "alpha", before, 100, world->arena, &page).code,
			 STATUS_OK);
	assert_int_equal(page.count, 0);
	assert_true(page.at_end);
	assert_true(page.held_back);
	assert_int_equal(effects(world), 0);

	execute(slow, "COMMIT");
	page = read_behind(world, before);
	assert_int_equal(page.count, 3);
	assert_int_equal(page.events[0]->previous_xid, before.xid);
	assert_int_equal(page.events[0]->previous_id, before.id);
	assert_int_equal(page.events[2]->previous_id, page.events[1]->id);
	wait_for_effects(world, 3);
	assert_once_and_in_order(world);
	PQfinish(slow);
	end_reader(reader);
}

/* Transactions that overlap in every way while a reader follows. */
static FIBER void overlapping_transactions(struct world *world)
{
	PGconn *writers[6];
	bool open[6] = {false};
	unsigned said = 0;
	struct events *reader = begin_reader(world);
	for (int i = 0; i < 6; i++)
		writers[i] = connect_as(world, "alpha");
	for (int step = 0; step < 400; step++) {
		unsigned i = (unsigned)random_below(6);
		char name[32];
		snprintf(name, sizeof(name), "Step %d", step);
		if (!open[i])
			execute(writers[i], "BEGIN");
		if (!open[i] || random_below(3) > 0) {
			tell_late(world, writers[i], name);
			open[i] = true;
			said++;
		} else {
			execute(writers[i], "COMMIT");
			open[i] = false;
		}
		fiber_sleep_us(step % 8 ? 0 : 1000); /* the reader reads meanwhile */
	}
	for (int i = 0; i < 6; i++) {
		if (open[i])
			execute(writers[i], "COMMIT");
		PQfinish(writers[i]);
	}
	wait_for_effects(world, said);
	assert_once_and_in_order(world);
	end_reader(reader);
}

/* A page ends where its bytes end, and the next one goes on there. */
static FIBER void pages(struct world *world)
{
	struct position at;
	PGconn *writer = connect_as(world, "alpha");
	assert_int_equal(outbox_newest(world->alpha, world->arena, &at).code, STATUS_OK);
	execute(writer,
		"BEGIN; SELECT set_config('soleus.tenants', '{%s}', true);"
		"INSERT INTO outbox (organisation_id, subject_id, type, occurred_at, payload)"
		" SELECT '%s', '%s', 'soleus.test.Large', '2026-11-23',"
		" convert_to(repeat('x', CASE n WHEN 20 THEN 0 ELSE 60000 END), 'UTF8')"
		" FROM generate_series(1, 20) AS n; COMMIT",
		world->organisation_id, world->organisation_id, world->organisation_id);
	size_t count = 0, turns = 0;
	for (struct outbox_page page = {.at_end = false}; !page.at_end; turns++) {
		page = read_behind(world, at);
		assert_in_range(page.count, 1, 5);
		count += page.count;
		at = position_of(page.events[page.count - 1]);
	}
	assert_int_equal(count, 20);
	assert_in_range(turns, 4, 5);
	PQfinish(writer);
}

/* ---- Effects ---- */

static FIBER void restarts(struct world *world)
{
	start_clients(world);
	/* Two instances, which race; both end and begin anew again and again. */
	while (world->running > 0 || effects(world) < WORLD_CLIENTS * WORLD_EACH) {
		struct events *one = begin_reader(world);
		struct events *two = begin_reader(world);
		fiber_sleep_us((int64_t)random_below(50000));
		if (random_below(2))
			cut_connections(world, "beta");
		fiber_sleep_us((int64_t)random_below(100000));
		end_reader(one);
		end_reader(two);
	}
	struct events *last = begin_reader(world);
	wait_for_effects(world, WORLD_CLIENTS * WORLD_EACH);
	assert_once_and_in_order(world);
	end_reader(last);
}

static FIBER void trouble(struct world *world)
{
	struct events *reader = begin_reader(world);
	add_room_surely(world, "Before");
	wait_for_effects(world, 1);
	world->trouble = 3;
	add_room_surely(world, "One");
	add_room_surely(world, "Two");
	wait_for_error(world, reader, "trouble");
	wait_for_effects(world, 3);
	assert_int_equal(world->trouble, 0);
	assert_once_and_in_order(world);
	wait_for_error(world, reader, "");
	assert_string_equal(last_error(world, reader), "");
	end_reader(reader);
}

static FIBER void unreadable(struct world *world)
{
	PGconn *writer = connect_as(world, "alpha");
	struct events *reader = begin_reader(world);
	execute(writer,
		"BEGIN; SELECT set_config('soleus.tenants', '{%s}', true);"
		"INSERT INTO outbox (organisation_id, subject_id, type, occurred_at, payload)"
		" VALUES ('%s', '%s', 'soleus.v1.RoomCreated', '2026-11-23', '\\xff'); COMMIT",
		world->organisation_id, world->organisation_id, world->organisation_id);
	add_room_surely(world, "Behind");
	wait_for_error(world, reader, "soleus.v1.RoomCreated cannot be read");
	assert_int_equal(effects(world), 0); /* nothing is passed over */
	execute(world->admin,
		"UPDATE alpha.outbox SET type = 'soleus.test.Unknown' WHERE payload = '\\xff'");
	wait_for_effects(world, 1);
	PQfinish(writer);
	end_reader(reader);
}

/* ---- Years ---- */

/* As after pg_restore into a server that has had fewer transactions: the events of then are ahead,
 * and the cursors of others with them. */
static FIBER void restored(struct world *world)
{
	bool ahead = true;
	struct events *reader = begin_reader(world);
	add_room_surely(world, "Before the dump");
	wait_for_effects(world, 1);
	end_reader(reader);
	execute(world->admin,
		"UPDATE alpha.outbox SET xid = (xid::text::bigint + 5000000000)::text::xid8");
	execute(world->admin, "UPDATE beta.cursor SET xid = (xid::text::bigint + 5000000000)"
			      "::text::xid8 WHERE source = 'alpha'");
	assert_int_equal(upkeep_outbox_is_ahead(world->alpha, world->arena, &ahead).code,
			 STATUS_OK);
	assert_true(ahead);
	for (int twice = 0; twice < 2; twice++) {
		execute(world->admin, "SELECT alpha.migrated('2026-11-23')");
		assert_int_equal(upkeep_outbox_is_ahead(world->alpha, world->arena, &ahead).code,
				 STATUS_OK);
		assert_false(ahead);
	}
	reader = begin_reader(world);
	add_room_surely(world, "After it");
	add_room_surely(world, "Next");
	wait_for_effects(world, 3);
	assert_once_and_in_order(world);
	end_reader(reader);
}

static FIBER void forgotten_keys(struct world *world)
{
	const int64_t day_us = CLOCK_DAY_US, now_us = clock_now_us();
	int64_t forgotten = 0;
	struct asked asked = add_room(world, "lasting", "Blue");
	arena_free(asked.arena);
	execute(world->admin,
		"INSERT INTO alpha.idempotency (organisation_id, key, fingerprint, reply, made_at)"
		" SELECT '%s', 'old-' || n, '', '', '2020-01-01' FROM generate_series(1, 1500) AS "
		"n",
		world->organisation_id);
	for (int turn = 0; turn < 3; turn++) {
		assert_int_equal(
			upkeep_forget_keys(world->alpha, world->arena, now_us - day_us, &forgotten)
				.code,
			STATUS_OK);
		assert_int_equal(forgotten, turn == 0 ? 1000 : turn == 1 ? 500 : 0);
	}
	assert_int_equal(ask_number(world->admin,
				    "SELECT count(*) FROM alpha.idempotency"
				    " WHERE organisation_id = '%s'",
				    world->organisation_id),
			 1);
	asked = add_room(world, "lasting", "Blue"); /* its key is known still */
	assert_int_equal(rooms(world), 1);
	arena_free(asked.arena);
}

static FIBER void coming_months(struct world *world)
{
	const char *made = "?";
	const int64_t later_us = clock_now_us() + 3 * 365 * CLOCK_DAY_US;
	size_t months = 0;
	for (; made[0] && months < 100; months++)
		assert_int_equal(
			upkeep_make_partition(world->alpha, world->arena, later_us, &made).code,
			STATUS_OK);
	/* 400 days of outbox and audit, and the look that finds none. */
	assert_in_range(months, 2 * 13 + 1, 2 * 14 + 1);
	assert_int_equal(upkeep_make_partition(world->alpha, world->arena, later_us, &made).code,
			 STATUS_OK);
	assert_string_equal(made, "");
}

static bool instance_ended;

static FIBER void make_one(void *argument)
{
	struct world *world = argument;
	const char *made = "?";
	const int64_t later_us = clock_now_us() + 6 * 365 * CLOCK_DAY_US;
	assert_int_equal(upkeep_make_partition(world->alpha, world->arena, later_us, &made).code,
			 STATUS_OK);
	assert_true(made[0]); /* the month behind it */
	instance_ended = true;
}

/* The other instance has made the first month, and commits while this one waits for its lock. */
static FIBER void months_at_once(struct world *world)
{
	char now[TEXT_INSTANT_BYTES];
	PGconn *other = connect_as(world, "alpha");
	text_from_instant(clock_now_us() + 6 * 365 * CLOCK_DAY_US, now);
	instance_ended = false;
	execute(other, "BEGIN");
	execute(other,
		"SELECT make_partition(date_trunc('month', timestamptz '%s') + interval '1 month',"
		" timestamptz '%s' + interval '400 days')",
		now, now);
	assert_int_equal(fiber_start(make_one, world).code, STATUS_OK);
	fiber_sleep_us(300000);
	assert_false(instance_ended);
	execute(other, "COMMIT");
	while (!instance_ended)
		fiber_sleep_us(1000);
	PQfinish(other);
}

#define STORY(name, body)                 \
	static void name(void **state)    \
	{                                 \
		world_play(*state, body); \
	}

STORY(a_long_transaction_holds_later_events_back, long_transaction)
STORY(overlapping_transactions_lose_nothing, overlapping_transactions)
STORY(pages_end_where_their_bytes_end, pages)
STORY(an_effect_happens_once_whoever_dies, restarts)
STORY(a_failed_effect_is_tried_again_in_order, trouble)
STORY(an_unreadable_event_stops_its_consumer, unreadable)
STORY(after_a_restore_new_events_come_behind_the_old, restored)
STORY(old_keys_are_forgotten_a_bite_at_a_time, forgotten_keys)
STORY(months_get_their_partitions_before_they_come, coming_months)
STORY(instances_make_months_at_once, months_at_once)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_long_transaction_holds_later_events_back),
		cmocka_unit_test(overlapping_transactions_lose_nothing),
		cmocka_unit_test(pages_end_where_their_bytes_end),
		cmocka_unit_test(an_effect_happens_once_whoever_dies),
		cmocka_unit_test(a_failed_effect_is_tried_again_in_order),
		cmocka_unit_test(an_unreadable_event_stops_its_consumer),
		cmocka_unit_test(after_a_restore_new_events_come_behind_the_old),
		cmocka_unit_test(old_keys_are_forgotten_a_bite_at_a_time),
		cmocka_unit_test(months_get_their_partitions_before_they_come),
		cmocka_unit_test(instances_make_months_at_once),
	};
	return cmocka_run_group_tests_name("events", tests, world_open, world_close);
}
