/* When a subscribed calendar is asked again, and which addresses are taken. */
#ifndef SOLEUS_SCHEDULING_RULES_FEED_H
#define SOLEUS_SCHEDULING_RULES_FEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FEED_EVERY_US  (INT64_C(3600) * 1000000) /* while all is well */
#define FEED_URL_BYTES 2000

/* True once a week: the calendar is asked for whole, whatever it says of having changed. What it
 * repeats is laid out up to a horizon, and that moves while the calendar stays as it is. `good_at`:
 * when it was last read well. */
bool feed_asks_whole(int64_t good_at, int64_t now_us);

/* Microseconds until the next try after so many failures in a row: hourly at first (none), then
 * from five minutes doubled each time, at most a day. */
int64_t feed_pause_us(int32_t failures);

/* The address as it is asked: calendars are often given as webcal:, which is https:. False for
 * anything but http:, https: and webcal: with a host, and for blanks or control characters. */
bool feed_url(const char *url, char ret_url[FEED_URL_BYTES + 1]);

#endif
