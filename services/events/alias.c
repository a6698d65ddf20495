#include "events/alias.h"

#include "events_sql.h"

FIBER struct status alias_put(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AthletesMerged *told = (const void *)message;
	DB_ADD(event->unit, &SQL_ALIAS_PUT, event->envelope->organisation_id, told->merged_id,
	       told->survivor_id, told->merge_id);
	return status_ok();
}

FIBER struct status alias_drop(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AthletesUnmerged *told = (const void *)message;
	DB_ADD(event->unit, &SQL_ALIAS_DROP, event->envelope->organisation_id, told->merge_id);
	return status_ok();
}
