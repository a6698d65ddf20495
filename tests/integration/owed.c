#include "owed_inside.h"

#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OPENS_MIN  (8 * 60)
#define CLOSES_MIN (21 * 60)
#define VISIT_US   (45 * CLOCK_MINUTE_US)

const struct owed_kind owed_kinds[OWED_WHATS] = {
	[OWED_CONFIRMATION] = {"confirmation", "our visit is booked for ", .of_visit = true,
			       .says_when = true, .news = true},
	[OWED_MOVED] = {"visit_moved", "our visit is now ", .of_visit = true, .says_when = true,
			.news = true},
	[OWED_48H] = {"reminder_48h", "C to confirm, M to move, X", .of_visit = true,
		      .says_when = true},
	[OWED_PREPARATION] = {"preparation", "efore your visit ", .of_visit = true,
			      .says_when = true},
	[OWED_3H] = {"reminder_3h", "ee you ", .of_visit = true, .says_when = true},
	[OWED_CANCELLED] = {"visit_cancelled", " is cancelled.", .says_when = true, .news = true},
	[OWED_EXPECT] = {"what_to_expect", "eeling sore for a day or two", .check_in = true},
	[OWED_PLAN_STEP] = {"plan_step", "of your plan is for today", .check_in = true},
	[OWED_CHECK_IN] = {"day_after_check_in", "ow are you today?", .check_in = true},
	[OWED_FLAG_24H] = {"red_flag_24h", ": all well?", .check_in = true, .safety = true},
	[OWED_FLAG_72H] = {"red_flag_72h", "still all well?", .check_in = true, .safety = true},
	[OWED_MEASURE_48H] = {"measures_48h", "wo days on", .check_in = true},
	[OWED_MEASURE_10D] = {"measures_10d", "en days on", .check_in = true},
	[OWED_MEASURE_4W] = {"measures_4w", "our weeks on", .check_in = true},
	[OWED_REBOOKING] = {"rebooking", "our plan has come to its end", .check_in = false},
	[OWED_REPLY] = {"", NULL, .safety = true, .news = true},
};

/* ---- Wall clocks ---- */

bool owed_is_open(const struct wall *wall, int64_t at)
{
	int32_t minutes = wall_minutes(wall, at);
	return minutes >= OPENS_MIN && minutes < CLOSES_MIN;
}

int64_t owed_opening(const struct wall *wall, int64_t at)
{
	if (owed_is_open(wall, at))
		return at;
	return wall_instant(wall, wall_day(wall, at) + (wall_minutes(wall, at) >= CLOSES_MIN),
			    OPENS_MIN);
}

const struct wall *owed_wall(const struct owed_world *world, const struct owed *owed)
{
	return &world->walls[world->athletes[owed->athlete].wall];
}

/* ---- Lists ---- */

static void *grown(void *all, unsigned count, unsigned *room, size_t bytes)
{
	if (count < *room)
		return all;
	*room = *room ? *room * 2 : 1024;
	return realloc(all, *room * bytes);
}

void owed_free(struct owed_world *world)
{
	for (unsigned i = 0; i < world->owed_count; i++)
		free(world->owed[i].text);
	free(world->walls);
	free(world->clinic_walls);
	free(world->clinics);
	free(world->athletes);
	free(world->numbers);
	free(world->visits);
	free(world->notes);
	free(world->owed);
	free(world->by_id);
}

static struct owed *add(struct owed_world *world, struct owed owed, int *list)
{
	world->owed = grown(world->owed, world->owed_count, &world->owed_room, sizeof(owed));
	owed.next = owed.before = -1;
	if (list) {
		struct owed_athlete *who = &world->athletes[owed.athlete];
		owed.next = *list;
		owed.before = who->last_owed;
		*list = who->last_owed = (int)world->owed_count;
	}
	world->owed[world->owed_count] = owed;
	return &world->owed[world->owed_count++];
}

/* A step of a visit: nothing when it would be too late at its own moment. */
static void owe_of_visit(struct owed_world *world, struct owed_visit *visit, enum owed_what what,
			 int64_t due_at, int64_t stale_at)
{
	const struct wall *wall = &world->walls[world->athletes[visit->athlete].wall];
	if (due_at >= stale_at)
		return;
	add(world,
	    (struct owed){
		    .what = what,
		    .athlete = (int)visit->athlete,
		    .visit = (int)(visit - world->visits),
		    .note = -1,
		    .version = what == OWED_CANCELLED ? 0 : visit->told,
		    .due_at = owed_opening(wall, due_at),
		    .stale_at = stale_at,
	    },
	    &visit->owed);
}

/* ---- Visits (A3, A4) ---- */

static void owe_for_time(struct owed_world *world, struct owed_visit *visit, bool moved, int64_t at)
{
	const struct wall *wall = &world->walls[world->athletes[visit->athlete].wall];
	int64_t starts_at = visit->starts_at;
	int32_t eve = wall_day(wall, starts_at) - 1;
	int64_t before_48h = starts_at - 48 * CLOCK_HOUR_US;
	int64_t before_3h = starts_at - 3 * CLOCK_HOUR_US;
	int64_t too_late = starts_at - 30 * CLOCK_MINUTE_US;
	int64_t evening = wall_instant(wall, eve, 18 * 60);
	if (at >= starts_at)
		return;
	owe_of_visit(world, visit, moved ? OWED_MOVED : OWED_CONFIRMATION, at, starts_at);
	if (before_48h > at)
		owe_of_visit(world, visit, OWED_48H, before_48h, starts_at - 12 * CLOCK_HOUR_US);
	owe_of_visit(world, visit, OWED_PREPARATION, evening > at ? evening : at, before_3h);
	/* An early visit: the evening before. */
	if (owed_opening(wall, before_3h) >= too_late)
		before_3h = wall_instant(wall, eve, 19 * 60);
	if (before_3h > at)
		owe_of_visit(world, visit, OWED_3H, before_3h, too_late);
}

static void say(struct owed_visit *visit, int64_t at)
{
	visit->version++;
	visit->said_at = at;
}

struct owed_visit *owed_book(struct owed_world *world, unsigned athlete, int64_t starts_at,
			     int64_t at)
{
	unsigned number = world->visit_count++;
	world->visits = grown(world->visits, number, &world->visit_room, sizeof(*world->visits));
	struct owed_visit *visit = &world->visits[number];
	*visit = (struct owed_visit){
		.athlete = athlete,
		.starts_at = starts_at,
		.started_at = starts_at,
		.told = 1,
		.was_told = 1,
		.states = 1u << VISIT_BOOKED,
		.note = -1,
		.owed = -1,
		.before = world->athletes[athlete].last_visit,
	};
	world->athletes[athlete].last_visit = (int)number;
	snprintf(visit->id, sizeof(visit->id), "0195531a-0000-7000-8000-1%011x", number);
	say(visit, at);
	owe_for_time(world, visit, false, at);
	return visit;
}

void owed_move(struct owed_world *world, struct owed_visit *visit, int64_t starts_at, int64_t at)
{
	say(visit, at);
	if (starts_at == visit->starts_at)
		return; /* another room: nothing that the athlete is told */
	visit->starts_at = starts_at;
	visit->told = visit->version;
	visit->moves++;
	owe_for_time(world, visit, true, at);
}

void owed_end(struct owed_world *world, struct owed_visit *visit, enum owed_state_of_visit state,
	      int64_t at)
{
	say(visit, at);
	visit->state = state;
	visit->states |= 1u << state;
	if (state == VISIT_CANCELLED)
		owe_of_visit(world, visit, OWED_CANCELLED, at, visit->starts_at);
}

/* ---- Notes (A1, A2, O2, P1, P3, T4) ---- */

struct owed_note *owed_note_of(struct owed_world *world, struct owed_visit *visit)
{
	unsigned number = world->note_count++;
	world->notes = grown(world->notes, number, &world->note_room, sizeof(*world->notes));
	struct owed_note *note = &world->notes[number];
	*note = (struct owed_note){
		.visit = (unsigned)(visit - world->visits),
		.athlete = visit->athlete,
		.ends_at = visit->starts_at + VISIT_US,
		.owed = -1,
		.before = world->athletes[visit->athlete].last_note,
	};
	world->athletes[visit->athlete].last_note = visit->note = (int)number;
	snprintf(note->id, sizeof(note->id), "0195531a-0000-7000-8000-2%011x", number);
	return note;
}

/* What is owed already stays, at its new time. */
static void owe_of_note(struct owed_world *world, struct owed_note *note, enum owed_what what,
			int step, int64_t due_at, int64_t stale_at)
{
	const struct wall *wall = &world->walls[world->athletes[note->athlete].wall];
	if (due_at >= stale_at)
		return;
	for (int i = note->owed; i >= 0; i = world->owed[i].next) {
		struct owed *owed = &world->owed[i];
		if (owed->what != what || owed->step != step)
			continue;
		owed->dropped = false;
		owed->due_at = owed_opening(wall, due_at);
		owed->stale_at = stale_at;
		return;
	}
	add(world,
	    (struct owed){
		    .what = what,
		    .athlete = (int)note->athlete,
		    .visit = (int)note->visit,
		    .note = (int)(note - world->notes),
		    .step = step,
		    .due_at = owed_opening(wall, due_at),
		    .stale_at = stale_at,
	    },
	    &note->owed);
}

static void owe_of_plan(struct owed_world *world, struct owed_note *note)
{
	const struct wall *wall = &world->walls[world->athletes[note->athlete].wall];
	int32_t day = wall_day(wall, note->ends_at);
	int64_t rested = note->ends_at + CLOCK_HOUR_US;
	for (unsigned i = 0; i < note->day_count; i++) {
		int64_t morning = wall_instant(wall, day + note->days[i], 9 * 60);
		owe_of_note(world, note, OWED_PLAN_STEP, (int)i + 1,
			    morning > rested ? morning : rested,
			    wall_instant(wall, day + note->days[i] + 1, 12 * 60));
	}
	if (note->day_count == 0)
		return;
	day += note->days[note->day_count - 1];
	owe_of_note(world, note, OWED_REBOOKING, 0, wall_instant(wall, day + 7, 10 * 60),
		    wall_instant(wall, day + 14, 10 * 60));
}

void owed_sign(struct owed_world *world, struct owed_note *note)
{
	const struct wall *wall = &world->walls[world->athletes[note->athlete].wall];
	int64_t ends_at = note->ends_at;
	int32_t day = wall_day(wall, ends_at);
	note->amended = note->version++ > 0;
	note->signed_at = world->now;
	for (int i = note->owed; i >= 0; i = world->owed[i].next)
		world->owed[i].dropped = true;
	if (!note->treated && !note->thorax)
		return;
	owe_of_note(world, note, OWED_EXPECT, 0, ends_at + CLOCK_HOUR_US,
		    wall_instant(wall, day + 1, 12 * 60));
	owe_of_note(world, note, OWED_CHECK_IN, 0, wall_instant(wall, day + 1, 10 * 60),
		    wall_instant(wall, day + 1, 21 * 60));
	if (note->thorax) {
		owe_of_note(world, note, OWED_FLAG_24H, 0, ends_at + CLOCK_DAY_US,
			    ends_at + 2 * CLOCK_DAY_US);
		owe_of_note(world, note, OWED_FLAG_72H, 0, ends_at + 3 * CLOCK_DAY_US,
			    ends_at + 5 * CLOCK_DAY_US);
	}
	owe_of_note(world, note, OWED_MEASURE_48H, 0, ends_at + 2 * CLOCK_DAY_US,
		    ends_at + 3 * CLOCK_DAY_US);
	owe_of_note(world, note, OWED_MEASURE_10D, 0, ends_at + 10 * CLOCK_DAY_US,
		    ends_at + 14 * CLOCK_DAY_US);
	owe_of_note(world, note, OWED_MEASURE_4W, 0, ends_at + 28 * CLOCK_DAY_US,
		    ends_at + 42 * CLOCK_DAY_US);
	owe_of_plan(world, note);
}

/* ---- Texts that come in ---- */

void owed_stop(struct owed_world *world, struct owed_number *number)
{
	(void)world;
	number->out = true;
}

bool owed_may_be_restored(const struct owed *owed)
{
	return owed->state == OWED_SUPPRESSED && strcmp(owed->why, "the number has opted out") == 0;
}

/* What the opt-out held back and still lies ahead is owed again. */
void owed_start(struct owed_world *world, struct owed_number *number)
{
	int which = (int)(number - world->numbers);
	number->out = false;
	for (unsigned i = 0; i < world->owed_count; i++) {
		struct owed *owed = &world->owed[i];
		if (!owed_may_be_restored(owed) || owed->put_off_to <= world->now ||
		    owed->athlete < 0 ||
		    (world->athletes[owed->athlete].number[SINK_SMS] != which &&
		     world->athletes[owed->athlete].number[SINK_EMAIL] != which))
			continue;
		const struct owed_visit *visit = &world->visits[owed->visit];
		if (owed->note < 0 &&
		    (visit->state != VISIT_BOOKED || visit->starts_at <= world->now ||
		     visit->told > owed->version))
			continue;
		owed->state = OWED_WAITING;
		owed->restored = true;
		if (i < world->open)
			world->open = i;
	}
}

void owed_reply(struct owed_world *world, unsigned number, const char *text)
{
	add(world,
	    (struct owed){
		    .what = OWED_REPLY,
		    .athlete = -1,
		    .visit = -1,
		    .note = -1,
		    .number = (int)number,
		    .due_at = world->now,
		    .stale_at = INT64_MAX,
		    .text = strdup(text),
	    },
	    NULL);
}

/* ---- Phases ---- */

void owed_begin_phase(struct owed_world *world)
{
	world->phase++;
	world->killed = false;
	world->fresh = world->owed_count;
	for (unsigned i = 0; i < world->number_count; i++)
		world->numbers[i].was_out = world->numbers[i].out;
	for (unsigned i = 0; i < world->athlete_count; i++)
		memcpy(world->athletes[i].might, world->athletes[i].may,
		       sizeof(world->athletes[i].may));
	for (unsigned i = 0; i < world->visit_count; i++) {
		struct owed_visit *visit = &world->visits[i];
		visit->states = 1u << visit->state;
		visit->was_told = visit->told;
		visit->started_at = visit->starts_at;
		visit->moves = 0;
	}
	for (unsigned i = 0; i < world->note_count; i++)
		world->notes[i].amended = false;
}
