/* Taking in what clinics already have. What cannot be used is said line by line with its reason;
 * taking the same file twice changes nothing. Exit status 0 when the file was read to its end. */
#ifndef SOLEUS_CTL_IMPORT_H
#define SOLEUS_CTL_IMPORT_H

#include "ctl/session.h"

/* FHIR R4 Patient resources, one a line (US Core is enough). The home clinic is --clinic, else the
 * organisation's first; zone and country of the phone follow it. */
int import_fhir(const struct session_options *options, const char *path);

/* A training calendar of one athlete, by Scheduling.ImportTraining: the file is the whole of the
 * calendar that it names. */
int import_ics(const struct session_options *options, const char *path, const char *athlete_id);

#endif
