/* A group of clinics for benches: practitioners who work round the clock, a room, an athlete and a
 * free hour for each booking. Booking number n is of practitioner n % practitioners in hour
 * n / practitioners, so no two meet, whoever makes them. */
#ifndef SOLEUS_TESTS_GROUP_H
#define SOLEUS_TESTS_GROUP_H

#include "house.h"

#include <stdint.h>

#define GROUP_ORGANISATION "0195531a-0000-7000-8000-0000000000fe"
#define GROUP_ID           "00000000-0000-7000-8%03d-%012d" /* kind, number */
#define GROUP_HOURS        16000                            /* within the booking horizon */

enum group_kind { GROUP_PRACTITIONER = 1, GROUP_ROOM, GROUP_ATHLETE, GROUP_CLINIC, GROUP_SERVICE };

struct group {
	struct house *house;
	unsigned clinics;
	unsigned practitioners; /* a multiple of clinics */
	int64_t first_us;       /* the first hour: a midnight, 30 days ahead */
	unsigned next_hour;     /* not booked yet, nor those behind it */
};

/* What directory would tell scheduling, working hours and the service; and the key "bench" of a
 * front desk. */
void group_make(struct group *group);

/* Hours for `bookings` more; ends the program when there are none left. Returns the first. */
unsigned group_take_hours(struct group *group, double bookings);

/* Stops (SIGSTOP) or lets go on (SIGCONT) the daemons that read scheduling's events. */
void group_signal_readers(const struct group *group, int signal);

#endif
