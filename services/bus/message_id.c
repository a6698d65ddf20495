#include "bus/message_id.h"

#include "base/clock.h"
#include "base/random.h"
#include "bus/wire.h"

#include <string.h>

#define FIELD_NUMBER 1

void message_id_next(struct message_ids *ids, uint8_t ret_message_id[MESSAGE_ID_BYTES])
{
	if (!ids->source)
		ids->source = (uint32_t)random_u64() | 1;
	uint64_t ms = (uint64_t)(clock_now_us() / 1000);
	uint64_t made = ids->made++;
	/* 48 bits of time, version, the count's upper bits | variant, source, the count's lower. */
	uint64_t high = ms << 16 | 0x7000 | (made >> 30 & 0xfff);
	uint64_t low =
		UINT64_C(0x8000000000000000) | (uint64_t)ids->source << 30 | (made & 0x3fffffff);
	for (int i = 0; i < 8; i++) {
		ret_message_id[i] = (uint8_t)(high >> (56 - 8 * i));
		ret_message_id[8 + i] = (uint8_t)(low >> (56 - 8 * i));
	}
}

bool message_id_find(const uint8_t *header, size_t length, uint8_t ret_message_id[MESSAGE_ID_BYTES])
{
	const uint8_t *id;
	size_t id_length;
	if (!wire_find(header, length, FIELD_NUMBER, &id, &id_length) ||
	    id_length != MESSAGE_ID_BYTES)
		return false;
	memcpy(ret_message_id, id, MESSAGE_ID_BYTES);
	return true;
}
