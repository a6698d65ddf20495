-- What the link of message $2 of organisation $1 is about, at $3: its purpose and when it was due; whether it
-- was answered, and still may be (asked since $4; an offer until it goes; a visit until it begins); for people
-- the clinic, the visit by its clock, and by the athlete's until when an offer counts.
-- Index: message_pkey, visit_pkey, athlete_pkey, clinic_pkey. Locks: none.
SELECT m.purpose, m.due_at, m.answered_at IS NOT NULL AS answered,
	m.state = 'sent' AND CASE
		WHEN m.purpose = 'waitlist_offer' THEN v.state = 'offered' AND m.stale_at > $3
		WHEN m.encounter_id IS NULL THEN v.state = 'booked' AND v.starts_at > $3
		ELSE m.sent_at > $4 END AS open,
	coalesce(c.name, '') AS clinic_name,
	coalesce(to_char(v.starts_at AT TIME ZONE coalesce(c.zone, a.zone, 'UTC'), 'YYYY-MM-DD HH24:MI'), '')
		AS visit_local,
	to_char(m.stale_at AT TIME ZONE coalesce(a.zone, c.zone, 'UTC'), 'YYYY-MM-DD HH24:MI') AS until_local
FROM message m
LEFT JOIN visit v ON v.organisation_id = $1 AND v.appointment_id = m.appointment_id
LEFT JOIN athlete a ON a.organisation_id = $1 AND a.athlete_id = m.athlete_id
LEFT JOIN clinic c ON c.organisation_id = $1 AND c.clinic_id = coalesce(m.clinic_id, a.home_clinic_id)
WHERE m.organisation_id = $1 AND m.message_id = $2 AND m.consent <> 'reply'
