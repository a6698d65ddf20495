/* FNV-1a over bytes: for tables whose keys we or our own principals chose. */
#ifndef SOLEUS_BUS_HASH_H
#define SOLEUS_BUS_HASH_H

#include <stddef.h>
#include <stdint.h>

static inline uint64_t hash_bytes(const void *bytes, size_t length)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (const uint8_t *at = bytes, *end = at + length; at < end; at++)
		hash = (hash ^ *at) * UINT64_C(0x100000001b3);
	return hash ^ hash >> 32;
}

#endif
