-- Messages that wait of clinic $2 of organisation $1, soonest due first, behind message $4 that is due at $3, at most
-- $5. By queue_pkey within each priority, and planned_message_pkey. Locks: none.
SELECT m.message_id, m.athlete_id, m.purpose, next.priority, next.due_at, m.stale_at, m.why
FROM (
	SELECT held.* FROM (SELECT priority FROM lane WHERE organisation_id = $1 AND clinic_id = $2) AS lane
	CROSS JOIN LATERAL (
		SELECT q.priority, q.due_at, q.message_id FROM queue q
		WHERE q.organisation_id = $1 AND q.clinic_id = $2 AND q.priority = lane.priority
			AND (q.due_at, q.message_id) > ($3::timestamptz, $4::uuid)
		ORDER BY q.due_at, q.message_id
		LIMIT $5::int
	) AS held
	ORDER BY due_at, message_id
	LIMIT $5::int
) AS next
JOIN planned_message m ON m.organisation_id = $1 AND m.message_id = next.message_id
ORDER BY next.due_at, next.message_id
