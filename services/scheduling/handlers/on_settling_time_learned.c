#include "scheduling/handlers/clash_check.h"
#include "scheduling/handlers/consumed.h"
#include "scheduling/store/clash.h"
#include "scheduling/store/timing.h"

#include "base/clock.h"

#include "soleus/v1/analytics.pb-c.h"

/* T3: the athlete's windows may have changed, and with them what clashes. */
FIBER struct status on_settling_time_learned(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__SettlingTimeLearned *learned =
		(const Soleus__V1__SettlingTimeLearned *)message;
	const char *tenant = event->envelope->organisation_id;
	if (learned->settling_hours < 0 || learned->settling_hours > 336)
		return status_ok();
	timing_put_settling(event->unit, tenant, learned->athlete_id, learned->settling_hours,
			    learned->check_ins, learned->learned_at);
	clash_ask(event->unit, tenant, learned->athlete_id, clock_now_us());
	clash_check_expect_event(event->envelope);
	return status_ok();
}
