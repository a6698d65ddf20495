/* Many clients of the model test around one clinic. Nobody knows in what order their commands were
 * done, so each is written down with when it was sent and answered, and judged afterwards: every
 * acknowledged one is in the database, no other, and who was told that somebody was busy was told
 * so of a visit that could stand then. */
#ifndef SOLEUS_TESTS_CROWD_H
#define SOLEUS_TESTS_CROWD_H

#include "player.h"

struct house;

#define CROWD_ROOMS         3
#define CROWD_PRACTITIONERS 3
#define CROWD_ATHLETES      8

struct crowd {
	struct play *play;
	unsigned clients;
	identity clinic, rooms[CROWD_ROOMS], practitioners[CROWD_PRACTITIONERS],
		athletes[CROWD_ATHLETES];
	struct crowd_note *notes;
	unsigned count;
	unsigned until;      /* notes when this round is over */
	identity visits[64]; /* some that were made lately, for what comes next */
	unsigned made;
	identity absences[8];
	unsigned closed;
};

/* FIBER. One client until the round is over. */
FIBER void crowd_play(struct crowd *crowd, unsigned number);

/* Compares all notes with the database; says what is wrong and counts it. */
void crowd_check(struct crowd *crowd, const struct house *house);

#endif
