/* Taking in what clinics already have. What cannot be used is said line by line with its reason;
 * taking the same file twice changes nothing. Exit status 0 when the file was read to its end. */
#ifndef SOLEUS_CTL_IMPORT_H
#define SOLEUS_CTL_IMPORT_H

#include "ctl/session.h"

#include "soleus/v1/scheduling.pb-c.h"

/* FHIR R4 Patient resources, one a line (US Core is enough). The home clinic is --clinic, else the
 * organisation's first; zone and country of the phone follow it. */
int import_fhir(const struct session_options *options, const char *path);

/* A training calendar of one athlete, by Scheduling.ImportTraining: the file is the whole of the
 * calendar that it names. */
int import_ics(const struct session_options *options, const char *path, const char *athlete_id);

/* Public holidays for clinics (none: all of the organisation), by Scheduling.ImportHolidays. */
int import_holidays(const struct session_options *options, const char *path,
		    char *const *clinic_ids, size_t count);

/* The text of an .ics file, and the name of the calendar in it, else the path: what it is known by
 * when it comes again. */
struct status import_read_calendar(struct arena *arena, const char *path, const char **ret_name,
				   const char **ret_text);

void import_print_skipped(const char *path, Soleus__V1__SkippedEvent *const *skipped, size_t count);

#endif
