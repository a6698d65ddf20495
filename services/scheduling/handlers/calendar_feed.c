#include "scheduling/handlers/calendar_feed.h"

#include "base/clock.h"
#include "ical/write.h"
#include "loop/offload.h"

#include <string.h>

#define BACK_US         (30 * CLOCK_DAY_US)
#define AHEAD_US        (400 * CLOCK_DAY_US)
#define VISITS_MAX      2000
#define TEXT_BYTES_MAX  900000 /* a reply is at most 1 MiB */
#define REFRESH_MINUTES 60

#define ABOUT "Visits from 30 days ago to 400 days ahead"

void check_feed_subject(struct check *check, const struct feed_subject *subject)
{
	int named = !!*subject->practitioner_id + !!*subject->room_id + !!*subject->athlete_id;
	check_id_or_empty(check, "practitioner_id", subject->practitioner_id);
	check_id_or_empty(check, "room_id", subject->room_id);
	check_id_or_empty(check, "athlete_id", subject->athlete_id);
	check_that(check, named == 1, "practitioner_id",
		   "practitioner_id, room_id or athlete_id, one of the three");
}

bool may_see_feeds_of(const struct call *call, const struct feed_subject *subject)
{
	if (*subject->athlete_id)
		return may_see_athlete(call, subject->athlete_id);
	return is_staff(call);
}

Soleus__V1__CalendarFeed *calendar_feed_message(struct arena *arena,
						const struct calendar_feed_row *row)
{
	Soleus__V1__CalendarFeed *feed = ARENA_NEW(arena, Soleus__V1__CalendarFeed);
	if (!feed)
		return NULL;
	soleus__v1__calendar_feed__init(feed);
	feed->feed_id = (char *)row->feed_id;
	feed->subject_kind = (char *)row->subject_kind;
	feed->subject_id = (char *)row->subject_id;
	feed->made_at = row->made_at;
	feed->made_by = (char *)row->made_by;
	feed->revoked_at = row->revoked_at;
	return feed;
}

/* ---- The text ---- */

struct writing {
	struct arena *arena;
	struct ical_calendar calendar;
	const char *text;
	size_t length;
	struct status status;
};

/* What makes too long a text is cut at the end, and told. */
static void write_calendar(void *argument)
{
	struct writing *writing = argument;
	struct ical_calendar *calendar = &writing->calendar;
	for (;;) {
		writing->status =
			ical_write(writing->arena, calendar, &writing->text, &writing->length);
		if (!status_is_ok(writing->status) || writing->length <= TEXT_BYTES_MAX)
			return;
		calendar->count = calendar->count * 9 / 10 * TEXT_BYTES_MAX / writing->length;
		calendar->about = ABOUT ", not all of them: there are too many";
	}
}

static const char *place_of(struct arena *arena, const struct feed_visit *visit)
{
	return *visit->room ? arena_printf(arena, "%s, %s", visit->clinic, visit->room)
			    : visit->clinic;
}

static struct ical_entry entry_of(struct arena *arena, const struct feed_visit *visit)
{
	return (struct ical_entry){
		.uid = arena_printf(arena, "%s@soleus", visit->appointment_id),
		.sequence = (int)visit->version - 1,
		.summary = visit->service,
		.location = place_of(arena, visit),
		.zone = visit->zone,
		.starts_at = visit->starts_at,
		.ends_at = visit->ends_at,
		.changed_at = visit->changed_at,
		.tentative = strcmp(visit->state, "held") == 0,
		.cancelled = strcmp(visit->state, "cancelled") == 0 ||
			     strcmp(visit->state, "no_show") == 0,
	};
}

static struct status take_visits(struct writing *writing, const struct db_result *rows)
{
	size_t count = db_result_rows(rows);
	struct ical_entry *entries = ARENA_ARRAY(writing->arena, count, struct ical_entry);
	writing->calendar.about = ABOUT;
	if (count > VISITS_MAX) {
		count = VISITS_MAX;
		writing->calendar.about = ABOUT ", not all of them: there are too many";
	}
	for (size_t row = 0; entries && row < count; row++) {
		const struct feed_visit visit = feed_visit(rows, row);
		entries[row] = entry_of(writing->arena, &visit);
		if (!entries[row].uid || !entries[row].location)
			entries = NULL;
	}
	if (!entries)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "too large a calendar");
	writing->calendar.entries = entries;
	writing->calendar.count = count;
	return status_ok();
}

FIBER struct status calendar_feed_text(struct call *call, const struct feed_subject *subject,
				       const char **ret_text, size_t *ret_length)
{
	int64_t now_us = clock_now_us();
	const struct feed_window window = {
		.from_us = now_us - BACK_US,
		.until_us = now_us + AHEAD_US,
		.now_us = now_us,
		.cancelled_since_us = now_us - BACK_US,
		.limit = VISITS_MAX + 1,
	};
	struct db_unit *unit = call_unit(call);
	size_t visits = calendar_feed_visits(unit, call->organisation_id, subject, &window);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	struct writing writing = {.arena = call->arena};
	writing.calendar.name = *subject->athlete_id ? "Appointments" : "Bookings";
	writing.calendar.refresh_minutes = REFRESH_MINUTES;
	status = take_visits(&writing, db_unit_result(unit, visits));
	if (!status_is_ok(status))
		return status;
	offload(write_calendar, &writing);
	*ret_text = writing.text;
	*ret_length = writing.length;
	return writing.status;
}
