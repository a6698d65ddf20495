#include "base/clock.h"
#include "events/audit.h"
#include "reminders/handlers/rpcs.h"
#include "reminders/store/lapse.h"

static Soleus__V1__RecallEntry *entry_of(struct arena *arena, const struct recall_row *row)
{
	Soleus__V1__RecallEntry *entry = ARENA_NEW(arena, Soleus__V1__RecallEntry);
	if (!entry)
		return NULL;
	soleus__v1__recall_entry__init(entry);
	entry->athlete_id = (char *)row->athlete_id;
	entry->home_clinic_id = (char *)row->home_clinic_id;
	entry->seen_at = row->seen_at;
	entry->reachable = row->reachable;
	return entry;
}

RPC(Reminders, reminders, ListRecall, list_recall)
{
	struct recall_row *rows;
	size_t count;
	struct check check = check_begin(call);
	check_that(&check, request->not_seen_weeks >= 1 && request->not_seen_weeks <= 520,
		   "not_seen_weeks", "1 to 520");
	check_id_or_empty(&check, "home_clinic_id", request->home_clinic_id);
	check_page(&check, request->after_at, request->after_id, request->limit, 500);
	if (check_failed(&check))
		return check_status(&check);

	int64_t now = clock_now_us();
	const struct recall_asked asked = {
		.before_at = now - request->not_seen_weeks * 7 * CLOCK_DAY_US,
		.now = now,
		.clinic_id = request->home_clinic_id,
		.after_at = request->after_at,
		.after_id = request->after_id,
		.limit = request->limit ? request->limit : 100,
	};
	struct db_unit *unit = call_unit(call);
	audit_add(unit, call, &(struct audit_entry){.athlete_id = "", .record_id = ""});
	struct status status =
		recall_list(call_db(call), unit, call->organisation_id, &asked, &rows, &count);
	if (!status_is_ok(status))
		return status;
	reply->entries = ARENA_ARRAY(call->arena, count + 1, Soleus__V1__RecallEntry *);
	for (size_t i = 0; reply->entries && i < count; i++) {
		reply->entries[i] = entry_of(call->arena, &rows[i]);
		if (!reply->entries[i])
			return status_error(STATUS_RESOURCE_EXHAUSTED, "the list is too long");
		reply->n_entries++;
	}
	return status_ok();
}
