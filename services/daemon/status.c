/* What every daemon answers beside its own service. */
#include "daemon/daemon_inside.h"

#include "base/clock.h"
#include "events/audit.h"

RPC(Daemon, daemon, DaemonStatus, daemon_status)
{
	const struct daemon *daemon = daemon_current();
	const char *why = "";
	(void)request;
	reply->service = (char *)daemon->spec->name;
	reply->version = (char *)SOLEUS_VERSION;
	reply->now_at = clock_now_us();
	reply->ready = daemon_is_ready(daemon, &why);
	reply->requests_in_flight =
		(int32_t)bus_server_in_flight(daemon->server) - 1; /* this one */
	reply->units_in_flight = daemon->db ? (int32_t)db_in_flight(daemon->db) : 0;
	reply->fiber_stack_high_water_bytes = (int64_t)fiber_stack_high_water();
	struct status status = daemon_workers_status(daemon, call->arena, reply);
	if (!status_is_ok(status))
		return status;
	/* How it is must be told, above all when it is not well: then the database is not asked. */
	if (reply->ready && daemon->events)
		status = events_status(daemon->events, call->arena, reply);
	if (!status_is_ok(status)) {
		reply->ready = false;
		why = status.message;
	}
	if (!reply->ready)
		reply->not_ready_because = arena_strdup(call->arena, why);
	return status_ok();
}

static struct status keeps_nothing(void)
{
	return status_error(STATUS_UNIMPLEMENTED, "this daemon keeps no data");
}

RPC(Daemon, daemon, ListAudit, list_audit)
{
	if (!daemon_current()->events)
		return keeps_nothing();
	return audit_list(call, request, reply);
}

RPC(Daemon, daemon, Replay, replay)
{
	if (!daemon_current()->events)
		return keeps_nothing();
	return events_replay(call, request, reply);
}
