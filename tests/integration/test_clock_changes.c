/* Hours, slots and visits in every zone of tzdata that changes its clock in 2026 to 2028: a clinic
 * in each, on real daemons. What is expected comes from glibc's reading of the zones (clocks.h),
 * which the daemons do not use. */
#include "town.h"

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

#define FIRST_DAY  20454 /* 2026-01-01 */
#define MIDDLE_DAY 21184 /* 2028-01-01 */
#define END_DAY    21550 /* 2029-01-01 */
#define LATER_NOW  ((MIDDLE_DAY - 60) * CLOCK_DAY_US)
#define CALLERS    8
#define CHUNK_DAYS 60

/* ---- Nine stays nine, every day ---- */

static FIBER void check_nine(struct town *town, struct place *place, struct arena *arena)
{
	for (int32_t day = town->from_day; day < town->until_day; day += CHUNK_DAYS) {
		int32_t end =
			day + CHUNK_DAYS < town->until_day ? day + CHUNK_DAYS : town->until_day;
		struct expected expected = {0};
		for (int32_t each = day; each < end; each++)
			expect_hours(&expected, place->wall, each, 9 * 60, 17 * 60,
				     service_minutes[SHIFT]);
		compare(town, place->wall, &expected,
			find(town, place, NINE, SHIFT, day, end, arena), service_minutes[SHIFT]);
		arena_reset(arena);
	}
}

/* ---- Visits across a change ---- */

static FIBER enum status_code book(struct town *town, struct place *place, unsigned service,
				   int64_t starts_at, struct arena *arena,
				   Soleus__V1__BookReply **ret_reply)
{
	Soleus__V1__BookRequest request = SOLEUS__V1__BOOK_REQUEST__INIT;
	request.athlete_id = place->athlete;
	request.service_id = town->services[service];
	request.clinic_id = place->clinic;
	request.practitioner_id = place->who[NIGHT];
	request.starts_at = starts_at;
	return desk_ask(&town->desk, "Scheduling.Book", arena, &request.base, ret_reply).code;
}

static FIBER void expect_booking(struct town *town, struct place *place, unsigned service,
				 int64_t starts_at, enum status_code expected, struct arena *arena)
{
	Soleus__V1__BookReply *reply;
	enum status_code code = book(town, place, service, starts_at, arena, &reply);
	if (code != expected)
		complain(town, place->wall, starts_at, "a visit is answered",
			 status_code_name(code));
	if (code != STATUS_OK)
		return;
	Soleus__V1__GetAppointmentRequest request = SOLEUS__V1__GET_APPOINTMENT_REQUEST__INIT;
	request.appointment_id = reply->appointment_id;
	const Soleus__V1__GetAppointmentReply *kept =
		ask(town, "Scheduling.GetAppointment", place->wall, arena, &request.base);
	char text[WALL_BYTES];
	wall_text(place->wall, starts_at, text);
	if (kept->appointment->ends_at != starts_at + service_minutes[service] * CLOCK_MINUTE_US)
		complain(town, place->wall, starts_at, "a visit has another length", "");
	if (strcmp(kept->appointment->local_start, text) != 0)
		complain(town, place->wall, starts_at, "a visit is told as",
			 kept->appointment->local_start);
	town->visits++;
}

/* An easy run within the first half hour of the day is of the same day for a slot and for its
 * booking. */
static FIBER void put_training(struct town *town, struct place *place, int64_t starts_at,
			       struct arena *arena)
{
	Soleus__V1__TrainingSession run = SOLEUS__V1__TRAINING_SESSION__INIT, *runs = &run;
	Soleus__V1__PutTrainingRequest request = SOLEUS__V1__PUT_TRAINING_REQUEST__INIT;
	char uid[TEXT_INSTANT_BYTES];
	text_from_instant(starts_at, uid);
	run.uid = uid;
	run.title = "Easy run";
	run.kind = "low";
	run.starts_at = starts_at;
	run.ends_at = starts_at + 30 * CLOCK_MINUTE_US;
	request.athlete_id = place->athlete;
	request.source = "watch";
	request.sessions = &runs;
	request.n_sessions = 1;
	ask(town, "Scheduling.PutTraining", place->wall, arena, &request.base);
}

static int64_t noon_of(const struct place *place, int32_t day)
{
	return wall_instant(place->wall, day, 12 * 60);
}

static FIBER void check_grade(struct town *town, struct place *place, int32_t day,
			      struct arena *arena)
{
	put_training(town, place, wall_instant(place->wall, day, 0), arena);
	const Soleus__V1__FindAvailabilityReply *found =
		find(town, place, NIGHT, HOUR, day, day + 1, arena);
	Soleus__V1__BookReply *booked;
	const Soleus__V1__Slot *noon = NULL;
	for (size_t i = 0; i < found->n_slots; i++)
		if (found->slots[i]->starts_at == noon_of(place, day))
			noon = found->slots[i];
	if (!noon)
		return; /* said by the comparison of slots */
	if (book(town, place, HOUR, noon->starts_at, arena, &booked) != STATUS_OK)
		complain(town, place->wall, noon->starts_at, "a slot that cannot be booked", "");
	else if (strcmp(booked->grade, noon->grade) != 0 || booked->n_reasons != noon->n_reasons)
		complain(town, place->wall, noon->starts_at,
			 "is graded otherwise when booked:", booked->grade);
	else if (booked->n_reasons == 0)
		complain(town, place->wall, noon->starts_at, "nothing is seen of the day", "");
}

static FIBER void check_visits(struct town *town, struct place *place, int64_t changes_at,
			       struct arena *arena)
{
	const struct wall *wall = place->wall;
	int64_t starts_at = changes_at - 30 * CLOCK_MINUTE_US;
	int64_t ends_at = starts_at + 60 * CLOCK_MINUTE_US;
	int32_t day = wall_day(wall, changes_at), first = wall_day(wall, starts_at);
	struct expected expected = {0};
	check_grade(town, place, first, arena);
	if (wall_instant(wall, first + 1, 0) < ends_at) { /* it would go on after midnight */
		expect_booking(town, place, HOUR, starts_at, STATUS_FAILED_PRECONDITION, arena);
		starts_at = changes_at;
		ends_at = starts_at + 60 * CLOCK_MINUTE_US;
	}
	expect_booking(town, place, HOUR, starts_at, STATUS_OK, arena);
	expect_booking(town, place, HOUR, starts_at + 15 * CLOCK_MINUTE_US, STATUS_ALREADY_EXISTS,
		       arena);
	expect_booking(town, place, QUARTER, ends_at - 15 * CLOCK_MINUTE_US, STATUS_ALREADY_EXISTS,
		       arena);
	expect_booking(town, place, QUARTER, ends_at, STATUS_OK, arena);
	for (int32_t each = first; each <= day; each++) /* without those that are taken */
		expect_hours(&expected, wall, each, 0, 24 * 60, service_minutes[QUARTER]);
	unsigned left = 0;
	int64_t noon_at = noon_of(place, first);
	for (unsigned i = 0; i < expected.count; i++) {
		int64_t at = expected.starts_at[i];
		bool taken = (at >= starts_at && at < ends_at + 15 * CLOCK_MINUTE_US) ||
			     (at >= noon_at && at < noon_at + 60 * CLOCK_MINUTE_US);
		if (!taken)
			expected.starts_at[left++] = at;
	}
	expected.count = left;
	compare(town, wall, &expected, find(town, place, NIGHT, QUARTER, first, day + 1, arena),
		service_minutes[QUARTER]);
}

/* ---- Hours that begin and end inside a change ---- */

static FIBER void put_rule(struct town *town, struct place *place, int32_t day, int opens,
			   int closes, struct arena *arena)
{
	Soleus__V1__WorkingRule rule = SOLEUS__V1__WORKING_RULE__INIT;
	Soleus__V1__PutWorkingRuleRequest request = SOLEUS__V1__PUT_WORKING_RULE_REQUEST__INIT;
	char date[TEXT_INSTANT_BYTES];
	text_from_date(day, date);
	rule.practitioner_id = place->who[EDGE];
	rule.clinic_id = place->clinic;
	rule.rrule = "FREQ=DAILY;COUNT=1";
	rule.first_day = date;
	rule.opens = (char *)arena_printf(arena, "%02d:%02d", opens / 60, opens % 60);
	rule.closes = (char *)arena_printf(arena, "%02d:%02d", closes / 60, closes % 60);
	request.rule = &rule;
	ask(town, "Scheduling.PutWorkingRule", place->wall, arena, &request.base);
	town->rules++;
}

/* What begins in it, what ends in it, what lies in it, and what goes over all of it. */
static FIBER void check_edges(struct town *town, struct place *place,
			      const struct wall_change *change, struct arena *arena)
{
	int32_t less_s = change->before_s, more_s = change->after_s;
	if (less_s > more_s)
		less_s = change->after_s, more_s = change->before_s;
	int64_t from = change->at + less_s * CLOCK_SECOND_US;
	int32_t day = (int32_t)(from / CLOCK_DAY_US);
	int begins = (int)(from % CLOCK_DAY_US / CLOCK_MINUTE_US), length = (more_s - less_s) / 60;
	const int hours[][2] = {
		{begins >= 120 ? begins - 120 : 0, begins + length / 2},
		{begins + length / 3, begins + 2 * length / 3},
		{begins + length / 2, begins + length + 90},
	};
	struct expected expected = {0};
	for (unsigned i = 0; i < 3; i++) {
		int closes = hours[i][1] < 24 * 60 ? hours[i][1] : 24 * 60;
		put_rule(town, place, day, hours[i][0], closes, arena);
	}
	/* In the order in which they begin: what begins in an overlap does so the first time. */
	for (unsigned i = 0; i < 3; i++)
		expect_hours(&expected, place->wall, day, hours[i][0],
			     hours[i][1] < 24 * 60 ? hours[i][1] : 24 * 60,
			     service_minutes[MOMENT]);
	compare(town, place->wall, &expected,
		find(town, place, EDGE, MOMENT, day - 1, day + 2, arena), service_minutes[MOMENT]);
}

/* ---- Rounds ---- */

static void found_all(void *argument, unsigned number)
{
	struct town *town = argument;
	struct arena *arena = arena_new((size_t)4 << 20);
	(void)number;
	while (town->next < town->clocks.count) {
		found_place(town, &town->places[town->next++], arena);
		arena_reset(arena);
	}
	arena_free(arena);
}

static void open_all(void *argument, unsigned number)
{
	struct town *town = argument;
	(void)number;
	while (town->next < town->clocks.count) {
		struct place *place = &town->places[town->next++];
		if (!place->refused)
			set_hours(town, place);
	}
}

static void check_all(void *argument, unsigned number)
{
	struct town *town = argument;
	struct arena *arena = arena_new((size_t)16 << 20);
	(void)number;
	while (town->next < town->clocks.count) {
		struct place *place = &town->places[town->next++];
		if (!place->refused)
			check_nine(town, place, arena);
		for (unsigned i = 0; i < place->wall->count; i++) {
			const struct wall_change *change = &place->wall->changes[i];
			if (change->at < town->from_day * CLOCK_DAY_US ||
			    change->at >= town->until_day * CLOCK_DAY_US)
				continue;
			town->changes++;
			if (place->refused)
				continue;
			check_visits(town, place, change->at, arena);
			check_edges(town, place, change, arena);
			arena_reset(arena);
		}
	}
	arena_free(arena);
}

/* The worker that opens ahead has done what the clock asks for. */
static FIBER void open_ahead(struct town *town)
{
	char *behind = NULL;
	for (int tries = 0; tries < 600 && (!behind || strcmp(behind, "0") != 0); tries++) {
		free(behind);
		fiber_sleep_us(200000);
		behind = house_query(town->house, "SELECT count(*) FROM scheduling.working_rule "
						  "WHERE opened_until < '2029-01-01T00:00Z'");
	}
	free(behind);
}

static FIBER void come_to_rest(struct town *town)
{
	struct status status = settle(town->desk.session, 120 * CLOCK_SECOND_US);
	if (!status_is_ok(status))
		fail_msg("%s", status.message);
}

static FIBER void everywhere(struct town *town, void (*work)(void *argument, unsigned number))
{
	town->next = 0;
	desk_run(CALLERS, work, town);
}

/* The first two years, and the third when the daemon has opened it ahead. */
static FIBER int play(struct session *session, void *argument)
{
	struct town *town = argument;
	town->desk = (struct desk){
		.session = session, .who = "keeper", .organisation_id = TOWN_ORGANISATION};
	everywhere(town, found_all);
	put_services(town);
	come_to_rest(town);
	house_stop_onlookers(town->house);
	everywhere(town, open_all);
	free(house_query(town->house, "ANALYZE")); /* as autovacuum does within a minute */
	town->from_day = FIRST_DAY;
	town->until_day = MIDDLE_DAY;
	everywhere(town, check_all);
	clock_drive(LATER_NOW);
	open_ahead(town);
	town->from_day = MIDDLE_DAY;
	town->until_day = END_DAY;
	everywhere(town, check_all);
	return 0;
}

/* A third reader of the zones: PostgreSQL. */
static void expect_nine_in_the_database(const struct town *town)
{
	char *wrong = house_query(
		town->house,
		"SELECT string_agg(c.zone || ' ' || o.opens_at, ', ') FROM scheduling.opening o "
		"JOIN scheduling.working_rule r USING (organisation_id, rule_id) "
		"JOIN scheduling.clinic c ON c.clinic_id = o.clinic_id WHERE r.opens = '09:00' "
		"AND ((o.opens_at AT TIME ZONE c.zone)::time <> r.opens "
		"OR (o.closes_at AT TIME ZONE c.zone)::time <> r.closes)");
	if (*wrong)
		fail_msg("not from nine to five: %s", wrong);
	free(wrong);
}

static void test_every_zone_that_changes_its_clock(void **state)
{
	struct town town = {.house = *state};
	town.clocks = clocks_that_change(FIRST_DAY, END_DAY);
	assert_true(town.clocks.count > 100);
	town.places = calloc(town.clocks.count, sizeof(*town.places));
	for (unsigned i = 0; i < town.clocks.count; i++)
		town.places[i].wall = &town.clocks.of[i];
	house_tells(town.house,
		    "{\"at\": \"2025-12-31T00:00:00Z\"}\n"
		    "{\"call\": \"Directory.CreateOrganisation\", \"with\": {\"organisation_id\": "
		    "\"" TOWN_ORGANISATION "\", \"name\": \"Everywhere\"}}\n"
		    "{\"key\": \"keeper\", \"roles\": \"clinic_lead,front_desk\", "
		    "\"organisation\": \"" TOWN_ORGANISATION "\"}\n");
	house_runs(town.house, play, &town);
	expect_nine_in_the_database(&town);
	print_message("%u of %u zones change their clock, %u times: %u slots compared, %u visits "
		      "and %u rules across; %u zones refused\n",
		      town.clocks.count, town.clocks.zones, town.changes, town.slots, town.visits,
		      town.rules, town.refused);
	assert_int_equal(town.changes, town.clocks.changes);
	assert_int_equal(town.faults, 0);
	free(town.places);
	clocks_end(&town.clocks);
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
		cmocka_unit_test(test_every_zone_that_changes_its_clock),
	};
	return cmocka_run_group_tests_name("clock changes", tests, open_house, close_house);
}
