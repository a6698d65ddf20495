-- Booked visits of organisation $1 that begin from $2 to before $3: of athlete $4 (NULL: all), appointment $5
-- alone (NULL: all), at most $6.
-- Index: visit_starts. Locks: none.
SELECT appointment_id, athlete_id, clinic_id, starts_at, ends_at, booked_at, version, moved
FROM visit
WHERE organisation_id = $1 AND state = 'booked' AND starts_at >= $2 AND starts_at < $3
	AND ($4::uuid IS NULL OR athlete_id IN (SELECT person.athlete_id FROM person_ids($1, $4) AS person))
	AND ($5::uuid IS NULL OR appointment_id = $5)
ORDER BY starts_at, appointment_id
LIMIT $6
