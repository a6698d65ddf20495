-- Booked visits of athlete $2 of organisation $1 that begin after $3.
-- Index: visit_athlete. Locks: none.
SELECT appointment_id, athlete_id, clinic_id, starts_at, ends_at, booked_at, version, moved
FROM visit
WHERE organisation_id = $1 AND athlete_id = $2 AND starts_at > $3 AND state = 'booked'
ORDER BY starts_at
LIMIT 50
