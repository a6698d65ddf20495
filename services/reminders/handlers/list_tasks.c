#include "reminders/handlers/rpcs.h"
#include "reminders/store/lists.h"

#define LIMIT_MOST 500

static Soleus__V1__Task *task_of(struct arena *arena, const struct task_row *row)
{
	Soleus__V1__Task *task = ARENA_NEW(arena, Soleus__V1__Task);
	if (!task)
		return NULL;
	soleus__v1__task__init(task);
	task->task_id = (char *)row->task_id;
	task->athlete_id = (char *)row->athlete_id;
	task->kind = (char *)row->kind;
	task->text = (char *)row->text;
	task->made_at = row->made_at;
	task->closed_at = row->closed_at;
	task->closed_by = (char *)row->closed_by;
	task->done = (char *)row->done;
	return task;
}

RPC(Reminders, reminders, ListTasks, list_tasks)
{
	struct check check = check_begin(call);
	struct task_row *rows;
	size_t count;
	check_id_or_empty(&check, "athlete_id", request->athlete_id);
	check_words(&check, "kind", request->kind);
	check_that(&check, request->limit >= 0 && request->limit <= LIMIT_MOST, "limit",
		   "0 (500) or 1 to 500");
	check_that(&check, request->before_at >= 0, "before_at", "an instant, or 0");
	check_id_or_empty(&check, "before_id", request->before_id);
	if (check_failed(&check))
		return check_status(&check);
	const struct tasks_asked asked = {
		.open_only = request->open_only,
		.athlete_id = request->athlete_id,
		.kind = request->kind,
		.limit = request->limit ? request->limit : LIMIT_MOST,
		.before_at = request->before_at,
		.before_id = request->before_id,
	};
	struct status status = tasks_list(call_db(call), call->arena, call->organisation_id, &asked,
					  &rows, &count);
	if (!status_is_ok(status))
		return status;
	reply->tasks = ARENA_ARRAY(call->arena, count + 1, Soleus__V1__Task *);
	for (size_t i = 0; reply->tasks && i < count; i++) {
		reply->tasks[i] = task_of(call->arena, &rows[i]);
		if (!reply->tasks[i])
			return status_error(STATUS_RESOURCE_EXHAUSTED, "the list is too long");
		reply->n_tasks++;
	}
	return status_ok();
}
