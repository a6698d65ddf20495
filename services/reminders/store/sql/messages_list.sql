-- Messages to athlete $2 of organisation $1, latest due first, at most $3; local_due where the athlete
-- lives. $4 not NULL: those behind message $5 that was due then.
-- Index: message_athlete. Locks: none.
SELECT m.message_id, m.athlete_id, m.purpose, m.due_at, m.state, m.why, m.channel,
	m.sent_at, m.text,
	to_char(m.due_at AT TIME ZONE coalesce(a.zone, c.zone, 'UTC'), 'Dy DD Mon YYYY HH24:MI') AS local_due,
	m.answer
FROM message m
LEFT JOIN athlete a ON a.organisation_id = $1 AND a.athlete_id = m.athlete_id
LEFT JOIN clinic c ON c.organisation_id = $1 AND c.clinic_id = coalesce(m.clinic_id, a.home_clinic_id)
WHERE m.organisation_id = $1 AND m.athlete_id = $2
	AND m.due_at <= coalesce($4::timestamptz, 'infinity')
	AND ($4::timestamptz IS NULL OR m.due_at < $4::timestamptz OR m.message_id > $5::uuid)
ORDER BY m.due_at DESC, m.message_id
LIMIT $3
