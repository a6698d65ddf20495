/* The chain of hashes over an audit trail: a row cannot be changed, taken out, put in or put
 * elsewhere without every hash behind it being another one.
 *
 * One function, for who seals (events/audit.h) and who reckons again (soleusctl audit verify).
 */
#ifndef SOLEUS_EVENTS_AUDIT_CHAIN_H
#define SOLEUS_EVENTS_AUDIT_CHAIN_H

#include "base/arena.h"

#include "soleus/v1/daemon.pb-c.h"

#define AUDIT_HASH_BYTES 32

/* The hash of `row` behind `previous` (NULL: the first row). False beyond the arena's budget. */
bool audit_chain(const uint8_t *previous, const Soleus__V1__AuditRow *row, struct arena *arena,
		 uint8_t ret_hash[AUDIT_HASH_BYTES]);

#endif
