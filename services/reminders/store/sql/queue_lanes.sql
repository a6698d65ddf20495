-- What waits of organisation $1, for each clinic and priority, as of $2: counted up to $3, the lanes up to $4.
-- A clinic's count is bounded, so that a backlog of millions costs as much as one of $3.
-- Index: lane_pkey, queue_pkey. Locks: none.
SELECT lane.clinic_id, lane.priority, held.waiting, held.overdue, held.next_due_at
FROM (SELECT clinic_id, priority FROM lane WHERE organisation_id = $1
	ORDER BY clinic_id, priority LIMIT $4::int) AS lane
CROSS JOIN LATERAL (
	SELECT count(*) AS waiting, count(*) FILTER (WHERE due_at <= $2) AS overdue, min(due_at) AS next_due_at
	FROM (
		SELECT q.due_at FROM queue q
		WHERE q.organisation_id = $1 AND q.clinic_id = lane.clinic_id AND q.priority = lane.priority
		ORDER BY q.due_at
		LIMIT $3::int
	) AS first
) AS held
WHERE held.waiting > 0
ORDER BY lane.clinic_id, lane.priority
