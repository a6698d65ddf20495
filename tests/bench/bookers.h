/* Bookings through the bus: so many fibers of one program, each with one call in flight. */
#ifndef SOLEUS_TESTS_BOOKERS_H
#define SOLEUS_TESTS_BOOKERS_H

#include "group.h"

struct booked {
	double rate;   /* 1/s */
	double p50_us; /* of a call, as its caller sees it */
	double p99_us;
};

/* Ends the program when a booking fails. */
struct booked bookers_run(struct group *group, unsigned in_flight, unsigned seconds);

#endif
