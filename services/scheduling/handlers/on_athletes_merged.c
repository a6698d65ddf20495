#include "scheduling/handlers/clash_check.h"
#include "scheduling/handlers/consumed.h"
#include "scheduling/store/clash.h"
#include "scheduling/store/person.h"

#include "base/clock.h"
#include "base/text.h"
#include "events/alias.h"

#include "soleus/v1/directory.pb-c.h"
#include "soleus/v1/scheduling.pb-c.h"

/* Nobody is moved or refused by a merge: staff are told what is twice. */
static FIBER struct status tell_overlaps(struct event *event,
					 const Soleus__V1__AthletesMerged *told)
{
	const char *tenant = event->envelope->organisation_id;
	struct db_unit *unit = db_unit_new(event->arena, tenant);
	size_t index = person_overlaps(unit, tenant, told->merged_id, told->survivor_id,
				       event->envelope->occurred_at);
	struct status status = db_run(event->db, unit);
	const struct db_result *found = status_is_ok(status) ? db_unit_result(unit, index) : NULL;
	for (size_t i = 0; found && i < db_result_rows(found); i++) {
		struct person_overlap overlap = person_overlap(found, i);
		Soleus__V1__VisitsOverlap twice = SOLEUS__V1__VISITS_OVERLAP__INIT;
		twice.athlete_id = told->survivor_id;
		twice.appointment_id = (char *)overlap.appointment_id;
		twice.other_appointment_id = (char *)overlap.other_id;
		event_emit(event, overlap.appointment_id, overlap.clinic_id, &twice.base);
	}
	return status;
}

/* The calendars of both are one's from now on, for T1. */
static void ask_again(struct event *event, const char *one_id, const char *other_id)
{
	const char *tenant = event->envelope->organisation_id;
	int64_t now_us = clock_now_us();
	clash_ask(event->unit, tenant, one_id, now_us);
	clash_ask(event->unit, tenant, other_id, now_us);
	clash_check_expect_event(event->envelope);
}

FIBER struct status on_athletes_merged(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AthletesMerged *told = (const void *)message;
	if (!text_is_uuid(told->merged_id) || !text_is_uuid(told->survivor_id))
		return status_ok();
	struct status status = tell_overlaps(event, told);
	if (!status_is_ok(status))
		return status;
	person_lock(event->unit, event->envelope->organisation_id);
	status = alias_put(event, message);
	person_put(event->unit, event->envelope->organisation_id, told->merged_id, told->merged_id,
		   told->survivor_id);
	ask_again(event, told->survivor_id, told->merged_id);
	return status;
}

FIBER struct status on_athletes_unmerged(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AthletesUnmerged *told = (const void *)message;
	if (!text_is_uuid(told->merged_id) || !text_is_uuid(told->survivor_id))
		return status_ok();
	person_lock(event->unit, event->envelope->organisation_id);
	struct status status = alias_drop(event, message);
	person_put(event->unit, event->envelope->organisation_id, told->merged_id,
		   told->survivor_id, told->merged_id);
	ask_again(event, told->survivor_id, told->merged_id);
	return status;
}
