/* Availability from the results of its statements: packed calendars to ranges, openings less
 * absences, rooms by place. */
#ifndef SOLEUS_SCHEDULING_STORE_AVAILABILITY_READ_H
#define SOLEUS_SCHEDULING_STORE_AVAILABILITY_READ_H

#include "scheduling/store/availability.h"

/* Of the statement offer_NAME.sql each. */
struct availability_results {
	const struct db_result *services;
	const struct db_result *about;
	const struct db_result *windows;
	const struct db_result *absences;
	const struct db_result *rooms;
	const struct db_result *busy;
	const struct db_result *room_busy;
};

/* Everything lives in `arena`, or in the results. RESOURCE_EXHAUSTED when the arena has no room. */
struct status availability_read(struct arena *arena, size_t service_count,
				const struct availability_results *results,
				struct availability *ret_availability);

#endif
