#include "bus/request.h"

#include "bus/frames.h"
#include "soleus/v1/bus.pb-c.h"

#define ROLES 6

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
