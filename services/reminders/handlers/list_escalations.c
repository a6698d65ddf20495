#include "reminders/handlers/rpcs.h"
#include "reminders/store/escalation.h"

#include <string.h>

static Soleus__V1__EscalationStep *step_of(struct arena *arena, const struct escalation_step *row)
{
	Soleus__V1__EscalationStep *step = ARENA_NEW(arena, Soleus__V1__EscalationStep);
	if (!step)
		return NULL;
	soleus__v1__escalation_step__init(step);
	step->name = (char *)row->name;
	step->channel = (char *)row->channel;
	step->address = (char *)row->address;
	step->after_minutes = row->after_minutes;
	return step;
}

static Soleus__V1__EscalationChain *chain_of(struct arena *arena, const struct escalation_row *row)
{
	Soleus__V1__EscalationChain *chain = ARENA_NEW(arena, Soleus__V1__EscalationChain);
	if (!chain)
		return NULL;
	soleus__v1__escalation_chain__init(chain);
	chain->clinic_id = (char *)row->clinic_id;
	chain->kind = (char *)row->kind;
	chain->steps = ARENA_ARRAY(arena, ESCALATION_STEPS_MAX, Soleus__V1__EscalationStep *);
	return chain->steps ? chain : NULL;
}

static bool is_of(const Soleus__V1__EscalationChain *chain, const struct escalation_row *row)
{
	return strcmp(chain->clinic_id, row->clinic_id) == 0 && strcmp(chain->kind, row->kind) == 0;
}

RPC(Reminders, reminders, ListEscalations, list_escalations)
{
	struct escalation_row *rows;
	size_t count;
	(void)request;
	struct check check = check_begin(call);
	if (check_failed(&check))
		return check_status(&check);
	struct status status =
		escalation_list(call_db(call), call->arena, call->organisation_id, &rows, &count);
	if (!status_is_ok(status))
		return status;
	Soleus__V1__EscalationChain *chain = NULL;
	reply->chains = ARENA_ARRAY(call->arena, count + 1, Soleus__V1__EscalationChain *);
	for (size_t i = 0; reply->chains && i < count; i++) {
		if (!chain || !is_of(chain, &rows[i])) {
			chain = chain_of(call->arena, &rows[i]);
			if (!chain)
				break;
			reply->chains[reply->n_chains++] = chain;
		}
		chain->steps[chain->n_steps] = step_of(call->arena, &rows[i].step);
		if (!chain->steps[chain->n_steps])
			break;
		chain->n_steps++;
	}
	return arena_has_refused(call->arena)
		       ? status_error(STATUS_RESOURCE_EXHAUSTED, "the list is too long")
		       : status_ok();
}
