-- Up to $3 handovers of organisation $1 that are to be looked at by $2; others look at them not before $4. What
-- decides whether their messages may still go out. Index: handover_watch; primary keys. Locks: the rows,
-- skipping those that another claims.
WITH due AS MATERIALIZED (
	SELECT message_id, attempt FROM handover
	WHERE organisation_id = $1 AND watch_at <= $2
	ORDER BY watch_at LIMIT $3
	FOR UPDATE SKIP LOCKED
), claimed AS (
	UPDATE handover h SET watch_at = $4
	FROM due
	WHERE h.organisation_id = $1 AND h.message_id = due.message_id AND h.attempt = due.attempt
	RETURNING h.message_id, h.attempt, h.provider, h.state
)
SELECT h.message_id, h.attempt, h.provider, h.state, m.athlete_id, m.clinic_id, m.purpose, m.rule, m.consent,
	m.planned_at, m.due_at, m.stale_at, m.text, m.state = 'sent' AS sent, m.answered_at IS NOT NULL AS answered,
	CASE WHEN v.state = 'booked' AND v.version > m.visit_version THEN 'moved' ELSE coalesce(v.state, '') END
		AS visit_state,
	coalesce(c.name, '') AS clinic_name,
	extract(epoch FROM ($2::timestamptz AT TIME ZONE place.zone) - ($2::timestamptz AT TIME ZONE 'UTC'))::int
		AS offset_seconds
FROM claimed h
JOIN message m ON m.organisation_id = $1 AND m.message_id = h.message_id
LEFT JOIN athlete a ON a.organisation_id = $1 AND a.athlete_id = m.athlete_id
LEFT JOIN visit v ON v.organisation_id = $1 AND v.appointment_id = m.appointment_id
LEFT JOIN clinic c ON c.organisation_id = $1 AND c.clinic_id = coalesce(m.clinic_id, a.home_clinic_id)
CROSS JOIN LATERAL (SELECT coalesce(a.zone, c.zone, 'UTC') AS zone) AS place
ORDER BY h.message_id, h.attempt
