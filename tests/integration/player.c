#include "player.h"

#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_BYTES ((size_t)8 << 20)

unsigned dice(uint64_t *state, unsigned below)
{
	uint64_t mixed = *state += UINT64_C(0x9e3779b97f4a7c15); /* splitmix64 */
	mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
	return (unsigned)((mixed ^ mixed >> 31) % below);
}

int64_t dice_start(uint64_t *state, int64_t now, unsigned every)
{
	int64_t day = now / CLOCK_DAY_US - 1 + dice(state, ROUND_DAYS);
	return day * CLOCK_DAY_US +
	       (7 * 60 + every * dice(state, 690 / every + 1)) * CLOCK_MINUTE_US;
}

void yard_complain(struct yard *yard, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	fprintf(stderr, "yard %u, command %u: ", yard->number, yard->done);
	vfprintf(stderr, format, arguments);
	fprintf(stderr, "\n");
	va_end(arguments);
	yard->at_fault = true;
	yard->play->faults++;
}

/* ---- What is asked ---- */

unsigned roll(struct yard *yard, unsigned below)
{
	return dice(&yard->random, below);
}

struct model_wish any_wish(struct yard *yard)
{
	return (struct model_wish){
		.athlete = roll(yard, MODEL_ATHLETES),
		.practitioner = roll(yard, MODEL_PRACTITIONERS),
		.service = roll(yard, MODEL_SERVICES - 1),
		.room = roll(yard, 3) == 0 ? (int)roll(yard, MODEL_ROOMS) : ANY_ROOM,
		.starts_at = dice_start(&yard->random, yard->model.now, 5),
		.override = roll(yard, 5) == 0,
	};
}

Soleus__V1__BookRequest yard_request(struct yard *yard, const struct model_wish *wish)
{
	Soleus__V1__BookRequest request = SOLEUS__V1__BOOK_REQUEST__INIT;
	request.athlete_id = yard->athletes[wish->athlete];
	request.service_id = yard->play->services[wish->service];
	request.clinic_id = yard->clinic;
	request.practitioner_id = yard->practitioners[wish->practitioner];
	request.room_id = wish->room == ANY_ROOM ? "" : yard->rooms[wish->room];
	request.starts_at = wish->starts_at;
	request.override_reason = wish->override ? "agreed" : "";
	return request;
}

/* Mostly one that stands; NULL: none was ever made. */
struct model_visit *any_visit(struct yard *yard)
{
	struct model *model = &yard->model;
	if (model->visit_count == 0)
		return NULL;
	for (unsigned tries = 0; tries < 12; tries++) {
		struct model_visit *visit = &model->visits[roll(yard, model->visit_count)];
		if (visit->state == HELD || visit->state == BOOKED || tries == 11)
			return visit;
	}
	return NULL;
}

/* ---- Answers ---- */

unsigned refusals_of(char **names, size_t count)
{
	unsigned refusals = 0;
	for (size_t i = 0; i < count; i++)
		refusals |= strcmp(names[i], "outside_hours") == 0 ? MODEL_OUTSIDE_HOURS
			    : strcmp(names[i], "absence") == 0     ? MODEL_ABSENCE
			    : strcmp(names[i], "cutoff") == 0      ? MODEL_CUTOFF
								   : 128;
	return refusals;
}

int room_of(const struct yard *yard, const char *id)
{
	for (int i = 0; i < MODEL_ROOMS; i++)
		if (strcmp(yard->rooms[i], id) == 0)
			return i;
	return 31;
}

bool is_as_judged(struct yard *yard, const char *what, struct status status, enum status_code code,
		  const char *words)
{
	if (status.code == STATUS_OK)
		yard->play->accepted++;
	else
		yard->play->refused++;
	if (status.code == code &&
	    (code == STATUS_OK || strncmp(status.message, words, strlen(words)) == 0))
		return true;
	yard_complain(yard, "%s: %s (%s), the model says %s (%s)", what,
		      status_code_name(status.code), status.message ? status.message : "",
		      status_code_name(code), words);
	return false;
}

bool is_in(struct yard *yard, const char *what, const char *room_id, unsigned rooms)
{
	if (rooms >> room_of(yard, room_id) & 1)
		return true;
	yard_complain(yard, "%s: in room %s, which is not free", what, room_id);
	return false;
}

/* What is told instead of a taken time can be booked. */
void check_alternatives(struct yard *yard, const struct model_wish *wish, Soleus__V1__Slot **slots,
			size_t count)
{
	if (count < 3)
		yard_complain(yard, "%zu alternatives", count);
	for (size_t i = 0; i < count; i++) {
		struct model_wish other = *wish;
		for (unsigned p = 0; p < MODEL_PRACTITIONERS; p++)
			if (strcmp(yard->practitioners[p], slots[i]->practitioner_id) == 0)
				other.practitioner = p;
		other.starts_at = slots[i]->starts_at;
		other.room = room_of(yard, slots[i]->room_id);
		other.override = false;
		other.moved = NULL;
		if (model_judge(&yard->model, &other).code != STATUS_OK)
			yard_complain(yard, "%s is an alternative that cannot be",
				      slots[i]->local_start);
	}
}

void check_refused(struct yard *yard, const struct model_wish *wish,
		   const struct model_answer *judged, const Soleus__V1__BookReply *reply)
{
	const Soleus__V1__BookReply empty = SOLEUS__V1__BOOK_REPLY__INIT;
	const Soleus__V1__BookReply *told = reply ? reply : &empty;
	if (judged->code == STATUS_ALREADY_EXISTS)
		check_alternatives(yard, wish, told->alternatives, told->n_alternatives);
	else if (refusals_of(told->refusals, told->n_refusals) != judged->refusals)
		yard_complain(yard, "refusals %x, the model says %x",
			      refusals_of(told->refusals, told->n_refusals), judged->refusals);
}

/* ---- A round ---- */

typedef FIBER void command(struct yard *yard, struct arena *arena);

FIBER void yard_play(struct yard *yard)
{
	static const struct {
		command *command;
		unsigned weight;
	} commands[] = {
		{yard_book, 24},   {yard_hold, 11},           {yard_confirm, 9},
		{yard_release, 6}, {yard_move, 18},           {yard_cancel, 17},
		{yard_away, 4},    {yard_return, 3},          {yard_series, 5},
		{yard_find, 2},    {yard_wait_for_a_time, 1},
	};
	struct arena *arena = arena_new(ARENA_BYTES);
	while (yard->done < yard->play->until && !yard->at_fault) {
		unsigned drawn = roll(yard, 100), i = 0;
		for (; drawn >= commands[i].weight; i++)
			drawn -= commands[i].weight;
		commands[i].command(yard, arena);
		arena_reset(arena);
	}
	arena_free(arena);
}
