#include "directory/handlers/check.h"
#include "directory/store/merge.h"

#include "base/clock.h"
#include "base/text.h"
#include "events/audit.h"
#include "knowledge/minor.h"

#include "soleus/v1/directory.pb-c.h"

#include <strings.h>

/* Why these two cannot be merged, and what to do instead. */
static struct status refuse(struct arena *arena, const struct db_result *parties)
{
	if (db_result_rows(parties) < 2)
		return status_error(STATUS_NOT_FOUND, "no such athlete");
	const struct merge_party survivor = merge_party(parties, 0);
	const struct merge_party merged = merge_party(parties, 1);
	if (survivor.erased || merged.erased)
		return status_error(STATUS_FAILED_PRECONDITION,
				    "an erased athlete cannot be merged");
	if (*survivor.survivor_id)
		return status_errorf(arena, STATUS_FAILED_PRECONDITION,
				     "survivor_id is itself merged: merge into %s, or end merge %s",
				     survivor.survivor_id, survivor.merge_id);
	if (*merged.survivor_id)
		return status_errorf(arena, STATUS_FAILED_PRECONDITION,
				     "merged_id is merged into %s: end merge %s first",
				     merged.survivor_id, merged.merge_id);
	if (merged.taken > 0)
		return status_errorf(arena, STATUS_FAILED_PRECONDITION,
				     "others are merged into merged_id: let %s survive, or end "
				     "those merges first",
				     merged.athlete_id);
	/* One person's consent would be the other's. */
	int64_t now_us = clock_now_us();
	if (minor_at(survivor.birth_date, now_us) != minor_at(merged.birth_date, now_us))
		return status_error(
			STATUS_FAILED_PRECONDITION,
			"one is a minor and the other is not: they are two people, or one "
			"birth date is wrong (put it right with UpdateAthlete first)");
	return status_ok();
}

static FIBER struct status look(struct call *call, struct merge *merge)
{
	struct db_unit *unit = call_unit(call);
	size_t index =
		merge_look(unit, call->organisation_id, merge->survivor_id, merge->merged_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *parties = db_unit_result(unit, index);
	status = refuse(call->arena, parties);
	if (!status_is_ok(status))
		return status;
	/* As the database spells them. */
	merge->survivor_id = merge_party(parties, 0).athlete_id;
	merge->merged_id = merge_party(parties, 1).athlete_id;
	return status;
}

RPC(Directory, directory, MergeAthletes, merge_athletes)
{
	struct check check = check_begin(call);
	check_id(&check, "survivor_id", request->survivor_id);
	check_id(&check, "merged_id", request->merged_id);
	check_that(&check, strcasecmp(request->survivor_id, request->merged_id) != 0, "merged_id",
		   "another athlete than survivor_id");
	check_name(&check, "reason", request->reason);
	if (check_failed(&check))
		return check_status(&check);
	struct merge merge = {.merge_id = text_uuid7_new(call->arena),
			      .survivor_id = request->survivor_id,
			      .merged_id = request->merged_id};
	struct status status = look(call, &merge);
	if (!status_is_ok(status))
		return status;

	const struct merge_word word = {
		.by = call->principal->name, .reason = request->reason, .at_us = clock_now_us()};
	struct command *command = command_begin(call);
	merge_add(command->unit, call->organisation_id, &merge, &word);
	audit_add(command->unit, call,
		  &(struct audit_entry){.athlete_id = merge.survivor_id,
					.record_id = merge.merged_id,
					.reason = request->reason});
	Soleus__V1__AthletesMerged event = SOLEUS__V1__ATHLETES_MERGED__INIT;
	event.merge_id = (char *)merge.merge_id;
	event.survivor_id = (char *)merge.survivor_id;
	event.merged_id = (char *)merge.merged_id;
	command_event(command, merge.survivor_id, &event.base);
	reply->merge_id = (char *)merge.merge_id;
	return command_commit(command, &reply->base);
}
