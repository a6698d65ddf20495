#include "scheduling/rules/timing.h"

#include <stdio.h>
#include <string.h>

#define HOUR_US INT64_C(3600000000)

const struct timing_defaults timing_defaults_ours = {
	.warn_hours = 24,
	.competition_hours = 48,
	.after_block_hours = 48,
	.early_days = 10,
};

const struct timing_athlete timing_athlete_unknown = {-1, -1, 0};

/* What each kind means to the rules; an all-day rest day is "lower" as T2 has it. */
static const struct session_traits {
	const char *name;
	const char *title;
	bool hard;        /* T1: race, heavy lift or high-intensity session */
	bool competition; /* T1: the longer window; T2: something to be early for */
	bool demanding;   /* T2: good to needle after */
	bool lower;       /* T2: a day of nothing but these */
} traits[SESSION_KINDS] = {
	[SESSION_RACE] = {"race", "Race", true, true, true, false},
	[SESSION_COMPETITION] = {"competition", "Competition", true, true, true, false},
	[SESSION_HEAVY_LIFT] = {"heavy_lift", "Heavy lift", true, false, false, false},
	[SESSION_HIGH_INTENSITY] = {"high_intensity", "High-intensity session", true, false, false,
				    false},
	[SESSION_MODERATE] = {"moderate", "Moderate session", false, false, false, false},
	[SESSION_LOW] = {"low", "Easy session", false, false, false, true},
	[SESSION_REST] = {"rest", "Rest", false, false, false, true},
	[SESSION_DEMANDING_BLOCK] = {"demanding_block", "Demanding block", false, false, true,
				     false},
};

static void add(struct timing_result *result, struct timing_reason reason)
{
	if (result->reason_count < TIMING_REASONS_MAX)
		result->reasons[result->reason_count++] = reason;
}

/* From the visit's end to the session; 0 while they overlap, negative once it is over. */
static int64_t gap_before(const struct timing_visit *visit, const struct training_session *session)
{
	if (session->starts_at >= visit->ends_at)
		return session->starts_at - visit->ends_at;
	return session->ends_at > visit->starts_at ? 0 : -1;
}

static struct timing_window window_of(int32_t usual_hours, int32_t set_hours)
{
	if (set_hours >= 0)
		return (struct timing_window){set_hours, set_hours, TIMING_OF_STAFF};
	return (struct timing_window){usual_hours, usual_hours, TIMING_OF_ORGANISATION};
}

struct timing_windows timing_windows_of(const struct timing_defaults *defaults,
					const struct timing_athlete *athlete)
{
	struct timing_windows windows = {
		.warn = window_of(defaults->warn_hours, athlete->warn_hours),
		.competition = window_of(defaults->competition_hours, athlete->competition_hours),
		.after_block_hours = defaults->after_block_hours,
		.early_days = defaults->early_days,
	};
	int32_t settling = athlete->settling_hours;
	if (settling > 0 && windows.warn.source != TIMING_OF_STAFF) {
		windows.warn.hours = settling;
		windows.warn.source = TIMING_OF_SETTLING;
	}
	if (settling > windows.competition.hours && windows.competition.source != TIMING_OF_STAFF) {
		windows.competition.hours = settling;
		windows.competition.source = TIMING_OF_SETTLING;
	}
	return windows;
}

/* T1 and T3. Returns the gap when it warns, else -1. Leaves room for three T2 reasons and one of
 * T4. */
static int64_t warn(const struct timing_visit *visit, const struct training_session *session,
		    const struct timing_windows *windows, struct timing_result *result)
{
	const struct session_traits *of = &traits[session->kind];
	int64_t gap = gap_before(visit, session);
	if (!of->hard || gap < 0)
		return -1;
	bool is_soon = gap <= windows->warn.hours * HOUR_US;
	if (!is_soon && !(of->competition && gap <= windows->competition.hours * HOUR_US))
		return -1;
	const struct timing_window *window = is_soon ? &windows->warn : &windows->competition;
	int32_t usual =
		of->competition && windows->competition.usual_hours > windows->warn.usual_hours
			? windows->competition.usual_hours
			: windows->warn.usual_hours;
	if (result->reason_count < TIMING_REASONS_MAX - 4)
		add(result,
		    (struct timing_reason){
			    .cause = is_soon ? TIMING_HARD_SESSION_SOON : TIMING_COMPETITION_SOON,
			    .rule = gap > usual * HOUR_US ? "T3" : "T1",
			    .session = session,
			    .gap_us = gap,
			    .window_hours = window->hours,
			    .source = window->source,
		    });
	return gap;
}

/* T2: the latest block that ended within the defaults' hours before the visit. */
static void after_block(const struct timing_visit *visit, const struct training_session *sessions,
			size_t count, int32_t hours, struct timing_result *result)
{
	const struct training_session *latest = 0;
	for (size_t i = 0; i < count; i++) {
		const struct training_session *session = &sessions[i];
		if (!traits[session->kind].demanding || session->ends_at > visit->starts_at ||
		    visit->starts_at - session->ends_at > hours * HOUR_US)
			continue;
		if (!latest || session->ends_at > latest->ends_at)
			latest = session;
	}
	if (latest)
		add(result, (struct timing_reason){.cause = TIMING_AFTER_BLOCK,
						   .rule = "T2",
						   .session = latest,
						   .gap_us = visit->starts_at - latest->ends_at,
						   .window_hours = hours});
}

/* T2: everything on the visit's day is low or rest, and something is. */
static void lower_day(const struct timing_visit *visit, const struct training_session *sessions,
		      size_t count, struct timing_result *result)
{
	bool has_day = visit->day_ends_at > visit->day_starts_at;
	int64_t from = has_day ? visit->day_starts_at : visit->starts_at;
	int64_t to = has_day ? visit->day_ends_at : visit->ends_at;
	const struct training_session *found = 0;
	for (size_t i = 0; i < count; i++) {
		const struct training_session *session = &sessions[i];
		if (session->starts_at >= to || session->ends_at <= from)
			continue;
		if (!traits[session->kind].lower)
			return;
		if (!found || session->kind == SESSION_LOW)
			found = session;
	}
	if (found)
		add(result, (struct timing_reason){
				    .cause = TIMING_LOWER_DAY, .rule = "T2", .session = found});
}

/* T2: the next competition is ahead, beyond T1's window and within early_days. */
static void early_before(const struct timing_visit *visit, const struct training_session *sessions,
			 size_t count, int32_t beyond_hours, int32_t days,
			 struct timing_result *result)
{
	const struct training_session *next = 0;
	for (size_t i = 0; i < count; i++) {
		const struct training_session *session = &sessions[i];
		if (traits[session->kind].competition && gap_before(visit, session) >= 0 &&
		    (!next || session->starts_at < next->starts_at))
			next = session;
	}
	if (!next)
		return;
	int64_t gap = gap_before(visit, next);
	if (gap > beyond_hours * HOUR_US && gap <= days * INT64_C(24) * HOUR_US)
		add(result, (struct timing_reason){.cause = TIMING_EARLY_BEFORE,
						   .rule = "T2",
						   .session = next,
						   .gap_us = gap,
						   .window_hours = days * 24});
}

/* T4: the first hard session or competition that T1 does not warn of and that soreness may reach.
 */
static void may_be_sore(const struct timing_visit *visit, const struct training_session *sessions,
			size_t count, struct timing_result *result)
{
	const struct training_session *first = 0;
	for (size_t i = 0; i < count; i++) {
		int64_t gap = gap_before(visit, &sessions[i]);
		if (traits[sessions[i].kind].hard && gap >= 0 &&
		    gap <= TIMING_SORE_HOURS * HOUR_US &&
		    (!first || gap < gap_before(visit, first)))
			first = &sessions[i];
	}
	if (first)
		add(result, (struct timing_reason){.cause = TIMING_MAY_BE_SORE,
						   .rule = "T4",
						   .session = first,
						   .gap_us = gap_before(visit, first),
						   .window_hours = TIMING_SORE_HOURS});
}

static int32_t score_good(const struct timing_result *result)
{
	int32_t score = 200;
	for (size_t i = 0; i < result->reason_count; i++) {
		const struct timing_reason *reason = &result->reasons[i];
		if (reason->cause == TIMING_AFTER_BLOCK)
			score += 40;
		else if (reason->cause == TIMING_LOWER_DAY)
			score += reason->session->kind == SESSION_REST ? 34 : 30;
		else
			score += 20;
	}
	return score;
}

void timing_grade(const struct timing_visit *visit, const struct training_session *sessions,
		  size_t session_count, const struct timing_windows *windows,
		  struct timing_result *ret_result)
{
	struct timing_result result = {.grade = TIMING_FAIR, .score = 100};
	int64_t nearest = -1;
	for (size_t i = 0; i < session_count; i++) {
		int64_t gap = warn(visit, &sessions[i], windows, &result);
		if (gap >= 0 && (nearest < 0 || gap < nearest))
			nearest = gap;
	}
	size_t warnings = result.reason_count;
	after_block(visit, sessions, session_count, windows->after_block_hours, &result);
	lower_day(visit, sessions, session_count, &result);
	early_before(visit, sessions, session_count,
		     windows->warn.hours > windows->competition.hours ? windows->warn.hours
								      : windows->competition.hours,
		     windows->early_days, &result);
	if (nearest >= 0) {
		int64_t hours = nearest / HOUR_US;
		result.grade = TIMING_WARN;
		result.score = (int32_t)(hours < 99 ? hours : 99); /* the later the less bad */
	} else if (result.reason_count > warnings) {
		result.grade = TIMING_GOOD;
		result.score = score_good(&result);
	}
	if (nearest < 0)
		may_be_sore(visit, sessions, session_count, &result);
	*ret_result = result;
}

static int64_t longest_ahead_us(const struct timing_windows *windows)
{
	int32_t hours = windows->early_days * 24;
	if (hours < TIMING_SORE_HOURS)
		hours = TIMING_SORE_HOURS;
	if (windows->warn.hours > hours)
		hours = windows->warn.hours;
	if (windows->competition.hours > hours)
		hours = windows->competition.hours;
	return hours * HOUR_US;
}

size_t timing_near(const struct training_session *sessions, size_t session_count,
		   const struct timing_windows *windows, int64_t from, int64_t to,
		   struct training_session *ret_near)
{
	int64_t first = from - windows->after_block_hours * HOUR_US;
	int64_t last = to + longest_ahead_us(windows);
	size_t count = 0;
	for (size_t i = 0; i < session_count; i++)
		if (sessions[i].ends_at >= first && sessions[i].starts_at <= last)
			ret_near[count++] = sessions[i];
	return count;
}

int32_t timing_settling_hours(int32_t seen_hours, int32_t check_ins)
{
	return check_ins >= TIMING_CHECK_INS_ENOUGH && seen_hours > 0 ? seen_hours : 0;
}

/* "in 20 h", "in 5 days", "on the same day". */
static void when_text(const struct timing_reason *reason, char *ret_text, size_t bytes)
{
	int64_t hours = reason->gap_us / HOUR_US;
	if (reason->gap_us == 0)
		snprintf(ret_text, bytes, "%s",
			 reason->session->all_day ? "on the same day" : "at the same time");
	else if (hours == 0)
		snprintf(ret_text, bytes, "within the hour");
	else if (hours < 72)
		snprintf(ret_text, bytes, "in %lld h", (long long)hours);
	else
		snprintf(ret_text, bytes, "in %lld days", (long long)(hours / 24));
}

/* "some athletes are flat for 24 h after needling (T1)" */
static void why_text(const struct timing_reason *reason, char *ret_text, size_t bytes)
{
	bool soon = reason->cause == TIMING_HARD_SESSION_SOON;
	int32_t hours = reason->window_hours;
	if (reason->source == TIMING_OF_STAFF)
		snprintf(ret_text, bytes, "%d h are kept free for this athlete (T1)", hours);
	else if (reason->source == TIMING_OF_SETTLING)
		snprintf(ret_text, bytes, "this athlete %s %d h%s (T1, T3)",
			 soon ? "takes" : "needs", hours, soon ? " after needling" : "");
	else if (soon)
		snprintf(ret_text, bytes, "some athletes are flat for %d h after needling (T1)",
			 hours);
	else
		snprintf(ret_text, bytes, "competition lies within %d h (T1)", hours);
}

void timing_reason_text(const struct timing_reason *reason, char *ret_text, size_t bytes)
{
	const char *what = traits[reason->session->kind].title;
	char when[40], why[TIMING_TEXT_BYTES / 2];
	when_text(reason, when, sizeof(when));
	switch (reason->cause) {
	case TIMING_HARD_SESSION_SOON:
	case TIMING_COMPETITION_SOON:
		why_text(reason, why, sizeof(why));
		snprintf(ret_text, bytes, "%s %s: %s", what, when, why);
		return;
	case TIMING_AFTER_BLOCK:
		snprintf(ret_text, bytes, "%lld h after a demanding session: a good moment (T2)",
			 (long long)(reason->gap_us / HOUR_US));
		return;
	case TIMING_MAY_BE_SORE:
		snprintf(ret_text, bytes,
			 "%s %s: soreness passes in a day or so, by %d h at most (T4)", what, when,
			 TIMING_SORE_HOURS);
		return;
	case TIMING_LOWER_DAY:
		snprintf(ret_text, bytes, "%s (T2)",
			 reason->session->kind == SESSION_REST ? "Rest day"
							       : "Lower-intensity day");
		return;
	case TIMING_EARLY_BEFORE:
		snprintf(ret_text, bytes, "%s %s: early enough to settle (T2)", what, when);
		return;
	}
	snprintf(ret_text, bytes, "%s", "");
}

static const char *const grade_names[] = {"warn", "fair", "good"};

const char *timing_grade_name(enum timing_grade grade)
{
	return grade_names[grade];
}

bool timing_grade_find(const char *name, enum timing_grade *ret_grade)
{
	for (int i = TIMING_WARN; i <= TIMING_GOOD; i++)
		if (strcmp(grade_names[i], name) == 0) {
			*ret_grade = (enum timing_grade)i;
			return true;
		}
	return false;
}

const char *session_kind_name(enum session_kind kind)
{
	return traits[kind].name;
}

bool session_kind_find(const char *name, enum session_kind *ret_kind)
{
	for (size_t i = 0; name && i < SESSION_KINDS; i++)
		if (strcmp(traits[i].name, name) == 0) {
			*ret_kind = (enum session_kind)i;
			return true;
		}
	return false;
}
