#include "directory/handlers/check.h"
#include "directory/store/merge.h"

#include "base/clock.h"
#include "events/audit.h"

#include "soleus/v1/directory.pb-c.h"

static FIBER struct status find(struct call *call, const char *merge_id, struct merge *ret_merge)
{
	bool in_force;
	struct db_unit *unit = call_unit(call);
	size_t index = merge_find(unit, call->organisation_id, merge_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	if (!merge_found(unit, index, ret_merge, &in_force))
		return status_error(STATUS_NOT_FOUND, "no such merge");
	if (!in_force)
		return status_error(STATUS_FAILED_PRECONDITION, "this merge has been ended");
	ret_merge->merge_id = merge_id;
	return status;
}

RPC(Directory, directory, UnmergeAthletes, unmerge_athletes)
{
	struct check check = check_begin(call);
	check_id(&check, "merge_id", request->merge_id);
	check_name(&check, "reason", request->reason);
	if (check_failed(&check))
		return check_status(&check);
	struct merge merge;
	struct status status = find(call, request->merge_id, &merge);
	if (!status_is_ok(status))
		return status;

	const struct merge_word word = {
		.by = call->principal->name, .reason = request->reason, .at_us = clock_now_us()};
	struct command *command = command_begin(call);
	merge_end(command->unit, call->organisation_id, merge.merge_id, &word);
	audit_add(command->unit, call,
		  &(struct audit_entry){.athlete_id = merge.survivor_id,
					.record_id = merge.merged_id,
					.reason = request->reason});
	Soleus__V1__AthletesUnmerged event = SOLEUS__V1__ATHLETES_UNMERGED__INIT;
	event.merge_id = (char *)merge.merge_id;
	event.survivor_id = (char *)merge.survivor_id;
	event.merged_id = (char *)merge.merged_id;
	command_event(command, merge.survivor_id, &event.base);
	reply->survivor_id = (char *)merge.survivor_id;
	reply->merged_id = (char *)merge.merged_id;
	return command_commit(command, &reply->base);
}
