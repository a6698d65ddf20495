/* Looking at running daemons: status once, events as they come. */
#include "ctl/command.h"
#include "ctl/json.h"
#include "ctl/near.h"
#include "ctl/settle.h"

#include "base/clock.h"
#include "base/text.h"

#include "soleus/v1/bus.pb-c.h"

#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

/* How far a consumer is behind what its source said of its outbox. The daemons are asked side by
 * side, so a consumer may know more. Ids grow with transactions as a rule, not always. */
static const char *distance(struct arena *arena, const Soleus__V1__ConsumerStatus *consumer,
			    const Soleus__V1__DaemonStatusReply *source)
{
	bool behind = consumer->xid != source->outbox_xid ? consumer->xid < source->outbox_xid
							  : consumer->id < source->outbox_id;
	long long events = source->outbox_id - consumer->id;
	if (!behind)
		return "current";
	return events > 0 ? arena_printf(arena, "about %lld events behind", events) : "behind";
}

static const char *lag(struct session *session, const struct daemon_view *views,
		       const Soleus__V1__ConsumerStatus *consumer)
{
	for (size_t i = 0; method_daemons[i]; i++) {
		const Soleus__V1__DaemonStatusReply *source = views[i].reply;
		if (strcmp(method_daemons[i], consumer->source) != 0 || !source)
			continue;
		return source->ready ? distance(session->arena, consumer, source)
				     : "source is not ready";
	}
	return "source does not answer";
}

static void print_view(struct session *session, const struct daemon_view *views, size_t i)
{
	const Soleus__V1__DaemonStatusReply *reply = views[i].reply;
	char now[TEXT_INSTANT_BYTES];
	if (!reply) {
		printf("%-11s does not tell: %s\n", method_daemons[i], views[i].status.message);
		return;
	}
	text_from_instant(reply->now_at, now);
	printf("%-11s %s  version %s  in flight %d  stack %lld KiB  clock %s\n", method_daemons[i],
	       reply->ready ? "ready" : reply->not_ready_because, reply->version,
	       reply->requests_in_flight, (long long)reply->fiber_stack_high_water_bytes / 1024,
	       now);
	for (size_t c = 0; c < reply->n_consumers; c++)
		printf("%-11s   reads %-11s %s%s%s\n", "", reply->consumers[c]->source,
		       lag(session, views, reply->consumers[c]),
		       *reply->consumers[c]->last_error ? ": " : "",
		       reply->consumers[c]->last_error);
}

static FIBER int show_status(struct session *session, void *argument)
{
	(void)argument;
	struct daemon_view views[DAEMON_VIEWS] = {0};
	bool all = daemon_views(session, session->options.as, session->arena, views);
	struct status refused = status_ok();
	for (size_t i = 0; method_daemons[i]; i++) {
		print_view(session, views, i);
		all = all && views[i].reply->ready;
		if (views[i].status.code == STATUS_UNAUTHENTICATED ||
		    views[i].status.code == STATUS_PERMISSION_DENIED)
			refused = views[i].status;
	}
	fflush(stdout);
	if (!status_is_ok(refused))
		return session_complain("status", refused);
	if (!all)
		fprintf(stderr, "  next: start what is down (scripts/run starts all), or look into "
				"its log\n");
	return all ? 0 : 1;
}

int command_status(const struct command_line *line)
{
	return session_run(&line->options, show_status, NULL);
}

/* ---- watch ---- */

static void print_event(void *argument, const char *topic, const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_new((size_t)16 << 20);
	ProtobufCMessage *envelope_message, *payload;
	(void)topic;
	(void)argument;
	struct status status = message_decode(&soleus__v1__event_envelope__descriptor, arena, bytes,
					      length, &envelope_message);
	if (status_is_ok(status)) {
		Soleus__V1__EventEnvelope *envelope = (Soleus__V1__EventEnvelope *)envelope_message;
		const ProtobufCMessageDescriptor *type = method_message_type(envelope->type);
		char at[TEXT_INSTANT_BYTES];
		text_from_instant(envelope->occurred_at, at);
		printf("%s %s %s", at, envelope->source, envelope->type);
		if (type && status_is_ok(message_decode(type, arena, envelope->payload.data,
							envelope->payload.len, &payload))) {
			struct json_object *object = json_from_message(payload);
			printf(" %s", json_line(arena, object));
			json_object_put(object);
		}
		printf("\n");
		fflush(stdout);
	}
	arena_free(arena);
}

static bool is_wanted(const struct command_line *line, const char *daemon)
{
	for (int i = 0; i < line->count; i++) {
		if (strcmp(line->words[i], daemon) == 0)
			return true;
	}
	return line->count == 0 && method_daemon_owns_data(daemon);
}

/* A subscriber that is refused hears nothing, for ever; so ask first. */
static FIBER struct status may_watch(struct session *session, const struct command_line *line)
{
	struct daemon_view views[DAEMON_VIEWS] = {0};
	for (int w = 0; w < line->count; w++) {
		size_t i = 0;
		while (method_daemons[i] && strcmp(method_daemons[i], line->words[w]) != 0)
			i++;
		if (!method_daemons[i])
			return status_errorf(
				session->arena, STATUS_NOT_FOUND, "no daemon %s; near to it: %s",
				line->words[w],
				near_names(session->arena, line->words[w], method_daemons));
		if (!method_daemon_owns_data(method_daemons[i]))
			return status_errorf(session->arena, STATUS_FAILED_PRECONDITION,
					     "%s has no events", method_daemons[i]);
	}
	daemon_views(session, session->options.as, session->arena, views);
	for (size_t i = 0; method_daemons[i]; i++) {
		if (!is_wanted(line, method_daemons[i]) || status_is_ok(views[i].status))
			continue;
		if (views[i].status.code != STATUS_UNAVAILABLE)
			return views[i].status;
		fprintf(stderr, "watch: %s; its events come when it does\n",
			views[i].status.message);
	}
	return status_ok();
}

static FIBER int watch(struct session *session, void *argument)
{
	const struct command_line *line = argument;
	struct bus_subscriber *subscribers[DAEMON_VIEWS] = {0};
	struct bus *bus = NULL;
	struct status status = may_watch(session, line);
	if (status_is_ok(status))
		status = session_bus(session, session->options.as, &bus);
	for (size_t i = 0; status_is_ok(status) && method_daemons[i]; i++) {
		const char *key;
		if (!is_wanted(line, method_daemons[i]))
			continue;
		status = session_server_key(session, method_daemons[i], &key);
		if (status_is_ok(status))
			status = bus_subscribe(bus,
					       session_endpoint(session, method_daemons[i], "pub"),
					       key, "", print_event, NULL, &subscribers[i]);
	}
	while (status_is_ok(status) && !loop_is_stopping(session->loop))
		fiber_sleep_us(CLOCK_SECOND_US / 10);
	for (size_t i = 0; method_daemons[i]; i++) {
		if (subscribers[i])
			bus_subscriber_close(subscribers[i]);
	}
	return status_is_ok(status) ? 0 : session_complain("watch", status);
}

int command_watch(const struct command_line *line)
{
	return session_run(&line->options, watch, (void *)line);
}
