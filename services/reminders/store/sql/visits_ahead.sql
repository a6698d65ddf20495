-- Booked visits of the person who has id $2 of organisation $1 that begin after $3.
-- Index: athlete_alias_key, athlete_alias_survivor, visit_athlete. Locks: none.
SELECT appointment_id, visit.athlete_id, clinic_id, starts_at, ends_at, booked_at, version, moved
FROM person_ids($1, $2) AS person
JOIN visit ON visit.organisation_id = $1 AND visit.athlete_id = person.athlete_id
WHERE starts_at > $3 AND state = 'booked'
ORDER BY starts_at
LIMIT 50
