#include "bus/request.h"

#include "base/clock.h"
#include "base/random.h"
#include "bus/frames.h"
#include "soleus/v1/bus.pb-c.h"

#define ROLES 6

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

static char *text(const char *given)
{
	return (char *)(given ? given : "");
}

static size_t role_names(unsigned roles, char *ret_names[ROLES])
{
	size_t count = 0;
	for (unsigned bit = 0; bit < ROLES; bit++)
		if (roles & 1u << bit)
			ret_names[count++] = (char *)role_name((enum role)(1u << bit));
	return count;
}

bool request_header_frame(const uint8_t message_id[MESSAGE_ID_BYTES],
			  const struct bus_call_options *options, int64_t timeout_us,
			  zmq_msg_t *ret_frame)
{
	static const struct bus_call_options none;
	if (!options)
		options = &none;
	Soleus__V1__RequestHeader header = SOLEUS__V1__REQUEST_HEADER__INIT;
	header.message_id.data = (uint8_t *)message_id;
	header.message_id.len = MESSAGE_ID_BYTES;
	header.timeout_us = timeout_us;
	header.organisation_id = text(options->organisation_id);
	header.clinic_id = text(options->clinic_id);
	header.idempotency_key = text(options->idempotency_key);
	header.traceparent = text(options->traceparent);

	Soleus__V1__ActFor act_for = SOLEUS__V1__ACT_FOR__INIT;
	char *names[ROLES];
	if (options->act_for) {
		act_for.name = text(options->act_for->name);
		act_for.subject_id = text(options->act_for->subject_id);
		act_for.organisation_id = text(options->act_for->organisation_id);
		act_for.n_roles = role_names(options->act_for->roles, names);
		act_for.roles = names;
		header.act_for = &act_for;
	}
	return message_frame(&header.base, SIZE_MAX, ret_frame);
}
