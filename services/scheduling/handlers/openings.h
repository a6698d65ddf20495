/* Openings from working rules: by libical, on a thread. */
#ifndef SOLEUS_SCHEDULING_HANDLERS_OPENINGS_H
#define SOLEUS_SCHEDULING_HANDLERS_OPENINGS_H

#include "loop/fiber.h"
#include "scheduling/store/hours.h"

#define OPENINGS_AHEAD_DAYS 792 /* 26 months: beyond the horizon of bookings, two years */
#define OPENINGS_LEAST_DAYS 762 /* the worker opens on when fewer are left */

/* FIBER. The openings of `rules` (of one practitioner at one clinic) from yesterday on, as far
 * ahead as OPENINGS_AHEAD_DAYS. INVALID_ARGUMENT for a rule that cannot be used or a zone that
 * tzdata does not have. */
FIBER struct status openings_expand(struct arena *arena, const struct hours_rule *rules,
				    size_t count, int64_t now_us, struct openings *ret_openings);

#endif
