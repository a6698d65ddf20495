#include "reminders/store/plan.h"

#include "base/text.h"
#include "reminders/rules/whether.h"
#include "reminders_sql.h"

#include <assert.h>

void messages_plan(struct db_unit *unit, const char *organisation_id,
		   const struct plan_about *about, const struct planned_message *messages,
		   size_t count, const struct local_zone *zone, int64_t now)
{
	struct arena *arena = db_unit_arena(unit);
	const char *of = *about->encounter_id ? about->encounter_id : about->appointment_id;
	const char *ids[FOLLOW_UP_MAX], *purposes[FOLLOW_UP_MAX], *consents[FOLLOW_UP_MAX];
	const char *rules[FOLLOW_UP_MAX], *priorities[FOLLOW_UP_MAX], *due[FOLLOW_UP_MAX];
	const char *stale[FOLLOW_UP_MAX], *step[FOLLOW_UP_MAX], *steps[FOLLOW_UP_MAX];
	assert(count <= FOLLOW_UP_MAX);
	if (count == 0)
		return;
	for (size_t i = 0; i < count; i++) {
		const struct planned_message *message = &messages[i];
		const char *purpose = message_purpose_name(message->purpose);
		ids[i] = text_uuid_for(arena, "reminders.message",
				       arena_printf(arena, "%s/%s/%d/%d%s%s", purpose, of,
						    about->visit_version, message->step,
						    about->occasion ? "/" : "",
						    about->occasion ? about->occasion : ""));
		purposes[i] = purpose;
		consents[i] = whether_consent(message->purpose);
		rules[i] = message->rule;
		priorities[i] = db_from_int(arena, message->priority);
		due[i] = db_from_instant(
			arena, send_window_next(&send_window_ours, zone, message->due_at));
		stale[i] = db_from_instant(arena, message->stale_at);
		step[i] = db_from_int(arena, message->step);
		steps[i] = db_from_int(arena, message->steps);
	}
	const char *all = db_from_texts(arena, ids, count);
	const char *dues = db_from_texts(arena, due, count);
	const char *stales = db_from_texts(arena, stale, count);
	DB_ADD(unit, &SQL_MESSAGES_PLAN, organisation_id, about->athlete_id,
	       db_id(about->clinic_id), db_id(about->appointment_id), db_id(about->encounter_id),
	       db_from_instant(arena, now), all, db_from_texts(arena, purposes, count),
	       db_from_texts(arena, consents, count), db_from_texts(arena, rules, count),
	       db_from_texts(arena, priorities, count), dues, stales,
	       db_from_texts(arena, step, count), db_from_texts(arena, steps, count),
	       db_from_int(arena, about->visit_version));
	DB_ADD(unit, &SQL_MESSAGES_MOVE, organisation_id, all, dues, stales, WHETHER_OPTED_OUT);
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
