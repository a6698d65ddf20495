-- Forgets the contact points of athlete $2 of organisation $1, and those of before: last of an erasure.
-- Index: contact_point_pkey, former_address_pkey. Locks: the rows.
WITH former AS (
	DELETE FROM former_address WHERE organisation_id = $1 AND athlete_id = $2
)
DELETE FROM contact_point WHERE organisation_id = $1 AND athlete_id = $2
