-- tenants: every
-- Organisations with lanes in which something waits, for safety ($1) or not, and the earliest due of each. One probe
-- of the index for each lane, however many messages wait.
-- Index: lane_pkey, queue_pkey. Locks: none.
SELECT l.organisation_id, min(first.due_at) AS due_at
FROM lane l
CROSS JOIN LATERAL (
	SELECT q.due_at FROM queue q
	WHERE q.organisation_id = l.organisation_id AND q.clinic_id = l.clinic_id AND q.priority = l.priority
	ORDER BY q.due_at LIMIT 1
) AS first
WHERE (l.priority = 0) = $1::boolean
GROUP BY 1
ORDER BY min(first.due_at), 1
