/* One reading of a file, for read.c (the file as a whole) and read_event.c (its events). */
#ifndef SOLEUS_ICAL_READ_INSIDE_H
#define SOLEUS_ICAL_READ_INSIDE_H

#include "ical/libical.h"
#include "ical/read.h"
#include "ical/zone.h"

/* An event as it was found; several may have one uid, the last sequence counts. */
struct found_event {
	struct ical_event event;
	int sequence;
	size_t order; /* in the file */
};

/* An occurrence of a series that has an event of its own. */
struct replaced {
	const char *uid;
	int32_t day; /* local */
};

struct reading {
	struct arena *arena;
	icalcomponent *calendar; /* the one that is read now */
	const struct zone *zone;
	int64_t from_us;
	int64_t until_us;
	struct replaced *replaced; /* of this calendar */
	size_t replaced_count;
	int line; /* of the event that is read now */
	size_t order;
	struct found_event *found; /* grows */
	size_t found_count;
	size_t found_room;
	struct ical_skipped *skipped; /* grows */
	size_t skipped_count;
	size_t skipped_room;
	bool too_many; /* events, or more than the arena holds */
};

/* Notes which occurrences an event (one with RECURRENCE-ID) replaces. */
void reading_note_replaced(struct reading *reading, icalcomponent *event);

/* Once all are noted, before events are added. */
void reading_sort_replaced(struct reading *reading);

/* Adds what one VEVENT gives: an event, occurrences, or why it cannot be used. */
void reading_add_event(struct reading *reading, icalcomponent *event);

void reading_skip(struct reading *reading, const char *uid, const char *why);

#endif
