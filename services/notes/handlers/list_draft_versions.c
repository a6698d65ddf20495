#include "events/check.h"
#include "notes/handlers/access.h"
#include "notes/handlers/draft_message.h"
#include "notes/handlers/service.h"
#include "notes/handlers/trail.h"

#define LIMIT_MAX 3 /* what a reply has room for */

static struct status version_message(struct arena *arena, const struct draft_row *row,
				     Soleus__V1__DraftVersion **ret_version)
{
	const struct draft_look seen = {
		.version = row->version,
		.content = row->content,
		.saved_by = row->saved_by,
		.saved_at = row->saved_at,
	};
	Soleus__V1__DraftVersion *version = ARENA_NEW(arena, Soleus__V1__DraftVersion);
	if (!version)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "a smaller page was expected");
	soleus__v1__draft_version__init(version);
	version->base_version = row->base_version;
	version->refused = row->refused;
	version->discarded = !row->content.bytes;
	*ret_version = version;
	struct status status = draft_message(arena, &seen, &version->draft);
	return status_is_ok(status) ? draft_note(arena, &row->typed, &version->typed) : status;
}

RPC(Notes, notes, ListDraftVersions, list_draft_versions)
{
	struct check check = check_begin(call);
	check_id(&check, "encounter_id", request->encounter_id);
	check_that(&check, request->note_version >= 0, "note_version", "a note's version, or 0");
	check_that(&check, request->after_version >= 0, "after_version", "a draft's version, or 0");
	check_that(&check, request->limit >= 0 && request->limit <= LIMIT_MAX, "limit",
		   "1 to 3, or 0 for 3");
	if (check_failed(&check))
		return check_status(&check);

	struct db_unit *unit = call_unit(call);
	guard_encounter(call, unit, request->encounter_id);
	leave_trail_of_encounter(call, unit, request->encounter_id);
	size_t versions = draft_versions(unit, call->organisation_id, request->encounter_id,
					 request->note_version, request->after_version,
					 request->limit ? request->limit : LIMIT_MAX);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return guarded(unit, status);

	const struct db_result *rows = db_unit_result(unit, versions);
	reply->versions =
		ARENA_ARRAY(call->arena, db_result_rows(rows), Soleus__V1__DraftVersion *);
	for (size_t row = 0; row < db_result_rows(rows) && status_is_ok(status); row++) {
		const struct draft_row version = draft_version_row(rows, row, call->arena);
		status = version_message(call->arena, &version, &reply->versions[row]);
		reply->n_versions += status_is_ok(status);
	}
	return status;
}
