#include "base/text.h"
#include "knowledge/address.h"
#include "reminders/handlers/dispatcher.h"
#include "reminders/handlers/rpcs.h"
#include "reminders/store/escalation.h"

#include <string.h>

#define MINUTES_MAX 10080 /* a week */

static bool is_one_of(const char *const *words, const char *word)
{
	for (; *words; words++)
		if (strcmp(*words, word) == 0)
			return true;
	return false;
}

static void check_step(struct check *check, const Soleus__V1__EscalationChain *chain, size_t i,
		       struct escalation_step *ret_step)
{
	static const char *const channels[] = {"sms", "email", "file", NULL};
	const Soleus__V1__EscalationStep *step = chain->steps[i];
	char address[ADDRESS_BYTES] = "";
	const char *field = arena_printf(check->arena, "chain.steps[%zu]", i);
	check_that(check, is_one_of(channels, step->channel), field, "channel: sms, email or file");
	check_that(check, address_normalise(step->address, address), field,
		   "address: a contact point, such as +4366012345");
	check_that(check, !text_is_blank(step->name) && strlen(step->name) <= 200, field,
		   "name: 1 to 200 bytes");
	check_that(check,
		   step->after_minutes >= (i ? chain->steps[i - 1]->after_minutes : 0) &&
			   step->after_minutes <= MINUTES_MAX,
		   field, "after_minutes: 0 to 10,080, not before the step ahead of it");
	*ret_step =
		(struct escalation_step){step->name, step->channel,
					 arena_strdup(check->arena, address), step->after_minutes};
}

RPC(Reminders, reminders, PutEscalation, put_escalation)
{
	static const char *const kinds[] = {"red_flag", "adverse_event", "break_glass", NULL};
	const Soleus__V1__EscalationChain *chain = request->chain;
	struct escalation_step steps[ESCALATION_STEPS_MAX];
	struct check check = check_begin(call);
	check_that(&check, chain, "chain", "a chain");
	if (check_failed(&check))
		return check_status(&check);
	check_id_or_empty(&check, "chain.clinic_id", chain->clinic_id);
	check_that(&check, is_one_of(kinds, chain->kind), "chain.kind",
		   "red_flag, adverse_event or break_glass");
	check_that(&check, chain->n_steps <= ESCALATION_STEPS_MAX, "chain.steps", "at most 20");
	for (size_t i = 0; i < chain->n_steps && i < ESCALATION_STEPS_MAX; i++)
		check_step(&check, chain, i, &steps[i]);
	if (check_failed(&check))
		return check_status(&check);

	struct command *command = command_begin(call);
	escalation_put(command->unit, call->organisation_id, chain->clinic_id, chain->kind, steps,
		       chain->n_steps);
	dispatcher_expect_command(); /* alerts that are open go by the new chain */
	struct status status = command_commit(command, &reply->base);
	dispatcher_command_done();
	return status;
}
