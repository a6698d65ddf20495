/* libical keeps its last error, and its caches, in one place for all threads of some builds: one
 * file is read or written at a time. */
#ifndef SOLEUS_ICAL_LIBICAL_H
#define SOLEUS_ICAL_LIBICAL_H

#include <libical/ical.h>

void libical_enter(void);
void libical_leave(void);

#endif
