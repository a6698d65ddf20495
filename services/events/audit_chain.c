#include "events/audit_chain.h"

#include "bus/bus.h"

#include <sodium.h>

static const unsigned char domain[] = "soleus audit 1";

bool audit_chain(const uint8_t *previous, const Soleus__V1__AuditRow *row, struct arena *arena,
		 uint8_t ret_hash[AUDIT_HASH_BYTES])
{
	static const uint8_t before_the_first[AUDIT_HASH_BYTES];
	size_t length = 0;
	const uint8_t *bytes = message_encode(&row->base, arena, &length);
	if (!bytes)
		return false;
	crypto_generichash_state state;
	crypto_generichash_init(&state, NULL, 0, AUDIT_HASH_BYTES);
	crypto_generichash_update(&state, domain, sizeof(domain));
	crypto_generichash_update(&state, previous ? previous : before_the_first, AUDIT_HASH_BYTES);
	crypto_generichash_update(&state, bytes, length);
	crypto_generichash_final(&state, ret_hash, AUDIT_HASH_BYTES);
	return true;
}
