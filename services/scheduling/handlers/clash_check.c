#include "scheduling/handlers/clash_check.h"

#include "scheduling/handlers/awaited.h"
#include "scheduling/handlers/messages.h"
#include "scheduling/store/clash.h"

#include "base/clock.h"
#include "base/log.h"

#include <string.h>

#define ARENA_BYTES ((size_t)8 << 20)
#define HORIZON_US  CLOCK_DAY_US /* settled is said no further ahead */
#define AGAIN_US    CLOCK_MINUTE_US
#define PAUSE_US    INT64_C(100000)

static struct worker *running; /* the one of this process */
static unsigned expected;      /* checks asked for since the start */
static struct awaited awaited;

void clash_check_wake(void)
{
	expected++;
	if (running)
		worker_settled(running, clock_now_us() - 1);
	daemon_wake_worker(CLASH_CHECK);
}

void clash_check_expect_event(const Soleus__V1__EventEnvelope *envelope)
{
	awaited_event(&awaited, envelope);
	clash_check_wake();
}

/* ---- Reasons, a line each ---- */

static const char *reason_lines(struct arena *arena, const struct timing_result *timing)
{
	const char *lines = "";
	for (size_t i = 0; i < timing->reason_count; i++) {
		char text[TIMING_TEXT_BYTES];
		timing_reason_text(&timing->reasons[i], text, sizeof(text));
		lines = arena_printf(arena, "%s%s%s %s", lines, *lines ? "\n" : "",
				     timing->reasons[i].rule, text);
	}
	return lines;
}

static Soleus__V1__TimingReason *reason_of(struct arena *arena, const char *line, size_t length)
{
	size_t rule = strcspn(line, " ");
	Soleus__V1__TimingReason *reason = ARENA_NEW(arena, Soleus__V1__TimingReason);
	soleus__v1__timing_reason__init(reason);
	if (rule >= length)
		rule = length - 1;
	reason->rule = arena_strndup(arena, line, rule);
	reason->text = arena_strndup(arena, line + rule + 1, length - rule - 1);
	return reason;
}

Soleus__V1__TimingReason **clash_reasons(struct arena *arena, const char *lines, size_t *ret_count)
{
	size_t count = 0;
	Soleus__V1__TimingReason **reasons =
		ARENA_ARRAY(arena, TIMING_REASONS_MAX, Soleus__V1__TimingReason *);
	while (*lines && count < TIMING_REASONS_MAX) {
		size_t length = strcspn(lines, "\n");
		if (length > 0)
			reasons[count++] = reason_of(arena, lines, length);
		lines += length;
		lines += strspn(lines, "\n");
	}
	*ret_count = count;
	return reasons;
}

/* ---- One athlete ---- */

struct checking {
	struct events *events;
	struct arena *arena;
	const struct clash_asked *asked;
	struct clash_facts facts;
	struct training_session *sessions; /* room for all */
	struct db_unit *unit;
	int64_t now_us;
};

static void tell_found(struct checking *checking, const struct clash_row *row,
		       const struct timing_result *timing)
{
	struct arena *arena = checking->arena;
	Soleus__V1__TimingClashFound event = SOLEUS__V1__TIMING_CLASH_FOUND__INIT;
	Soleus__V1__TimingClash clash = SOLEUS__V1__TIMING_CLASH__INIT;
	clash.appointment = appointment_message(arena, &row->appointment);
	clash.reasons = reason_messages(arena, timing, &clash.n_reasons);
	clash.found_at = *row->reasons ? row->found_at : checking->now_us;
	event.clash = &clash;
	events_emit(checking->events, checking->unit, checking->asked->organisation_id,
		    row->appointment.clinic_id, row->appointment.appointment_id, &event.base);
}

static void tell_cleared(struct checking *checking, const struct clash_row *row)
{
	Soleus__V1__TimingClashCleared event = SOLEUS__V1__TIMING_CLASH_CLEARED__INIT;
	event.appointment_id = (char *)row->appointment.appointment_id;
	event.athlete_id = (char *)row->appointment.athlete_id;
	events_emit(checking->events, checking->unit, checking->asked->organisation_id,
		    row->appointment.clinic_id, row->appointment.appointment_id, &event.base);
}

/* A clash is told once, and again when its reasons are others. */
static void check_visit(struct checking *checking, const struct clash_row *row)
{
	const char *tenant = checking->asked->organisation_id;
	struct timing_result timing;
	size_t count = clash_sessions(&row->visit, checking->facts.sessions,
				      checking->facts.session_count, checking->sessions);
	bool is_to_come = row->appointment.state == APPOINTMENT_BOOKED &&
			  row->appointment.starts_at > checking->now_us;
	if (is_to_come && clash_is_found(&row->visit, checking->sessions, count,
					 &checking->facts.windows, &timing)) {
		const char *reasons = reason_lines(checking->arena, &timing);
		if (strcmp(reasons, row->reasons) == 0)
			return;
		clash_found(checking->unit, tenant, &row->appointment, reasons, checking->now_us);
		tell_found(checking, row, &timing);
	} else if (*row->reasons) {
		clash_cleared(checking->unit, tenant, row->appointment.appointment_id,
			      checking->now_us);
		tell_cleared(checking, row);
	}
}

/* That it was asked again meanwhile, or that another instance was quicker, is no fault: nothing is
 * written then, and the next look finds what is left. */
static FIBER struct status check_athlete(struct events *events, struct arena *arena,
					 const struct clash_asked *asked, int64_t now_us)
{
	struct checking checking = {events, arena, asked, .now_us = now_us};
	struct status status = clash_load(events_db(events), arena, asked, now_us, &checking.facts);
	if (!status_is_ok(status))
		return status;
	checking.sessions =
		ARENA_ARRAY(arena, checking.facts.session_count, struct training_session);
	if (!checking.sessions)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for a check");
	checking.unit = db_unit_new(arena, asked->organisation_id);
	for (size_t i = 0; i < checking.facts.visit_count; i++)
		check_visit(&checking, &checking.facts.visits[i]);
	bool again = checking.facts.visit_count > 0 && !asked->last;
	clash_checked(checking.unit, asked, again ? now_us + AGAIN_US : 0);
	status = db_run(events_db(events), checking.unit);
	if (status_is_ok(status))
		events_kick(events);
	return status.code == STATUS_ABORTED ? status_ok() : status;
}

/* ---- The worker ---- */

/* One who cannot be checked goes behind the others, who would wait for ever else. */
static FIBER struct status put_off(struct events *events, struct arena *arena,
				   const struct clash_asked *asked, struct status why,
				   int64_t now_us)
{
	log_warn("an athlete's visits cannot be checked",
		 LOG_STR("organisation", asked->organisation_id),
		 LOG_STR("athlete", asked->athlete_id),
		 LOG_STR("status", status_code_name(why.code)), LOG_STR("why", why.message));
	struct db_unit *unit = db_unit_new(arena, asked->organisation_id);
	clash_ask(unit, asked->organisation_id, asked->athlete_id, now_us + AGAIN_US);
	return db_run(events_db(events), unit);
}

/* Checks who is due, and says when to look again; 0: at once. */
static FIBER struct status look(struct events *events, struct arena *arena, struct arena *of_one,
				int64_t *ret_next_at)
{
	struct clash_asked *asked;
	size_t count = 0;
	int64_t now_us = clock_now_us(), next_at = now_us + HORIZON_US;
	struct status status = clash_outlook(events_db(events), arena, &asked, &count);
	for (size_t i = 0; status_is_ok(status) && i < count; i++) {
		if (asked[i].due_at > now_us) {
			if (asked[i].due_at < next_at)
				next_at = asked[i].due_at;
			break;
		}
		status = check_athlete(events, of_one, &asked[i], now_us);
		if (!status_is_ok(status))
			status = put_off(events, arena, &asked[i], status, now_us);
		arena_reset(of_one);
		next_at = 0;
	}
	*ret_next_at = next_at;
	return status;
}

static FIBER int64_t turn(struct events *events, struct worker *worker, struct arena *arena,
			  struct arena *of_one)
{
	int64_t next_at;
	unsigned before = expected;
	struct status status = awaited_ask(&awaited, events, arena);
	bool complete = !awaited.waits;
	if (status_is_ok(status))
		status = look(events, arena, of_one, &next_at);
	if (!status_is_ok(status)) {
		log_warn("checking visits fails", LOG_STR("status", status_code_name(status.code)),
			 LOG_STR("why", status.message));
		fiber_sleep_us(PAUSE_US);
		return 0;
	}
	if (!complete) {
		fiber_sleep_us(PAUSE_US);
		return 0;
	}
	if (next_at > 0 && before == expected)
		worker_settled(worker, next_at - 1);
	return next_at;
}

FIBER void clash_check_run(struct daemon *daemon, struct worker *worker)
{
	struct arena *arena = arena_new(ARENA_BYTES), *of_one = arena_new(ARENA_BYTES);
	int64_t next_at = 0;
	if (!arena || !of_one)
		log_error("no memory to check visits");
	running = worker;
	while (arena && of_one && worker_wait_until(worker, next_at)) {
		next_at = turn(daemon_events(daemon), worker, arena, of_one);
		arena_reset(arena);
	}
	running = NULL;
	arena_free(arena);
	arena_free(of_one);
}
