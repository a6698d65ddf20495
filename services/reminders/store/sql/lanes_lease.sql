-- Leases lanes of organisation $1 that have something due at $2 to lease $3 for $4 microseconds of the server's
-- own clock; $5: those for safety, or the others. A statement of its own: what is claimed then is read once
-- nobody else can take of them.
-- Index: lane_pkey, queue_pkey. Locks: the lanes, skipping those that another takes of.
UPDATE lane
SET lease_id = $3, lease_until = clock_timestamp() + $4::bigint * interval '1 microsecond',
	taken_due_at = '-infinity', taken_id = '00000000-0000-0000-0000-000000000000'
FROM (
	SELECT free.clinic_id, free.priority FROM lane AS free
	WHERE free.organisation_id = $1 AND (free.priority = 0) = $5::boolean
		AND (free.lease_until IS NULL OR free.lease_until <= clock_timestamp())
		AND EXISTS (SELECT FROM queue q
			WHERE q.organisation_id = $1 AND q.clinic_id = free.clinic_id
				AND q.priority = free.priority AND q.due_at <= $2)
	FOR UPDATE SKIP LOCKED
) AS free
WHERE lane.organisation_id = $1 AND lane.clinic_id = free.clinic_id AND lane.priority = free.priority
