#include "owed_inside.h"

#include "base/clock.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BUNDLE_US    (120 * CLOCK_MINUTE_US)
#define FAULTS_SHOWN 12

/* ---- Faults ---- */

static void write_instant(int64_t at, const struct wall *wall, char ret_text[WALL_BYTES])
{
	static const struct wall utc = {.zone = "UTC"};
	wall_text(wall ? wall : &utc, at, ret_text);
}

void owed_fault(struct owed_world *world, const struct owed *owed, const char *format, ...)
{
	va_list arguments;
	char now[WALL_BYTES], due[WALL_BYTES], stale[WALL_BYTES];
	if (world->faults++ >= FAULTS_SHOWN)
		return;
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	const struct wall *wall = owed && owed->athlete >= 0 ? owed_wall(world, owed) : NULL;
	write_instant(world->now, wall, now);
	fprintf(stderr, "\n   at %s (%s), phase %u%s\n", now, wall ? wall->zone : "UTC",
		world->phase, world->killed ? ", with a kill" : "");
	if (!owed)
		return;
	write_instant(owed->due_at, wall, due);
	write_instant(owed->stale_at, wall, stale);
	fprintf(stderr, "   %s %s of %s, version %d step %d, due %s, stale %s, %s\n",
		owed_kinds[owed->what].code, owed->id,
		owed->note >= 0    ? world->notes[owed->note].id
		: owed->visit >= 0 ? world->visits[owed->visit].id
				   : world->numbers[owed->number].address,
		owed->version, owed->step, due, stale, owed->why);
}

/* ---- Messages by their ids ---- */

static size_t place_of(const struct owed_world *world, const char *id)
{
	uint64_t hash = 1469598103934665603u;
	for (const char *at = id; *at; at++)
		hash = (hash ^ (unsigned char)*at) * 1099511628211u;
	size_t place = hash % world->by_id_room;
	while (world->by_id[place] >= 0 && strcmp(world->owed[world->by_id[place]].id, id) != 0)
		place = (place + 1) % world->by_id_room;
	return place;
}

static void keep(struct owed_world *world, struct owed *owed)
{
	if (world->by_id_count * 2 >= world->by_id_room) {
		free(world->by_id);
		world->by_id_room = world->by_id_room ? world->by_id_room * 4 : 4096;
		world->by_id = malloc(world->by_id_room * sizeof(*world->by_id));
		memset(world->by_id, -1, world->by_id_room * sizeof(*world->by_id));
		world->by_id_count = 0;
		for (unsigned i = 0; i < world->owed_count; i++)
			if (*world->owed[i].id && &world->owed[i] != owed)
				keep(world, &world->owed[i]);
	}
	world->by_id[place_of(world, owed->id)] = (int)(owed - world->owed);
	world->by_id_count++;
}

static struct owed *find(const struct owed_world *world, const char *id)
{
	if (world->by_id_room == 0)
		return NULL;
	int at = world->by_id[place_of(world, id)];
	return at < 0 ? NULL : &world->owed[at];
}

/* ---- Planned ---- */

static struct owed *expected(struct owed_world *world, const struct owed_planned *row)
{
	unsigned number = (unsigned)strtoul(row->of + 25, NULL, 16);
	bool of_note = strlen(row->of) == 36 && row->of[24] == '2';
	int list = of_note ? (number < world->note_count ? world->notes[number].owed : -1)
			   : (number < world->visit_count ? world->visits[number].owed : -1);
	for (int i = list; i >= 0; i = world->owed[i].next) {
		struct owed *owed = &world->owed[i];
		if (owed->version == row->version && owed->step == row->step &&
		    strcmp(owed_kinds[owed->what].code, row->purpose) == 0)
			return owed;
	}
	return NULL;
}

static struct owed *expected_reply(struct owed_world *world, const struct owed_planned *row)
{
	for (unsigned i = world->fresh; i < world->owed_count; i++) {
		struct owed *owed = &world->owed[i];
		if (owed->what == OWED_REPLY && owed->state == OWED_EXPECTED &&
		    strcmp(world->numbers[owed->number].address, row->address) == 0 &&
		    strcmp(owed->text, row->text) == 0)
			return owed;
	}
	return NULL;
}

static void judge_times(struct owed_world *world, struct owed *owed, const struct owed_planned *row)
{
	bool deferred = strncmp(row->why, "planned ", strlen("planned ")) != 0;
	bool bundled = strstr(row->trace, "in a bundle") != NULL;
	int64_t earliest = owed->due_at - (bundled ? BUNDLE_US : 0);
	owed->capped = strstr(row->trace, "by the day's cap") != NULL;
	owed->not_before = deferred && row->due_at > earliest ? earliest : row->due_at;
	if (owed->stale_at != row->stale_at)
		owed_fault(world, owed, "planned with another last time");
	if (row->due_at < earliest || (!owed->capped && !deferred && row->due_at > owed->due_at))
		owed_fault(world, owed, "planned for another time (%+lld min): %s",
			   (long long)((row->due_at - owed->due_at) / CLOCK_MINUTE_US), row->trace);
}

void owed_see_planned(struct owed_world *world, const struct owed_planned *row)
{
	struct owed *owed = find(world, row->id);
	bool known = owed != NULL;
	if (!known)
		owed = *row->of ? expected(world, row) : expected_reply(world, row);
	if (!owed) {
		owed_fault(world, NULL, "planned, and nobody is owed it: %s %s of %s, version %d",
			   row->purpose, row->id, row->of, row->version);
		return;
	}
	if (!known && owed->state != OWED_EXPECTED) {
		owed_fault(world, owed, "planned twice: %s", row->id);
		return;
	}
	if (!known) {
		snprintf(owed->id, sizeof(owed->id), "%s", row->id);
		owed->planned_at = world->now;
		owed->state = OWED_WAITING;
		keep(world, owed);
	}
	if (owed->what == OWED_REPLY) {
		owed->stale_at = row->stale_at;
		owed->not_before = row->due_at;
	} else if (owed->state == OWED_WAITING) {
		judge_times(world, owed, row);
	} else if (owed_may_be_restored(owed)) {
		judge_times(world, owed, row); /* an amended note moves it as if it waited */
		owed->put_off_to = row->due_at;
	}
}

/* ---- Decided ---- */

void owed_see_decided(struct owed_world *world, const struct owed_decided *row)
{
	struct owed *owed = find(world, row->id);
	enum owed_state state = row->sent ? OWED_SENT : OWED_SUPPRESSED;
	if (!owed) {
		owed_fault(world, NULL, "decided, and nobody is owed it: %s", row->id);
		return;
	}
	if (owed->state == state && owed->decided_at == world->now)
		return; /* seen in an earlier phase of this instant */
	if (owed->state != OWED_WAITING)
		owed_fault(world, owed, "decided twice: %s", row->why);
	owed->state = state;
	owed->decided_at = world->now;
	snprintf(owed->why, sizeof(owed->why), "%s", row->why);
	if (state == OWED_SUPPRESSED) {
		world->suppressed++;
		owed->put_off_to = row->due_at;
		owed_judge_reason(world, owed, row->why, false);
		if (owed->arrived && !owed->unsure)
			owed_fault(world, owed, "it arrived, and is said not to be sent");
	} else if (world->now < row->due_at) {
		owed_fault(world, owed, "sent before it is due");
	}
}

void owed_see_deferred(struct owed_world *world, const char *id, const char *why)
{
	const struct owed *owed = find(world, id);
	if (owed)
		owed_judge_reason(world, owed, why, true);
}

/* ---- Arrived ---- */

/* "Wed 23 Sep 14:30", on the clinic's wall. */
static bool says_time(const struct owed_world *world, const struct owed *owed, const char *text,
		      int64_t starts_at)
{
	const struct owed_athlete *who = &world->athletes[owed->athlete];
	char when[WALL_BYTES];
	wall_text(&world->walls[world->clinic_walls[who->clinic]], starts_at, when);
	/* Without the year. */
	memmove(when + 10, when + 15, strlen(when + 15) + 1);
	return strstr(text, when) != NULL;
}

/* A visit that moves twice in a phase had a time between that nobody keeps. */
static bool says_when(const struct owed_world *world, const struct owed *owed, const char *text)
{
	const struct owed_visit *visit = &world->visits[owed->visit];
	return !owed_kinds[owed->what].says_when || visit->moves > 1 ||
	       says_time(world, owed, text, visit->starts_at) ||
	       says_time(world, owed, text, visit->started_at);
}

static void judge_moment(struct owed_world *world, const struct owed *owed)
{
	const struct owed_kind *kind = &owed_kinds[owed->what];
	const struct owed_visit *visit = &world->visits[owed->visit];
	if (world->now >= owed->stale_at)
		owed_fault(world, owed, "it comes after its time");
	if (world->now < owed->not_before)
		owed_fault(world, owed, "it comes before its time");
	if (!owed_is_open(owed_wall(world, owed), world->now))
		owed_fault(world, owed, "it comes in quiet hours");
	if (!kind->of_visit)
		return;
	if (!owed_visit_was(world, owed, VISIT_BOOKED))
		owed_fault(world, owed, "it comes for a visit that is not to be");
	if (!owed_is_of_now(world, owed))
		owed_fault(world, owed, "it comes for a time that the visit had before");
	if (world->now >= visit->starts_at && world->now >= visit->started_at)
		owed_fault(world, owed, "it comes after the visit's beginning");
}

static void judge_recipient(struct owed_world *world, const struct owed *owed,
			    const struct sink_arrival *arrival)
{
	const struct owed_athlete *who = &world->athletes[owed->athlete];
	bool check_in = owed_kinds[owed->what].check_in;
	int which = who->number[arrival->channel];
	const struct owed_number *number = which >= 0 ? &world->numbers[which] : NULL;
	if (!number || strcmp(number->address, arrival->address) != 0)
		owed_fault(world, owed, "it comes to %s, which is not theirs", arrival->address);
	else if (number->out && number->was_out)
		owed_fault(world, owed, "it comes to %s, which has opted out", arrival->address);
	if (!who->may[check_in][arrival->channel] && !who->might[check_in][arrival->channel])
		owed_fault(world, owed, "it comes without consent for %s",
			   sink_channel_names[arrival->channel]);
}

static void arrive(struct owed_world *world, struct owed *owed, const struct sink_arrival *arrival)
{
	bool was_unsure = owed->unsure;
	if (owed->arrived && was_unsure)
		world->unsure++; /* in another text, by another key */
	else if (owed->arrived)
		owed_fault(world, owed, "it comes twice: %s", arrival->text);
	owed->arrived = true;
	owed->arrived_at = arrival->at;
	owed->unsure = arrival->lost || world->killed;
	if (owed->what == OWED_REPLY)
		return;
	if (!says_when(world, owed, arrival->text))
		owed_fault(world, owed, "it says another time: %s", arrival->text);
	judge_moment(world, owed);
	judge_recipient(world, owed, arrival);
}

/* Another part of the text that brought `first`: one that was decided with it, else (its answer was
 * lost) one that still waits. */
static struct owed *part(struct owed_world *world, const struct owed *first, enum owed_what what,
			 const char *text)
{
	const struct owed_athlete *who = &world->athletes[first->athlete];
	struct owed *found = NULL;
	for (int j = who->last_owed; j >= 0; j = world->owed[j].before) {
		struct owed *other = &world->owed[j];
		bool now = other->state == OWED_SENT && other->decided_at == world->now &&
			   !other->arrived && strstr(other->why, "in one text with");
		bool unsure = other->state == OWED_WAITING && other->not_before <= world->now;
		if (other->what != what || other == first || !(now || unsure) ||
		    !says_when(world, other, text))
			continue;
		if (!found || now || (found->arrived && !other->arrived))
			found = other;
	}
	return found;
}

void owed_see_arrival(struct owed_world *world, const struct sink_arrival *arrival)
{
	struct owed *owed = find(world, arrival->key);
	world->arrivals++;
	if (!owed) {
		owed_fault(world, NULL, "it comes to %s, and nobody is owed it: %s",
			   arrival->address, arrival->text);
		return;
	}
	arrive(world, owed, arrival);
	if (owed->what == OWED_REPLY) {
		if (strcmp(arrival->text, owed->text) != 0 ||
		    strcmp(arrival->address, world->numbers[owed->number].address) != 0)
			owed_fault(world, owed, "another reply: %s", arrival->text);
		return;
	}
	unsigned parts = 0;
	for (int i = 0; i < OWED_REPLY; i++) {
		const char *at = arrival->text;
		for (; (at = strstr(at, owed_kinds[i].words)) != NULL; at++) {
			if (owed->what == (enum owed_what)i && parts++ == 0)
				continue; /* itself */
			struct owed *other = part(world, owed, (enum owed_what)i, arrival->text);
			if (other)
				arrive(world, other, arrival);
			else
				owed_fault(world, owed, "its text says %s too: %s",
					   owed_kinds[i].code, arrival->text);
		}
	}
	if (parts == 0)
		owed_fault(world, owed, "it says something else: %s", arrival->text);
}

/* ---- At rest ---- */

static void judge_waiting(struct owed_world *world, const struct owed *owed)
{
	if (owed->dropped && world->notes[owed->note].amended)
		owed_fault(world, owed, "the note says it no longer, and it waits");
	if (world->now < owed->not_before || owed_failed_lately(world, owed))
		return;
	if (owed->what != OWED_REPLY &&
	    (owed_waits_for_consent(world, owed) ||
	     (owed_is_quiet(world, owed) && !owed_is_quiet_until_over(world, owed))))
		return;
	owed_fault(world, owed, "it is due, and waits");
}

void owed_see_rest(struct owed_world *world)
{
	bool decided = true;
	for (unsigned i = world->open; i < world->owed_count; i++) {
		const struct owed *owed = &world->owed[i];
		if (owed->state == OWED_EXPECTED && !owed->dropped)
			owed_fault(world, owed, "it is owed, and was not planned");
		if (owed->capped && owed->planned_at == world->now &&
		    owed_texts_of_day(world, owed, owed->due_at) < DAILY_CAP)
			owed_fault(world, owed, "held by the cap of a day that is not full");
		if (owed->state == OWED_WAITING)
			judge_waiting(world, owed);
		if (owed->state == OWED_SENT && !owed->arrived)
			owed_fault(world, owed, "it is said to be sent, and did not come");
		decided &= owed->state == OWED_SENT || owed->state == OWED_SUPPRESSED;
		if (decided)
			world->open = i + 1;
	}
}

/* Not what an outage, a jump of the clock or an opt-in brought to a day for which it was not
 * planned. */
static bool counts_for_day(const struct owed_world *world, const struct owed *owed, int32_t day)
{
	const struct owed_kind *kind = &owed_kinds[owed->what];
	const struct wall *wall = owed_wall(world, owed);
	return owed->arrived && !kind->news && !kind->safety && !owed->restored &&
	       wall_day(wall, owed->not_before) == day && wall_day(wall, owed->arrived_at) == day;
}

static void judge_day(struct owed_world *world, const struct owed *owed)
{
	const struct owed_athlete *who = &world->athletes[owed->athlete];
	int32_t day = wall_day(&world->walls[who->wall], owed->arrived_at);
	int64_t seen[DAILY_CAP + 1];
	unsigned texts = 0;
	for (int j = who->last_owed; j >= 0; j = world->owed[j].before) {
		const struct owed *other = &world->owed[j];
		bool known = !counts_for_day(world, other, day);
		for (unsigned k = 0; !known && k < texts; k++)
			known = seen[k] == other->arrived_at;
		if (!known && texts <= DAILY_CAP)
			seen[texts++] = other->arrived_at;
	}
	if (texts > DAILY_CAP)
		owed_fault(world, owed, "one of too many that day");
}

void owed_see_days(struct owed_world *world)
{
	for (unsigned i = 0; i < world->owed_count; i++) {
		const struct owed *owed = &world->owed[i];
		if (owed->athlete >= 0 && owed->arrived &&
		    counts_for_day(world, owed, wall_day(owed_wall(world, owed), owed->arrived_at)))
			judge_day(world, owed);
	}
}
