-- What the persons with address $2 of organisation $1 were asked since $4 and is not answered, and what was sent of
-- visits that begin after $3, also when it is answered; newest first: athlete_id is the person's (the survivor's),
-- record_id that of the message. areas are those treated at that visit; open: the answer to an offer of the waitlist
-- still counts.
-- Index: contact_point_address, athlete_alias_key, athlete_alias_survivor, planned_message_athlete, visit_pkey,
-- treatment_pkey. Locks: none.
SELECT m.message_id, p.survivor_id AS athlete_id, m.clinic_id, m.appointment_id, m.encounter_id, m.purpose,
	m.sent_at, coalesce(array_to_string(t.areas, ','), '') AS areas,
	m.purpose <> 'waitlist_offer' OR (v.state = 'offered' AND m.stale_at > $3) AS open,
	m.athlete_id AS record_id, m.answered_at IS NOT NULL AS answered, v.starts_at AS visit_starts_at,
	coalesce(to_char(v.starts_at AT TIME ZONE coalesce(c.zone, 'UTC'), 'Dy DD Mon HH24:MI'), '') AS visit_when
FROM address_persons($1, $2) AS p
CROSS JOIN LATERAL person_ids($1, p.survivor_id) AS who
JOIN message m ON m.organisation_id = $1 AND m.athlete_id = who.athlete_id AND m.state = 'sent'
	AND m.consent <> 'reply'
LEFT JOIN visit v ON v.organisation_id = $1 AND v.appointment_id = m.appointment_id
LEFT JOIN clinic c ON c.organisation_id = $1 AND c.clinic_id = v.clinic_id
LEFT JOIN treatment t ON t.organisation_id = $1 AND t.encounter_id = m.encounter_id
WHERE CASE WHEN m.purpose = 'waitlist_offer' THEN v.state <> 'booked' AND m.sent_at > $4 AND m.answered_at IS NULL
	WHEN m.encounter_id IS NULL THEN v.state = 'booked' AND v.starts_at > $3
	ELSE m.sent_at > $4 AND m.answered_at IS NULL END
ORDER BY m.sent_at DESC, m.priority, m.message_id
LIMIT 50
