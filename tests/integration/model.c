#include "model.h"

#include "base/clock.h"

#include <stdlib.h>
#include <string.h>

const struct model_service model_services[MODEL_SERVICES] = {
	{"visit", 45, 0, 15},
	{"needling", 30, 10, 5},
	{"coaching", 60, 0, 0},
	{"waited for", 45, 0, 15},
};

const char *const model_state_names[] = {
	[HELD] = "held", [BOOKED] = "booked", [CANCELLED] = "cancelled", [EXPIRED] = "expired"};

void model_free(struct model *model)
{
	free(model->visits);
	free(model->absences);
	*model = (struct model){0};
}

/* ---- Times ---- */

static int64_t ends_at(unsigned service, int64_t starts_at)
{
	return starts_at + model_services[service].minutes * CLOCK_MINUTE_US;
}

int64_t model_ends_at(const struct model_visit *visit)
{
	return ends_at(visit->service, visit->starts_at);
}

void model_blocks(unsigned service, int64_t starts_at, int64_t *ret_from, int64_t *ret_until)
{
	*ret_from = starts_at - model_services[service].before * CLOCK_MINUTE_US;
	*ret_until = ends_at(service, starts_at) + model_services[service].after * CLOCK_MINUTE_US;
}

static bool stands(const struct model_visit *visit)
{
	return visit->state == HELD || visit->state == BOOKED;
}

static bool blocks_meet(const struct model_visit *visit, const struct model_wish *wish)
{
	int64_t from, until, other_from, other_until;
	model_blocks(wish->service, wish->starts_at, &from, &until);
	model_blocks(visit->service, visit->starts_at, &other_from, &other_until);
	return other_from < until && from < other_until;
}

static bool visits_meet(const struct model_visit *visit, const struct model_wish *wish)
{
	return visit->starts_at < ends_at(wish->service, wish->starts_at) &&
	       wish->starts_at < model_ends_at(visit);
}

/* ---- Judging ---- */

static bool is_open(const struct model_wish *wish)
{
	int64_t day = wish->starts_at / CLOCK_DAY_US * CLOCK_DAY_US;
	return wish->starts_at >= day + MODEL_OPENS_MIN * CLOCK_MINUTE_US &&
	       ends_at(wish->service, wish->starts_at) <= day + MODEL_CLOSES_MIN * CLOCK_MINUTE_US;
}

static bool is_away(const struct model *model, const struct model_wish *wish, enum model_owner of,
		    unsigned which)
{
	for (unsigned i = 0; i < model->absence_count; i++) {
		const struct model_absence *absence = &model->absences[i];
		if (!absence->removed && absence->of == of && absence->which == which &&
		    absence->starts_at < ends_at(wish->service, wish->starts_at) &&
		    absence->ends_at > wish->starts_at)
			return true;
	}
	return false;
}

static bool room_is_taken(const struct model *model, const struct model_wish *wish, int room)
{
	for (unsigned i = 0; i < model->visit_count; i++) {
		const struct model_visit *visit = &model->visits[i];
		if (visit != wish->moved && stands(visit) && visit->room == room &&
		    blocks_meet(visit, wish))
			return true;
	}
	return false;
}

/* A room that can be used goes before one that cannot, which staff may override. */
static unsigned find_rooms(const struct model *model, const struct model_wish *wish,
			   bool *ret_absent)
{
	unsigned asked = wish->room == ANY_ROOM ? (1u << MODEL_ROOMS) - 1 : 1u << wish->room;
	unsigned absent = 0, rooms = 0;
	for (unsigned i = 0; i < MODEL_ROOMS; i++)
		if (asked >> i & 1 && is_away(model, wish, OF_ROOM, i))
			absent |= 1u << i;
	*ret_absent = absent == asked;
	for (int i = 0; i < MODEL_ROOMS; i++)
		if ((*ret_absent ? asked : asked & ~absent) >> i & 1 &&
		    !room_is_taken(model, wish, i))
			rooms |= 1u << i;
	return rooms;
}

static struct model_answer taken(const char *words)
{
	return (struct model_answer){.code = STATUS_ALREADY_EXISTS, .words = words};
}

static struct model_answer judge_busy(const struct model *model, const struct model_wish *wish,
				      unsigned rooms)
{
	bool practitioner = false, athlete = false;
	for (unsigned i = 0; i < model->visit_count; i++) {
		const struct model_visit *visit = &model->visits[i];
		if (visit == wish->moved || !stands(visit))
			continue;
		practitioner |=
			visit->practitioner == wish->practitioner && blocks_meet(visit, wish);
		athlete |= visit->athlete == wish->athlete && visits_meet(visit, wish);
	}
	if (practitioner)
		return taken("taken: the practitioner is busy then");
	if (athlete)
		return taken("the athlete has another visit then");
	if (rooms == 0)
		return taken(wish->room == ANY_ROOM ? "taken: no room of the clinic is free then"
						    : "taken: the room is busy then");
	return (struct model_answer){.code = STATUS_OK, .words = "", .rooms = rooms};
}

struct model_answer model_judge(const struct model *model, const struct model_wish *wish)
{
	bool rooms_absent;
	unsigned refusals = 0, rooms = find_rooms(model, wish, &rooms_absent);
	if (wish->starts_at < model->now)
		return (struct model_answer){STATUS_FAILED_PRECONDITION,
					     "the visit would begin in the past", 0, 0};
	if (!is_open(wish))
		refusals |= MODEL_OUTSIDE_HOURS;
	if (rooms_absent || is_away(model, wish, OF_PRACTITIONER, wish->practitioner) ||
	    is_away(model, wish, OF_CLINIC, 0))
		refusals |= MODEL_ABSENCE;
	if (wish->moved && model->now > wish->moved->starts_at)
		refusals |= MODEL_CUTOFF;
	if (refusals && !wish->override)
		return (struct model_answer){STATUS_FAILED_PRECONDITION, "refused by", refusals, 0};
	return judge_busy(model, wish, rooms);
}

struct model_answer model_judge_hold(const struct model *model, const struct model_wish *wish)
{
	if (wish->starts_at == model->now)
		return (struct model_answer){STATUS_FAILED_PRECONDITION, "the visit begins now", 0,
					     0};
	return model_judge(model, wish);
}

/* ---- What has come to be ---- */

struct model_visit *model_add(struct model *model, const char *id, const struct model_wish *wish,
			      int room, int64_t hold_expires_at)
{
	if (model->visit_count % 256 == 0)
		model->visits =
			realloc(model->visits, (model->visit_count + 256) * sizeof(*model->visits));
	struct model_visit *visit = &model->visits[model->visit_count++];
	*visit = (struct model_visit){
		.athlete = wish->athlete,
		.practitioner = wish->practitioner,
		.service = wish->service,
		.room = room,
		.starts_at = wish->starts_at,
		.state = hold_expires_at ? HELD : BOOKED,
		.hold_expires_at = hold_expires_at,
		.version = 1,
	};
	strncpy(visit->id, id, sizeof(visit->id) - 1);
	return visit;
}

struct model_absence *model_close(struct model *model, const char *id, enum model_owner of,
				  unsigned which, int64_t starts_at, int64_t until_at)
{
	model->absences =
		realloc(model->absences, (model->absence_count + 1) * sizeof(*model->absences));
	struct model_absence *absence = &model->absences[model->absence_count++];
	*absence = (struct model_absence){
		.of = of, .which = which, .starts_at = starts_at, .ends_at = until_at};
	strncpy(absence->id, id, sizeof(absence->id) - 1);
	return absence;
}

struct model_visit *model_find(struct model *model, const char *id)
{
	for (unsigned i = 0; i < model->visit_count; i++)
		if (strcmp(model->visits[i].id, id) == 0)
			return &model->visits[i];
	return NULL;
}

bool model_is_affected(const struct model *model, const struct model_visit *visit,
		       const struct model_absence *absence)
{
	bool concerned =
		absence->of == OF_CLINIC ||
		(absence->of == OF_PRACTITIONER && visit->practitioner == absence->which) ||
		(absence->of == OF_ROOM && visit->room == (int)absence->which);
	return concerned && stands(visit) && visit->starts_at >= model->now &&
	       visit->starts_at < absence->ends_at && model_ends_at(visit) > absence->starts_at;
}

void model_move_clock(struct model *model, int64_t now)
{
	model->now = now;
	for (unsigned i = 0; i < model->visit_count; i++) {
		struct model_visit *visit = &model->visits[i];
		if (visit->state == HELD && visit->hold_expires_at <= now) {
			visit->state = EXPIRED;
			visit->version++;
		}
	}
}
