#include "reminders/handlers/events.h"

#include "base/log.h"
#include "base/text.h"
#include "events/alias.h"

#include "soleus/v1/directory.pb-c.h"
#include "soleus/v1/notes.pb-c.h"
#include "soleus/v1/scheduling.pb-c.h"

const struct event_handler events_from_directory[] = {
	{&soleus__v1__clinic_created__descriptor, on_clinic_created},
	{&soleus__v1__athlete_registered__descriptor, on_athlete_registered},
	{&soleus__v1__athlete_updated__descriptor, on_athlete_updated},
	{&soleus__v1__athlete_erased__descriptor, on_athlete_erased},
	{&soleus__v1__consent_recorded__descriptor, on_consent_recorded},
	{&soleus__v1__athletes_merged__descriptor, alias_put},
	{&soleus__v1__athletes_unmerged__descriptor, on_athletes_unmerged},
	{NULL, NULL},
};

const struct event_handler events_from_scheduling[] = {
	{&soleus__v1__appointment_booked__descriptor, on_appointment_booked},
	{&soleus__v1__appointment_rescheduled__descriptor, on_appointment_rescheduled},
	{&soleus__v1__appointment_cancelled__descriptor, on_appointment_cancelled},
	{&soleus__v1__appointment_no_show__descriptor, on_appointment_no_show},
	{&soleus__v1__appointment_checked_in__descriptor, on_appointment_checked_in},
	{&soleus__v1__appointment_completed__descriptor, on_appointment_completed},
	{&soleus__v1__visit_cancel_refused__descriptor, on_visit_cancel_refused},
	{&soleus__v1__waitlist_offered__descriptor, on_waitlist_offered},
	{&soleus__v1__waitlist_offer_ended__descriptor, on_waitlist_offer_ended},
	{&soleus__v1__timing_clash_found__descriptor, on_timing_clash_found},
	{&soleus__v1__timing_clash_cleared__descriptor, on_timing_clash_cleared},
	{&soleus__v1__visits_overlap__descriptor, on_visits_overlap},
	{NULL, NULL},
};

const struct event_handler events_from_notes[] = {
	{&soleus__v1__note_signed__descriptor, on_note_signed},
	{&soleus__v1__adverse_event_recorded__descriptor, on_adverse_event_recorded},
	{&soleus__v1__glass_broken__descriptor, on_glass_broken},
	{NULL, NULL},
};

bool event_ids_are_good(const struct event *event, const char *const *ids)
{
	for (; *ids; ids++) {
		if (text_is_uuid(*ids))
			continue;
		log_error("event without its ids passed over",
			  LOG_STR("type", event->envelope->type),
			  LOG_STR("source", event->envelope->source),
			  LOG_INT("id", event->envelope->id));
		return false;
	}
	return true;
}
