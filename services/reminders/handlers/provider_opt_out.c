#include "reminders/handlers/provider_opt_out.h"

#include "reminders/store/inbound.h"

#include "soleus/v1/reminders.pb-c.h"

FIBER struct status provider_opt_out(struct events *events, struct db_unit *unit,
				     const struct provider_opt_out *from)
{
	struct inbound_known known;
	/* No text came: no provider's id is "". */
	const struct inbound_key key = {from->organisation_id, from->channel, "", from->address,
					""};
	struct status status =
		inbound_read(events_db(events), db_unit_arena(unit), &key, from->now, &known);
	if (!status_is_ok(status) || known.facts.opted_out)
		return status;
	inbound_opt(unit, from->organisation_id, from->address, true, from->now);
	for (size_t i = 0; i < known.facts.sender_count; i++) {
		const struct inbound_sender *who = &known.senders[i];
		Soleus__V1__OptedOut opted_out = SOLEUS__V1__OPTED_OUT__INIT;
		opted_out.athlete_id = (char *)who->athlete_id;
		opted_out.channel = (char *)from->channel;
		events_emit(events, unit, from->organisation_id, who->clinic_id, who->athlete_id,
			    &opted_out.base);
	}
	return status_ok();
}
