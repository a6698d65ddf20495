#include "events/inbox.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct inbox_event {
	struct inbox_event *next;
	size_t length;
	uint8_t bytes[];
};

bool inbox_put(struct inbox *inbox, const uint8_t *bytes, size_t length)
{
	struct inbox_event *event = NULL;
	if (inbox->count < INBOX_EVENTS_MAX && length <= INBOX_BYTES_MAX - inbox->bytes)
		event = malloc(sizeof(*event) + length);
	if (!event) {
		inbox_clear(inbox);
		return false;
	}
	event->next = NULL;
	event->length = length;
	if (length > 0)
		memcpy(event->bytes, bytes, length);
	if (inbox->last)
		inbox->last->next = event;
	else
		inbox->first = event;
	inbox->last = event;
	inbox->count++;
	inbox->bytes += length;
	return true;
}

const uint8_t *inbox_peek(const struct inbox *inbox, size_t *ret_length)
{
	if (!inbox->first)
		return NULL;
	*ret_length = inbox->first->length;
	return inbox->first->bytes;
}

void inbox_drop(struct inbox *inbox)
{
	struct inbox_event *event = inbox->first;
	assert(event);
	inbox->first = event->next;
	if (!inbox->first)
		inbox->last = NULL;
	inbox->count--;
	inbox->bytes -= event->length;
	free(event);
}

void inbox_clear(struct inbox *inbox)
{
	while (inbox->first)
		inbox_drop(inbox);
}
