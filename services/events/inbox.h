/* The published envelopes that a consumer has not looked at yet, as bytes, first in, first out.
 *
 * They are hints: when there are too many, all are forgotten, and the consumer reads the outbox.
 */
#ifndef SOLEUS_EVENTS_INBOX_H
#define SOLEUS_EVENTS_INBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define INBOX_EVENTS_MAX 4096
#define INBOX_BYTES_MAX  ((size_t)8 << 20)

struct inbox_event;

/* Zero is empty. */
struct inbox {
	struct inbox_event *first;
	struct inbox_event *last;
	size_t count;
	size_t bytes;
};

/* Copies the bytes; false when there was no room: the inbox is then empty. */
bool inbox_put(struct inbox *inbox, const uint8_t *bytes, size_t length);

/* The first one's bytes, NULL when empty; valid until inbox_drop or inbox_clear. */
const uint8_t *inbox_peek(const struct inbox *inbox, size_t *ret_length);

void inbox_drop(struct inbox *inbox);
void inbox_clear(struct inbox *inbox);

#endif
