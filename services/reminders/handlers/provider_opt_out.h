/* A provider says that a number's holder told it to stop: the same as if they had told us. */
#ifndef SOLEUS_REMINDERS_HANDLERS_PROVIDER_OPT_OUT_H
#define SOLEUS_REMINDERS_HANDLERS_PROVIDER_OPT_OUT_H

#include "events/events.h"

struct provider_opt_out {
	const char *organisation_id;
	const char *channel;
	const char *address;
	int64_t now;
};

/* FIBER. Adds to `unit` the opt-out of the address, what is planned for it being suppressed, and
 * the event for each athlete who has it. Nothing when it has opted out already. */
FIBER struct status provider_opt_out(struct events *events, struct db_unit *unit,
				     const struct provider_opt_out *from);

#endif
