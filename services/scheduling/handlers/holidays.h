/* The days of an .ics file as holidays of clinics, and what they change. */
#ifndef SOLEUS_SCHEDULING_HANDLERS_HOLIDAYS_H
#define SOLEUS_SCHEDULING_HANDLERS_HOLIDAYS_H

#include "ical/read.h"
#include "loop/fiber.h"
#include "scheduling/store/holiday.h"

struct holiday_file {
	const char *text; /* terminated */
	size_t length;
	int64_t now_us;
	const struct holiday_clinic *clinics;
	size_t clinic_count;
	/* Read from it: by clinic and uid. */
	struct holiday_row *rows;
	size_t row_count;
	struct ical_skipped *skipped;
	size_t skipped_count;
};

/* FIBER. Each day to come at each clinic, from midnight to midnight there. INVALID_ARGUMENT with
 * what was expected. */
FIBER struct status holidays_read(struct arena *arena, struct holiday_file *file);

struct holiday_changes {
	struct holiday_row *put; /* new ones, and those of another title or time */
	size_t put_count;
	struct holiday_row *gone; /* as they were; also those that are put at another time */
	size_t gone_count;
	int32_t added;
	int32_t changed;
	int32_t unchanged;
	int32_t removed;
};

/* What the file changes in `kept`, which is in the order of the file's rows. RESOURCE_EXHAUSTED
 * when the arena has no room. */
struct status holidays_compare(struct arena *arena, const struct holiday_file *file,
			       const struct db_result *kept, struct holiday_changes *ret_changes);

#endif
