-- When the person who has id $2 was needled since $3, newest first. visit_by_athlete.
SELECT treated_at
FROM person_ids($1, $2) AS person
JOIN visit ON visit.organisation_id = $1 AND visit.athlete_id = person.athlete_id
WHERE treated_at >= $3 AND needled
ORDER BY treated_at DESC LIMIT 200
