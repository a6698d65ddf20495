/* What one client of the crowd asked, and what it was told. */
#ifndef SOLEUS_TESTS_CROWD_NOTE_H
#define SOLEUS_TESTS_CROWD_NOTE_H

#include "model.h"

enum note_kind {
	NOTE_MADE, /* booked or held */
	NOTE_CONFIRMED,
	NOTE_MOVED,
	NOTE_ENDED, /* cancelled or released */
	NOTE_CLOSED,
	NOTE_OPENED,
};

enum note_busy { BUSY_NOT, BUSY_PRACTITIONER, BUSY_ATHLETE, BUSY_ROOM };

struct crowd_note {
	enum note_kind kind;
	enum status_code code;
	enum note_busy busy;
	int64_t sent_us, answered_us; /* clock_monotonic_us */
	identity id;                  /* of the visit or absence; "": none was made */
	unsigned athlete, practitioner, service;
	int64_t starts_at;
	int version; /* of a move */
};

#endif
