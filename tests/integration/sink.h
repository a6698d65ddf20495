/* The provider of a test of many messages: takes what reminders posts to it (webhook), makes one of
 * two with the same idempotency key, keeps what arrived until it is asked, and fails as it is told.
 *
 *     sink_open(&sink);  …SOLEUS_WEBHOOK_URL=sink_url(&sink)…
 *     sink_fails(&sink, SINK_SMS, SINK_REFUSES);
 *     size_t count = sink_take(&sink, &arrivals);
 */
#ifndef SOLEUS_TESTS_SINK_H
#define SOLEUS_TESTS_SINK_H

#include "callbacks.h"

#include "base/text.h"

#include <pthread.h>
#include <stdint.h>

enum sink_channel { SINK_SMS, SINK_EMAIL, SINK_CHANNELS };
extern const char *const sink_channel_names[SINK_CHANNELS];

enum sink_way {
	SINK_TAKES,
	SINK_REFUSES, /* 503 */
	SINK_HANGS_UP,
	SINK_LOSES, /* it takes the message, and its answer is lost */
};

struct sink_arrival {
	char key[TEXT_UUID_BYTES];
	char address[48];
	char purpose[32];
	char text[900];
	enum sink_channel channel;
	int64_t at; /* of the test's clock */
	bool lost;  /* no answer was given the first time */
};

struct sink {
	struct callbacks *callbacks;
	pthread_mutex_t lock;
	enum sink_way way[SINK_CHANNELS];
	int64_t good_at[SINK_CHANNELS]; /* the first answer since it failed; 0: none yet */
	struct sink_arrival *arrivals;
	size_t count, capacity;
	uint64_t *keys; /* of all arrivals, by hash; 0: free */
	size_t key_count, key_capacity;
	unsigned again;    /* keys that came a second time */
	unsigned failures; /* posts that were refused or got no answer */
};

/* One in a process. */
void sink_open(struct sink *sink);
void sink_close(struct sink *sink);
const char *sink_url(const struct sink *sink);

/* Now, or SINK_TAKES: no longer. */
void sink_fails(struct sink *sink, enum sink_channel channel, enum sink_way way);

/* What arrived since it was asked last, each key once; a copy that ends with free(). */
size_t sink_take(struct sink *sink, struct sink_arrival **ret_arrivals);

#endif
