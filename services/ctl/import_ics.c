#include "ctl/import.h"

#include "base/clock.h"
#include "ctl/command.h"

#include "soleus/v1/scheduling.pb-c.h"

#include <libical/ical.h>
#include <stdio.h>
#include <string.h>

#define SESSIONS_MOST    4096
#define SESSIONS_A_CALL  200
#define RECURRENCE_LIMIT 366

struct calendar {
	struct arena *arena; /* outlives the session */
	const char *path;
	const char *athlete_id;
	const char *name;
	icaltimezone *zone;
	Soleus__V1__TrainingSession *sessions[SESSIONS_MOST];
	size_t count;
	unsigned skipped;
};

static const char *calendar_property(icalcomponent *calendar, const char *name)
{
	for (icalproperty *property = icalcomponent_get_first_property(calendar, ICAL_X_PROPERTY);
	     property; property = icalcomponent_get_next_property(calendar, ICAL_X_PROPERTY)) {
		if (strcmp(icalproperty_get_x_name(property), name) == 0)
			return icalproperty_get_x(property);
	}
	return NULL;
}

static int64_t instant(const struct calendar *calendar, struct icaltimetype time)
{
	const icaltimezone *zone = time.zone ? time.zone : calendar->zone;
	if (icaltime_is_utc(time))
		zone = icaltimezone_get_utc_timezone();
	return (int64_t)icaltime_as_timet_with_zone(time, zone) * CLOCK_SECOND_US;
}

static void skip(struct calendar *calendar, const char *uid, const char *reason)
{
	printf("%s: %s: not taken: %s\n", calendar->path, uid, reason);
	calendar->skipped++;
}

static void add_session(struct calendar *calendar, const char *uid, const char *title,
			struct icaltimetype start, struct icaltimetype end)
{
	struct arena *arena = calendar->arena;
	if (calendar->count == SESSIONS_MOST) {
		skip(calendar, uid, "a calendar holds at most 4096 sessions");
		return;
	}
	Soleus__V1__TrainingSession *session = ARENA_NEW(arena, Soleus__V1__TrainingSession);
	soleus__v1__training_session__init(session);
	session->uid = arena_strdup(arena, uid);
	session->title = arena_strdup(arena, title);
	session->all_day = start.is_date != 0;
	session->starts_at = instant(calendar, start);
	session->ends_at = instant(calendar, end);
	calendar->sessions[calendar->count++] = session;
}

static void add_recurring(struct calendar *calendar, icalcomponent *event, icalproperty *rule,
			  struct icaltimetype start, struct icaltimetype end)
{
	struct icaldurationtype length = icaltime_subtract(end, start);
	icalrecur_iterator *iterator = icalrecur_iterator_new(icalproperty_get_rrule(rule), start);
	const char *uid = icalcomponent_get_uid(event);
	struct icaltimetype next;
	for (unsigned i = 0; iterator && i < RECURRENCE_LIMIT; i++) {
		next = icalrecur_iterator_next(iterator);
		if (icaltime_is_null_time(next))
			break;
		if (icalproperty_recurrence_is_excluded(event, &start, &next))
			continue;
		add_session(
			calendar,
			arena_printf(calendar->arena, "%s/%s", uid, icaltime_as_ical_string(next)),
			icalcomponent_get_summary(event), next, icaltime_add(next, length));
	}
	if (iterator)
		icalrecur_iterator_free(iterator);
}

static void add_event(struct calendar *calendar, icalcomponent *event)
{
	const char *uid = icalcomponent_get_uid(event);
	const char *title = icalcomponent_get_summary(event);
	struct icaltimetype start = icalcomponent_get_dtstart(event);
	struct icaltimetype end = icalcomponent_get_dtend(event);
	icalproperty *rule = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY);
	if (!uid || !*uid) {
		skip(calendar, "an event", "it has no UID: importing again would make it twice");
		return;
	}
	if (!title || !*title) {
		skip(calendar, uid, "it has no title");
		return;
	}
	if (icaltime_is_null_time(start) || !icaltime_is_valid_time(start)) {
		skip(calendar, uid, "it has no start");
		return;
	}
	if (icaltime_is_null_time(end)) {
		end = start;
		icaltime_adjust(&end, start.is_date ? 1 : 0, start.is_date ? 0 : 1, 0, 0);
	}
	if (rule)
		add_recurring(calendar, event, rule, start, end);
	else
		add_session(calendar, uid, title, start, end);
}

/* On the loop's own stack: libical goes deep. */
static struct status read_calendar(struct calendar *calendar)
{
	const char *text;
	struct status status = command_read_file(calendar->arena, calendar->path, &text);
	if (!status_is_ok(status))
		return status;
	icalcomponent *root = icalparser_parse_string(text);
	if (!root || icalcomponent_isa(root) != ICAL_VCALENDAR_COMPONENT) {
		if (root)
			icalcomponent_free(root);
		return status_errorf(calendar->arena, STATUS_INVALID_ARGUMENT,
				     "%s: expected an iCalendar file (BEGIN:VCALENDAR)",
				     calendar->path);
	}
	const char *zone = calendar_property(root, "X-WR-TIMEZONE");
	const char *name = calendar_property(root, "X-WR-CALNAME");
	calendar->zone = icaltimezone_get_builtin_timezone(zone ? zone : "UTC");
	calendar->name = arena_strdup(calendar->arena, name ? name : calendar->path);
	if (!calendar->zone) {
		status = status_errorf(calendar->arena, STATUS_INVALID_ARGUMENT,
				       "%s: X-WR-TIMEZONE: expected a zone of tzdata, not %s",
				       calendar->path, zone);
		icalcomponent_free(root);
		return status;
	}
	for (icalcomponent *event = icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT);
	     event; event = icalcomponent_get_next_component(root, ICAL_VEVENT_COMPONENT))
		add_event(calendar, event);
	icalcomponent_free(root);
	return status_ok();
}

static FIBER int put_training(struct session *session, void *argument)
{
	struct calendar *calendar = argument;
	struct method method;
	int added = 0, changed = 0, unchanged = 0, uncertain = 0;
	struct status status = method_find(session->arena, "Scheduling.PutTraining", &method);
	for (size_t first = 0; status_is_ok(status) && first < calendar->count;
	     first += SESSIONS_A_CALL) {
		size_t left = calendar->count - first;
		ProtobufCMessage *message;
		struct session_call call = {.patience_us = 10 * CLOCK_SECOND_US};
		Soleus__V1__PutTrainingRequest request = SOLEUS__V1__PUT_TRAINING_REQUEST__INIT;
		request.athlete_id = (char *)calendar->athlete_id;
		request.source = (char *)calendar->name;
		request.sessions = calendar->sessions + first;
		request.n_sessions = left < SESSIONS_A_CALL ? left : SESSIONS_A_CALL;
		status = session_call_message(session, &method, &call, &request.base, &message);
		if (!status_is_ok(status))
			break;
		const Soleus__V1__PutTrainingReply *reply = (Soleus__V1__PutTrainingReply *)message;
		added += reply->added;
		changed += reply->changed;
		unchanged += reply->unchanged;
		uncertain += reply->uncertain;
	}
	if (!status_is_ok(status))
		return session_complain("import", status);
	printf("%s: %zu sessions: %d added, %d changed, %d unchanged, %u not taken; %d of a kind "
	       "that the "
	       "title does not tell\n",
	       calendar->path, calendar->count, added, changed, unchanged, calendar->skipped,
	       uncertain);
	return 0;
}

int import_ics(const struct session_options *options, const char *path, const char *athlete_id)
{
	static struct calendar calendar;
	calendar = (struct calendar){.path = path, .athlete_id = athlete_id};
	calendar.arena = arena_new((size_t)256 << 20);
	struct status status = read_calendar(&calendar);
	int code = status_is_ok(status) ? session_run(options, put_training, &calendar)
					: session_complain("import", status);
	arena_free(calendar.arena);
	icaltimezone_free_builtin_timezones();
	return code;
}
