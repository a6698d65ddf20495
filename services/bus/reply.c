#include "bus/reply.h"

#include "base/text.h"
#include "bus/frames.h"
#include "soleus/v1/bus.pb-c.h"

#include <string.h>

/* ---- To the wire ---- */

static size_t count_faults(const struct fault *fault)
{
	size_t count = 0;
	for (; fault; fault = fault->next)
		count++;
	return count;
}

/* The other side refuses what is not UTF-8, and would wait for a reply in vain. */
static char *safe(const char *text)
{
	return (char *)(text && text_is_utf8(text, strlen(text)) ? text : "");
}

/* Without memory for the list the status goes without it: the code matters most. */
static void put_faults(struct arena *arena, const struct fault *fault,
		       Soleus__V1__Status *ret_status)
{
	size_t count = count_faults(fault);
	if (count == 0)
		return;
	Soleus__V1__FieldFault *faults = ARENA_ARRAY(arena, count, Soleus__V1__FieldFault);
	Soleus__V1__FieldFault **list = ARENA_ARRAY(arena, count, Soleus__V1__FieldFault *);
	if (!faults || !list)
		return;
	for (size_t i = 0; fault; fault = fault->next, i++) {
		soleus__v1__field_fault__init(&faults[i]);
		faults[i].field = safe(fault->field);
		faults[i].expected = safe(fault->expected);
		list[i] = &faults[i];
	}
	ret_status->n_faults = count;
	ret_status->faults = list;
}

bool reply_header_frame(const uint8_t message_id[MESSAGE_ID_BYTES], struct status status,
			struct arena *arena, size_t limit, zmq_msg_t *ret_frame)
{
	Soleus__V1__ReplyHeader header = SOLEUS__V1__REPLY_HEADER__INIT;
	Soleus__V1__Status text = SOLEUS__V1__STATUS__INIT;
	header.message_id.data = (uint8_t *)message_id;
	header.message_id.len = MESSAGE_ID_BYTES;
	if (!status_is_ok(status)) {
		text.code = (int32_t)status.code;
		text.message = safe(status.message);
		put_faults(arena, status.faults, &text);
		header.status = &text;
	}
	if (message_frame(&header.base, limit, ret_frame))
		return true;
	text.message = (char *)"";
	text.n_faults = 0;
	return message_frame(&header.base, limit, ret_frame);
}

static bool stored_frame(const struct call *call, size_t limit, zmq_msg_t *ret_frame)
{
	size_t length = call->stored_reply_length;
	if (length > limit || zmq_msg_init_size(ret_frame, length) != 0)
		return false;
	memcpy(zmq_msg_data(ret_frame), call->stored_reply, length);
	return true;
}

struct status reply_payload_frame(struct status status, const ProtobufCMessage *reply,
				  const struct call *call, size_t limit, zmq_msg_t *ret_frame)
{
	bool ok = status_is_ok(status);
	bool stored = ok && call->stored_reply;
	if (stored ? stored_frame(call, limit, ret_frame)
		   : reply && message_frame(reply, limit, ret_frame))
		return status;
	zmq_msg_init(ret_frame);
	if (!ok)
		return status;
	return status_error(STATUS_INTERNAL, stored || reply ? "the reply is too long for a frame"
							     : "the handler gave no reply");
}

/* ---- From the wire ---- */

static enum status_code code_of(int32_t number)
{
	return number >= STATUS_OK && number <= STATUS_UNAUTHENTICATED ? (enum status_code)number
								       : STATUS_UNKNOWN;
}

bool reply_header_read(const uint8_t *bytes, size_t length, struct arena *arena,
		       uint8_t ret_message_id[MESSAGE_ID_BYTES], struct status *ret_status)
{
	ProtobufCMessage *message;
	if (!status_is_ok(message_decode(&soleus__v1__reply_header__descriptor, arena, bytes,
					 length, &message))) {
		*ret_status = status_error(STATUS_INTERNAL, "the reply's header cannot be read");
		return message_id_find(bytes, length, ret_message_id);
	}
	const Soleus__V1__ReplyHeader *header = (const Soleus__V1__ReplyHeader *)message;
	if (header->message_id.len != MESSAGE_ID_BYTES)
		return false;
	memcpy(ret_message_id, header->message_id.data, MESSAGE_ID_BYTES);
	*ret_status = status_ok();
	const Soleus__V1__Status *text = header->status;
	if (!text || text->code == STATUS_OK)
		return true;
	struct faults faults = {0};
	for (size_t i = 0; i < text->n_faults; i++)
		faults_add(&faults, arena, text->faults[i]->field, text->faults[i]->expected);
	*ret_status = (struct status){code_of(text->code), text->message, faults.first};
	return true;
}

struct status reply_status_copy(struct status status, struct arena *arena)
{
	if (status_is_ok(status))
		return status;
	struct faults faults = {0};
	for (const struct fault *fault = status.faults; fault; fault = fault->next)
		faults_add(&faults, arena, arena_strdup(arena, fault->field),
			   arena_strdup(arena, fault->expected));
	const char *message = arena_strdup(arena, status.message);
	return (struct status){status.code, message ? message : "", faults.first};
}
