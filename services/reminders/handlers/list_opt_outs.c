#include "events/audit.h"
#include "reminders/handlers/rpcs.h"
#include "reminders/store/waiting.h"

#include "base/text.h"

#include <string.h>

#define LIMIT_DEFAULT 100

static void add_athletes(struct arena *arena, const char *ids, Soleus__V1__OptOut *opt_out)
{
	opt_out->athlete_ids = ARENA_ARRAY(arena, strlen(ids) / TEXT_UUID_BYTES + 1, char *);
	for (size_t length; (length = strcspn(ids, " ")) > 0; ids += length + (ids[length] == ' '))
		opt_out->athlete_ids[opt_out->n_athlete_ids++] = arena_strndup(arena, ids, length);
}

RPC(Reminders, reminders, ListOptOuts, list_opt_outs)
{
	struct check check = check_begin(call);
	check_words(&check, "after_address", request->after_address);
	check_that(&check, request->limit >= 0 && request->limit <= 500, "limit",
		   "0 (100) or 1 to 500");
	if (check_failed(&check))
		return check_status(&check);
	struct db_unit *unit = call_unit(call);
	audit_add(unit, call, &(struct audit_entry){.athlete_id = "", .record_id = ""});
	size_t listed = opt_outs_list(unit, call->organisation_id, request->after_address,
				      request->limit ? request->limit : LIMIT_DEFAULT);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, listed);
	reply->opt_outs = ARENA_ARRAY(call->arena, db_result_rows(rows), Soleus__V1__OptOut *);
	for (size_t row = 0; row < db_result_rows(rows); row++) {
		const struct opt_out_row from = opt_out_row(rows, row);
		Soleus__V1__OptOut *opt_out = ARENA_NEW(call->arena, Soleus__V1__OptOut);
		soleus__v1__opt_out__init(opt_out);
		opt_out->address = (char *)from.address;
		opt_out->opted_out_at = from.opted_out_at;
		add_athletes(call->arena, from.athlete_ids, opt_out);
		reply->opt_outs[reply->n_opt_outs++] = opt_out;
	}
	return status_ok();
}
