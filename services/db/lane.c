#include "db/lane.h"

#include "base/clock.h"
#include "base/metrics.h"
#include "base/random.h"
#include "db/pool.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_PAUSE_US   INT64_C(100000)
#define LONGEST_PAUSE_US INT64_C(5000000)
#define ATTEMPT_LIMIT_US INT64_C(5000000) /* for one attempt to connect; then for preparing */
#define OLDEST_SERVER    150000

static struct metric connections_lost = METRIC_COUNTER(
	"soleus_db_connections_lost_total", "Connections that ended while they were in use.");
static struct metric lanes_up =
	METRIC_GAUGE("soleus_db_lanes_up", "Connections that have prepared every statement.");
METRICS_FROM_THE_START(&connections_lost, &lanes_up)

/* In the order of life. */
static void begin_attempt(void *lane);
static void begin_step(struct lane *lane);
static void step_on_worker(uv_work_t *step);
static void step_done(uv_work_t *step, int status);
static void connected(struct lane *lane);
static void on_socket(uv_poll_t *poll, int status, int events);
static void out_of_time(void *lane);
static void poll_closed(uv_handle_t *poll);

#define TO(state) (1u << (state))

static const unsigned legal[] = {
	[LANE_BACKOFF] = TO(LANE_CONNECTING) | TO(LANE_CLOSED),
	[LANE_CONNECTING] = TO(LANE_PREPARING) | TO(LANE_BACKOFF) | TO(LANE_CLOSED),
	[LANE_PREPARING] = TO(LANE_IDLE) | TO(LANE_BACKOFF) | TO(LANE_CLOSED),
	[LANE_IDLE] = TO(LANE_BUSY) | TO(LANE_BACKOFF) | TO(LANE_CLOSED),
	[LANE_BUSY] = TO(LANE_IDLE) | TO(LANE_BACKOFF) | TO(LANE_CLOSED),
	[LANE_CLOSED] = 0,
};

void lane_enter(struct lane *lane, enum lane_state next)
{
	assert(legal[lane->state] & TO(next));
	bool was_up = lane_is_up(lane);
	lane->state = next;
	if (lane_is_up(lane) != was_up)
		metric_add(&lanes_up, was_up ? -1 : 1);
}

static void set_timer(struct lane *lane, int64_t delay_us, loop_callback *callback)
{
	loop_timer_start(lane->db->loop, &lane->timer, delay_us, 0, callback, lane);
}

void lane_limit(struct lane *lane, int64_t limit_us)
{
	if (limit_us < 0)
		loop_timer_stop(lane->db->loop, &lane->timer);
	else
		set_timer(lane, limit_us, out_of_time);
}

void lane_begin(struct lane *lane)
{
	assert(lane->state == LANE_BACKOFF);
	set_timer(lane, 0, begin_attempt);
}

static void begin_attempt(void *argument)
{
	struct lane *lane = argument;
	lane->expired = false;
	lane->refused = false;
	lane->why[0] = '\0';
	lane_enter(lane, LANE_CONNECTING);
	lane_limit(lane, ATTEMPT_LIMIT_US);
	begin_step(lane);
}

/* --- Connecting: a step on a worker, then the socket, then the next step --- */

static void unwatch(struct lane *lane)
{
	if (!lane->poll)
		return;
	uv_close((uv_handle_t *)lane->poll, poll_closed);
	lane->poll = 0;
	lane->watched = 0;
}

static void poll_closed(uv_handle_t *poll)
{
	struct lane *lane = poll->data;
	free(poll);
	pool_handle_closed(lane->db);
}

void lane_watch(struct lane *lane, int events)
{
	if (!lane->poll) {
		lane->poll = calloc(1, sizeof(*lane->poll));
		if (!lane->poll)
			abort();
		/* Fails only for a descriptor that is none, or watched twice. */
		int failed =
			uv_poll_init(loop_uv(lane->db->loop), lane->poll, PQsocket(lane->conn));
		assert(failed == 0);
		(void)failed;
		lane->poll->data = lane;
		lane->db->handles++;
	}
	if (events == lane->watched)
		return;
	lane->watched = events;
	uv_poll_start(lane->poll, events, on_socket);
}

/* A step may close the socket and open another with the same number, which a handle made for the
 * first would never notice: each step is followed by a new handle. */
static void begin_step(struct lane *lane)
{
	unwatch(lane);
	lane->stepping = true;
	lane->db->steps++;
	lane->step.data = lane;
	int failed = uv_queue_work(loop_uv(lane->db->loop), &lane->step, step_on_worker, step_done);
	assert(failed == 0);
	(void)failed;
}

static void step_on_worker(uv_work_t *step)
{
	struct lane *lane = step->data;
	if (lane->conn) {
		lane->polled = PQconnectPoll(lane->conn);
		return;
	}
	lane->conn = target_connect(lane->db->target, lane->turn);
	if (lane->conn)
		PQsetNoticeReceiver(lane->conn, pipeline_notice, lane);
	bool begun = lane->conn && PQstatus(lane->conn) != CONNECTION_BAD;
	lane->polled = begun ? PGRES_POLLING_WRITING : PGRES_POLLING_FAILED;
}

static void step_done(uv_work_t *step, int status)
{
	struct lane *lane = step->data;
	(void)status;
	lane->stepping = false;
	if (lane->state == LANE_CLOSED) {
		PQfinish(lane->conn);
		lane->conn = 0;
	} else if (lane->expired) {
		lane_lose(lane, "the database did not let us in within 5 s", true);
	} else if (lane->polled == PGRES_POLLING_FAILED) {
		lane_lose(lane, lane->conn ? PQerrorMessage(lane->conn) : "out of memory", false);
	} else if (lane->polled == PGRES_POLLING_OK) {
		connected(lane);
	} else {
		lane_watch(lane, lane->polled == PGRES_POLLING_READING ? UV_READABLE : UV_WRITABLE);
	}
	pool_step_ended(lane->db);
}

static void connected(struct lane *lane)
{
	lane_enter(lane, LANE_PREPARING);
	lane_limit(lane, ATTEMPT_LIMIT_US);
	lane->prepared = 0;
	lane->refused = false;
	lane->spoiled = false;
	if (PQserverVersion(lane->conn) < OLDEST_SERVER) {
		lane->refused = true;
		lane_lose(lane, "PostgreSQL 15 or later was expected", false);
		return;
	}
	if (PQsetnonblocking(lane->conn, 1) != 0 || !PQenterPipelineMode(lane->conn) ||
	    !prepare_send(lane)) {
		lane_lose(lane, PQerrorMessage(lane->conn), false);
		return;
	}
	lane_watch(lane, UV_READABLE);
	pipeline_flush(lane);
}

void lane_up(struct lane *lane)
{
	lane_limit(lane, -1);
	lane->failures = 0;
	lane_enter(lane, LANE_IDLE);
	pool_lane_up(lane);
}

/* --- Being up --- */

static void on_socket(uv_poll_t *poll, int status, int events)
{
	struct lane *lane = poll->data;
	if (status < 0)
		lane_lose(lane, uv_strerror(status), false);
	else if (lane->state == LANE_CONNECTING)
		begin_step(lane);
	else
		pipeline_turn(lane, events);
}

static void out_of_time(void *argument)
{
	struct lane *lane = argument;
	if (lane->stepping)
		lane->expired = true;
	else
		lane_lose(lane, "the database did not answer in time", true);
}

/* --- The end of a connection --- */

static void disconnect(struct lane *lane)
{
	lane_limit(lane, -1);
	if (lane->stepping)
		return; /* the worker has it: step_done ends it */
	unwatch(lane);
	PQfinish(lane->conn);
	lane->conn = 0;
}

/* Half of the pause is chance, so that the lanes of many daemons do not come back as one. */
static int64_t pause_us(unsigned failures)
{
	int64_t pause = FIRST_PAUSE_US;
	for (unsigned i = 0; i < failures && pause < LONGEST_PAUSE_US; i++)
		pause *= 2;
	if (pause > LONGEST_PAUSE_US)
		pause = LONGEST_PAUSE_US;
	return pause / 2 + (int64_t)random_below((uint64_t)pause / 2);
}

void lane_lose(struct lane *lane, const char *why, bool late)
{
	bool was_up = lane_is_up(lane);
	if (!lane->why[0])
		snprintf(lane->why, sizeof(lane->why), "%s", why);
	lane->why[strcspn(lane->why, "\n")] = '\0';
	if (was_up)
		metric_add(&connections_lost, 1);
	if (late)
		lane->turn++; /* this host is silent: begin with the next */
	disconnect(lane);
	lane_enter(lane, LANE_BACKOFF);
	set_timer(lane, pause_us(lane->failures++), begin_attempt);
	pipeline_fail_all(lane, late);
	pool_lane_lost(lane, was_up);
}

void lane_close(struct lane *lane)
{
	disconnect(lane);
	lane_enter(lane, LANE_CLOSED);
	pipeline_fail_all(lane, false);
}
