#include "reminders/store/plan.h"

#include "base/text.h"
#include "reminders/rules/whether.h"
#include "reminders_sql.h"

#include <assert.h>

#define TAKEN_BEFORE_US (INT64_C(86400) * 1000000)
#define TAKEN_BEHIND_US (8 * TAKEN_BEFORE_US)

size_t messages_taken_ask(struct db_unit *unit, const char *organisation_id,
			  const struct plan_about *about, int64_t from, int64_t until)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, &SQL_MESSAGES_TAKEN, organisation_id, about->athlete_id,
		      db_from_instant(arena, from - TAKEN_BEFORE_US),
		      db_from_instant(arena, until + TAKEN_BEHIND_US), db_id(about->appointment_id),
		      db_id(about->encounter_id));
}

struct status messages_taken_take(struct db_unit *unit, size_t asked, struct arena *arena,
				  int64_t **ret_taken, size_t *ret_count)
{
	const struct db_result *result = db_unit_result(unit, asked);
	size_t count = db_result_rows(result);
	int64_t *taken = ARENA_ARRAY(arena, count + 1, int64_t);
	if (!taken)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "too much memory for one plan");
	for (size_t i = 0; i < count; i++)
		taken[i] = db_instant(result, i, 0);
	*ret_taken = taken;
	*ret_count = count;
	return status_ok();
}

/* The columns of a plan's messages, as SQL takes them. */
struct columns {
	size_t count;
	const char *ids[FOLLOW_UP_MAX], *purposes[FOLLOW_UP_MAX], *consents[FOLLOW_UP_MAX];
	const char *rules[FOLLOW_UP_MAX], *priorities[FOLLOW_UP_MAX], *due[FOLLOW_UP_MAX];
	const char *stale[FOLLOW_UP_MAX], *step[FOLLOW_UP_MAX], *steps[FOLLOW_UP_MAX];
	const char *traces[FOLLOW_UP_MAX];
};

static void add_column(struct columns *columns, struct arena *arena, const struct plan_about *about,
		       const struct planned_message *message, int64_t due_at)
{
	size_t i = columns->count++;
	const char *of = *about->encounter_id ? about->encounter_id : about->appointment_id;
	const char *purpose = message_purpose_name(message->purpose);
	char trace[ARRANGE_TRACE_BYTES];
	arrange_trace(about->programme, message, trace);
	columns->ids[i] = text_uuid_for(arena, "reminders.message",
					arena_printf(arena, "%s/%s/%d/%d%s%s", purpose, of,
						     about->visit_version, message->step,
						     about->occasion ? "/" : "",
						     about->occasion ? about->occasion : ""));
	columns->purposes[i] = purpose;
	columns->consents[i] = whether_consent(message->purpose);
	columns->rules[i] = message->rule;
	columns->priorities[i] = db_from_int(arena, message->priority);
	columns->due[i] = db_from_instant(arena, due_at);
	columns->stale[i] = db_from_instant(arena, message->stale_at);
	columns->step[i] = db_from_int(arena, message->step);
	columns->steps[i] = db_from_int(arena, message->steps);
	columns->traces[i] = arena_strdup(arena, trace);
}

/* The parameters that planning has, whether it is sent or over the day's cap. */
#define PLANNED(arena, organisation_id, about, of, now)                                    \
	organisation_id, (about)->athlete_id, db_id((about)->clinic_id),                   \
		db_id((about)->appointment_id), db_id((about)->encounter_id),              \
		db_from_instant(arena, now), db_from_texts(arena, (of)->ids, (of)->count), \
		db_from_texts(arena, (of)->purposes, (of)->count),                         \
		db_from_texts(arena, (of)->consents, (of)->count),                         \
		db_from_texts(arena, (of)->rules, (of)->count),                            \
		db_from_texts(arena, (of)->priorities, (of)->count),                       \
		db_from_texts(arena, (of)->due, (of)->count),                              \
		db_from_texts(arena, (of)->stale, (of)->count),                            \
		db_from_texts(arena, (of)->step, (of)->count),                             \
		db_from_texts(arena, (of)->steps, (of)->count),                            \
		db_from_int(arena, (about)->visit_version),                                \
		db_from_texts(arena, (of)->traces, (of)->count)

static void plan(struct db_unit *unit, const char *organisation_id, const struct plan_about *about,
		 const struct columns *goes, int64_t now)
{
	struct arena *arena = db_unit_arena(unit);
	size_t count = goes->count;
	if (count == 0)
		return;
	DB_ADD(unit, &SQL_MESSAGES_PLAN, PLANNED(arena, organisation_id, about, goes, now));
	DB_ADD(unit, &SQL_MESSAGES_MOVE, organisation_id, db_from_texts(arena, goes->ids, count),
	       db_from_texts(arena, goes->due, count), db_from_texts(arena, goes->stale, count),
	       WHETHER_OPTED_OUT, db_from_texts(arena, goes->traces, count));
}

static void plan_over(struct db_unit *unit, const char *organisation_id,
		      const struct plan_about *about, const struct columns *over, const char *why,
		      int64_t now)
{
	struct arena *arena = db_unit_arena(unit);
	if (over->count > 0)
		DB_ADD(unit, &SQL_MESSAGES_PLAN_OVER,
		       PLANNED(arena, organisation_id, about, over, now), why);
}

void messages_plan(struct db_unit *unit, const char *organisation_id,
		   const struct plan_about *about, const struct planned_message *messages,
		   size_t count, const struct local_zone *zone, int64_t now)
{
	struct arena *arena = db_unit_arena(unit);
	struct columns *of = ARENA_ARRAY(arena, MESSAGE_UNSENT, struct columns);
	assert(count <= FOLLOW_UP_MAX);
	if (!of)
		return; /* the unit fails: its arena is full */
	for (size_t i = 0; i < count; i++)
		add_column(&of[messages[i].unsent], arena, about, &messages[i],
			   send_window_next(&about->programme->window, zone, messages[i].due_at));
	plan(unit, organisation_id, about, &of[MESSAGE_TO_BE_SENT], now);
	for (int why = MESSAGE_TO_BE_SENT + 1; why < MESSAGE_UNSENT; why++)
		plan_over(unit, organisation_id, about, &of[why], arrange_unsent[why], now);
}

void messages_suppress_amended(struct db_unit *unit, const char *organisation_id,
			       const struct plan_about *about,
			       const struct planned_message *messages, size_t count, int64_t now)
{
	struct arena *arena = db_unit_arena(unit);
	const char *purposes[FOLLOW_UP_MAX], *steps[FOLLOW_UP_MAX];
	assert(count <= FOLLOW_UP_MAX);
	for (size_t i = 0; i < count; i++) {
		purposes[i] = message_purpose_name(messages[i].purpose);
		steps[i] = db_from_int(arena, messages[i].step);
	}
	DB_ADD(unit, &SQL_MESSAGES_SUPPRESS_AMENDED, organisation_id, about->encounter_id,
	       "the note was amended", db_from_texts(arena, purposes, count),
	       db_from_texts(arena, steps, count), db_from_instant(arena, now), about->athlete_id);
}

void messages_suppress_visit(struct db_unit *unit, const char *organisation_id,
			     const char *appointment_id, const char *why, int64_t now)
{
	DB_ADD(unit, &SQL_MESSAGES_SUPPRESS_VISIT, organisation_id, appointment_id, why,
	       db_from_instant(db_unit_arena(unit), now), NULL, NULL);
}

void messages_suppress_purpose(struct db_unit *unit, const char *organisation_id,
			       const char *appointment_id, enum message_purpose purpose,
			       const char *why, int64_t now)
{
	DB_ADD(unit, &SQL_MESSAGES_SUPPRESS_VISIT, organisation_id, appointment_id, why,
	       db_from_instant(db_unit_arena(unit), now), NULL, message_purpose_name(purpose));
}

void messages_suppress_moved(struct db_unit *unit, const char *organisation_id,
			     const char *appointment_id, int32_t visit_version, int64_t now)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_MESSAGES_SUPPRESS_VISIT, organisation_id, appointment_id,
	       "the visit was moved", db_from_instant(arena, now),
	       db_from_int(arena, visit_version), NULL);
}
