/* Entries and offers of the waitlist as messages; all in the arena. */
#ifndef SOLEUS_SCHEDULING_HANDLERS_WAITLIST_MESSAGES_H
#define SOLEUS_SCHEDULING_HANDLERS_WAITLIST_MESSAGES_H

#include "scheduling/store/waitlist.h"

#include "soleus/v1/scheduling.pb-c.h"

Soleus__V1__WaitlistEntry *waitlist_entry_message(struct arena *arena,
						  const struct waitlist_entry *entry);

Soleus__V1__WaitlistOffer *waitlist_offer_message(struct arena *arena,
						  const struct waitlist_offer *offer);

#endif
