#include "daemon/daemon_inside.h"

#include "base/log.h"

#include <string.h>

#define PATIENCE_US INT64_C(1000000) /* another instance may have made work */

struct worker {
	struct daemon *daemon;
	const struct daemon_worker *spec;
	bool runs;
	bool woken; /* since it waited last */
	bool stopping;
	struct fiber_queue wake;
	struct loop_alarm alarm;
	int64_t settled_at;
};

static FIBER void work(void *argument)
{
	struct worker *worker = argument;
	worker->spec->run(worker->daemon, worker);
	worker->runs = false;
	if (!worker->stopping)
		daemon_fail(worker->daemon, "a worker has ended",
			    status_error(STATUS_INTERNAL, worker->spec->name));
}

struct status daemon_start_workers(struct daemon *daemon, const struct daemon_worker *const *common)
{
	unsigned count = 0, all = 0;
	const struct daemon_worker *specs = daemon->spec->workers;
	while (specs && specs[count].name)
		count++;
	while (common[all])
		all++;
	all += count;
	daemon->workers = ARENA_ARRAY(daemon->arena, all, struct worker);
	if (!daemon->workers)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for workers");
	for (unsigned i = 0; i < all; i++) {
		struct worker *worker = &daemon->workers[i];
		*worker = (struct worker){.daemon = daemon,
					  .spec = i < count ? &specs[i] : common[i - count],
					  .runs = true,
					  .settled_at = INT64_MIN};
		daemon->worker_count = i + 1;
		struct status status = fiber_start(work, worker);
		if (!status_is_ok(status)) {
			worker->runs = false;
			return status;
		}
	}
	return status_ok();
}

static void wake(void *argument)
{
	struct worker *worker = argument;
	fiber_wake_all(&worker->wake);
}

bool worker_wait_until(struct worker *worker, int64_t at_us)
{
	if (worker->woken)
		fiber_sleep_us(0); /* a worker that is always woken leaves the loop its turn */
	if (!worker->woken && !worker->stopping) {
		loop_alarm_set(worker->daemon->loop, &worker->alarm, at_us, wake, worker);
		fiber_wait(&worker->wake, PATIENCE_US);
		loop_alarm_clear(worker->daemon->loop, &worker->alarm);
	}
	worker->woken = false;
	return !worker->stopping;
}

void daemon_wake_worker(const char *name)
{
	struct daemon *daemon = daemon_current();
	for (unsigned i = 0; daemon && i < daemon->worker_count; i++) {
		struct worker *worker = &daemon->workers[i];
		if (strcmp(worker->spec->name, name) != 0)
			continue;
		worker->woken = true;
		wake(worker);
	}
}

bool worker_is_stopping(const struct worker *worker)
{
	return worker->stopping;
}

void worker_settled(struct worker *worker, int64_t at_us)
{
	worker->settled_at = at_us;
}

void daemon_stop_workers(struct daemon *daemon)
{
	for (unsigned i = 0; i < daemon->worker_count; i++) {
		daemon->workers[i].stopping = true;
		wake(&daemon->workers[i]);
	}
}

bool daemon_workers_run(const struct daemon *daemon)
{
	for (unsigned i = 0; i < daemon->worker_count; i++)
		if (daemon->workers[i].runs)
			return true;
	return false;
}

struct status daemon_workers_status(const struct daemon *daemon, struct arena *arena,
				    Soleus__V1__DaemonStatusReply *reply)
{
	reply->workers = ARENA_ARRAY(arena, daemon->worker_count + 1, Soleus__V1__WorkerStatus *);
	for (unsigned i = 0; reply->workers && i < daemon->worker_count; i++) {
		Soleus__V1__WorkerStatus *status = ARENA_NEW(arena, Soleus__V1__WorkerStatus);
		if (!status)
			break;
		soleus__v1__worker_status__init(status);
		status->name = (char *)daemon->workers[i].spec->name;
		status->settled_until_at = daemon->workers[i].settled_at;
		reply->workers[reply->n_workers++] = status;
	}
	return reply->n_workers == daemon->worker_count
		       ? status_ok()
		       : status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the status");
}
