/* Clients of the model test. Each of most has a clinic (a yard) of its own, sends one command after
 * the other, and compares every answer with its model's. The others crowd around one clinic
 * (crowd.h). */
#ifndef SOLEUS_TESTS_PLAYER_H
#define SOLEUS_TESTS_PLAYER_H

#include "desk.h"
#include "house.h"
#include "model.h"

#include "soleus/v1/scheduling.pb-c.h"

struct play;

struct yard {
	struct play *play;
	unsigned number;
	identity clinic, rooms[MODEL_ROOMS], practitioners[MODEL_PRACTITIONERS],
		athletes[MODEL_ATHLETES];
	struct model model;
	uint64_t random;       /* state of the dice */
	unsigned done;         /* commands, of all rounds */
	unsigned waits;        /* scenes of the waitlist, each on a day of its own */
	unsigned left, booked; /* entries of the waitlist that ended so */
	bool at_fault;         /* it plays no more */
};

enum { ROUND_DAYS = 6 }; /* visits are asked for from yesterday to the fourth day from now */

struct play {
	const struct house *house;
	struct desk desk;
	uint64_t seed;
	int64_t first_now;
	identity services[MODEL_SERVICES];
	struct yard *yards;
	unsigned yard_count;
	unsigned until; /* this round: commands that each yard has done then */
	unsigned accepted, refused, queries, offers;
	unsigned faults;
};

/* 0 to below - 1. */
unsigned dice(uint64_t *state, unsigned below);

/* In the days around now, from seven to half past six, every so many minutes. */
int64_t dice_start(uint64_t *state, int64_t now, unsigned every);

/* Says what is wrong; the yard plays no more. `printf`. */
void yard_complain(struct yard *yard, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* FIBER. Plays until the round is over. */
FIBER void yard_play(struct yard *yard);

/* ---- For what yard_play chooses from ---- */

unsigned roll(struct yard *yard, unsigned below);
struct model_wish any_wish(struct yard *yard);
Soleus__V1__BookRequest yard_request(struct yard *yard, const struct model_wish *wish);

/* Mostly one that stands; NULL: none was ever made. */
struct model_visit *any_visit(struct yard *yard);

unsigned refusals_of(char **names, size_t count);
int room_of(const struct yard *yard, const char *id);

/* Counts the answer; false when it is another, which is said. */
bool is_as_judged(struct yard *yard, const char *what, struct status status, enum status_code code,
		  const char *words);
bool is_in(struct yard *yard, const char *what, const char *room_id, unsigned rooms);

/* What is told instead of a taken time can be booked. */
void check_alternatives(struct yard *yard, const struct model_wish *wish, Soleus__V1__Slot **slots,
			size_t count);
void check_refused(struct yard *yard, const struct model_wish *wish,
		   const struct model_answer *judged, const Soleus__V1__BookReply *reply);

/* ---- player_visits.c ---- */

FIBER void yard_book(struct yard *yard, struct arena *arena);
FIBER void yard_hold(struct yard *yard, struct arena *arena);
FIBER void yard_confirm(struct yard *yard, struct arena *arena);
FIBER void yard_release(struct yard *yard, struct arena *arena);
FIBER void yard_cancel(struct yard *yard, struct arena *arena);
FIBER void yard_move(struct yard *yard, struct arena *arena);

/* ---- player_times.c ---- */

FIBER void yard_series(struct yard *yard, struct arena *arena);
FIBER void yard_away(struct yard *yard, struct arena *arena);
FIBER void yard_return(struct yard *yard, struct arena *arena);
FIBER void yard_find(struct yard *yard, struct arena *arena);

/* ---- player_waits.c: one wait for a time that comes free, in about eight commands ---- */

FIBER void yard_wait_for_a_time(struct yard *yard, struct arena *arena);

#endif
