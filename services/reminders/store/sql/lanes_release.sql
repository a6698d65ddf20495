-- Ends lease $2 of organisation $1, which holds $3 lanes; what was decided under it is written behind this, in
-- the same unit. Ends the unit with SL001 when one of them is not leased so any more.
-- Index: lane_pkey. Locks: the lanes.
WITH released AS (
	UPDATE lane SET lease_id = NULL, lease_until = NULL
	WHERE organisation_id = $1 AND lease_id = $2
	RETURNING 1
)
SELECT require((SELECT count(*) FROM released) = $3::int, 'SL001', 'the lease has ended')
