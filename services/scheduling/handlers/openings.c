#include "scheduling/handlers/openings.h"

#include "base/clock.h"
#include "ical/recur.h"
#include "ical/zone.h"
#include "loop/offload.h"

struct expansion {
	struct arena *arena;
	const struct hours_rule *rules;
	size_t count;
	int32_t from_day;
	int32_t until_day;
	struct openings openings;
	struct status status;
};

/* What the clock does between opening and closing is the second offset's. */
static struct opening opening_on(const struct hours_rule *rule, const struct zone *zone,
				 int32_t day)
{
	struct opening opening = {
		.rule_id = rule->rule_id,
		.opens_at = zone_instant(zone, day, rule->opens),
		.closes_at = zone_instant(zone, day, rule->closes),
		.day_starts_at = zone_instant(zone, day, 0),
		.day_ends_at = zone_instant(zone, day + 1, 0),
	};
	opening.offset_s = zone_offset_s(zone, opening.opens_at);
	opening.later_offset_s = zone_offset_s(zone, opening.closes_at);
	opening.changes_at = zone_next_change(zone, opening.opens_at, opening.closes_at);
	return opening;
}

static struct status expand_rule(struct expansion *expansion, const struct hours_rule *rule)
{
	const struct zone *zone = zone_find(rule->zone);
	const struct recur recur = {rule->rrule,          rule->first_day, rule->excluded,
				    rule->excluded_count, rule->added,     rule->added_count};
	const int32_t *days;
	size_t count;
	struct openings *openings = &expansion->openings;
	if (!zone)
		return status_error(STATUS_INVALID_ARGUMENT,
				    "the clinic's zone is not one of tzdata's");
	struct status status = recur_days(expansion->arena, &recur, expansion->from_day,
					  expansion->until_day, &days, &count);
	if (!status_is_ok(status))
		return status;
	struct opening *list =
		ARENA_ARRAY(expansion->arena, openings->count + count, struct opening);
	if (!list)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "too many hours for one call");
	for (size_t i = 0; i < openings->count; i++)
		list[i] = openings->list[i];
	openings->list = list;
	for (size_t i = 0; i < count; i++) {
		struct opening opening = opening_on(rule, zone, days[i]);
		if (opening.closes_at > opening.opens_at) /* not within the hour that is skipped */
			list[openings->count++] = opening;
	}
	openings->until_at = zone_instant(zone, expansion->until_day, 0);
	return status;
}

static void expand(void *argument)
{
	struct expansion *expansion = argument;
	for (size_t i = 0; i < expansion->count && status_is_ok(expansion->status); i++)
		expansion->status = expand_rule(expansion, &expansion->rules[i]);
	expansion->openings.by = arena_strdup(expansion->arena, zone_version());
}

FIBER struct status openings_expand(struct arena *arena, const struct hours_rule *rules,
				    size_t count, int64_t now_us, struct openings *ret_openings)
{
	int32_t today = (int32_t)(now_us / CLOCK_DAY_US);
	struct expansion expansion = {
		.arena = arena,
		.rules = rules,
		.count = count,
		.from_day = today - 1,
		.until_day = today + OPENINGS_AHEAD_DAYS,
		.status = status_ok(),
	};
	offload(expand, &expansion);
	if (status_is_ok(expansion.status) && !expansion.openings.by)
		expansion.status =
			status_error(STATUS_RESOURCE_EXHAUSTED, "too many hours for one call");
	if (status_is_ok(expansion.status))
		*ret_openings = expansion.openings;
	return expansion.status;
}
