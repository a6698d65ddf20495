/* Athletes that directory has merged, as the services that follow it know them.
 *
 * Each schema has a table athlete_alias and a function person_ids (services/events/schema): rows
 * keep the athlete_id under which they were written, reads join person_ids($1, $2), new rows are
 * written under its first. Most athletes are not merged: that costs two looks into the keys of a
 * table that is all but empty.
 *
 *     static const struct event_handler from_directory[] = {
 *             …
 *             ALIAS_HANDLERS,
 *             {0},
 *     };
 */
#ifndef SOLEUS_EVENTS_ALIAS_H
#define SOLEUS_EVENTS_ALIAS_H

#include "events/events.h"

#include "soleus/v1/directory.pb-c.h"

/* Handlers of AthletesMerged and AthletesUnmerged, and parts of those of a service that does more.
 */
event_apply alias_put;
event_apply alias_drop;

#define ALIAS_HANDLERS                                                 \
	{&soleus__v1__athletes_merged__descriptor, alias_put},         \
	{                                                              \
		&soleus__v1__athletes_unmerged__descriptor, alias_drop \
	}

#endif
