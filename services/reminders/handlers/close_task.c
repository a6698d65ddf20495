#include "base/clock.h"
#include "base/text.h"
#include "reminders/handlers/rpcs.h"
#include "reminders/store/lists.h"

#include <string.h>

RPC(Reminders, reminders, CloseTask, close_task)
{
	struct check check = check_begin(call);
	check_id(&check, "task_id", request->task_id);
	check_words(&check, "done", request->done);
	check_that(&check, !text_is_blank(request->done), "done", "what was done");
	if (check_failed(&check))
		return check_status(&check);

	struct command *command = command_begin(call);
	Soleus__V1__TaskClosed closed = SOLEUS__V1__TASK_CLOSED__INIT;
	closed.task_id = request->task_id;
	closed.closed_by = (char *)call->principal->name;
	closed.done = request->done;
	task_close(command->unit, call->organisation_id, request->task_id, call->principal->name,
		   request->done, clock_now_us());
	command_event(command, request->task_id, &closed.base);
	struct status status = command_commit(command, &reply->base);
	if (!status_is_ok(status) && strcmp(db_unit_sqlstate(command->unit), TASK_CLOSED) == 0)
		return status_error(STATUS_NOT_FOUND, "there is no such open task");
	return status;
}
