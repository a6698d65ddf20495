-- Messages to the person who has id $2 of organisation $1, latest due first, at most $3; local_due where the
-- person lives. $4 not NULL: those behind message $5 that was due then.
-- Index: planned_message_athlete, for each id; athlete_alias_key, athlete_alias_survivor. Locks: none.
SELECT m.message_id, m.athlete_id, m.purpose, m.due_at, m.state, m.why, m.channel,
	m.sent_at, m.text,
	to_char(m.due_at AT TIME ZONE coalesce(a.zone, c.zone, 'UTC'), 'Dy DD Mon YYYY HH24:MI') AS local_due,
	m.answer, m.trace
FROM person_ids($1, $2) AS person
CROSS JOIN LATERAL (
	SELECT * FROM message
	WHERE organisation_id = $1 AND athlete_id = person.athlete_id
		AND due_at <= coalesce($4::timestamptz, 'infinity')
		AND ($4::timestamptz IS NULL OR due_at < $4::timestamptz OR message_id > $5::uuid)
	ORDER BY due_at DESC, message_id
	LIMIT $3
) AS m
CROSS JOIN (
	SELECT coalesce((SELECT survivor_id FROM athlete_alias AS alias
		WHERE alias.organisation_id = $1 AND alias.athlete_id = $2), $2) AS id OFFSET 0
) AS survivor
LEFT JOIN athlete a ON a.organisation_id = $1 AND a.athlete_id = survivor.id
LEFT JOIN clinic c ON c.organisation_id = $1 AND c.clinic_id = coalesce(m.clinic_id, a.home_clinic_id)
ORDER BY m.due_at DESC, m.message_id
LIMIT $3
