#include "ical/libical.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void libical_enter(void)
{
	pthread_mutex_lock(&lock);
	icalerror_set_errors_are_fatal(0);
}

void libical_leave(void)
{
	pthread_mutex_unlock(&lock);
}
