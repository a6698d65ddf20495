#include "owed_inside.h"

#include "base/clock.h"

#include <string.h>

#define CAP_DAYS        7 /* the cap holds nothing back for longer */
#define CONSENT_WAIT_US CLOCK_MINUTE_US

/* Tries are an hour and a quarter apart at most; until one has come through the breaker lets one at
 * a time try. */
#define OUTAGE_ECHO_US (80 * CLOCK_MINUTE_US)

/* ---- What holds in this phase ---- */

bool owed_failed_lately(const struct owed_world *world, const struct owed *owed)
{
	bool lately = false;
	for (int i = 0; i < SINK_CHANNELS; i++) {
		bool theirs = owed->athlete >= 0 ? world->athletes[owed->athlete].number[i] >= 0
						 : world->numbers[owed->number].channel ==
							   (enum sink_channel)i;
		lately |= theirs && (world->fails[i] || world->good_at[i] == 0 ||
				     world->now - world->good_at[i] <= OUTAGE_ECHO_US);
	}
	return lately;
}

enum reached { NO_CONSENT, NO_NUMBER, ALL_OUT, REACHED };

static enum reached reach(const struct owed_world *world, const struct owed *owed, bool before)
{
	const struct owed_athlete *who = &world->athletes[owed->athlete];
	enum reached best = NO_CONSENT;
	for (int i = 0; i < SINK_CHANNELS; i++) {
		bool check_in = owed_kinds[owed->what].check_in;
		bool may = before ? who->might[check_in][i] : who->may[check_in][i];
		enum reached this = NO_CONSENT;
		if (!may)
			continue;
		if (who->number[i] < 0) {
			this = NO_NUMBER;
		} else {
			const struct owed_number *number = &world->numbers[who->number[i]];
			this = (before ? number->was_out : number->out) ? ALL_OUT : REACHED;
		}
		if (this > best)
			best = this;
	}
	return best;
}

static bool may_be(const struct owed_world *world, const struct owed *owed, enum reached reached)
{
	return reach(world, owed, false) == reached || reach(world, owed, true) == reached;
}

bool owed_visit_was(const struct owed_world *world, const struct owed *owed,
		    enum owed_state_of_visit state)
{
	return owed->visit >= 0 && world->visits[owed->visit].states & 1u << state;
}

bool owed_is_of_now(const struct owed_world *world, const struct owed *owed)
{
	const struct owed_visit *visit = &world->visits[owed->visit];
	return owed->version >= visit->was_told && owed->version <= visit->told;
}

/* ---- Reasons ---- */

typedef bool is_so(const struct owed_world *world, const struct owed *owed);

static bool is_over(const struct owed_world *world, const struct owed *owed)
{
	return world->now >= owed->stale_at;
}

static bool was_cancelled(const struct owed_world *world, const struct owed *owed)
{
	return owed_visit_was(world, owed, VISIT_CANCELLED);
}

static bool has_come(const struct owed_world *world, const struct owed *owed)
{
	return owed_visit_was(world, owed, VISIT_CAME) || owed_visit_was(world, owed, VISIT_OVER);
}

static bool was_missed(const struct owed_world *world, const struct owed *owed)
{
	return owed_visit_was(world, owed, VISIT_MISSED);
}

static bool was_moved(const struct owed_world *world, const struct owed *owed)
{
	return owed->visit >= 0 && world->visits[owed->visit].told > owed->version;
}

static bool has_no_consent(const struct owed_world *world, const struct owed *owed)
{
	return may_be(world, owed, NO_CONSENT) && world->now >= owed->planned_at + CONSENT_WAIT_US;
}

bool owed_waits_for_consent(const struct owed_world *world, const struct owed *owed)
{
	return (may_be(world, owed, NO_CONSENT) || may_be(world, owed, NO_NUMBER)) &&
	       world->now < owed->planned_at + CONSENT_WAIT_US;
}

static bool has_no_number(const struct owed_world *world, const struct owed *owed)
{
	return may_be(world, owed, NO_NUMBER);
}

/* Without consent there is nobody whom a text would reach either. */
static bool has_opted_out(const struct owed_world *world, const struct owed *owed)
{
	const struct owed_athlete *who = &world->athletes[owed->athlete];
	bool out = false;
	for (int i = 0; i < SINK_CHANNELS; i++)
		out |= who->number[i] >= 0 && world->numbers[who->number[i]].out;
	return out && reach(world, owed, false) != REACHED;
}

bool owed_is_quiet(const struct owed_world *world, const struct owed *owed)
{
	return !owed_is_open(owed_wall(world, owed), world->now);
}

bool owed_is_quiet_until_over(const struct owed_world *world, const struct owed *owed)
{
	int64_t from = owed->due_at > world->now ? owed->due_at : world->now;
	return owed_opening(owed_wall(world, owed), from) >= owed->stale_at;
}

static bool was_dropped(const struct owed_world *world, const struct owed *owed)
{
	return owed->note >= 0 && owed->dropped && world->notes[owed->note].amended;
}

static bool has_visit_to_come(const struct owed_world *world, const struct owed *owed)
{
	bool comes = false;
	for (int i = world->athletes[owed->athlete].last_visit; i >= 0; i = world->visits[i].before)
		comes |= world->visits[i].states & 1u << VISIT_BOOKED &&
			 (world->visits[i].starts_at > world->now ||
			  world->visits[i].started_at > world->now);
	return comes;
}

static bool was_treated_again(const struct owed_world *world, const struct owed *owed)
{
	bool again = false;
	for (int i = world->athletes[owed->athlete].last_note; i >= 0; i = world->notes[i].before)
		again |= i != owed->note &&
			 world->notes[i].ends_at > world->notes[owed->note].ends_at;
	return again;
}

static bool hardly_bothers(const struct owed_world *world, const struct owed *owed)
{
	const struct owed_athlete *who = &world->athletes[owed->athlete];
	bool little = false;
	for (int i = 0; i < SINK_CHANNELS; i++)
		little |= who->number[i] >= 0 && world->numbers[who->number[i]].said_little;
	return little;
}

/* What waited on from an earlier day may have been put off to this one. */
static bool may_count(const struct owed_world *world, const struct owed *owed, int32_t day)
{
	const struct wall *wall = owed_wall(world, owed);
	if (owed_kinds[owed->what].safety || owed->not_before == 0)
		return false;
	int32_t planned = wall_day(wall, owed->not_before);
	bool waited = owed->state == OWED_WAITING || wall_day(wall, owed->decided_at) >= day;
	return planned == day || (owed->arrived && wall_day(wall, owed->arrived_at) == day) ||
	       (planned < day && waited);
}

unsigned owed_texts_of_day(const struct owed_world *world, const struct owed *about, int64_t at)
{
	const struct owed_athlete *who = &world->athletes[about->athlete];
	int32_t day = wall_day(&world->walls[who->wall], at);
	unsigned texts = 0;
	for (int i = who->last_owed; i >= 0; i = world->owed[i].before)
		texts += i != about - world->owed && may_count(world, &world->owed[i], day);
	return texts;
}

static bool is_over_cap(const struct owed_world *world, const struct owed *owed)
{
	const struct wall *wall = owed_wall(world, owed);
	int32_t day = wall_day(wall, owed->due_at);
	bool full = owed->due_at < owed->stale_at;
	for (int i = 0; full && i <= CAP_DAYS; i++) {
		int64_t at = i ? wall_instant(wall, day + i, 8 * 60) : owed->due_at;
		if (at >= owed->stale_at)
			break;
		full = owed_texts_of_day(world, owed, at) >= DAILY_CAP;
	}
	return full;
}

static const struct reason {
	const char *begins;
	bool for_waiting;
	is_so *is_so;
} reasons[] = {
	{"its time has passed", false, is_over},
	{"the visit was cancelled", false, was_cancelled},
	{"the athlete has come", false, has_come},
	{"the visit is over", false, has_come},
	{"the athlete did not come", false, was_missed},
	{"the visit was moved", false, was_moved},
	{"no consent for this kind of message", false, has_no_consent},
	{"no contact point for the consented channel", false, has_no_number},
	{"the number has opted out", false, has_opted_out},
	{"quiet hours last until its time has passed", false, owed_is_quiet_until_over},
	{"the day has as many messages as an athlete should get", false, is_over_cap},
	{"the note was amended", false, was_dropped},
	{"a visit is booked", false, has_visit_to_come},
	{"the athlete was treated again", false, was_treated_again},
	{"it hardly bothers any more", false, hardly_bothers},
	{"webhook did not take it: ", false, owed_failed_lately},
	{"the provider fails", false, owed_failed_lately},
	{"waits for the send window", true, owed_is_quiet},
	{"no consent for this kind of message", true, owed_waits_for_consent},
	{"no contact point for the consented channel", true, owed_waits_for_consent},
	{"webhook did not take it: ", true, owed_failed_lately},
	{"the provider fails", true, owed_failed_lately},
};

void owed_judge_reason(struct owed_world *world, const struct owed *owed, const char *why,
		       bool for_waiting)
{
	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++) {
		if (reasons[i].for_waiting != for_waiting ||
		    strncmp(reasons[i].begins, why, strlen(reasons[i].begins)) != 0)
			continue;
		if (!reasons[i].is_so(world, owed))
			owed_fault(world, owed, "not so: %s", why);
		return;
	}
	owed_fault(world, owed, "no known reason: \"%s\"", why);
}
