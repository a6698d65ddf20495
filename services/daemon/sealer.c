/* The worker that seals the audit trail behind what was done: events/audit.h. */
#include "daemon/daemon_inside.h"

#include "base/clock.h"
#include "base/log.h"
#include "events/audit.h"

#define ARENA_BYTES ((size_t)4 << 20)

static FIBER void sealer_run(struct daemon *daemon, struct worker *worker)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	bool failed = false;
	worker_settled(worker, INT64_MAX); /* nobody waits for it */
	/* It wakes each second of real time, whatever the domain's clock says. */
	while (worker_wait_until(worker, INT64_MAX)) {
		size_t sealed = 1;
		struct status status = status_ok();
		while (status_is_ok(status) && sealed > 0 && !worker_is_stopping(worker)) {
			arena_reset(arena);
			status = audit_seal(daemon->db, arena, &sealed);
		}
		if (!status_is_ok(status) && !failed)
			log_warn("the audit trail is not sealed",
				 LOG_STR("code", status_code_name(status.code)),
				 LOG_STR("message", status.message));
		failed = !status_is_ok(status);
	}
	arena_free(arena);
}

const struct daemon_worker daemon_sealer = {"sealer", sealer_run};
