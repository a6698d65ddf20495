-- The contact points of athlete $2 of organisation $1 make room for new ones, which follow in the same unit.
-- Addresses that are not among the new ones ($3) are kept for the erasure.
-- Index: contact_point_pkey, former_address_pkey. Locks: the rows.
WITH left_behind AS (
	DELETE FROM contact_point WHERE organisation_id = $1 AND athlete_id = $2
	RETURNING address
)
INSERT INTO former_address (organisation_id, athlete_id, address)
SELECT DISTINCT $1::uuid, $2::uuid, address FROM left_behind WHERE address <> ALL ($3::text[])
ON CONFLICT DO NOTHING
