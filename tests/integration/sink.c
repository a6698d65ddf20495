#include "sink.h"

#include "base/clock.h"

#include <json-c/json.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

const char *const sink_channel_names[SINK_CHANNELS] = {"sms", "email"};

static struct sink *open_sink;

static void copy(char *ret_text, size_t bytes, struct json_object *body, const char *name)
{
	struct json_object *value = NULL;
	json_object_object_get_ex(body, name, &value);
	snprintf(ret_text, bytes, "%s", value ? json_object_get_string(value) : "");
}

/* 64 bits of an id that the daemon makes of SHA-1 or of chance. */
static uint64_t key_of(const char *id)
{
	uint8_t octets[TEXT_UUID_OCTETS];
	uint64_t key = 0;
	if (text_uuid_to_octets(id, octets))
		for (size_t i = 0; i < 16; i++)
			key = key * 31 + octets[i];
	return key ? key : 1;
}

/* False: it is there already. */
static bool put_key(struct sink *sink, uint64_t key)
{
	if (sink->key_count * 2 >= sink->key_capacity) {
		size_t before = sink->key_capacity;
		uint64_t *keys = sink->keys;
		sink->key_capacity = before ? before * 2 : 1024;
		sink->keys = calloc(sink->key_capacity, sizeof(*sink->keys));
		sink->key_count = 0;
		for (size_t i = 0; i < before; i++)
			if (keys[i])
				put_key(sink, keys[i]);
		free(keys);
	}
	size_t at = key % sink->key_capacity;
	while (sink->keys[at] && sink->keys[at] != key)
		at = (at + 1) % sink->key_capacity;
	if (sink->keys[at])
		return false;
	sink->keys[at] = key;
	sink->key_count++;
	return true;
}

static void keep(struct sink *sink, const struct sink_arrival *arrival)
{
	if (sink->count == sink->capacity) {
		sink->capacity = sink->capacity ? sink->capacity * 2 : 256;
		sink->arrivals = realloc(sink->arrivals, sink->capacity * sizeof(*sink->arrivals));
	}
	sink->arrivals[sink->count++] = *arrival;
}

static int answer(const struct callback *callback, char *ret_body, size_t bytes)
{
	struct sink *sink = open_sink;
	struct sink_arrival arrival = {.at = clock_now_us()};
	char channel[16];
	struct json_object *body = json_tokener_parse(callback->body);
	(void)ret_body, (void)bytes;
	copy(arrival.key, sizeof(arrival.key), body, "message_id");
	copy(arrival.address, sizeof(arrival.address), body, "to");
	copy(arrival.purpose, sizeof(arrival.purpose), body, "purpose");
	copy(arrival.text, sizeof(arrival.text), body, "text");
	copy(channel, sizeof(channel), body, "channel");
	json_object_put(body);
	arrival.channel = strcmp(channel, "email") == 0 ? SINK_EMAIL : SINK_SMS;
	if (strcmp(arrival.key, callback_header(callback, "Idempotency-Key")) != 0)
		return 400;
	pthread_mutex_lock(&sink->lock);
	enum sink_way way = sink->way[arrival.channel];
	bool takes = way == SINK_TAKES || way == SINK_LOSES;
	arrival.lost = way == SINK_LOSES;
	sink->failures += way != SINK_TAKES;
	if (way == SINK_TAKES && sink->good_at[arrival.channel] == 0)
		sink->good_at[arrival.channel] = arrival.at;
	if (takes && put_key(sink, key_of(arrival.key)))
		keep(sink, &arrival);
	else if (takes)
		sink->again++;
	pthread_mutex_unlock(&sink->lock);
	return way == SINK_TAKES ? 202 : way == SINK_REFUSES ? 503 : 0;
}

void sink_open(struct sink *sink)
{
	*sink = (struct sink){0};
	pthread_mutex_init(&sink->lock, NULL);
	open_sink = sink;
	sink->callbacks = callbacks_open(answer);
}

void sink_close(struct sink *sink)
{
	callbacks_close(sink->callbacks);
	pthread_mutex_destroy(&sink->lock);
	free(sink->arrivals);
	free(sink->keys);
}

const char *sink_url(const struct sink *sink)
{
	return callbacks_url(sink->callbacks);
}

void sink_fails(struct sink *sink, enum sink_channel channel, enum sink_way way)
{
	pthread_mutex_lock(&sink->lock);
	sink->way[channel] = way;
	sink->good_at[channel] = 0;
	pthread_mutex_unlock(&sink->lock);
}

size_t sink_take(struct sink *sink, struct sink_arrival **ret_arrivals)
{
	pthread_mutex_lock(&sink->lock);
	size_t count = sink->count;
	*ret_arrivals = sink->arrivals;
	sink->arrivals = NULL;
	sink->count = sink->capacity = 0;
	pthread_mutex_unlock(&sink->lock);
	return count;
}
