#include "base/text.h"
#include "knowledge/address.h"
#include "reminders/handlers/inbound.h"
#include "reminders/handlers/rpcs.h"

#include <string.h>

#define RECEIVE_TEXT_CHARACTERS 1600
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
	*inbound = inbound_of(call, request->channel, request->provider_message_id);
	inbound->key.address = arena_strdup(call->arena, address);
	inbound->text = request->text;
	/* A provider's clock that runs ahead does not make an answer of tomorrow. */
	if (request->received_at != 0 && request->received_at < inbound->now)
		inbound->received_at = request->received_at;
	return check_status(&check);
}

RPC(Reminders, reminders, ReceiveText, receive_text)
{
	struct inbound inbound;
	struct status status = read_text(call, request, &inbound);
	return status_is_ok(status) ? inbound_take(&inbound, call, &reply->base,
						   &reply->understood_as, &reply->reply_text)
				    : status;
}
