-- Whether athlete $2 of organisation $1 is known, and known to live in zone $3.
-- Index: athlete_pkey. Locks: none.
SELECT EXISTS (SELECT FROM athlete
	WHERE organisation_id = $1 AND athlete_id = $2 AND zone IS NOT DISTINCT FROM known_zone($3)) AS lives_there
