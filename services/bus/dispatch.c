#include "bus/dispatch.h"

#include "base/text.h"
#include "bus/wire.h"
#include "soleus/v1/bus.pb-c.h"

#include <string.h>

#define HEADER_MESSAGE_ID 1 /* the field's number */

static struct status field_status(struct arena *arena, const char *field, const char *expected)
{
	struct faults faults = {0};
	faults_add(&faults, arena, field, expected);
	return faults_status(&faults);
}

static struct status denied(const char *why)
{
	return status_error(STATUS_PERMISSION_DENIED, why);
}

static bool is_id_or_empty(const char *text)
{
	return !text[0] || text_is_uuid(text);
}

/* 00-<32 hex>-<16 hex>-<2 hex>; anything else is as good as none, says W3C, and must not reach a
 * log line. */
static bool is_traceparent(const char *text)
{
	static const char shape[] = "hh-hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh-hhhhhhhhhhhhhhhh-hh";
	for (size_t i = 0; i < sizeof(shape); i++) {
		char c = text[i];
		bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
		if (shape[i] == 'h' ? !hex : c != shape[i])
			return false;
	}
	return true;
}

static struct status check_shape(struct arena *arena, const Soleus__V1__RequestHeader *header)
{
	struct faults faults = {0};
	if (!is_id_or_empty(header->organisation_id))
		faults_add(&faults, arena, "organisation_id", "an organisation's id (UUID)");
	if (!is_id_or_empty(header->clinic_id))
		faults_add(&faults, arena, "clinic_id", "a clinic's id (UUID)");
	if (strlen(header->idempotency_key) > IDEMPOTENCY_KEY_MAX)
		faults_add(&faults, arena, "idempotency_key", "1 to 64 characters");
	return faults_status(&faults);
}

/* ---- Who it is ---- */

static struct status act_for(struct arena *arena, const Soleus__V1__ActFor *whom,
			     struct principal *principal)
{
	if (principal->kind != PRINCIPAL_EDGE)
		return denied("only an edge may act for somebody");

	struct faults faults = {0};
	const char *organisation =
		whom->organisation_id[0] ? whom->organisation_id : principal->organisation_id;
	unsigned roles = 0;
	for (size_t i = 0; i < whom->n_roles; i++) {
		enum role role = role_from_name(whom->roles[i]);
		if (!role)
			faults_addf(&faults, arena, "a known role", "act_for.roles[%zu]", i);
		roles |= role;
	}
	if (strlen(whom->name) >= sizeof(principal->name))
		faults_add(&faults, arena, "act_for.name", "at most 63 bytes");
	if (!is_id_or_empty(whom->subject_id))
		faults_add(&faults, arena, "act_for.subject_id", "a subject's id (UUID)");
	if (!text_is_uuid(organisation))
		faults_add(&faults, arena, "act_for.organisation_id",
			   "an organisation's id (UUID)");
	if (faults.first)
		return faults_status(&faults);

	if (roles & (ROLE_OPERATOR | ROLE_SERVICE))
		return denied("an edge may not act for an operator or a service");
	if (principal->organisation_id[0] && strcmp(principal->organisation_id, organisation) != 0)
		return denied("this edge acts within its own organisation only");

	/* The key stays the edge's: it says through whom the request came. */
	principal->kind = PRINCIPAL_PERSON;
	principal->roles = roles;
	strcpy(principal->name, whom->name);
	strcpy(principal->subject_id, whom->subject_id);
	memmove(principal->organisation_id, organisation, strlen(organisation) + 1);
	return status_ok();
}

static struct status identify(const struct principal *peer, const Soleus__V1__RequestHeader *header,
			      struct call *call)
{
	struct principal *principal = arena_memdup(call->arena, peer, sizeof(*peer));
	if (!principal)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the call");
	if (header->act_for) {
		struct status status = act_for(call->arena, header->act_for, principal);
		if (!status_is_ok(status))
			return status;
	}
	call->principal = principal;

	call->organisation_id = header->organisation_id;
	if (!principal->organisation_id[0])
		return status_ok();
	if (header->organisation_id[0] &&
	    strcmp(header->organisation_id, principal->organisation_id) != 0)
		return denied("the organisation is not the caller's");
	call->organisation_id = principal->organisation_id;
	return status_ok();
}

/* ---- Whether it may run ---- */

static struct status admit(const struct method *method, const struct dispatch_input *input,
			   const Soleus__V1__RequestHeader *header, struct call *call)
{
	if (!(call->principal->roles & method->roles))
		return denied("the caller has no role that may call this method");
	if (method->command && !header->idempotency_key[0])
		return field_status(call->arena, "idempotency_key",
				    "1 to 64 characters: a command needs one");

	int64_t timeout_us = header->timeout_us ? header->timeout_us : DISPATCH_TIMEOUT_US;
	if (timeout_us > DISPATCH_TIMEOUT_MAX_US)
		timeout_us = DISPATCH_TIMEOUT_MAX_US;
	if (timeout_us < 0 || input->now_us - input->arrived_us >= timeout_us)
		return status_error(STATUS_DEADLINE_EXCEEDED,
				    "the deadline passed before it began");
	call->deadline_us = input->arrived_us + timeout_us;
	return status_ok();
}

static struct status decide(const struct method_table *methods, const struct dispatch_input *input,
			    const Soleus__V1__RequestHeader *header, struct call *call,
			    struct dispatch *dispatch)
{
	if (input->stopping)
		return status_error(STATUS_UNAVAILABLE, "the server is stopping");
	if (!input->peer)
		return status_error(STATUS_UNAUTHENTICATED, "the key is not in the keyring");
	if (input->full)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "too many requests in flight");

	struct status status = check_shape(call->arena, header);
	if (!status_is_ok(status))
		return status;

	const struct frame *name = &input->frames[0];
	const struct frame *payload = &input->frames[2];
	const struct method *method =
		method_table_find(methods, (const char *)name->bytes, name->length);
	if (!method)
		return status_error(STATUS_UNIMPLEMENTED, "there is no such method here");
	dispatch->method = method;

	call->method = method->name;
	call->clinic_id = header->clinic_id;
	call->idempotency_key = header->idempotency_key;
	call->traceparent = is_traceparent(header->traceparent) ? header->traceparent : "";
	call->request_bytes = payload->bytes;
	call->request_length = payload->length;

	status = identify(input->peer, header, call);
	if (status_is_ok(status))
		status = admit(method, input, header, call);
	if (status_is_ok(status))
		status = message_decode(method->input, call->arena, payload->bytes, payload->length,
					&dispatch->request);
	return status;
}

/* Also from a header that cannot be decoded otherwise: its sender is to know. */
static bool read_message_id(const struct frame *frame, const Soleus__V1__RequestHeader *header,
			    uint8_t ret_message_id[MESSAGE_ID_BYTES])
{
	const uint8_t *id = header ? header->message_id.data : 0;
	size_t length = header ? header->message_id.len : 0;
	if (!header && !wire_find(frame->bytes, frame->length, HEADER_MESSAGE_ID, &id, &length))
		return false;
	if (length != MESSAGE_ID_BYTES)
		return false;
	memcpy(ret_message_id, id, MESSAGE_ID_BYTES);
	return true;
}

enum dispatch_verdict dispatch_decide(const struct method_table *methods,
				      const struct dispatch_input *input, struct call *call,
				      struct dispatch *ret_dispatch)
{
	*ret_dispatch = (struct dispatch){0};
	if (input->frame_count < 2)
		return DISPATCH_DROP;

	struct arena *arena = call->arena;
	const struct frame *frame = &input->frames[1];
	ProtobufCMessage *message;
	struct status status = message_decode(&soleus__v1__request_header__descriptor, arena,
					      frame->bytes, frame->length, &message);
	const Soleus__V1__RequestHeader *header = 0;
	if (status_is_ok(status))
		header = (const Soleus__V1__RequestHeader *)message;
	if (!read_message_id(frame, header, ret_dispatch->message_id))
		return DISPATCH_DROP;

	if (input->frame_count != DISPATCH_FRAMES)
		status = status_error(STATUS_INVALID_ARGUMENT,
				      "expected three frames: method, header, payload");
	ret_dispatch->malformed = !status_is_ok(status);
	if (status_is_ok(status))
		status = decide(methods, input, header, call, ret_dispatch);
	ret_dispatch->refusal = status;
	return status_is_ok(status) ? DISPATCH_RUN : DISPATCH_REFUSE;
}
