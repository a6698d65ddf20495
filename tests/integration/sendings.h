/* What tests of channels share: an organisation of prater.h's with an athlete who has numbers and
 * consents, and what became of a message. */
#ifndef SOLEUS_TESTS_SENDINGS_H
#define SOLEUS_TESTS_SENDINGS_H

#include "prater.h"

/* clang-format off */
#define POINT(CHANNEL, VALUE) "{'channel': '" CHANNEL "', 'value': '" VALUE "'}"
#define DORA(POINTS) "{'call': 'Directory.RegisterAthlete', 'as': 'lead#', 'with': {'athlete': {'given_name': 'dora', 'family_name': 'B', 'birth_date': '1994-05-11', 'zone': 'Europe/Vienna', 'home_clinic_id': '${prater.clinic_id}', 'contact_points': [" POINTS "]}}, 'keep': 'dora'}\n"
#define CONSENTS(CHANNEL) "{'call': 'Directory.RecordConsent', 'as': 'lead#', 'with': {'athlete_id': '${dora.athlete_id}', 'purpose': 'reminders', 'channel': '" CHANNEL "', 'granted': true, 'text_version': '1'}}\n"
#define VISIT BOOK("visit", "dora", "mira", "2026-06-15T08:00:00Z", "") BOOKED
#define OF_DORA " WHERE organisation_id = '" ORGANISATION "'"
/* Of the confirmation: its handovers, and its trace. */
#define HANDOVERS "SELECT string_agg(h.provider || ' ' || h.state || ' ' || h.error_code, ', ' ORDER BY h.attempt) FROM reminders.handover h JOIN reminders.message m USING (organisation_id, message_id)" OF_DORA " AND m.purpose = 'confirmation'"
#define STATE_OF(PURPOSE) "SELECT state || ': ' || why FROM reminders.message" OF_DORA " AND purpose = '" PURPOSE "'"
#define TASKS "SELECT string_agg(kind, ', ' ORDER BY kind) FROM reminders.task" OF_DORA
/* clang-format on */

#endif
