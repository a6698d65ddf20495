#include "gateway/ask.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "gateway/gateway.h"

#define TIMEOUT_US (4 * CLOCK_SECOND_US)

FIBER struct status ask(struct http_exchange *exchange, const struct ask *what,
			const ProtobufCMessage *request, ProtobufCMessage **ret_reply)
{
	struct bus_client *client = daemon_peer(gateway_of(exchange)->daemon, what->daemon);
	if (!client)
		return status_error(STATUS_UNAVAILABLE, "the gateway does not serve yet");
	struct bus_call_options options = {
		.organisation_id = what->organisation_id,
		.idempotency_key = text_uuid7_new(exchange->arena),
		.traceparent = exchange->traceparent,
		.timeout_us = TIMEOUT_US,
	};
	struct status status = bus_call(client, what->service, what->method, &options, request,
					exchange->arena, ret_reply);
	if (status.code == STATUS_UNAVAILABLE)
		status = bus_call(client, what->service, what->method, &options, request,
				  exchange->arena, ret_reply);
	if (ask_code(status) >= 500)
		log_warn("a daemon did not answer as it should", LOG_STR("daemon", what->daemon),
			 LOG_STR("method", what->method),
			 LOG_STR("code", status_code_name(status.code)),
			 LOG_STR("trace", exchange->traceparent));
	return status;
}

unsigned ask_code(struct status status)
{
	switch (status.code) {
	case STATUS_OK:
		return 200;
	case STATUS_NOT_FOUND:
		return 404;
	case STATUS_INVALID_ARGUMENT:
	case STATUS_OUT_OF_RANGE:
		return 400;
	case STATUS_FAILED_PRECONDITION:
	case STATUS_ALREADY_EXISTS:
		return 409;
	case STATUS_ABORTED:
	case STATUS_CANCELLED:
	case STATUS_UNAVAILABLE:
	case STATUS_DEADLINE_EXCEEDED:
	case STATUS_RESOURCE_EXHAUSTED:
		return 503;
	default:
		return 500;
	}
}

void ask_refuse(struct http_exchange *exchange, struct status status)
{
	unsigned code = ask_code(status);
	if (code == 503)
		exchange->retry_s = ASK_RETRY_S;
	http_refuse(exchange, code,
		    code == 404   ? "there is nothing here"
		    : code == 400 ? "a value is not as expected"
		    : code == 409 ? "that is not possible any more"
				  : "it did not work: ask again soon");
}
