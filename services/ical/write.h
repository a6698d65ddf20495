/* An .ics file from a list of visits, by libical: RFC 5545, and RFC 7986 for how often to ask.
 *
 * Times are of each entry's zone (TZID), which the file defines by its changes of the clock from
 * tzdata, as far as its entries reach. A time of an hour that comes twice is in UTC: programs do
 * not agree on which of the two a wall clock means. The text follows from the arguments alone: the
 * same entries are the same bytes, whenever they are written.
 *
 * Not on a fiber: see zone.h. Cost: about 400 bytes and 20 µs an entry.
 */
#ifndef SOLEUS_ICAL_WRITE_H
#define SOLEUS_ICAL_WRITE_H

#include "base/arena.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ical_entry {
	const char *uid; /* stays the same as long as the entry is the same visit */
	int sequence;    /* grows with each change */
	const char *summary;
	const char *location; /* "": none */
	const char *zone;     /* a name of tzdata; one that it does not have is UTC */
	int64_t starts_at;
	int64_t ends_at;
	int64_t changed_at; /* DTSTAMP, LAST-MODIFIED */
	bool tentative;     /* a hold */
	bool cancelled;
};

struct ical_calendar {
	const char *name;    /* what people see as the calendar's */
	const char *about;   /* a sentence on what is in it */
	const char *method;  /* NULL: a file to keep; "REQUEST", "CANCEL": of an invitation */
	int refresh_minutes; /* how often programs are to ask; 0: nothing is said */
	const struct ical_entry *entries;
	size_t count;
};

/* The text is terminated, and lives in the arena. RESOURCE_EXHAUSTED when that has no room. */
struct status ical_write(struct arena *arena, const struct ical_calendar *calendar,
			 const char **ret_text, size_t *ret_length);

#endif
