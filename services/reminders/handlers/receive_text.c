#include "base/clock.h"
#include "base/text.h"
#include "knowledge/address.h"
#include "reminders/handlers/dispatcher.h"
#include "reminders/handlers/inbound.h"
#include "reminders/handlers/rpcs.h"

#include <string.h>

#define RECEIVE_TEXT_CHARACTERS 1600
#define RECEIVE_ATTEMPTS        5
#define PROVIDER_ID_BYTES_MAX   200

static size_t characters(const char *text)
{
	size_t count = 0;
	for (; *text; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}

static struct status read_text(struct call *call, const Soleus__V1__ReceiveTextRequest *request,
			       struct inbound *inbound)
{
	char address[ADDRESS_BYTES];
	struct check check = check_begin(call);
	check_that(&check,
		   !text_is_blank(request->provider_message_id) &&
			   strlen(request->provider_message_id) <= PROVIDER_ID_BYTES_MAX,
		   "provider_message_id", "1 to 200 bytes");
	check_that(&check, address_normalise(request->from, address), "from",
		   "a contact point, such as +4366012345");
	check_that(&check,
		   strcmp(request->channel, "sms") == 0 || strcmp(request->channel, "file") == 0 ||
			   strcmp(request->channel, "email") == 0,
		   "channel", "sms, email or file");
	check_that(&check, characters(request->text) <= RECEIVE_TEXT_CHARACTERS, "text",
		   "at most 1,600 characters");
	check_that(&check, request->received_at >= 0, "received_at", "an instant, or 0 for now");
	*inbound = (struct inbound){
		.key = {call->organisation_id, request->channel, request->provider_message_id,
			arena_strdup(call->arena, address)},
		.text = request->text,
		.received_at = request->received_at,
		.now = clock_now_us(),
	};
	/* A provider's clock that runs ahead does not make an answer of tomorrow. */
	if (inbound->received_at == 0 || inbound->received_at > inbound->now)
		inbound->received_at = inbound->now;
	return check_status(&check);
}

/* True when somebody else was faster: the same text, or the answer to the same question. */
static bool was_overtaken(const struct command *command)
{
	return strcmp(db_unit_constraint(command->unit), INBOUND_ONCE) == 0 ||
	       strcmp(db_unit_sqlstate(command->unit), INBOUND_ANSWERED) == 0;
}

static FIBER struct status commit(struct call *call, struct inbound *inbound,
				  Soleus__V1__ReceiveTextReply *reply, bool *ret_overtaken)
{
	struct command *command = command_begin(call);
	inbound_understand(inbound, call->arena);
	inbound_apply(inbound, command);
	reply->understood_as = (char *)inbound->understanding.understood_as;
	reply->reply_text = (char *)inbound->reply_text;
	dispatcher_expect_command();
	struct status status = command_commit(command, &reply->base);
	dispatcher_command_done();
	*ret_overtaken = !status_is_ok(status) && was_overtaken(command);
	return status;
}

RPC(Reminders, reminders, ReceiveText, receive_text)
{
	struct inbound inbound;
	struct status status = read_text(call, request, &inbound);
	if (!status_is_ok(status))
		return status;
	for (int attempt = 0; attempt < RECEIVE_ATTEMPTS; attempt++) {
		bool overtaken = false;
		status = inbound_read(call_db(call), call->arena, &inbound.key, inbound.now,
				      &inbound.known);
		if (!status_is_ok(status))
			return status;
		if (inbound.known.seen) {
			reply->understood_as = (char *)inbound.known.understood_as;
			reply->reply_text = (char *)inbound.known.reply_text;
			return status_ok();
		}
		status = commit(call, &inbound, reply, &overtaken);
		if (!overtaken)
			return status;
	}
	return status;
}
