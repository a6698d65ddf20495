#include "scheduling/rules/refusal.h"

#include <inttypes.h>
#include <stdio.h>

#define MINUTE_US INT64_C(60000000)

static unsigned bit(bool holds, enum refusal refusal)
{
	return holds ? 1u << refusal : 0;
}

static unsigned number_of(unsigned faults)
{
	unsigned number = 0;
	for (; faults; faults &= faults - 1)
		number++;
	return number;
}

unsigned refusal_best_room(const unsigned *room_faults, size_t count)
{
	unsigned best = count ? room_faults[0] : 0;
	for (size_t i = 1; i < count; i++) {
		unsigned fewer = number_of(room_faults[i]), least = number_of(best);
		if (fewer < least || (fewer == least && room_faults[i] < best))
			best = room_faults[i];
	}
	return best;
}

/* Visits that overlap are no question of the way: the practitioner is taken. */
static bool is_too_near(const struct refusal_neighbour *neighbour)
{
	return neighbour->gap_us >= 0 && neighbour->gap_us < neighbour->travel_us;
}

unsigned refusal_find(const struct refusal_facts *facts)
{
	bool absent = facts->practitioner_absent || facts->clinic_absent ||
		      facts->room_faults & ROOM_ABSENT;
	bool on_the_way = is_too_near(&facts->before) || is_too_near(&facts->after);
	bool used_up = facts->plan_visits > 0 && facts->plan_used >= facts->plan_visits;
	return bit(!facts->works, REFUSAL_OUTSIDE_HOURS) | bit(absent, REFUSAL_ABSENCE) |
	       bit(on_the_way, REFUSAL_TRAVEL) | bit(!facts->skilled, REFUSAL_SKILL) |
	       bit(facts->room_faults & ROOM_OTHER_KIND, REFUSAL_ROOM_KIND) |
	       bit(facts->room_faults & ROOM_UNEQUIPPED, REFUSAL_EQUIPMENT) |
	       bit(used_up, REFUSAL_VISIT_PLAN) | bit(facts->late, REFUSAL_CUTOFF);
}

const char *refusal_name(enum refusal refusal)
{
	static const char *const names[REFUSALS] = {
		[REFUSAL_OUTSIDE_HOURS] = "outside_hours",
		[REFUSAL_ABSENCE] = "absence",
		[REFUSAL_TRAVEL] = "travel",
		[REFUSAL_SKILL] = "skill",
		[REFUSAL_ROOM_KIND] = "room_kind",
		[REFUSAL_EQUIPMENT] = "equipment",
		[REFUSAL_VISIT_PLAN] = "visit_plan",
		[REFUSAL_CUTOFF] = "cutoff",
	};
	return names[refusal];
}

static const char *who_is_absent(const struct refusal_facts *facts)
{
	if (facts->practitioner_absent)
		return facts->clinic_absent ? "the practitioner is away and the clinic is closed"
					    : "the practitioner is away then";
	return facts->clinic_absent ? "the clinic is closed then" : "the room cannot be used then";
}

static void travel_text(const struct refusal_facts *facts, char *ret_text, size_t bytes)
{
	bool before = is_too_near(&facts->before);
	const struct refusal_neighbour *near = before ? &facts->before : &facts->after;
	snprintf(ret_text, bytes, "the way %s takes %" PRId64 " min, and there are %" PRId64 " min",
		 before ? "from the clinic of the visit before" : "to the clinic of the next visit",
		 near->travel_us / MINUTE_US, near->gap_us / MINUTE_US);
}

static void cutoff_text(const struct refusal_facts *facts, char *ret_text, size_t bytes)
{
	int64_t minutes = facts->cutoff_us / MINUTE_US;
	bool hours = minutes >= 120 && minutes % 60 == 0;
	if (minutes == 0)
		snprintf(ret_text, bytes, "the visit has begun");
	else
		snprintf(ret_text, bytes, "it is later than %" PRId64 " %s before the visit",
			 hours ? minutes / 60 : minutes, hours ? "hours" : "minutes");
}

void refusal_text(const struct refusal_facts *facts, enum refusal refusal, char *ret_text,
		  size_t bytes)
{
	const char *text = "";
	switch (refusal) {
	case REFUSAL_OUTSIDE_HOURS:
		text = "the practitioner does not work at this clinic for the whole of the visit";
		break;
	case REFUSAL_ABSENCE:
		text = who_is_absent(facts);
		break;
	case REFUSAL_TRAVEL:
		travel_text(facts, ret_text, bytes);
		return;
	case REFUSAL_SKILL:
		text = "the practitioner does not have the skill that the service asks for";
		break;
	case REFUSAL_ROOM_KIND:
		text = "a room of the kind that the service asks for is expected";
		break;
	case REFUSAL_EQUIPMENT:
		text = "a room with the equipment that the service asks for is expected";
		break;
	case REFUSAL_VISIT_PLAN:
		snprintf(ret_text, bytes, "all %" PRId64 " visits of the plan are used",
			 facts->plan_visits);
		return;
	case REFUSAL_CUTOFF:
		cutoff_text(facts, ret_text, bytes);
		return;
	}
	snprintf(ret_text, bytes, "%s", text);
}
