/* The events of other services that scheduling follows. */
#ifndef SOLEUS_SCHEDULING_HANDLERS_CONSUMED_H
#define SOLEUS_SCHEDULING_HANDLERS_CONSUMED_H

#include "events/events.h"

event_apply on_clinic_created;
event_apply on_room_created;
event_apply on_room_updated;
event_apply on_practitioner_created;
event_apply on_practitioner_updated;
event_apply on_athlete_registered;
event_apply on_athlete_updated;
event_apply on_athlete_erased;
event_apply on_athletes_merged;
event_apply on_athletes_unmerged;
event_apply on_screening_recorded;
event_apply on_note_signed;
event_apply on_upstream_review_raised;
event_apply on_upstream_review_answered;
event_apply on_settling_time_learned;
event_apply on_offer_answered;
event_apply on_visit_confirmed;
event_apply on_visit_cancel_asked;

#endif
