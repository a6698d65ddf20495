#include "scheduling/handlers/feed_refresh.h"

#include "scheduling/handlers/calendar_file.h"
#include "scheduling/handlers/clash_check.h"
#include "scheduling/handlers/messages.h"
#include "scheduling/rules/feed.h"
#include "scheduling/store/feed.h"
#include "transfer/http.h"

#include "base/clock.h"
#include "base/log.h"

#include <string.h>

#define ARENA_BYTES   ((size_t)4 << 20)
#define ARENA_OF_FEED ((size_t)24 << 20)
#define AT_ONCE       8
#define CLAIM_US      (5 * CLOCK_MINUTE_US) /* longer than a try takes */
#define HORIZON_US    CLOCK_DAY_US          /* settled is said no further ahead */
#define PAUSE_US      INT64_C(100000)

static bool private_addresses;
static struct transfer *transfer;
static struct worker *running; /* the one of this process */
static unsigned expected;      /* feeds that came since the start */

const struct config_entry feed_refresh_config[] = {
	{.name = "SOLEUS_FEEDS_PRIVATE",
	 .kind = CONFIG_BOOL,
	 .fallback = "false",
	 .help = "true: calendars may be subscribed from private and loopback addresses",
	 .value = &private_addresses},
	{.name = NULL},
};

struct status feed_refresh_start(struct daemon *daemon)
{
	const struct transfer_options options = {
		.loop = daemon_loop(daemon),
		.most_at_once = AT_ONCE,
		.private_addresses = private_addresses,
	};
	return transfer_open(&options, &transfer);
}

void feed_refresh_wake(void)
{
	expected++;
	if (running)
		worker_settled(running, clock_now_us() - 1);
	daemon_wake_worker(FEED_REFRESH);
}

/* ---- One feed ---- */

/* A try: what the feed is afterwards, and the calendar it brought. */
struct refresh {
	struct events *events;
	struct arena *arena;
	struct feed_row feed; /* as it was claimed, then as it is from now on */
	int64_t claimed_until;
	const char *fault_before;
	struct calendar_file file;
	bool brought; /* a calendar */
	bool ours;    /* what failed is not the feed's fault */
};

static FIBER bool claim(struct refresh *refresh, int64_t now_us)
{
	struct db_unit *unit = db_unit_new(refresh->arena, refresh->feed.organisation_id);
	feed_claim(unit, &refresh->feed, now_us + CLAIM_US);
	refresh->claimed_until = now_us + CLAIM_US;
	return status_is_ok(db_run(events_db(refresh->events), unit));
}

/* What the feed says becomes rows to put, or a fault in words. */
static FIBER struct status fetch(struct refresh *refresh, int64_t now_us)
{
	struct http_answer answer;
	bool whole = feed_asks_whole(refresh->feed.good_at, now_us);
	const struct http_request request = {
		.url = refresh->feed.url,
		.etag = whole ? "" : refresh->feed.etag,
		.last_modified = whole ? "" : refresh->feed.last_modified,
	};
	struct status status = http_get(transfer, refresh->arena, &request, &answer);
	if (!status_is_ok(status) || answer.code == 304)
		return status;
	if (answer.code != 200)
		return status_errorf(refresh->arena, STATUS_UNAVAILABLE, "it answers with %d",
				     answer.code);
	const struct training_calendar whose = {
		.organisation_id = refresh->feed.organisation_id,
		.athlete_id = refresh->feed.athlete_id,
		.source = refresh->feed.feed_id,
		.now_us = now_us,
	};
	struct db *db = events_db(refresh->events);
	status = calendar_file_read(db, refresh->arena, &whose, answer.body, answer.length,
				    &refresh->file);
	if (status.code == STATUS_INVALID_ARGUMENT)
		return status_errorf(refresh->arena, status.code, "it is not %s", status.message);
	refresh->ours = !status_is_ok(status);
	if (refresh->ours)
		return status;
	refresh->brought = true;
	refresh->feed.etag = answer.etag;
	refresh->feed.last_modified = answer.last_modified;
	status = calendar_look(db, refresh->arena, &refresh->file.calendar);
	refresh->ours = !status_is_ok(status);
	return status;
}

static void note_outcome(struct refresh *refresh, struct status status, int64_t now_us)
{
	struct feed_row *feed = &refresh->feed;
	bool good = status_is_ok(status);
	feed->tried_at = now_us;
	feed->failures = good ? 0 : feed->failures + 1;
	feed->fault = good ? "" : status.message;
	if (good)
		feed->good_at = now_us;
	feed->next_at = now_us + feed_pause_us(feed->failures);
}

static void tell(struct refresh *refresh, struct db_unit *unit, const ProtobufCMessage *event)
{
	events_emit(refresh->events, unit, refresh->feed.organisation_id, "",
		    refresh->feed.athlete_id, event);
}

/* Sessions, what becomes of the feed, and what is told of both are one transaction. */
static FIBER struct status write(struct refresh *refresh)
{
	struct db_unit *unit = db_unit_new(refresh->arena, refresh->feed.organisation_id);
	Soleus__V1__TrainingChanged changed;
	Soleus__V1__TrainingFeedFailed failed = SOLEUS__V1__TRAINING_FEED_FAILED__INIT;
	bool differs = refresh->brought && calendar_put(unit, &refresh->file.calendar, &changed);
	if (differs)
		tell(refresh, unit, &changed.base);
	if (*refresh->feed.fault && strcmp(refresh->feed.fault, refresh->fault_before) != 0) {
		failed.feed = feed_message(refresh->arena, &refresh->feed);
		tell(refresh, unit, &failed.base);
	}
	feed_done(unit, &refresh->feed, refresh->claimed_until);
	struct status status = db_run(events_db(refresh->events), unit);
	if (status_is_ok(status))
		events_kick(refresh->events);
	if (status_is_ok(status) && differs)
		clash_check_wake();
	return status;
}

static FIBER void refresh_feed(struct refresh *refresh)
{
	int64_t now_us = clock_now_us();
	if (!claim(refresh, now_us))
		return;
	struct status status = fetch(refresh, now_us);
	if (loop_is_stopping(loop_current()))
		return; /* the claim ends by itself */
	if (!refresh->ours) {
		note_outcome(refresh, status, now_us);
		status = write(refresh);
	}
	if (!status_is_ok(status) && status.code != STATUS_ABORTED)
		log_warn("a feed cannot be written", LOG_STR("feed", refresh->feed.feed_id),
			 LOG_STR("status", status_code_name(status.code)),
			 LOG_STR("why", status.message));
}

/* ---- Several at once ---- */

struct round {
	struct events *events;
	const struct feed_row *next;
	unsigned left; /* places */
	struct fiber_queue place;
};

static void refresh_one(void *argument)
{
	struct round *round = argument;
	struct refresh refresh = {
		.events = round->events,
		.arena = arena_new(ARENA_OF_FEED),
		.feed = *round->next,
		.fault_before = round->next->fault,
	};
	if (refresh.arena)
		refresh_feed(&refresh);
	arena_free(refresh.arena);
	round->left++;
	fiber_wake_all(&round->place);
}

static FIBER void wait_for_places(struct round *round, unsigned places)
{
	while (round->left < places)
		fiber_wait(&round->place, -1);
}

/* ---- The worker ---- */

/* Reads what is due, and says when to look again; 0: at once. */
static FIBER struct status look(struct events *events, struct arena *arena, int64_t *ret_next_at)
{
	struct feed_row *feeds;
	size_t count = 0;
	int64_t now_us = clock_now_us(), next_at = now_us + HORIZON_US;
	struct round round = {.events = events, .left = AT_ONCE};
	struct status status = feed_outlook(events_db(events), arena, &feeds, &count);
	for (size_t i = 0; status_is_ok(status) && i < count; i++) {
		if (feeds[i].next_at > now_us) {
			if (feeds[i].next_at < next_at)
				next_at = feeds[i].next_at;
			break;
		}
		wait_for_places(&round, 1);
		round.next = &feeds[i];
		round.left--;
		status = fiber_start(refresh_one, &round);
		if (!status_is_ok(status))
			round.left++;
		next_at = 0;
	}
	wait_for_places(&round, AT_ONCE);
	*ret_next_at = next_at;
	return status;
}

static FIBER int64_t turn(struct events *events, struct worker *worker, struct arena *arena)
{
	int64_t next_at;
	unsigned before = expected;
	struct status status = look(events, arena, &next_at);
	if (!status_is_ok(status)) {
		log_warn("reading feeds fails", LOG_STR("status", status_code_name(status.code)),
			 LOG_STR("why", status.message));
		fiber_sleep_us(PAUSE_US);
		return 0;
	}
	if (next_at > 0 && before == expected)
		worker_settled(worker, next_at - 1);
	return next_at;
}

FIBER void feed_refresh_run(struct daemon *daemon, struct worker *worker)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	int64_t next_at = 0;
	if (!arena)
		log_error("no memory to read feeds");
	running = worker;
	while (arena && worker_wait_until(worker, next_at)) {
		next_at = turn(daemon_events(daemon), worker, arena);
		arena_reset(arena);
	}
	running = NULL;
	arena_free(arena);
}
