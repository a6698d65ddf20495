/* A calendar as the text of an .ics file: its events as sessions of one source.
 *
 * It is the whole of its source: what it no longer holds of the time that is looked at goes.
 */
#ifndef SOLEUS_SCHEDULING_HANDLERS_CALENDAR_FILE_H
#define SOLEUS_SCHEDULING_HANDLERS_CALENDAR_FILE_H

#include "ical/read.h"
#include "scheduling/handlers/calendar.h"

struct calendar_file {
	struct calendar calendar; /* to be looked at: calendar_look, calendar_command */
	struct ical_skipped *skipped;
	size_t skipped_count;
};

/* FIBER. `text` is terminated. Times without a zone are of the athlete's; NOT_FOUND without the
 * athlete, INVALID_ARGUMENT with what was expected. */
FIBER struct status calendar_file_read(struct db *db, struct arena *arena,
				       const struct training_calendar *whose, const char *text,
				       size_t length, struct calendar_file *ret_file);

#endif
