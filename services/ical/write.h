/* An .ics file from a list of events, by libical: RFC 5545, folded lines, CRLF, times in UTC.
 *
 * Not on a fiber: see zone.h.
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
	const char *location; /* may be NULL */
	int64_t starts_at;
	int64_t ends_at;
	int64_t stamped_at;
	bool tentative; /* a hold */
	bool cancelled;
};

/* `name` is what people see as the calendar's. The text lives in the arena. */
struct status ical_write(struct arena *arena, const char *name, const struct ical_entry *entries,
			 size_t count, const char **ret_text, size_t *ret_length);

#endif
