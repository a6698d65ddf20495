#include "events/events_inside.h"
#include "events/outbox.h"

#include <assert.h>
#include <stdlib.h>

struct status events_open(const struct events_options *options, struct events **ret_events)
{
	struct events *events = calloc(1, sizeof(*events));
	if (!events)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for events");
	events->loop = options->loop;
	events->bus = options->bus;
	events->db = options->db;
	events->service = options->service;
	events->publisher = options->publisher;
	*ret_events = events;
	return status_ok();
}

struct db *events_db(const struct events *events)
{
	return events->db;
}

const char *events_service(const struct events *events)
{
	return events->service;
}

void events_emit(struct events *events, struct db_unit *unit, const char *organisation_id,
		 const char *clinic_id, const char *subject_id, const ProtobufCMessage *message)
{
	(void)events;
	outbox_add(unit, organisation_id, clinic_id, subject_id, "", message);
}

void event_emit(struct event *event, const char *subject_id, const char *clinic_id,
		const ProtobufCMessage *message)
{
	outbox_add(event->unit, event->envelope->organisation_id, clinic_id, subject_id,
		   event->envelope->traceparent, message);
}

struct status events_status(struct events *events, struct arena *arena,
			    Soleus__V1__DaemonStatusReply *reply)
{
	struct position newest;
	struct status status = events_consumers_status(events, arena, reply);
	if (status_is_ok(status))
		status = outbox_newest(events->db, arena, &newest);
	if (!status_is_ok(status))
		return status;
	reply->outbox_xid = newest.xid;
	reply->outbox_id = newest.id;
	return status;
}

void events_stop_consuming(struct events *events)
{
	events_consumers_stop(events);
}

bool events_stop(struct events *events)
{
	if (!events->stopping_consumers)
		events_consumers_stop(events);
	if (events_consumers_run(events))
		return false;
	if (!events->stopping_publisher)
		events_publisher_stop(events); /* behind the consumers: their effects emit events */
	return !events->publisher_runs;
}

void events_close(struct events *events)
{
	assert(!events->publisher_runs && !events_consumers_run(events));
	events_consumers_free(events);
	arena_free(events->publisher_arena);
	free(events);
}
