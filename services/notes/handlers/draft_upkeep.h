/* Drafts of notes that were signed SOLEUS_DRAFT_DAYS ago are forgotten, with all their versions,
 * and what was discarded so long ago. What is neither stays: nobody else has it. Looks once an
 * hour. */
#ifndef SOLEUS_NOTES_HANDLERS_DRAFT_UPKEEP_H
#define SOLEUS_NOTES_HANDLERS_DRAFT_UPKEEP_H

#include "daemon/daemon.h"

#define DRAFT_UPKEEP "draft upkeep"

/* FIBER. A daemon_worker's run. */
FIBER void draft_upkeep_run(struct daemon *daemon, struct worker *worker);

#endif
