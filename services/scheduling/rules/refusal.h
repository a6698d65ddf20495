/* Why a visit is refused although nobody is busy: what staff may override with a reason that is
 * kept.
 *
 * Facts in, names out, all at once, so that a person sees everything that stands against a time
 * before anything is asked of anybody. What is taken (practitioner, room, athlete) is none of
 * these: constraints of the database refuse that, and nobody overrides them.
 *
 *     unsigned refusals = refusal_find(&facts);
 *     if (refusals & 1u << REFUSAL_SKILL) …
 */
#ifndef SOLEUS_SCHEDULING_RULES_REFUSAL_H
#define SOLEUS_SCHEDULING_RULES_REFUSAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum refusal {
	REFUSAL_OUTSIDE_HOURS, /* not within one opening of the practitioner at the clinic */
	REFUSAL_ABSENCE,       /* of the practitioner, the clinic, or every room that suits */
	REFUSAL_TRAVEL,        /* too soon after, or before, a visit at another clinic */
	REFUSAL_SKILL,         /* that the service asks for */
	REFUSAL_ROOM_KIND,     /* no room (or not the one that was asked for) is of the kind */
	REFUSAL_EQUIPMENT,     /* or has all of the equipment */
	REFUSAL_VISIT_PLAN,    /* its number is used up */
	REFUSAL_CUTOFF,        /* later than the service lets a visit be moved or cancelled */
};
#define REFUSALS 8

/* What speaks against a room; 0: it suits. */
enum { ROOM_OTHER_KIND = 1, ROOM_UNEQUIPPED = 2, ROOM_ABSENT = 4 };

/* The practitioner's neighbouring visit, buffers counted in. */
struct refusal_neighbour {
	int64_t gap_us;    /* between it and the visit; negative: they overlap */
	int64_t travel_us; /* from the one clinic to the other; 0: the same, unknown, or no visit */
};

struct refusal_facts {
	bool works;
	bool practitioner_absent;
	bool clinic_absent;
	bool skilled;
	unsigned room_faults; /* of the best room, as refusal_best_room has it */
	struct refusal_neighbour before;
	struct refusal_neighbour after;
	int64_t plan_visits; /* of the plan with the fewest left; 0: no plan */
	int64_t plan_used;
	bool late;         /* life_is_late, of an appointment that is there */
	int64_t cutoff_us; /* how long before the visit it was not */
};

/* The faults of the best of the rooms: the fewest, and of as many the cheaper to override (kind,
 * then equipment, then absence). 0 without any rooms: their lack is no refusal but "taken". */
unsigned refusal_best_room(const unsigned *room_faults, size_t count);

/* A set: 1u << enum refusal. */
unsigned refusal_find(const struct refusal_facts *facts);

const char *refusal_name(enum refusal refusal); /* "outside_hours" */

#define REFUSAL_TEXT_BYTES 160

/* "the way from the clinic before takes 25 min, and there are 10 min". Always terminated; for a
 * refusal that refusal_find has found. */
void refusal_text(const struct refusal_facts *facts, enum refusal refusal, char *ret_text,
		  size_t bytes);

#endif
