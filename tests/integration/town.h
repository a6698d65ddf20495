/* A clinic in each zone of tzdata that changes its clock, for test_clock_changes.c, and what its
 * slots are expected to be. */
#ifndef SOLEUS_TESTS_TOWN_H
#define SOLEUS_TESTS_TOWN_H

#include "clocks.h"
#include "grounds.h"
#include "house.h"

#include "soleus/v1/scheduling.pb-c.h"

#define TOWN_ORGANISATION "0195531a-0000-7000-8000-0000000000dd"
#define SLOTS_MAX         500

enum { SHIFT, HOUR, QUARTER, MOMENT, SERVICES };
extern const int service_minutes[SERVICES];

/* From nine to five; day and night; hours that begin and end inside a change. */
enum { NINE, NIGHT, EDGE, PRACTITIONERS };

struct place {
	const struct wall *wall;
	bool refused; /* PostgreSQL takes the zone's name for an abbreviation */
	identity clinic, athlete, who[PRACTITIONERS];
};

struct town {
	struct house *house;
	struct desk desk;
	struct clocks clocks;
	struct place *places;
	identity services[SERVICES];
	int32_t from_day, until_day; /* of this round */
	unsigned next;               /* place that nobody has taken */
	unsigned slots, visits, rules, changes, refused;
	unsigned faults;
};

/* Says what is wrong, with zone and local time. */
void complain(struct town *town, const struct wall *wall, int64_t at, const char *what,
	      const char *more);

/* FIBER. A call that must be done. */
FIBER void *ask(struct town *town, const char *rpc, const struct wall *wall, struct arena *arena,
		const ProtobufCMessage *request);

/* FIBER. The clinic with rooms, people and an athlete. */
FIBER void found_place(struct town *town, struct place *place, struct arena *arena);

/* FIBER. The weekly hours of NINE and NIGHT; scheduling knows the clinic by now. */
FIBER void set_hours(struct town *town, struct place *place);

FIBER void put_services(struct town *town);

struct expected {
	int64_t starts_at[SLOTS_MAX];
	unsigned count;
};

/* Of hours on one day: every quarter of an hour, while the visit fits; none twice. */
void expect_hours(struct expected *expected, const struct wall *wall, int32_t day, int opens,
		  int closes, int minutes);

/* FIBER. All slots of one practitioner in the days [from, until). */
FIBER Soleus__V1__FindAvailabilityReply *find(struct town *town, struct place *place, unsigned who,
					      unsigned service, int32_t from_day, int32_t until_day,
					      struct arena *arena);

/* Slot by slot: none is lost, none is there twice, each is told in local time. */
void compare(struct town *town, const struct wall *wall, const struct expected *expected,
	     const Soleus__V1__FindAvailabilityReply *found, int minutes);

#endif
