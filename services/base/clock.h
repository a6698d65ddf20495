/* The one source of time. Instants are int64_t microseconds since 1970-01-01T00:00:00Z.
 *
 * A daemon reads time through here and nowhere else. With a clock file (SOLEUS_CLOCK_FILE) the
 * time is what the file says: eight bytes, native int64, mapped shared, so that a test or the demo
 * moves the time of all processes at once and a restarted process wakes up in the same moment.
 * Zero in the file means the machine's clock. Nobody may make the file shorter while it is
 * followed: a read of it would then end the process (SIGBUS). Reading costs a load or a vDSO call.
 */
#ifndef SOLEUS_BASE_CLOCK_H
#define SOLEUS_BASE_CLOCK_H

#include "base/status.h"

#include <stdint.h>

#define CLOCK_SECOND_US INT64_C(1000000)
#define CLOCK_MINUTE_US (60 * CLOCK_SECOND_US)
#define CLOCK_HOUR_US   (60 * CLOCK_MINUTE_US)
#define CLOCK_DAY_US    (24 * CLOCK_HOUR_US)

/* Follows the clock file from now on; creates it (zero) when it is missing. FAILED_PRECONDITION
 * when it cannot be opened for reading and writing or is no regular file, UNAVAILABLE when it
 * cannot be mapped; the clock is then what it was. */
struct status clock_follow_file(const char *path);

/* The time of the domain: driven or real. */
int64_t clock_now_us(void);

/* True when the clock file drives the time now. */
bool clock_is_driven(void);

/* Writes the clock file that is followed; 0 gives the machine's clock back. Needs
 * clock_follow_file first. */
void clock_drive(int64_t now_us);

/* For time-outs, back-off and measurements: never driven, never steps. */
int64_t clock_monotonic_us(void);

#endif
