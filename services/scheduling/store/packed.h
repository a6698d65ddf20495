/* Instants as timestamptz_send and int4send write them, in a bytea of one column. */
#ifndef SOLEUS_SCHEDULING_STORE_PACKED_H
#define SOLEUS_SCHEDULING_STORE_PACKED_H

#include "db/db.h"

struct packed {
	const uint8_t *at;
	const uint8_t *end;
};

static inline struct packed packed_begin(const struct db_result *result, size_t row,
					 unsigned column, struct arena *arena)
{
	size_t length = 0;
	const uint8_t *bytes = db_bytes(result, row, column, arena, &length);
	return (struct packed){bytes, bytes ? bytes + length : bytes};
}

static inline int64_t packed_number(struct packed *packed, size_t bytes)
{
	uint64_t number = 0;
	for (size_t i = 0; i < bytes; i++)
		number = number << 8 | *packed->at++;
	return bytes == 4 ? (int32_t)(uint32_t)number : (int64_t)number;
}

#define PACKED_EPOCH_US INT64_C(946684800000000) /* 2000-01-01, where PostgreSQL counts from */

static inline int64_t packed_instant(struct packed *packed)
{
	return packed_number(packed, 8) + PACKED_EPOCH_US;
}

static inline int32_t packed_int4(struct packed *packed)
{
	return (int32_t)packed_number(packed, 4);
}

/* The 16 bytes of a UUID, in place. */
static inline const uint8_t *packed_uuid(struct packed *packed)
{
	packed->at += 16;
	return packed->at - 16;
}

#endif
