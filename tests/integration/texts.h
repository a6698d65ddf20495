/* Steps of tests about texts and what comes back, in prater.h's clinic. */
#ifndef SOLEUS_TESTS_TEXTS_H
#define SOLEUS_TESTS_TEXTS_H

#include "prater.h"

/* clang-format off */
#define CONSENT(WHO, PURPOSE, GRANTED) "{'call': 'Directory.RecordConsent', 'as': 'lead#', 'with': {'athlete_id': '${" WHO ".athlete_id}', 'purpose': '" PURPOSE "', 'channel': 'sms', 'granted': " GRANTED ", 'text_version': '1'}}\n"
#define TEXTER(WHO, PHONE, MORE) "{'call': 'Directory.RegisterAthlete', 'as': 'lead#', 'with': {'athlete': {'given_name': '" WHO "', 'family_name': 'B', 'birth_date': '1994-05-11', 'zone': 'Europe/Vienna', 'home_clinic_id': '${prater.clinic_id}', 'contact_points': [{'channel': 'sms', 'value': '" PHONE "'}]" MORE "}}, 'keep': '" WHO "'}\n" \
	CONSENT(WHO, "reminders", "true") CONSENT(WHO, "check_ins", "true")
#define TEXT(ID, PHONE, WORDS, AS) "{'call': 'Reminders.ReceiveText', 'as': 'operator', 'organisation': '" ORGANISATION "', 'with': {'provider_message_id': '" ID "', 'from': '" PHONE "', 'channel': 'sms', 'text': '" WORDS "'}, 'keep': 'told', 'expect': {'understood_as': '" AS "'}}\n"
#define CONFIRMED(NAME, BY) "{'call': 'Scheduling.GetAppointment', 'as': 'lead#', 'with': {'appointment_id': '${" NAME ".appointment_id}'}, 'expect': {'appointment': {'state': 'booked', 'confirmed_by': '" BY "'}}}\n"
#define SENT_TO(WHO) "SELECT string_agg(to_char(m.sent_at AT TIME ZONE 'Europe/Vienna', 'DD HH24:MI ') || m.purpose, ', ' ORDER BY m.sent_at, m.purpose) FROM reminders.message m WHERE m.organisation_id = '" ORGANISATION "' AND m.state = 'sent' AND m.athlete_id = (SELECT athlete_id FROM directory.athlete d WHERE d.organisation_id = m.organisation_id AND d.given_name = '" WHO "')"
#define TASKS "SELECT string_agg(kind || ': ' || text, ', ' ORDER BY made_at, kind, text) FROM reminders.task WHERE organisation_id = '" ORGANISATION "'"
/* clang-format on */

#endif
