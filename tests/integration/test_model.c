/* 100,000 random commands from many clients at once, on real daemons with a real database, against
 * a model in memory (model.h). Most clients have a clinic of their own and get exactly the model's
 * answers; the others crowd around one (crowd.h). Afterwards nobody is in two places, buffers
 * included, and the database holds what was acknowledged and nothing else.
 *
 * TEST_SEED plays the same dice again; TEST_MODEL_COMMANDS plays more or fewer. */
#include "crowd.h"
#include "grounds.h"
#include "house.h"

#include "base/clock.h"
#include "ctl/settle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ORGANISATION   "0195531a-0000-7000-8000-0000000000ee"
#define YARDS          40
#define CROWD          24
#define CROWD_SHARE    8 /* one of so many commands */
#define COMMANDS_USUAL 100000
#define ROUND_US       (CLOCK_DAY_US + 15 * CLOCK_MINUTE_US)
#define FIRST_NOW      (INT64_C(20514) * CLOCK_DAY_US + 10 * CLOCK_HOUR_US) /* Monday, 2026-03-02 */
#define PATIENCE_US    (60 * CLOCK_SECOND_US)

/* After each round the clock moves, and the planner learns how large the tables have become, as
 * autovacuum tells it within a minute: in per cent of the commands. */
static const unsigned rounds[] = {4, 28, 52, 76, 100};
#define ROUNDS (sizeof(rounds) / sizeof(*rounds))

struct tournament {
	struct house *house;
	struct play play;
	struct crowd crowd;
	unsigned commands;
};

static unsigned seed, commands;

/* ---- Clinics ---- */

static const char *const names[] = {"one", "two", "three", "four", "five", "six", "seven", "eight"};

static void found_yard(void *argument, unsigned number)
{
	struct play *play = argument;
	struct desk *desk = &play->desk;
	struct yard *yard = &play->yards[number];
	char name[16];
	*yard = (struct yard){
		.play = play, .number = number, .random = play->seed + number * UINT64_C(0x10001)};
	snprintf(name, sizeof(name), "yard %u", number);
	grounds_clinic(desk, name, "UTC", yard->clinic);
	for (unsigned i = 0; i < MODEL_ROOMS; i++)
		grounds_room(desk, yard->clinic, names[i], 1, yard->rooms[i]);
	for (unsigned i = 0; i < MODEL_PRACTITIONERS; i++)
		grounds_practitioner(desk, yard->clinic, names[i], yard->practitioners[i]);
	for (unsigned i = 0; i < MODEL_ATHLETES; i++)
		grounds_athlete(desk, yard->clinic, names[i], "UTC", yard->athletes[i]);
}

/* The last of its rooms takes two at a time. */
static FIBER void found_crowd(struct crowd *crowd)
{
	struct desk *desk = &crowd->play->desk;
	grounds_clinic(desk, "crowd", "UTC", crowd->clinic);
	for (unsigned i = 0; i < CROWD_ROOMS; i++)
		grounds_room(desk, crowd->clinic, names[i], i + 1 == CROWD_ROOMS ? 2 : 1,
			     crowd->rooms[i]);
	for (unsigned i = 0; i < CROWD_PRACTITIONERS; i++)
		grounds_practitioner(desk, crowd->clinic, names[i], crowd->practitioners[i]);
	for (unsigned i = 0; i < CROWD_ATHLETES; i++)
		grounds_athlete(desk, crowd->clinic, names[i], "UTC", crowd->athletes[i]);
}

static void open_yard(void *argument, unsigned number)
{
	struct play *play = argument;
	struct yard *yard = &play->yards[number];
	for (unsigned i = 0; i < MODEL_PRACTITIONERS; i++)
		grounds_hours(&play->desk, yard->clinic, yard->practitioners[i], "08:00", "18:00");
}

static FIBER void found_all(struct tournament *tournament)
{
	struct play *play = &tournament->play;
	struct crowd *crowd = &tournament->crowd;
	desk_run(YARDS, found_yard, play);
	found_crowd(crowd);
	for (unsigned i = 0; i < MODEL_SERVICES; i++) {
		const struct model_service *service = &model_services[i];
		grounds_service(&play->desk, service->name, service->minutes, service->before,
				service->after, play->services[i]);
	}
	struct status status = settle(play->desk.session, PATIENCE_US);
	if (!status_is_ok(status))
		fail_msg("%s", status.message);
	desk_run(YARDS, open_yard, play);
	for (unsigned i = 0; i < CROWD_PRACTITIONERS; i++)
		grounds_hours(&play->desk, crowd->clinic, crowd->practitioners[i], "08:00",
			      "18:00");
}

/* ---- Rounds ---- */

static void play_one(void *argument, unsigned number)
{
	struct tournament *tournament = argument;
	if (number < YARDS)
		yard_play(&tournament->play.yards[number]);
	else
		crowd_play(&tournament->crowd, number - YARDS);
}

/* Holds end by the worker alone, so that the models know what they have become. */
static FIBER void move_clock(struct tournament *tournament, int64_t now)
{
	int64_t until_us = clock_monotonic_us() + PATIENCE_US;
	char sql[160], *left;
	bool none = false;
	clock_drive(now);
	for (unsigned i = 0; i < YARDS; i++)
		model_move_clock(&tournament->play.yards[i].model, now);
	snprintf(sql, sizeof(sql),
		 "SELECT count(*) FROM scheduling.appointment WHERE state = 'held' "
		 "AND hold_expires_at <= to_timestamp(%lld)",
		 (long long)(now / CLOCK_SECOND_US));
	while (!none && clock_monotonic_us() < until_us) {
		fiber_sleep_us(20000);
		left = house_query(tournament->house, sql);
		none = strcmp(left, "0") == 0;
		free(left);
	}
	if (!none)
		fail_msg("holds do not end");
}

static FIBER int play(struct session *session, void *argument)
{
	struct tournament *tournament = argument;
	struct play *all = &tournament->play;
	all->desk =
		(struct desk){.session = session, .who = "player", .organisation_id = ORGANISATION};
	found_all(tournament);
	house_stop_onlookers(tournament->house);
	int64_t begun_us = clock_monotonic_us();
	unsigned crowd = tournament->commands / CROWD_SHARE;
	unsigned each = (tournament->commands - crowd + YARDS - 1) / YARDS;
	for (unsigned round = 0; round < ROUNDS && all->faults == 0; round++) {
		move_clock(tournament, FIRST_NOW + round * ROUND_US);
		free(house_query(tournament->house, "ANALYZE"));
		all->until = each * rounds[round] / 100;
		tournament->crowd.until = crowd * rounds[round] / 100;
		desk_run(YARDS + CROWD, play_one, tournament);
	}
	print_message("%u done, %u refused, %u queries, %u offers in %.1f s\n", all->accepted,
		      all->refused, all->queries, all->offers,
		      (double)(clock_monotonic_us() - begun_us) / 1e6);
	return 0;
}

/* ---- Afterwards ---- */

static void expect_none(const struct tournament *tournament, const char *what, const char *sql)
{
	char *count = house_query(tournament->house, sql);
	if (strcmp(count, "0") != 0)
		fail_msg("%s: %s", what, count);
	free(count);
}

#define PAIRS                                                                          \
	"SELECT count(*) FROM scheduling.appointment a JOIN scheduling.appointment b " \
	"USING (organisation_id) WHERE a.appointment_id < b.appointment_id "           \
	"AND a.state IN ('held', 'booked') AND b.state IN ('held', 'booked') "
#define BLOCKS "AND a.blocked_from < b.blocked_until AND b.blocked_from < a.blocked_until "

static void expect_nobody_twice(const struct tournament *tournament)
{
	expect_none(tournament, "practitioners in two visits",
		    PAIRS BLOCKS "AND a.practitioner_id = b.practitioner_id");
	expect_none(tournament, "rooms with two visits at a place",
		    PAIRS BLOCKS "AND a.room_id = b.room_id AND a.place = b.place");
	expect_none(tournament, "athletes in two visits",
		    PAIRS "AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at "
			  "AND a.athlete_id = b.athlete_id");
	expect_none(tournament, "places that a room does not have",
		    "SELECT count(*) FROM scheduling.appointment a JOIN scheduling.room r "
		    "USING (organisation_id, room_id) WHERE a.place > r.capacity");
}

static int by_id(const void *one, const void *other)
{
	return strcmp(((const struct model_visit *)one)->id,
		      ((const struct model_visit *)other)->id);
}

/* What the model holds, a line for each visit in the order of ids, as the query below gives it. */
static char *model_lines(struct yard *yard)
{
	struct model *model = &yard->model;
	char *text = NULL;
	size_t length = 0;
	FILE *lines = open_memstream(&text, &length);
	if (model->visit_count > 0)
		qsort(model->visits, model->visit_count, sizeof(*model->visits), by_id);
	for (unsigned i = 0; i < model->visit_count; i++) {
		const struct model_visit *visit = &model->visits[i];
		fprintf(lines, "%s%s %s %d %s %s %s %lld", i ? "\n" : "", visit->id,
			model_state_names[visit->state], visit->version,
			yard->practitioners[visit->practitioner], yard->athletes[visit->athlete],
			yard->rooms[visit->room], (long long)(visit->starts_at / CLOCK_SECOND_US));
	}
	fclose(lines);
	return text;
}

static void expect_as_in_the_model(struct tournament *tournament, struct yard *yard)
{
	char sql[512];
	snprintf(
		sql, sizeof(sql),
		"SELECT string_agg(concat_ws(' ', appointment_id, state, version, practitioner_id, "
		"athlete_id, room_id, extract(epoch FROM starts_at)::bigint), chr(10) "
		"ORDER BY appointment_id) FROM scheduling.appointment WHERE clinic_id = '%s'",
		yard->clinic);
	char *kept = house_query(tournament->house, sql), *model = model_lines(yard);
	size_t at = 0;
	while (kept[at] && kept[at] == model[at])
		at++;
	if (kept[at] != model[at]) {
		while (at > 0 && kept[at - 1] != '\n')
			at--;
		yard_complain(yard, "database: %.140s\n   model: %.140s", kept + at, model + at);
	}
	free(kept);
	free(model);
	snprintf(sql, sizeof(sql),
		 "SELECT concat_ws(' ', count(*) FILTER (WHERE state = 'booked'), "
		 "count(*) FILTER (WHERE state = 'left'), count(*)) FROM scheduling.waitlist_entry "
		 "WHERE clinic_ids = ARRAY['%s'::uuid]",
		 yard->clinic);
	char *entries = house_query(tournament->house, sql), expected[64];
	snprintf(expected, sizeof(expected), "%u %u %u", yard->booked, yard->left,
		 yard->booked + yard->left);
	if (!yard->at_fault && strcmp(entries, expected) != 0)
		yard_complain(yard, "waitlist: %s, the model says %s", entries, expected);
	free(entries);
}

static void test_the_daemon_answers_as_the_model(void **state)
{
	struct tournament *tournament = calloc(1, sizeof(*tournament));
	struct play *all = &tournament->play;
	struct yard *yards = calloc(YARDS, sizeof(*yards));
	tournament->house = *state;
	tournament->commands = commands;
	tournament->crowd.play = all;
	all->seed = seed;
	all->first_now = FIRST_NOW;
	all->house = *state;
	all->yards = yards;
	all->yard_count = YARDS;
	print_message("TEST_SEED=%u\n", (unsigned)all->seed);
	house_tells(tournament->house,
		    "{\"at\": \"2026-03-02T10:00:00Z\"}\n"
		    "{\"call\": \"Directory.CreateOrganisation\", \"with\": {\"organisation_id\": "
		    "\"" ORGANISATION "\", \"name\": \"Model\"}}\n"
		    "{\"key\": \"player\", \"roles\": \"clinic_lead,front_desk\", "
		    "\"organisation\": \"" ORGANISATION "\"}\n");
	house_runs(tournament->house, play, tournament);
	expect_nobody_twice(tournament);
	for (unsigned i = 0; i < YARDS; i++)
		expect_as_in_the_model(tournament, &yards[i]);
	crowd_check(&tournament->crowd, tournament->house);
	if (all->faults > 0)
		fail_msg("%u faults; again with TEST_SEED=%u", all->faults, (unsigned)all->seed);
	assert_true(all->accepted + all->refused >= tournament->commands);
	for (unsigned i = 0; i < YARDS; i++)
		model_free(&yards[i].model);
	free(tournament->crowd.notes);
	free(yards);
	free(tournament);
}

static int open_house(void **state)
{
	return house_open((struct house **)state);
}

static int close_house(void **state)
{
	return house_close((struct house **)state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_daemon_answers_as_the_model),
	};
	seed = house_setting("TEST_SEED", (unsigned)clock_monotonic_us());
	commands = house_setting("TEST_MODEL_COMMANDS", COMMANDS_USUAL);
	return cmocka_run_group_tests_name("model", tests, open_house, close_house);
}
