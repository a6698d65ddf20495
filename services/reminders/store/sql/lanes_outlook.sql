-- tenants: every
-- Lanes with something that waits: the earliest due of each; `safety` lanes have a sender of their own. One
-- probe of the index for each lane, however many messages wait.
-- Index: lane_pkey, queue_pkey. Locks: none.
SELECT l.organisation_id, l.priority = 0 AS safety, min(first.due_at) AS due_at
FROM lane l
CROSS JOIN LATERAL (
	SELECT q.due_at FROM queue q
	WHERE q.organisation_id = l.organisation_id AND q.clinic_id = l.clinic_id AND q.priority = l.priority
	ORDER BY q.due_at LIMIT 1
) AS first
GROUP BY 1, 2
ORDER BY min(first.due_at), 1
