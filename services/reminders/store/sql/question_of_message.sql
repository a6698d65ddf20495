-- Message $2 of organisation $1, if an answer to it still counts at $3: as a row of questions_open, which says
-- how long that is ($4: asked since).
-- Index: planned_message_pkey, decision_pkey, athlete_alias_key, visit_pkey, treatment_pkey. Locks: none.
SELECT m.message_id, coalesce((SELECT alias.survivor_id FROM athlete_alias alias
		WHERE alias.organisation_id = $1 AND alias.athlete_id = m.athlete_id), m.athlete_id) AS athlete_id,
	m.clinic_id, m.appointment_id, m.encounter_id, m.purpose,
	m.sent_at, coalesce(array_to_string(t.areas, ','), '') AS areas,
	m.purpose <> 'waitlist_offer' OR (v.state = 'offered' AND m.stale_at > $3) AS open,
	m.athlete_id AS record_id, m.answered_at IS NOT NULL AS answered, v.starts_at AS visit_starts_at,
	coalesce(to_char(v.starts_at AT TIME ZONE coalesce(c.zone, 'UTC'), 'Dy DD Mon HH24:MI'), '') AS visit_when
FROM message m
LEFT JOIN visit v ON v.organisation_id = $1 AND v.appointment_id = m.appointment_id
LEFT JOIN clinic c ON c.organisation_id = $1 AND c.clinic_id = v.clinic_id
LEFT JOIN treatment t ON t.organisation_id = $1 AND t.encounter_id = m.encounter_id
WHERE m.organisation_id = $1 AND m.message_id = $2 AND m.state = 'sent' AND m.consent <> 'reply'
	AND CASE WHEN m.purpose = 'waitlist_offer' THEN v.state <> 'booked' AND m.sent_at > $4 AND m.answered_at IS NULL
		WHEN m.encounter_id IS NULL THEN v.state = 'booked' AND v.starts_at > $3
		ELSE m.sent_at > $4 AND m.answered_at IS NULL END
