/* Events of an .ics file, by libical: every occurrence as instants, faults by line.
 *
 * Times without a zone are of X-WR-TIMEZONE, else of `zone`. An all-day event is its whole local
 * days. Recurring events are expanded within [from_us, until_us); RECURRENCE-ID and EXDATE hold.
 * What cannot be used is skipped with its reason, and never costs the rest.
 *
 * Not on a fiber: see zone.h.
 */
#ifndef SOLEUS_ICAL_READ_H
#define SOLEUS_ICAL_READ_H

#include "base/arena.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ICAL_BYTES_MAX  (1 << 20)
#define ICAL_EVENTS_MAX 20000 /* occurrences; more is a fault of the file */

struct ical_event {
	const char *uid; /* of an occurrence of a series: UID/20260301, in its local day */
	const char *title;
	int64_t starts_at;
	int64_t ends_at;
	int32_t first_day; /* local days [first_day, end_day) of an all-day event */
	int32_t end_day;
	bool all_day;
	int line; /* of its BEGIN:VEVENT; 0 when it is not known */
};

struct ical_skipped {
	int line; /* of BEGIN:VEVENT; 0 when it is not known */
	const char *uid;
	const char *why;
	bool unread; /* what was read of it earlier is the best that is known of it */
};

struct ical_file {
	const char *name;          /* X-WR-CALNAME, "" without */
	const char *zone;          /* that held */
	struct ical_event *events; /* by start, then uid */
	size_t event_count;
	struct ical_skipped *skipped;
	size_t skipped_count;
};

/* INVALID_ARGUMENT when it is no calendar at all. Everything lives in the arena. */
struct status ical_read(struct arena *arena, const char *text, size_t length, const char *zone,
			int64_t from_us, int64_t until_us, struct ical_file *ret_file);

#endif
