#include "base/clock.h"
#include "events/audit.h"
#include "reminders/handlers/preview.h"
#include "reminders/handlers/programme_form.h"
#include "reminders/handlers/rpcs.h"
#include "reminders/store/plan.h"
#include "reminders/store/programme.h"
#include "reminders/store/zone.h"

#define DAYS_MOST     60
#define DAYS_USUAL    7
#define LIMIT_MOST    100
#define LIMIT_USUAL   20
#define PLAN_DAYS_MAX 16

static void check_request(struct check *check, const Soleus__V1__PreviewProgrammeRequest *request)
{
	const Soleus__V1__PreviewedVisit *visit = request->visit;
	check_id_or_empty(check, "athlete_id", request->athlete_id);
	check_id_or_empty(check, "appointment_id", request->appointment_id);
	check_that(check, request->days >= 0 && request->days <= DAYS_MOST, "days",
		   "1 to 60, or 0 for 7");
	check_that(check, request->limit >= 0 && request->limit <= LIMIT_MOST, "limit",
		   "1 to 100, or 0 for 20");
	if (visit) {
		check_id(check, "athlete_id", request->athlete_id);
		check_id_or_empty(check, "visit.clinic_id", visit->clinic_id);
		check_instant(check, "visit.starts_at", visit->starts_at);
		check_that(check, visit->ends_at > visit->starts_at, "visit.ends_at",
			   "an instant after starts_at");
	}
	if (request->treated)
		check_that(check, request->treated->n_plan_days <= PLAN_DAYS_MAX,
			   "treated.plan_days", "at most 16 days");
	for (size_t i = 0; request->treated && i < request->treated->n_plan_days; i++)
		check_that(check,
			   request->treated->plan_days[i] >= 0 &&
				   request->treated->plan_days[i] <= 365,
			   "treated.plan_days", "0 to 365");
}

/* Adds what one visit makes to the reply. */
static FIBER struct status add_visit(struct call *call,
				     const Soleus__V1__PreviewProgrammeRequest *request,
				     const struct programme *programme, const struct visit *visit,
				     int64_t since, Soleus__V1__PreviewProgrammeReply *reply)
{
	struct follow_up_note note = {.visit_ends_at = visit->ends_at, .treated = true};
	struct plan_about about = {.athlete_id = visit->athlete_id,
				   .clinic_id = visit->clinic_id,
				   .appointment_id = visit->appointment_id,
				   .encounter_id = ""};
	if (request->treated) {
		note.thorax = request->treated->thorax;
		note.plan_days = request->treated->plan_days;
		note.plan_day_count = request->treated->n_plan_days;
	}
	struct db_unit *unit = call_unit(call);
	int64_t until = follow_up_ends_at(&note);
	size_t reached = preview_reach_ask(unit, call->organisation_id, visit);
	size_t zone = zone_ask(unit, call->organisation_id, NULL, visit->athlete_id,
			       visit->clinic_id, visit->booked_at, until);
	size_t taken =
		messages_taken_ask(unit, call->organisation_id, &about, visit->booked_at, until);
	struct preview preview = {
		.arena = call->arena, .programme = programme, .visit = visit, .since = since};
	struct status status = db_run(call_db(call), unit);
	if (status_is_ok(status))
		status = zone_take(unit, zone, call->arena, &preview.zone);
	if (status_is_ok(status))
		status = messages_taken_take(unit, taken, call->arena, (int64_t **)&preview.taken,
					     &preview.taken_count);
	if (!status_is_ok(status))
		return status;
	const struct preview_reach reach = preview_reach_take(unit, reached);
	if (!reach.known)
		return status_error(STATUS_NOT_FOUND, "no such athlete");
	preview.reach = &reach;
	note.zone = preview.zone;
	reply->n_messages += preview_booking(&preview, reply->messages + reply->n_messages);
	if (request->treated)
		reply->n_messages +=
			preview_note(&preview, &note, reply->messages + reply->n_messages);
	return status_ok();
}

RPC(Reminders, reminders, PreviewProgramme, preview_programme)
{
	int64_t now = clock_now_us();
	const struct programme *programme;
	struct programme *draft = NULL;
	struct check check = check_begin(call);
	check_request(&check, request);
	if (request->draft && (draft = ARENA_NEW(call->arena, struct programme)) != NULL)
		programme_from_form(&check, "draft", request->draft, draft);
	if (check_failed(&check))
		return check_status(&check);

	struct visit *visits;
	size_t count;
	struct db_unit *unit = call_unit(call);
	const struct preview_asked asked = {
		.from = now,
		.until = now + (request->days ? request->days : DAYS_USUAL) * CLOCK_DAY_US,
		.athlete_id = request->athlete_id,
		.appointment_id = request->appointment_id,
		.limit = request->limit ? request->limit : LIMIT_USUAL,
	};
	audit_of_athlete(unit, call, request->athlete_id, "");
	size_t in_force = programme_ask(unit, call->organisation_id, now, 0);
	struct status status =
		preview_visits(call_db(call), unit, call->organisation_id, &asked, &visits, &count);
	if (status_is_ok(status))
		status = programme_take(unit, in_force, call->arena, &programme, NULL);
	if (!status_is_ok(status))
		return status;
	if (draft)
		programme = draft;
	struct visit imagined = {.appointment_id = "", .athlete_id = request->athlete_id};
	if (request->visit) {
		imagined.clinic_id = request->visit->clinic_id;
		imagined.starts_at = request->visit->starts_at;
		imagined.ends_at = request->visit->ends_at;
		imagined.booked_at = now;
		visits = &imagined;
		count = 1;
	}
	reply->version = programme->version;
	reply->messages =
		ARENA_ARRAY(call->arena, count * PREVIEW_MOST + 1, Soleus__V1__PreviewedMessage *);
	if (!reply->messages)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "the preview is too long: limit");
	for (size_t i = 0; status_is_ok(status) && i < count; i++)
		status = add_visit(call, request, programme, &visits[i],
				   request->visit ? INT64_MIN : now, reply);
	return status;
}
