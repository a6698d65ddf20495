#include "reminders/handlers/rpcs.h"
#include "reminders/store/lists.h"

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
	return task;
}

RPC(Reminders, reminders, ListTasks, list_tasks)
{
	struct check check = check_begin(call);
	struct task_row *rows;
	size_t count;
	(void)request;
	if (check_failed(&check))
		return check_status(&check);
	struct status status =
		tasks_list(call_db(call), call->arena, call->organisation_id, &rows, &count);
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
