#include "loop/offload.h"

#include "loop/loop.h"

#include <assert.h>
#include <uv.h>

struct job {
	uv_work_t work;
	void (*run)(void *argument);
	void *argument;
	struct fiber *waiting;
};

static void run(uv_work_t *work)
{
	struct job *job = work->data;
	job->run(job->argument);
}

static void done(uv_work_t *work, int error)
{
	struct job *job = work->data;
	(void)error; /* only of uv_cancel, which nobody calls */
	fiber_resume(job->waiting);
}

FIBER void offload(void (*work)(void *argument), void *argument)
{
	struct job job = {.run = work, .argument = argument, .waiting = fiber_current()};
	assert(job.waiting);
	job.work.data = &job;
	int error = uv_queue_work(loop_uv(loop_current()), &job.work, run, done);
	assert(error == 0); /* fails without a work function alone */
	(void)error;
	fiber_suspend();
}
