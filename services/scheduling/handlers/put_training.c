#include "scheduling/handlers/calendar.h"
#include "scheduling/handlers/check.h"

#include "base/clock.h"
#include "base/text.h"

#include "soleus/v1/scheduling.pb-c.h"

#include <stdlib.h>
#include <string.h>

#define SESSIONS_MAX    1000
#define TITLE_BYTES_MAX 1000
#define LONGEST_US      (31 * CLOCK_DAY_US)
#define SHORTEST_US     CLOCK_MINUTE_US /* of an event without an end */

static void check_session(struct check *check, const Soleus__V1__TrainingSession *session,
			  const char *path)
{
	struct arena *arena = check->arena;
	enum session_kind kind;
	const char *starts = arena_printf(arena, "%s.starts_at", path);
	const char *ends = arena_printf(arena, "%s.ends_at", path);
	check_name(check, arena_printf(arena, "%s.uid", path), session->uid);
	check_that(check, strlen(session->title) <= TITLE_BYTES_MAX,
		   arena_printf(arena, "%s.title", path), "at most 1000 bytes");
	check_that(check, !*session->kind || session_kind_find(session->kind, &kind),
		   arena_printf(arena, "%s.kind", path),
		   "race, competition, heavy_lift, high_intensity, moderate, low, rest, "
		   "demanding_block or nothing");
	check_that(check, *session->kind || !text_is_blank(session->title),
		   arena_printf(arena, "%s.title", path), "a title, or a kind");
	check_instant(check, starts, session->starts_at);
	check_instant(check, ends, session->ends_at);
	check_that(check,
		   session->ends_at >= session->starts_at &&
			   session->ends_at - LONGEST_US <= session->starts_at,
		   ends, "at or after starts_at, at most 31 days later");
}

static int compare_uids(const void *one, const void *other)
{
	return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static void check_uids(struct check *check, const Soleus__V1__PutTrainingRequest *request)
{
	const char **uids = ARENA_ARRAY(check->arena, request->n_sessions, const char *);
	for (size_t i = 0; i < request->n_sessions; i++)
		uids[i] = request->sessions[i]->uid;
	qsort(uids, request->n_sessions, sizeof(*uids), compare_uids);
	for (size_t i = 1; i < request->n_sessions; i++)
		if (strcmp(uids[i - 1], uids[i]) == 0) {
			faults_addf(&check->faults, check->arena, "each uid once",
				    "sessions (uid %s)", uids[i]);
			return;
		}
}

static void check_request(struct check *check, const Soleus__V1__PutTrainingRequest *request)
{
	check_id(check, "athlete_id", request->athlete_id);
	check_name(check, "source", request->source);
	check_that(check, request->n_sessions <= SESSIONS_MAX, "sessions", "at most 1000");
	for (size_t i = 0; i < request->n_sessions && i < SESSIONS_MAX; i++)
		check_session(check, request->sessions[i],
			      arena_printf(check->arena, "sessions[%zu]", i));
	if (!check_failed(check))
		check_uids(check, request);
}

/* Its kind, when none was given, is the calendar's to find. */
static struct session_row row_of(const Soleus__V1__TrainingSession *session)
{
	struct session_row row = {
		.uid = session->uid,
		.title = session->title,
		.kind = SESSION_MODERATE,
		.starts_at = session->starts_at,
		.ends_at = session->ends_at,
		.all_day = session->all_day,
	};
	if (row.ends_at == row.starts_at)
		row.ends_at += session->all_day ? CLOCK_DAY_US : SHORTEST_US;
	row.given = session_kind_find(session->kind, &row.kind);
	return row;
}

RPC(Scheduling, scheduling, PutTraining, put_training)
{
	struct check check = check_begin(call);
	check_request(&check, request);
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	struct calendar calendar = {
		.kept = {.organisation_id = call->organisation_id,
			 .athlete_id = request->athlete_id,
			 .source = request->source,
			 .now_us = clock_now_us()},
		.rows = ARENA_ARRAY(call->arena, request->n_sessions, struct session_row),
	};
	for (; calendar.row_count < request->n_sessions; calendar.row_count++)
		calendar.rows[calendar.row_count] = row_of(request->sessions[calendar.row_count]);
	return calendar_command(call, &calendar, reply, &reply->base);
}
