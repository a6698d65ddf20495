#include "directory/handlers/check.h"
#include "directory/handlers/retention_message.h"
#include "directory/store/retention.h"

#include "base/clock.h"
#include "events/audit.h"

#include <string.h>

#define LIMIT_USUAL 200
#define LIMIT_MAX   500

/* A person's rows stand together: adds one when the term is over. */
static void close_person(struct arena *arena, const struct treatment_row *person,
			 const struct retention *retention, int64_t last_treated_at,
			 Soleus__V1__ListRetentionReply *reply)
{
	if (!retention_is_over(retention, (int32_t)(clock_now_us() / CLOCK_DAY_US)))
		return;
	Soleus__V1__RetainedAthlete *message = ARENA_NEW(arena, Soleus__V1__RetainedAthlete);
	soleus__v1__retained_athlete__init(message);
	message->athlete_id = (char *)person->athlete_id;
	message->given_name = (char *)person->given_name;
	message->family_name = (char *)person->family_name;
	message->retention = retention_message(arena, retention, last_treated_at);
	reply->athletes[reply->n_athletes++] = message;
}

/* Returns how many persons there were. */
static int32_t add_those_over(struct arena *arena, const struct db_result *rows,
			      Soleus__V1__ListRetentionReply *reply)
{
	struct retention retention = retention_of_nobody;
	struct treatment_row person = {.athlete_id = ""};
	int64_t last = 0;
	int32_t persons = 0;
	reply->athletes = ARENA_ARRAY(arena, db_result_rows(rows), Soleus__V1__RetainedAthlete *);
	for (size_t i = 0; i < db_result_rows(rows); i++) {
		const struct treatment_row row = treatment_page_row(rows, i);
		if (strcmp(row.athlete_id, person.athlete_id) != 0) {
			close_person(arena, &person, &retention, last, reply);
			retention = retention_of_nobody;
			last = 0;
			person = row;
			persons++;
		}
		if (!row.treated)
			continue;
		retention_add(&retention, &row.last);
		if (row.treated_at > last)
			last = row.treated_at;
	}
	close_person(arena, &person, &retention, last, reply);
	reply->next_after_id = (char *)person.athlete_id;
	return persons;
}

RPC(Directory, directory, ListRetention, list_retention)
{
	struct check check = check_begin(call);
	check_id_or_empty(&check, "after_athlete_id", request->after_athlete_id);
	check_that(&check, request->limit >= 0 && request->limit <= LIMIT_MAX, "limit", "1 to 500");
	if (check_failed(&check))
		return check_status(&check);

	int32_t limit = request->limit ? request->limit : LIMIT_USUAL;
	struct db_unit *unit = call_unit(call);
	audit_add(unit, call, &(struct audit_entry){0});
	size_t page =
		treatments_page(unit, call->organisation_id, request->after_athlete_id, limit);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	if (add_those_over(call->arena, db_unit_result(unit, page), reply) < limit)
		reply->next_after_id = "";
	return status_ok();
}
