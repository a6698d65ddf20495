/* Programmes: what is sent after a booking, a move, a signed note, as data.
 *
 * The table of programmes/default.conf is what every organisation begins with; its own programme is
 * a copy with what it has changed, of a version. follow_up.c reads it for when, text.c for the
 * words, whether.c for consent and visit. A programme is plain memory of about 4 KB and never
 * changes once it is read.
 *
 *     const struct programme_step *step = &programme_default.steps[MESSAGE_REMINDER_48H];
 */
#ifndef SOLEUS_REMINDERS_RULES_PROGRAMME_H
#define SOLEUS_REMINDERS_RULES_PROGRAMME_H

#include "reminders/rules/send_window.h"
#include "reminders/rules/template.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Every text that the system sends; its code in default.conf is stored. */
enum message_purpose {
	MESSAGE_BOOKING_CONFIRMATION,
	MESSAGE_REMINDER_48H,
	MESSAGE_REMINDER_3H,
	MESSAGE_PREPARATION,
	MESSAGE_VISIT_MOVED,
	MESSAGE_VISIT_CANCELLED,
	MESSAGE_TIMING_CLASH, /* T1: the athlete's calendar warns of a coming visit */
	MESSAGE_WAITLIST_OFFER,
	MESSAGE_WAITLIST_GONE,  /* a yes that came too late */
	MESSAGE_WHAT_TO_EXPECT, /* T4 */
	MESSAGE_PLAN_STEP,
	MESSAGE_CHECK_IN,
	MESSAGE_RED_FLAG_24H,
	MESSAGE_RED_FLAG_72H,
	MESSAGE_MEASURES_48H,
	MESSAGE_MEASURES_10D,
	MESSAGE_MEASURES_4W,
	MESSAGE_REBOOKING,        /* the plan has lapsed, nothing is booked */
	MESSAGE_RECALL,           /* staff ask who has not been seen for long */
	MESSAGE_EMERGENCY_ADVICE, /* reply to red-flag words */
	MESSAGE_STOP_CONFIRMED,
	MESSAGE_START_CONFIRMED,
	MESSAGE_HELP,
	MESSAGE_VISIT_WISH_TOLD, /* staff have a task about the visit */
	MESSAGE_CANCEL_ASKED,    /* X: scheduling is asked, and its word follows */
	MESSAGE_CANCEL_LATE,     /* its word, when it is a no */
	MESSAGE_ALERT_RAISED,    /* to staff */
};
#define MESSAGE_PURPOSES 27

/* Smaller goes first. */
enum message_priority {
	MESSAGE_PRIORITY_SAFETY,
	MESSAGE_PRIORITY_VISIT,
	MESSAGE_PRIORITY_CARE,
	MESSAGE_PRIORITY_MEASURE,
};

/* What plans a step; several may. */
enum programme_on {
	PROGRAMME_ON_BOOKED = 1,
	PROGRAMME_ON_MOVED = 2,
	PROGRAMME_ON_SIGNED = 4,
	PROGRAMME_ON_TOLD = 8,    /* an event of its own: its handler knows when */
	PROGRAMME_ON_RECALL = 16, /* staff ask for it */
	PROGRAMME_ON_REPLY = 32,
};
enum programme_when { PROGRAMME_WHEN_TREATED, PROGRAMME_WHEN_THORAX };
enum programme_missed { PROGRAMME_MISSED_SKIP, PROGRAMME_MISSED_SEND };
enum programme_bundle { PROGRAMME_BUNDLE_NONE, PROGRAMME_BUNDLE_VISIT, PROGRAMME_BUNDLE_CARE };

/* A moment that is reckoned from a visit. */
enum programme_anchor {
	PROGRAMME_UNSET,
	PROGRAMME_NOW,
	PROGRAMME_BEFORE,  /* minutes ahead of its beginning */
	PROGRAMME_AFTER,   /* minutes behind its end */
	PROGRAMME_DAY,     /* minutes of the local day `day` days after its own */
	PROGRAMME_PLAN,    /* the same, counted from a day of the plan */
	PROGRAMME_PLANEND, /* the same, counted from its last day; without a plan never */
};
#define PROGRAMME_DAYS_MOST 60 /* of a moment's days or span */
struct programme_moment {
	enum programme_anchor anchor;
	int32_t day;
	int32_t minutes;
};

struct programme_step {
	const char *code;
	const char *rule;
	const char *consent; /* "reminders", "check_ins", "reply" */
	unsigned on;         /* enum programme_on */
	enum message_priority priority;
	enum programme_when when;
	struct programme_moment due;
	struct programme_moment stale;
	struct programme_moment instead; /* unset: quiet hours may hold it until it is stale */
	int32_t earliest_minutes;        /* PROGRAMME_PLAN: not before this after the visit's end */
	enum programme_missed missed;
	enum programme_bundle bundle;
	bool of_visit;  /* not sent once the visit has moved, begun or is cancelled */
	unsigned needs; /* enum template_field: what its text cannot be without */
	bool optout;    /* its text says how to end texts */
	bool fixed;     /* cannot be switched off */
	bool off;       /* switched off by the organisation */
};

extern const struct programme_step programme_steps[MESSAGE_PURPOSES];

#define PROGRAMME_LANGUAGES 3
extern const char *const programme_languages[PROGRAMME_LANGUAGES]; /* "en" is the first */
extern const char *const programme_texts[MESSAGE_PURPOSES][PROGRAMME_LANGUAGES];

struct programme_text {
	enum message_purpose purpose;
	const char *language; /* as language_normalise writes it */
	const char *text;
};

struct programme {
	int32_t version; /* 0: the default's */
	struct send_window window;
	int32_t bundle_minutes; /* what falls closer together may be one text */
	int32_t daily_cap;      /* messages of one local day to one athlete; safety not counted */
	const char *language;   /* where the athlete's has no text */
	bool clinical;          /* its own texts may name what the visit is for */
	struct programme_step steps[MESSAGE_PURPOSES];
	const struct programme_text *texts; /* its own; ours where it has none */
	size_t text_count;
};

/* Fills in what every organisation begins with. */
void programme_begin(struct programme *ret_programme);

/* "before 48h", "day -1 18:00" as default.conf has them. False: none of these, or more than
 * PROGRAMME_DAYS_MOST. */
bool programme_moment_read(const char *text, struct programme_moment *ret_moment);

bool programme_moment_is(const struct programme_moment *one, const struct programme_moment *other);

#define PROGRAMME_MOMENT_BYTES 32
void programme_moment_write(const struct programme_moment *moment,
			    char ret_text[PROGRAMME_MOMENT_BYTES]);

/* The words of a step in the first language there are any of: the athlete's (de-AT, then de), the
 * organisation's, English; its own before ours. */
const char *programme_words(const struct programme *programme, enum message_purpose purpose,
			    const char *language, const char **ret_language);

const char *message_purpose_name(enum message_purpose purpose); /* "red_flag_24h" */
bool message_purpose_find(const char *name, enum message_purpose *ret_purpose);
const char *message_purpose_rule(enum message_purpose purpose); /* "A4" */
enum message_priority message_purpose_priority(enum message_purpose purpose);

/* "safety", "visit", "care", "measure". */
const char *message_priority_name(enum message_priority priority);

#endif
