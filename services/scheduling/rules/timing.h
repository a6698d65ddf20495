/* How well a visit fits the athlete's training: T1 to T4 of domain.md.
 *
 * A visit is graded against the sessions around it. T1 (a hard session or a competition soon after)
 * makes it TIMING_WARN, whatever else is true; else one T2 reason (after a demanding block, on a
 * lower-intensity day, early enough before competition) makes it TIMING_GOOD; else it is
 * TIMING_FAIR. Every reason is kept, so that staff who override a warning see what they override.
 * T4 (soreness may last until a hard session) is said beside these and changes no grade.
 *
 * Cost: three passes over the sessions, no allocation; texts are written only when asked for.
 *
 *     const struct timing_windows windows = timing_windows_of(&defaults, &athlete);
 *     timing_grade(&visit, sessions, count, &windows, &result);
 *     timing_reason_text(&result.reasons[0], text, sizeof(text));
 */
#ifndef SOLEUS_SCHEDULING_RULES_TIMING_H
#define SOLEUS_SCHEDULING_RULES_TIMING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum session_kind {
	SESSION_RACE,
	SESSION_COMPETITION,
	SESSION_HEAVY_LIFT,
	SESSION_HIGH_INTENSITY,
	SESSION_MODERATE,
	SESSION_LOW,
	SESSION_REST,
	SESSION_DEMANDING_BLOCK,
};
#define SESSION_KINDS 8

/* Half-open [starts_at, ends_at). An all-day event is given as its whole local day. */
struct training_session {
	enum session_kind kind;
	bool all_day;
	int64_t starts_at;
	int64_t ends_at;
	const char *title; /* may be NULL */
};

/* The visit and the local day it is on. With day_starts_at == day_ends_at only sessions that
 * overlap the visit itself count as "on that day". */
struct timing_visit {
	int64_t starts_at;
	int64_t ends_at;
	int64_t day_starts_at;
	int64_t day_ends_at;
};

/* An organisation's defaults. */
struct timing_defaults {
	int32_t warn_hours;        /* T1: hard session within, inclusive */
	int32_t competition_hours; /* T1: race or competition within, inclusive */
	int32_t after_block_hours; /* T2: "after a demanding block" reaches so far */
	int32_t early_days;        /* T2: "early enough before competition" begins so far ahead */
};

/* 24 h and 48 h are T1's; 48 h after a block and 10 days ahead (O2: best around day 10) are ours.
 */
extern const struct timing_defaults timing_defaults_ours;

/* What is known of one athlete. */
struct timing_athlete {
	int32_t warn_hours;        /* T1, set by staff; -1: as the organisation has it */
	int32_t competition_hours; /* the same */
	int32_t settling_hours;    /* T3, as timing_settling_hours has it; 0: not known */
};

extern const struct timing_athlete timing_athlete_unknown;

enum timing_source {
	TIMING_OF_ORGANISATION,
	TIMING_OF_STAFF,    /* set for this athlete, with a reason */
	TIMING_OF_SETTLING, /* T3 */
};

struct timing_window {
	int32_t hours;
	int32_t usual_hours; /* without T3 */
	enum timing_source source;
};

/* The windows as they hold for one athlete. */
struct timing_windows {
	struct timing_window warn;
	struct timing_window competition;
	int32_t after_block_hours;
	int32_t early_days;
};

/* What staff set for the athlete goes before what was learned, and that before the defaults. A
 * settling time replaces warn_hours, and competition_hours too when it is longer; a shorter one
 * leaves the competition window alone: the careful reading of T3, ours. */
struct timing_windows timing_windows_of(const struct timing_defaults *defaults,
					const struct timing_athlete *athlete);

enum timing_grade { TIMING_WARN, TIMING_FAIR, TIMING_GOOD }; /* greater is better */

enum timing_cause {
	TIMING_HARD_SESSION_SOON, /* T1 */
	TIMING_COMPETITION_SOON,  /* T1 */
	TIMING_AFTER_BLOCK,       /* T2 */
	TIMING_LOWER_DAY,         /* T2 */
	TIMING_EARLY_BEFORE,      /* T2 */
	TIMING_MAY_BE_SORE,       /* T4 */
};

struct timing_reason {
	enum timing_cause cause;
	const char *rule; /* "T1", "T2"; "T3" when only the athlete's own settling time warns */
	const struct training_session *session; /* one of the caller's */
	int64_t gap_us;       /* from the visit's end to the session, or from the block's end to the
				 visit; 0 when they overlap */
	int32_t window_hours; /* what the gap was compared with */
	enum timing_source source; /* of that window; T2 has the organisation's */
};

#define TIMING_REASONS_MAX 8

/* T4: all of 60 subjects were sore within 72 h of needling, most for a day or so (PMID 26406209).
 */
#define TIMING_SORE_HOURS 72

struct timing_result {
	enum timing_grade grade;
	int32_t score; /* for ranking, greater is better: WARN 0..99, FAIR 100, GOOD 200..299 */
	size_t reason_count;
	struct timing_reason reasons[TIMING_REASONS_MAX]; /* T1 first, T4 last; at most so many */
};

/* Sessions in any order. */
void timing_grade(const struct timing_visit *visit, const struct training_session *sessions,
		  size_t session_count, const struct timing_windows *windows,
		  struct timing_result *ret_result);

/* Copies to `ret_near` (room for all) those sessions that can matter to visits which lie, with
 * their days, in [from, to): these are graded by them as by all. Returns how many, in the same
 * order. */
size_t timing_near(const struct training_session *sessions, size_t session_count,
		   const struct timing_windows *windows, int64_t from, int64_t to,
		   struct training_session *ret_near);

#define TIMING_CHECK_INS_ENOUGH 5 /* T3: fewer check-ins do not replace the default */

/* T3: `seen_hours` when it rests on enough check-ins and is positive, else 0 (the default holds).
 */
int32_t timing_settling_hours(int32_t seen_hours, int32_t check_ins);

#define TIMING_TEXT_BYTES 192

/* "Race in 20 h: some athletes are flat for 24 h after needling (T1)". Always terminated. */
void timing_reason_text(const struct timing_reason *reason, char *ret_text, size_t bytes);

const char *timing_grade_name(enum timing_grade grade); /* "good", "fair", "warn" */
bool timing_grade_find(const char *name, enum timing_grade *ret_grade);
const char *session_kind_name(enum session_kind kind); /* "heavy_lift" */
bool session_kind_find(const char *name, enum session_kind *ret_kind);

#endif
