#include "bus/dispatch.h"

#include "base/text.h"
#include "bus/frames.h"
#include "soleus/v1/bus.pb-c.h"

#include <string.h>

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
	strcpy(principal->through, principal->name);
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

	int64_t timeout_us = header->timeout_us ? header->timeout_us : BUS_TIMEOUT_US;
	if (timeout_us > BUS_TIMEOUT_MAX_US)
		timeout_us = BUS_TIMEOUT_MAX_US;
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
		status = message_decode_plain(method->input, call->arena, payload->bytes,
					      payload->length, &dispatch->request);
	return status;
}

static struct status check_frames(struct arena *arena, const struct dispatch_input *input)
{
	if (input->frame_count != DISPATCH_FRAMES)
		return status_error(STATUS_INVALID_ARGUMENT,
				    "expected three frames: method, header, payload");
	for (size_t i = 0; i < DISPATCH_FRAMES; i++)
		if (input->frames[i].length > input->message_limit_bytes)
			return message_too_long(arena, input->frames[i].length,
						input->message_limit_bytes);
	return status_ok();
}

/* The header of frames that are a request's. */
static struct status read_header(struct arena *arena, const struct dispatch_input *input,
				 const Soleus__V1__RequestHeader **ret_header)
{
	ProtobufCMessage *message;
	struct status status = check_frames(arena, input);
	if (status_is_ok(status))
		status = message_decode(&soleus__v1__request_header__descriptor, arena,
					input->frames[1].bytes, input->frames[1].length, &message);
	if (status_is_ok(status))
		*ret_header = (const Soleus__V1__RequestHeader *)message;
	return status;
}

enum dispatch_verdict dispatch_decide(const struct method_table *methods,
				      const struct dispatch_input *input, struct call *call,
				      struct dispatch *ret_dispatch)
{
	const Soleus__V1__RequestHeader *header = 0;
	*ret_dispatch = (struct dispatch){0};
	if (input->frame_count < 2 ||
	    !message_id_find(input->frames[1].bytes, input->frames[1].length,
			     ret_dispatch->message_id))
		return DISPATCH_DROP;
	struct status status = read_header(call->arena, input, &header);
	if (header)
		status = decide(methods, input, header, call, ret_dispatch);
	else
		ret_dispatch->malformed = true;
	ret_dispatch->refusal = status;
	return status_is_ok(status) ? DISPATCH_RUN : DISPATCH_REFUSE;
}
