/* Daemon.Replay: a page of this service's outbox. */
#include "events/events_inside.h"
#include "events/outbox.h"

#define LIMIT_DEFAULT 200

static struct status check(struct call *call, const Soleus__V1__ReplayRequest *request)
{
	struct faults faults = {0};
	if (call->principal->organisation_id[0])
		return status_error(STATUS_PERMISSION_DENIED,
				    "the outbox holds every organisation's events");
	if (request->limit < 0 || request->limit > OUTBOX_PAGE_LIMIT)
		faults_add(&faults, call->arena, "limit", "1 to 1000, or 0 for 200");
	if (request->after_id < 0)
		faults_add(&faults, call->arena, "after_id", "an event's id, or 0 for the start");
	return faults_status(&faults);
}

struct status events_replay(struct call *call, const Soleus__V1__ReplayRequest *request,
			    Soleus__V1__ReplayReply *reply)
{
	const struct events *events = call->context;
	struct position after = {request->after_xid, request->after_id};
	struct outbox_page page;
	struct status status = check(call, request);
	if (status_is_ok(status))
		status = outbox_read(events->db, events->service, after,
				     request->limit ? (unsigned)request->limit : LIMIT_DEFAULT,
				     call->arena, &page);
	if (!status_is_ok(status))
		return status;
	reply->events = page.events;
	reply->n_events = page.count;
	reply->at_end = page.at_end;
	return status;
}
