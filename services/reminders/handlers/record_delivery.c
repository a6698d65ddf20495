#include "base/clock.h"
#include "base/text.h"
#include "reminders/handlers/delivery_watch.h"
#include "reminders/handlers/provider_opt_out.h"
#include "reminders/handlers/rpcs.h"
#include "reminders/rules/provider_fault.h"
#include "reminders/store/handover.h"

#include <stdlib.h>
#include <string.h>

#define RECORD_ATTEMPTS     5
#define PROVIDER_TEXT_BYTES 200

/* An edge knows the organisation from its callback's address. Who is bound to one stays there. */
static void take_organisation(struct call *call, const char *organisation_id)
{
	if (!*call->organisation_id && text_is_uuid(organisation_id))
		call->organisation_id = arena_strdup(call->arena, organisation_id);
}

static bool is_provider(const char *name)
{
	return strcmp(name, "kannel") == 0 || strcmp(name, "twilio") == 0 ||
	       strcmp(name, "webhook") == 0 || strcmp(name, "smtp") == 0;
}

static bool is_short_text(const char *text)
{
	for (const char *at = text; *at; at++)
		if ((unsigned char)*at < 0x20 || *at == 0x7f)
			return false;
	return strlen(text) <= PROVIDER_TEXT_BYTES;
}

static struct status read_report(struct call *call,
				 const Soleus__V1__RecordDeliveryRequest *request,
				 struct handover_report *report)
{
	struct check check = check_begin(call);
	int64_t now = clock_now_us();
	check_that(&check,
		   !*request->organisation_id ||
			   strcmp(request->organisation_id, call->organisation_id) == 0,
		   "organisation_id", "the caller's organisation, or empty");
	check_id(&check, "message_id", request->message_id);
	check_that(&check, is_provider(request->provider), "provider",
		   "kannel, twilio, webhook or smtp");
	check_that(&check, is_short_text(request->provider_ref), "provider_ref",
		   "at most 200 bytes without control characters");
	check_that(&check, handover_outcome_find(request->outcome, &report->outcome), "outcome",
		   "submitted, delivered, failed or rejected");
	check_that(&check, is_short_text(request->error_code), "error_code",
		   "at most 200 bytes without control characters");
	check_that(&check, request->at >= 0, "at", "an instant, or 0 for now");
	report->at = request->at == 0 || request->at > now ? now : request->at;
	report->error_code = request->error_code;
	report->why =
		arena_printf(call->arena, "%s says %s%s%s", request->provider, request->outcome,
			     *request->error_code ? ", code " : "", request->error_code);
	return check_status(&check);
}

/* Lost: somebody looks at once. Not delivered yet: when it was to be looked at anyhow. */
static int64_t watch_at(const struct handover_found *found, enum handover_state state, int64_t now)
{
	if (state == found->state || state == HANDOVER_SUBMITTED)
		return found->watch_at;
	return handover_is_lost(state) ? now : 0;
}

static bool says_opted_out(const Soleus__V1__RecordDeliveryRequest *request,
			   enum handover_state outcome)
{
	return handover_is_lost(outcome) &&
	       provider_fault(request->provider, atoi(request->error_code)) ==
		       PROVIDER_FAULT_OPTED_OUT;
}

/* `ret_overtaken`: another report was faster. */
static FIBER struct status record(struct call *call,
				  const Soleus__V1__RecordDeliveryRequest *request,
				  struct handover_report *report, ProtobufCMessage *reply,
				  bool *ret_overtaken)
{
	struct handover_found found;
	const struct handover_key key = {call->organisation_id, request->message_id,
					 request->provider, request->provider_ref};
	struct status status = handover_find(call_db(call), call->arena, &key, &found);
	if (!status_is_ok(status))
		return status;
	struct command *command = command_begin(call);
	report->state = handover_reported(found.state, report->outcome);
	report->watch_at = watch_at(&found, report->state, clock_now_us());
	handover_put_report(command->unit, &key, &found, report);
	if (says_opted_out(request, report->outcome))
		status = provider_opt_out(call->context, command->unit,
					  &(struct provider_opt_out){
						  .organisation_id = call->organisation_id,
						  .channel = found.channel,
						  .address = found.address,
						  .now = clock_now_us(),
					  });
	if (status_is_ok(status))
		status = command_commit(command, reply);
	if (status_is_ok(status) && report->watch_at)
		delivery_watch_wake();
	*ret_overtaken = !status_is_ok(status) &&
			 strcmp(db_unit_sqlstate(command->unit), HANDOVER_OVERTAKEN) == 0;
	return status;
}

RPC(Reminders, reminders, RecordDelivery, record_delivery)
{
	struct handover_report report;
	take_organisation(call, request->organisation_id);
	struct status status = read_report(call, request, &report);
	bool overtaken = status_is_ok(status);
	for (int attempt = 0; overtaken && attempt < RECORD_ATTEMPTS; attempt++)
		status = record(call, request, &report, &reply->base, &overtaken);
	return status;
}
