#include "scheduling/handlers/calendar.h"

#include "events/audit.h"
#include "scheduling/handlers/clash_check.h"
#include "scheduling/store/clash.h"

static bool has_titles(const struct calendar *calendar)
{
	for (size_t i = 0; i < calendar->row_count; i++)
		if (!calendar->rows[i].given)
			return true;
	return false;
}

static FIBER struct status classify(struct db *db, struct arena *arena, struct calendar *calendar)
{
	const char *organisation_id = calendar->kept.organisation_id;
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	size_t index = training_words(unit, organisation_id);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct training_words words = training_words_read(arena, db_unit_result(unit, index));
	for (size_t i = 0; i < calendar->row_count; i++) {
		struct session_row *row = &calendar->rows[i];
		if (row->given)
			continue;
		const struct classified classified =
			classify_title_with(words.list, words.count, row->title);
		row->kind = classified.kind;
		row->uncertain = classified.uncertain;
	}
	return status;
}

FIBER struct status calendar_look(struct db *db, struct arena *arena, struct calendar *calendar)
{
	struct status status = status_ok();
	if (has_titles(calendar))
		status = classify(db, arena, calendar);
	if (!status_is_ok(status))
		return status;
	calendar->kept.sessions = training_columns(arena, calendar->rows, calendar->row_count);
	if (!calendar->kept.sessions)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "too much for one calendar");
	struct db_unit *unit = db_unit_new(arena, calendar->kept.organisation_id);
	size_t index = training_look(unit, &calendar->kept);
	status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	calendar->seen = training_seen(unit, index);
	if (!calendar->seen.athlete_known)
		return status_error(STATUS_NOT_FOUND, "no such athlete");
	return status;
}

bool calendar_put(struct db_unit *unit, const struct calendar *calendar,
		  Soleus__V1__TrainingChanged *ret_event)
{
	const struct training_calendar *kept = &calendar->kept;
	if (calendar->seen.added + calendar->seen.changed + calendar->seen.removed == 0)
		return false;
	training_put(unit, kept);
	clash_ask(unit, kept->organisation_id, kept->athlete_id, kept->now_us);
	soleus__v1__training_changed__init(ret_event);
	ret_event->athlete_id = (char *)kept->athlete_id;
	ret_event->added = (int32_t)calendar->seen.added;
	ret_event->changed = (int32_t)calendar->seen.changed;
	ret_event->removed = (int32_t)calendar->seen.removed;
	return true;
}

FIBER struct status calendar_command(struct call *call, struct calendar *calendar,
				     Soleus__V1__PutTrainingReply *part, ProtobufCMessage *reply)
{
	struct status status = calendar_look(call_db(call), call->arena, calendar);
	if (!status_is_ok(status))
		return status;
	part->added = (int32_t)calendar->seen.added;
	part->changed = (int32_t)calendar->seen.changed;
	part->unchanged = (int32_t)calendar->seen.unchanged;
	part->uncertain = (int32_t)calendar->seen.uncertain;
	part->removed = (int32_t)calendar->seen.removed;

	Soleus__V1__TrainingChanged event;
	struct command *command = command_begin(call);
	audit_of_athlete(command->unit, call, calendar->kept.athlete_id, "");
	bool changed = calendar_put(command->unit, calendar, &event);
	if (changed)
		command_event(command, calendar->kept.athlete_id, &event.base);
	status = command_commit(command, reply);
	if (status_is_ok(status) && changed)
		clash_check_wake();
	return status;
}
