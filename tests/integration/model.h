/* What scheduling is to answer, as simply as it can be told: lists that are walked from end to end,
 * for one clinic with long days, two practitioners, two rooms of one place each. Judges first, is
 * told afterwards what was answered, and knows neither daemon nor database.
 *
 *     struct model_answer answer = model_judge(&model, &wish);
 *     …ask the daemon, compare…
 *     model_add(&model, id, &wish, room, hold_expires_at);
 */
#ifndef SOLEUS_TESTS_MODEL_H
#define SOLEUS_TESTS_MODEL_H

#include "base/status.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

typedef char identity[TEXT_UUID_BYTES];

#define MODEL_ROOMS         2
#define MODEL_PRACTITIONERS 2
#define MODEL_ATHLETES      4
#define MODEL_SERVICES      4
#define MODEL_OPENS_MIN     (8 * 60) /* every day, in UTC */
#define MODEL_CLOSES_MIN    (18 * 60)
#define ANY_ROOM            (-1)

struct model_service {
	const char *name;
	int minutes, before, after;
};
extern const struct model_service model_services[MODEL_SERVICES];

enum model_state { HELD, BOOKED, CANCELLED, EXPIRED };
extern const char *const model_state_names[];

struct model_visit {
	identity id;
	unsigned athlete, practitioner, service;
	int room;
	int64_t starts_at;
	enum model_state state;
	int64_t hold_expires_at; /* 0: was never held, or is booked */
	int version;
};

enum model_owner { OF_PRACTITIONER, OF_CLINIC, OF_ROOM };

struct model_absence {
	identity id;
	enum model_owner of;
	unsigned which;
	int64_t starts_at, ends_at;
	bool removed;
};

struct model {
	int64_t now;
	struct model_visit *visits;
	unsigned visit_count;
	struct model_absence *absences;
	unsigned absence_count;
};

void model_free(struct model *model);

struct model_wish {
	unsigned athlete, practitioner, service;
	int room;
	int64_t starts_at;
	bool override;
	const struct model_visit *moved; /* not in its own way; NULL: none */
};

/* As bits of refusals, by the names that the daemon gives them. */
enum { MODEL_OUTSIDE_HOURS = 1, MODEL_ABSENCE = 2, MODEL_CUTOFF = 4 };

struct model_answer {
	enum status_code code;
	const char *words; /* that the message begins with; "": any */
	unsigned refusals; /* a set */
	unsigned rooms;    /* a set: one of these */
};

struct model_answer model_judge(const struct model *model, const struct model_wish *wish);

/* What begins now is too late to be held. */
struct model_answer model_judge_hold(const struct model *model, const struct model_wish *wish);

int64_t model_ends_at(const struct model_visit *visit);

/* The visit's time with its buffers. */
void model_blocks(unsigned service, int64_t starts_at, int64_t *ret_from, int64_t *ret_until);

struct model_visit *model_add(struct model *model, const char *id, const struct model_wish *wish,
			      int room, int64_t hold_expires_at);
struct model_absence *model_close(struct model *model, const char *id, enum model_owner of,
				  unsigned which, int64_t starts_at, int64_t ends_at);
struct model_visit *model_find(struct model *model, const char *id);

/* A coming visit that stands, within an absence. */
bool model_is_affected(const struct model *model, const struct model_visit *visit,
		       const struct model_absence *absence);

/* The clock moves: holds end. */
void model_move_clock(struct model *model, int64_t now);

#endif
