/* What reminders makes of the events of directory, scheduling and notes. Each is idempotent, and a
 * malformed event is logged and passed over: it would not heal. */
#ifndef SOLEUS_REMINDERS_HANDLERS_EVENTS_H
#define SOLEUS_REMINDERS_HANDLERS_EVENTS_H

#include "events/events.h"
#include "reminders/store/copies.h"

extern const struct event_handler events_from_directory[];
extern const struct event_handler events_from_scheduling[];
extern const struct event_handler events_from_notes[];

FIBER event_apply on_clinic_created;
FIBER event_apply on_athlete_registered;
FIBER event_apply on_athlete_updated;
FIBER event_apply on_athlete_erased;
FIBER event_apply on_consent_recorded;
FIBER event_apply on_athletes_unmerged;
FIBER event_apply on_appointment_booked;
FIBER event_apply on_appointment_rescheduled;
FIBER event_apply on_appointment_cancelled;
FIBER event_apply on_appointment_no_show;
FIBER event_apply on_appointment_checked_in;
FIBER event_apply on_appointment_completed;
FIBER event_apply on_timing_clash_found;
FIBER event_apply on_timing_clash_cleared;
FIBER event_apply on_visits_overlap;
FIBER event_apply on_visit_cancel_refused;
FIBER event_apply on_waitlist_offered;
FIBER event_apply on_waitlist_offer_ended;
FIBER event_apply on_note_signed;
FIBER event_apply on_adverse_event_recorded;
FIBER event_apply on_glass_broken;

/* FIBER. Adds to the event's unit what follows from a booked visit, a treatment. `amended`: what
 * was planned after it and no longer follows will not be sent. */
FIBER struct status plan_for_visit(struct event *event, const struct visit *visit);
FIBER struct status plan_for_treatment(struct event *event, const struct treatment *treatment,
				       bool amended);

/* True when all of `ids` (NULL-ended) are ids; else logs that the event is passed over. */
bool event_ids_are_good(const struct event *event, const char *const *ids);

#define EVENT_IDS(event, ...) event_ids_are_good((event), (const char *const[]){__VA_ARGS__, NULL})

#endif
