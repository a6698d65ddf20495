#include "reminders/handlers/expectations.h"

#include <stdio.h>
#include <string.h>

void expectations_event(struct expectations *expectations,
			const Soleus__V1__EventEnvelope *envelope)
{
	expectations->count++;
	for (size_t i = 0; i < EXPECTED_SOURCES; i++) {
		struct expected_source *expected = &expectations->sources[i];
		if (*expected->source && strcmp(expected->source, envelope->source) != 0)
			continue;
		snprintf(expected->source, sizeof(expected->source), "%s", envelope->source);
		expected->xid = envelope->xid;
		expected->id = envelope->id;
		return;
	}
}

bool expectations_await_events(const struct expectations *expectations)
{
	for (size_t i = 0; i < EXPECTED_SOURCES; i++)
		if (*expectations->sources[i].source)
			return true;
	return false;
}

void expectations_applied(struct expectations *expectations, const struct queue_cursor *cursors,
			  size_t count)
{
	for (size_t i = 0; i < EXPECTED_SOURCES; i++) {
		struct expected_source *expected = &expectations->sources[i];
		for (size_t j = 0; j < count; j++) {
			const struct queue_cursor *cursor = &cursors[j];
			if (strcmp(expected->source, cursor->source) == 0 &&
			    (cursor->xid > expected->xid ||
			     (cursor->xid == expected->xid && cursor->id >= expected->id)))
				*expected->source = '\0';
		}
	}
}
