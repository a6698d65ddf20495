/* A house with 20 organisations of 3 clinics and 2,000 athletes each, who are reminded of their
 * visits; its reminders hand over to /dev/null. */
#ifndef SOLEUS_TESTS_MAILING_H
#define SOLEUS_TESTS_MAILING_H

#include "house.h"

#include <libpq-fe.h>

#define MAILING_ORGANISATIONS 20
#define MAILING_ATHLETES      2000 /* of each, with one visit each */
#define MAILING_ORGANISATION  "0195531a-0000-7000-8000-0000000b%04u"
#define MAILING_VISIT         "00000000-0000-7000-8006-0000%04u%04u" /* organisation, athlete */

struct mailing {
	struct house *house;
	PGconn *database; /* as superuser */
	unsigned made;    /* messages, so that each has an id of its own */
	unsigned due;     /* of them */
};

bool mailing_open(struct mailing *mailing);
void mailing_close(struct mailing *mailing);

/* Plans `count` messages that are due, while reminders stands still; lets it go on. Messages per
 * second until the last is decided. Ends the program when one of them was not sent. */
double mailing_dispatch(struct mailing *mailing, unsigned count);

/* Plans `count` messages of the same clinics for the weeks after. */
void mailing_wait_with(struct mailing *mailing, unsigned count);

/* While `count` messages are dispatched: texts "I can't breathe", one after the other; seconds from
 * each to its alert and to the answer that was sent. Returns how many there were: the last when no
 * message was due any more, `most` at most. */
unsigned mailing_alarms(struct mailing *mailing, unsigned count, double *ret_seconds,
			unsigned most);

/* For peers and for what is beside the house. */
void mailing_sql(struct mailing *mailing, const char *sql);

#endif
