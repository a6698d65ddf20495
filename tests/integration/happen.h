/* What happens to the athletes of a test in a phase: events as directory, scheduling and notes
 * write them into their outboxes, by dice, and the same told to the model of what is owed (owed.h).
 * The daemons behind the outboxes publish them; they know nothing of these visits themselves.
 *
 *     happen_found(&happenings, 300);
 *     happen_some(&happenings, 30);
 *     happen_write(&happenings, &position);   …what reminders has to come to
 */
#ifndef SOLEUS_TESTS_HAPPEN_H
#define SOLEUS_TESTS_HAPPEN_H

#include "owed.h"

#include "base/arena.h"

#include <libpq-fe.h>
#include <protobuf-c/protobuf-c.h>

enum happen_source { FROM_DIRECTORY, FROM_SCHEDULING, FROM_NOTES, HAPPEN_SOURCES };
extern const char *const happen_sources[HAPPEN_SOURCES];

#define HAPPEN_ORGANISATION "0195531a-0000-7000-8000-0000000000f5"

struct happen_position {
	uint64_t xid;
	int64_t id;
};

struct happen_row {
	const char *subject, *clinic, *type, *payload; /* hex */
	int64_t at;
};

struct happenings {
	struct owed_world *world;
	PGconn *database;
	struct arena *arena; /* of one phase */
	uint64_t dice;
	struct happen_row *rows[HAPPEN_SOURCES];
	size_t count[HAPPEN_SOURCES], room[HAPPEN_SOURCES];
	struct happen_position written[HAPPEN_SOURCES];
	unsigned events, booked, moved, ended, signed_notes, consents, texts;
};

uint64_t happen_dice(struct happenings *happenings, uint64_t bound);

/* Clinics in zones whose clocks change and one whose do not, and their athletes. */
void happen_found(struct happenings *happenings, unsigned athletes);

void happen_some(struct happenings *happenings, unsigned events);

/* An event of this phase; `clinic` may be "". */
void happen_emit(struct happenings *happenings, enum happen_source source, const char *subject,
		 const char *clinic, int64_t at, const ProtobufCMessage *message);

/* Everything of the phase at once; `written` says up to where. */
void happen_write(struct happenings *happenings);

/* A text that somebody sends now, and whose: STOP, START, an answer, something else. */
const char *happen_text(struct happenings *happenings, unsigned *ret_number);

#endif
