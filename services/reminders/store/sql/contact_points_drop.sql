-- Forgets the contact points of athlete $2 of organisation $1; the new ones follow in the same unit.
-- Index: contact_point_pkey. Locks: the rows.
DELETE FROM contact_point WHERE organisation_id = $1 AND athlete_id = $2
