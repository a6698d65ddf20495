/* What athletes are owed, judged without the daemon's rules: which messages follow from what
 * happened, when each may come and when not any more, by this file's own table and by wall clocks
 * of glibc. The player (happen.h) tells it what happens; at every rest it is shown what the daemon
 * planned and decided and what arrived at the provider (owed_judge.c), and says what is wrong:
 *
 *     twice        the same message for the same purpose and time of a visit
 *     never        outside of 8 to 21 of the recipient's day, at or after its last time or the
 * visit's beginning, without consent, to a number that has opted out, before it is due missing not
 * planned, or not sent at a rest at which nothing stood in its way no reason    decided without a
 * trace, or for a reason that is not so
 *
 * Between two rests is a phase: what held at its beginning or came in it may have been seen.
 */
#ifndef SOLEUS_TESTS_OWED_H
#define SOLEUS_TESTS_OWED_H

#include "clocks.h"
#include "sink.h"

typedef char identity[TEXT_UUID_BYTES];

enum owed_what {
	OWED_CONFIRMATION,
	OWED_MOVED,
	OWED_48H,
	OWED_PREPARATION,
	OWED_3H,
	OWED_CANCELLED,
	OWED_EXPECT,
	OWED_PLAN_STEP,
	OWED_CHECK_IN,
	OWED_FLAG_24H,
	OWED_FLAG_72H,
	OWED_MEASURE_48H,
	OWED_MEASURE_10D,
	OWED_MEASURE_4W,
	OWED_REBOOKING,
	OWED_REPLY,
};
#define OWED_WHATS 16

struct owed_kind {
	const char *code;
	const char *words; /* by which its text is known */
	bool check_in;     /* which consent */
	bool of_visit;     /* about a coming visit, by its time */
	bool says_when;
	bool safety;
	bool news; /* said at once: no cap holds it */
};
extern const struct owed_kind owed_kinds[OWED_WHATS];

struct owed_number {
	char address[48];
	enum sink_channel channel;
	bool out, was_out;
	bool said_little; /* a number of at most 1 ever came from it */
};

struct owed_athlete {
	identity id;
	unsigned clinic, wall;
	int number[SINK_CHANNELS];            /* of numbers; -1: none */
	bool may[2][SINK_CHANNELS];           /* consent for reminders, for check-ins */
	bool might[2][SINK_CHANNELS];         /* at the phase's beginning */
	int last_visit, last_note, last_owed; /* chains by their `before`; -1: none */
};

enum owed_state_of_visit { VISIT_BOOKED, VISIT_CANCELLED, VISIT_CAME, VISIT_OVER, VISIT_MISSED };

struct owed_visit {
	identity id;
	unsigned athlete;
	int64_t starts_at, started_at; /* now, and at the phase's beginning */
	int64_t said_at;               /* of its last event */
	int version;                   /* of the appointment */
	int told, was_told;            /* the version that set its time */
	enum owed_state_of_visit state;
	unsigned states; /* a set: those of this phase */
	unsigned moves;  /* in this phase */
	int note;        /* -1: none */
	int owed;        /* first of its list; -1: none */
	int before;
};

#define OWED_DAYS_MOST 6
struct owed_note {
	identity id;
	unsigned visit, athlete;
	int64_t ends_at, signed_at;
	int version;
	bool treated, thorax, amended; /* amended: in this phase */
	int days[OWED_DAYS_MOST];
	unsigned day_count;
	int owed, before;
};

enum owed_state { OWED_EXPECTED, OWED_WAITING, OWED_SENT, OWED_SUPPRESSED };

struct owed {
	identity id; /* the message's, once it is planned */
	enum owed_what what;
	int athlete, visit, note; /* -1: none */
	int number;               /* OWED_REPLY: to whom */
	int version, step;
	int64_t due_at;     /* by the table, and then by the window */
	int64_t not_before; /* as planned: the day's cap or a bundle may have moved it */
	int64_t put_off_to; /* an opt-in asks of what is suppressed whether that lies ahead */
	int64_t stale_at;
	int64_t planned_at, decided_at, arrived_at;
	enum owed_state state;
	bool dropped, restored, capped;
	bool arrived;
	bool unsure; /* arrived, and the daemon may not have heard of it */
	char why[200];
	char *text; /* OWED_REPLY */
	int next, before;
};

struct owed_world {
	int64_t now;
	unsigned phase;
	bool killed;        /* in this phase */
	struct wall *walls; /* of clinics and athletes */
	unsigned *clinic_walls;
	identity *clinics;
	unsigned clinic_count;
	struct owed_athlete *athletes;
	struct owed_number *numbers;
	struct owed_visit *visits;
	struct owed_note *notes;
	struct owed *owed;
	unsigned athlete_count, number_count, visit_count, note_count, owed_count;
	unsigned visit_room, note_room, owed_room;
	unsigned fresh; /* the first that this phase made */
	unsigned open;  /* those before it are all decided */
	int *by_id;     /* hash of what is planned */
	size_t by_id_room, by_id_count;
	bool fails[SINK_CHANNELS];      /* the provider, now */
	int64_t good_at[SINK_CHANNELS]; /* since when it takes messages again; 0: none came yet */
	unsigned faults, arrivals, unsure, suppressed;
};

void owed_free(struct owed_world *world);

/* ---- What happens; `at` is when it did, not later than now ---- */

void owed_begin_phase(struct owed_world *world);
struct owed_visit *owed_book(struct owed_world *world, unsigned athlete, int64_t starts_at,
			     int64_t at);
void owed_move(struct owed_world *world, struct owed_visit *visit, int64_t starts_at, int64_t at);
void owed_end(struct owed_world *world, struct owed_visit *visit, enum owed_state_of_visit state,
	      int64_t at);

/* Signs a note of a visit; the caller fills it in, and signs it again when it has changed. */
struct owed_note *owed_note_of(struct owed_world *world, struct owed_visit *visit);
void owed_sign(struct owed_world *world, struct owed_note *note);

void owed_stop(struct owed_world *world, struct owed_number *number);
void owed_start(struct owed_world *world, struct owed_number *number);
void owed_reply(struct owed_world *world, unsigned number, const char *text);

/* ---- What is seen at a rest (owed_judge.c) ---- */

struct owed_planned {
	const char *id, *of; /* the visit's or the note's */
	const char *purpose, *trace, *why, *address, *text;
	int version, step;
	int64_t due_at, stale_at;
};
void owed_see_planned(struct owed_world *world, const struct owed_planned *row);

struct owed_decided {
	const char *id, *why, *channel, *address;
	bool sent;
	int64_t due_at;
};
void owed_see_decided(struct owed_world *world, const struct owed_decided *row);
void owed_see_deferred(struct owed_world *world, const char *id, const char *why);
void owed_see_arrival(struct owed_world *world, const struct sink_arrival *arrival);

/* What should have come by now. */
void owed_see_rest(struct owed_world *world);

/* Of all days: no more texts than the cap. */
void owed_see_days(struct owed_world *world);

/* ---- Shared by both ---- */

int64_t owed_opening(const struct wall *wall, int64_t at); /* of the send window */
bool owed_is_open(const struct wall *wall, int64_t at);
const struct wall *owed_wall(const struct owed_world *world, const struct owed *owed);
void owed_fault(struct owed_world *world, const struct owed *owed, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
