#include "base/metrics.h"
#include "bus/context.h"
#include "bus/frames.h"
#include "bus/link.h"
#include "bus/socket.h"

#include <stdlib.h>
#include <string.h>

#define TOPIC_MAX  255
#define PEER_QUEUE 10000

static struct metric events_published =
	METRIC_COUNTER("soleus_bus_events_published_total", "Events handed to ZeroMQ.");
static struct metric events_unsent =
	METRIC_COUNTER("soleus_bus_events_unsent_total",
		       "Events too long for a frame, or without memory for one.");
static struct metric events_received =
	METRIC_COUNTER("soleus_bus_events_received_total", "Events given to a subscriber.");
static struct metric bad_events =
	METRIC_COUNTER("soleus_bus_bad_events_total", "Messages that are no event.");
METRICS_FROM_THE_START(&events_published, &events_unsent, &events_received, &bad_events)

/* ---- Publishing ---- */

struct bus_publisher {
	struct bus *bus;
	struct socket *socket;
};

/* Subscriptions arrive as messages; libzmq has noted them, nobody else needs them. */
static bool on_subscription(void *argument)
{
	struct bus_publisher *publisher = argument;
	struct frames frames;
	if (!frames_receive(socket_zmq(publisher->socket), &frames))
		return false;
	frames_close(&frames);
	return true;
}

struct status bus_publish_on(struct bus *bus, const char *endpoint,
			     struct bus_publisher **ret_publisher)
{
	struct bus_publisher *publisher = calloc(1, sizeof(*publisher));
	if (!publisher)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for a publisher");
	publisher->bus = bus;
	struct status status = socket_open(bus->loop, bus->zmq, ZMQ_XPUB, bus->message_limit_bytes,
					   &publisher->socket);
	if (status_is_ok(status)) {
		socket_option(publisher->socket, ZMQ_SNDHWM, PEER_QUEUE);
		status = link_bind(bus, publisher->socket, endpoint, ZAP_DOMAIN_EVENTS);
		if (!status_is_ok(status))
			socket_close(publisher->socket);
	}
	if (!status_is_ok(status)) {
		free(publisher);
		return status;
	}
	bus->users++;
	socket_start(publisher->socket, on_subscription, 0, publisher);
	*ret_publisher = publisher;
	return status;
}

void bus_publish(struct bus_publisher *publisher, const char *topic, const uint8_t *bytes,
		 size_t length)
{
	void *zmq = socket_zmq(publisher->socket);
	zmq_msg_t frame;
	/* Longer, it would end the connection of each subscriber. Made before the topic goes, for
	 * a topic alone would take the next one for its event. */
	if (length > publisher->bus->message_limit_bytes ||
	    zmq_msg_init_size(&frame, length) != 0) {
		metric_add(&events_unsent, 1);
		return;
	}
	if (length > 0)
		memcpy(zmq_msg_data(&frame), bytes, length);
	bool sent = frame_send_bytes(zmq, topic, strlen(topic), true);
	if (sent)
		sent = frame_send(zmq, &frame, false);
	else
		zmq_msg_close(&frame);
	metric_add(sent ? &events_published : &events_unsent, 1);
}

void bus_publisher_close(struct bus_publisher *publisher)
{
	if (!publisher)
		return;
	publisher->bus->users--;
	socket_close(publisher->socket);
	free(publisher);
}

/* ---- Subscribing ---- */

struct bus_subscriber {
	struct bus *bus;
	struct socket *socket;
	bus_event *event;
	void *argument;
};

/* The topic as text; false when it is too long or has a NUL. */
static bool read_topic(zmq_msg_t *frame, char ret_topic[TOPIC_MAX + 1])
{
	size_t length = zmq_msg_size(frame);
	if (length > TOPIC_MAX || memchr(zmq_msg_data(frame), '\0', length))
		return false;
	memcpy(ret_topic, zmq_msg_data(frame), length);
	ret_topic[length] = '\0';
	return true;
}

static bool on_event(void *argument)
{
	struct bus_subscriber *subscriber = argument;
	struct frames frames;
	char topic[TOPIC_MAX + 1];
	if (!frames_receive(socket_zmq(subscriber->socket), &frames))
		return false;
	if (frames.count == 2 && read_topic(&frames.parts[0], topic)) {
		metric_add(&events_received, 1);
		/* It may close the subscriber. */
		subscriber->event(subscriber->argument, topic, zmq_msg_data(&frames.parts[1]),
				  zmq_msg_size(&frames.parts[1]));
	} else {
		metric_add(&bad_events, 1);
	}
	frames_close(&frames);
	return true;
}

struct status bus_subscribe(struct bus *bus, const char *endpoint, const char *server_key,
			    const char *topic_prefix, bus_event *event, void *argument,
			    struct bus_subscriber **ret_subscriber)
{
	struct bus_subscriber *subscriber = calloc(1, sizeof(*subscriber));
	if (!subscriber)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for a subscriber");
	*subscriber = (struct bus_subscriber){.bus = bus, .event = event, .argument = argument};
	struct status status = socket_open(bus->loop, bus->zmq, ZMQ_SUB, bus->message_limit_bytes,
					   &subscriber->socket);
	if (status_is_ok(status)) {
		socket_option(subscriber->socket, ZMQ_RCVHWM, PEER_QUEUE);
		zmq_setsockopt(socket_zmq(subscriber->socket), ZMQ_SUBSCRIBE, topic_prefix,
			       strlen(topic_prefix));
		status = link_connect(bus, subscriber->socket, endpoint, server_key);
		if (!status_is_ok(status))
			socket_close(subscriber->socket);
	}
	if (!status_is_ok(status)) {
		free(subscriber);
		return status;
	}
	bus->users++;
	socket_start(subscriber->socket, on_event, 0, subscriber);
	*ret_subscriber = subscriber;
	return status;
}

void bus_subscriber_close(struct bus_subscriber *subscriber)
{
	if (!subscriber)
		return;
	subscriber->bus->users--;
	socket_close(subscriber->socket);
	free(subscriber);
}
