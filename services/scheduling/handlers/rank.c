#include "scheduling/handlers/rank.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS_AT_ONCE 8192 /* of one practitioner at one clinic: 62 days of 24 h hold 5,952 */
#define GRADES_KEPT   4096

/* What a start was graded as; a later start may take its place. */
struct kept_grade {
	int64_t starts_at; /* 0: nothing kept */
	int64_t day_starts_at;
	enum timing_grade grade;
	int32_t score;
};

struct rank {
	const struct availability *from;
	const struct rank_asked *asked;
	struct kept_grade *grades;
	const struct availability_window *near_window; /* whose sessions `near` are */
	struct training_session *near;
	size_t near_count;
	struct slots_range *slots;
	struct ranked *best; /* a heap, the worst at the top */
	size_t count;
};

/* The sessions that can matter to visits in the window. */
static void look_near(struct rank *rank, const struct availability_window *window)
{
	const struct around *around = &rank->from->around;
	int64_t from = window->range.starts_at, to = window->range.ends_at;
	if (window->day_starts_at < from)
		from = window->day_starts_at;
	if (window->day_ends_at > to)
		to = window->day_ends_at;
	rank->near_count = timing_near(around->sessions, around->session_count, &around->windows,
				       from, to, rank->near);
	rank->near_window = window;
}

static struct timing_visit timing_visit_of(const struct slots_range *visit, int64_t day_starts_at,
					   int64_t day_ends_at)
{
	return (struct timing_visit){visit->starts_at, visit->ends_at, day_starts_at, day_ends_at};
}

void rank_grade(const struct around *around, const struct slots_range *visit, int64_t day_starts_at,
		int64_t day_ends_at, struct timing_result *ret_timing)
{
	const struct timing_visit timed = timing_visit_of(visit, day_starts_at, day_ends_at);
	timing_grade(&timed, around->sessions, around->session_count, &around->windows, ret_timing);
}

static const struct kept_grade *grade(struct rank *rank, const struct availability_window *window,
				      const struct slots_range *visit)
{
	struct kept_grade *kept =
		&rank->grades[(uint64_t)(visit->starts_at / RANK_STEP_US) % GRADES_KEPT];
	if (kept->starts_at != visit->starts_at || kept->day_starts_at != window->day_starts_at) {
		const struct timing_visit timed =
			timing_visit_of(visit, window->day_starts_at, window->day_ends_at);
		struct timing_result timing;
		if (rank->near_window != window)
			look_near(rank, window);
		timing_grade(&timed, rank->near, rank->near_count, &rank->from->around.windows,
			     &timing);
		*kept = (struct kept_grade){visit->starts_at, window->day_starts_at, timing.grade,
					    timing.score};
	}
	return kept;
}

/* `ranges` are sorted and do not overlap: the constraints of the appointments see to it. */
static bool is_free(const struct slots_range *ranges, size_t count, const struct slots_range *asked)
{
	size_t low = 0, high = count;
	while (low < high) { /* the first that ends behind the beginning */
		size_t middle = low + (high - low) / 2;
		if (ranges[middle].ends_at > asked->starts_at)
			high = middle;
		else
			low = middle + 1;
	}
	return low == count || ranges[low].starts_at >= asked->ends_at;
}

struct slots_range rank_part(const struct availability *from, int64_t starts_at, size_t index)
{
	const struct availability_service *services = from->services;
	for (size_t i = 0; i < index; i++)
		starts_at += services[i].duration_us + services[i].buffer_after_us +
			     services[i + 1].buffer_before_us;
	return (struct slots_range){starts_at, starts_at + services[index].duration_us};
}

/* The earliest starts first, so few absences of a room are looked at. */
static bool is_there(const struct availability_room *room, const struct slots_range *visit)
{
	for (size_t i = 0; i < room->absences.count; i++)
		if (room->absences.list[i].starts_at < visit->ends_at &&
		    room->absences.list[i].ends_at > visit->starts_at)
			return false;
	return true;
}

static const char *free_room(const struct availability *from,
			     const struct availability_window *window,
			     const struct slots_range *visit, size_t service)
{
	const struct slots_range blocked = {
		visit->starts_at - from->services[service].buffer_before_us,
		visit->ends_at + from->services[service].buffer_after_us};
	for (size_t i = 0; i < from->room_count; i++) {
		const struct availability_room *room = &from->rooms[i];
		if ((room->suits >> service & 1) &&
		    strcmp(room->clinic_id, window->clinic_id) == 0 && is_there(room, visit) &&
		    is_free(room->busy.list, room->busy.count, &blocked))
			return room->room_id;
	}
	return NULL;
}

/* A room for each part; false when one has none. */
static bool find_rooms(const struct availability *from, struct ranked *slot)
{
	for (size_t i = 0; i < from->service_count; i++) {
		struct slots_range part = rank_part(from, slot->visit.starts_at, i);
		slot->room_ids[i] = free_room(from, slot->window, &part, i);
		if (!slot->room_ids[i])
			return false;
	}
	return true;
}

static int compare(const void *one, const void *other)
{
	const struct ranked *a = one, *b = other;
	for (size_t i = 0; i < 2; i++)
		if (a->order[i] != b->order[i])
			return a->order[i] < b->order[i] ? -1 : 1;
	if (a->visit.starts_at != b->visit.starts_at)
		return a->visit.starts_at < b->visit.starts_at ? -1 : 1;
	return strcmp(a->window->practitioner_id, b->window->practitioner_id);
}

static void swap(struct ranked *one, struct ranked *other)
{
	struct ranked kept = *one;
	*one = *other;
	*other = kept;
}

static void sink(struct ranked *heap, size_t count)
{
	for (size_t at = 0, worst; (worst = 2 * at + 1) < count; at = worst) {
		if (worst + 1 < count && compare(&heap[worst + 1], &heap[worst]) > 0)
			worst++;
		if (compare(&heap[worst], &heap[at]) <= 0)
			return;
		swap(&heap[worst], &heap[at]);
	}
}

static void keep(struct rank *rank, const struct ranked *slot)
{
	if (rank->count == rank->asked->limit) {
		rank->best[0] = *slot;
		sink(rank->best, rank->count);
		return;
	}
	size_t at = rank->count++;
	rank->best[at] = *slot;
	for (; at > 0 && compare(&rank->best[at], &rank->best[(at - 1) / 2]) > 0; at = (at - 1) / 2)
		swap(&rank->best[at], &rank->best[(at - 1) / 2]);
}

static void consider(struct rank *rank, const struct availability_window *window,
		     const struct slots_range *visit)
{
	const struct availability *from = rank->from;
	const struct kept_grade *graded = grade(rank, window, visit);
	struct ranked slot = {.window = window,
			      .visit = *visit,
			      .grade = graded->grade,
			      .score = graded->score,
			      .order = {-graded->score, visit->starts_at}};
	if (rank->asked->first_free) {
		slot.order[0] = visit->starts_at;
		slot.order[1] = -graded->score;
	} else if (rank->asked->wanted_at) {
		slot.order[0] = graded->grade == TIMING_WARN;
		slot.order[1] = llabs(visit->starts_at - rank->asked->wanted_at);
	}
	if (rank->count == rank->asked->limit && compare(&slot, &rank->best[0]) >= 0)
		return;
	if (is_free(from->visits.list, from->visits.count, visit) && find_rooms(from, &slot))
		keep(rank, &slot);
}

static const struct availability_busy *busy_of(const struct availability *from,
					       const char *practitioner_id)
{
	static const struct availability_busy never = {0};
	for (size_t i = 0; i < from->practitioner_count; i++)
		if (strcmp(from->practitioners[i].practitioner_id, practitioner_id) == 0)
			return &from->practitioners[i];
	return &never;
}

/* All openings of one practitioner at one clinic. */
static void rank_windows(struct rank *rank, const struct availability_window *windows, size_t count,
			 struct slots_range *ranges)
{
	const struct availability_busy *busy = busy_of(rank->from, windows[0].practitioner_id);
	const struct availability_service *services = rank->from->services;
	size_t last = rank->from->service_count - 1;
	const struct slots_request request = {
		.duration_us = rank_part(rank->from, 0, last).ends_at,
		.buffer_before_us = services[0].buffer_before_us,
		.buffer_after_us = services[last].buffer_after_us,
		.step_us = RANK_STEP_US,
		.earliest_at = rank->asked->earliest_at,
	};
	for (size_t i = 0; i < count; i++)
		ranges[i] = windows[i].range;
	size_t slots = slots_find(ranges, count, busy->ranges.list, busy->ranges.count, &request,
				  rank->slots, SLOTS_AT_ONCE);
	for (size_t i = 0; i < slots && rank->slots[i].starts_at < rank->asked->until_at; i++) {
		while (windows->range.ends_at < rank->slots[i].ends_at)
			windows++; /* the opening that the slot lies in */
		consider(rank, windows, &rank->slots[i]);
	}
}

static bool is_same(const struct availability_window *one, const struct availability_window *other)
{
	return strcmp(one->practitioner_id, other->practitioner_id) == 0 &&
	       strcmp(one->clinic_id, other->clinic_id) == 0;
}

struct ranked *rank_slots(struct arena *arena, const struct availability *from,
			  const struct rank_asked *asked, size_t *ret_count)
{
	struct rank rank = {
		.from = from,
		.asked = asked,
		.grades = ARENA_ARRAY(arena, GRADES_KEPT, struct kept_grade),
		.slots = ARENA_ARRAY(arena, SLOTS_AT_ONCE, struct slots_range),
		.best = ARENA_ARRAY(arena, asked->limit, struct ranked),
	};
	struct slots_range *ranges = ARENA_ARRAY(arena, from->window_count, struct slots_range);
	rank.near = ARENA_ARRAY(arena, from->around.session_count, struct training_session);
	if (!rank.near || !rank.grades || !rank.slots || !rank.best || !ranges)
		return NULL;
	for (size_t first = 0, next; first < from->window_count; first = next) {
		for (next = first + 1; next < from->window_count; next++)
			if (!is_same(&from->windows[first], &from->windows[next]))
				break;
		rank_windows(&rank, &from->windows[first], next - first, ranges);
	}
	qsort(rank.best, rank.count, sizeof(*rank.best), compare);
	*ret_count = rank.count;
	return rank.best;
}
