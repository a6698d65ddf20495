/* Local time of an IANA zone, by the system's tzdata through libical.
 *
 * A local time that does not exist (the hour that the clock skips) is read with the offset from
 * before the change, so 02:30 becomes 03:30; one that exists twice is the first of the two. Days
 * are days since 1970-01-01, as everywhere.
 *
 * Not on a fiber (libical's stack use is deep): on a thread, by loop/offload.h, or in a program
 * without fibers. Safe from several threads. A zone's first use reads its file.
 */
#ifndef SOLEUS_ICAL_ZONE_H
#define SOLEUS_ICAL_ZONE_H

#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>

struct zone; /* lives as long as the process */

/* NULL for a name that tzdata does not have. */
const struct zone *zone_find(const char *name);

/* Of `minutes` (0 to 1440) after midnight on the wall clock of `day`. Microseconds since 1970. */
int64_t zone_instant(const struct zone *zone, int32_t day, int32_t minutes);

/* Seconds that local time is ahead of UTC at `at_us`. */
int32_t zone_offset_s(const struct zone *zone, int64_t at_us);

/* The first change of the offset in (from_us, until_us]; 0 when there is none. */
int64_t zone_next_change(const struct zone *zone, int64_t from_us, int64_t until_us);

/* The version of tzdata that is in use, such as "2026a"; "" when the system does not say. */
const char *zone_version(void);

#endif
